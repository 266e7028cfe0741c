"""All posts in one list: what waits for somebody, what is due first on top."""

from __future__ import annotations

from typing import Any

from flask import request, url_for

from branding.accounts import queries as accounts
from branding.core import clock
from branding.core.text import Text, say, say_n
from branding.drafts.service import queue as service
from branding.drafts.service.access import VIEW
from branding.drafts.values.drafts import DraftView
from branding.drafts.values.kinds import GUIDES
from branding.drafts.values.queue import QueueRow, Tab
from branding.drafts.views.blueprint import bp
from branding.takeovers import queries as takeovers
from branding.takeovers.views.shown import units
from branding.web.filters import when
from branding.web.guards import actor, requires
from branding.web.i18n import language
from branding.web.pages import page
from branding.web.safe_address import page_number
from branding.web.transaction import db


@bp.get("/posts")
@requires(VIEW)
def queue_page() -> Any:
    """Saved filters as tabs; the first is what one may approve oneself."""
    told = request.args.get("tab", "")
    tab = Tab(told) if told in set(Tab) else Tab.WAITING
    found = service.queue(db(), actor(), tab, page_number(), now=clock.now())
    return page(
        "drafts/queue.html",
        queue=found,
        tab=tab,
        tabs=[(one, url_for("drafts.queue_page", tab=_named(one))) for one in Tab],
        units=units(),
        guides=GUIDES,
        hosts=_hosts([row.draft for row in found.rows]),
        due=due,
        waited=_waited,
        newer=_address(tab, found.page - 1) if found.page > 1 else None,
        older=_address(tab, found.page + 1) if found.page < found.pages else None,
    )


def due(draft: DraftView) -> Text | None:
    """When it should go out, as people say it."""
    if draft.due_at is None:
        return None
    local = clock.local(draft.due_at)
    time = f"{local:%H.%M}" if language() == "da" else f"{local:%H:%M}"
    return say("%(day)s at %(time)s", day=when(local.date()), time=time)


def _waited(row: QueueRow) -> Text | None:
    """How long somebody else has let it wait."""
    since = row.draft.state_since
    if not row.is_stalled or since is None:
        return None
    return say_n("has waited %(num)s day", "has waited %(num)s days", (clock.now() - since).days)


def _hosts(drafts: list[DraftView]) -> dict[str, str]:
    """Who made each post, by its id: three queries."""
    of_takeovers = takeovers.hosts_of(db(), {one.takeover_id for one in drafts if one.takeover_id})
    names = {f"host:{host.id}": host.name for hosts in of_takeovers.values() for host in hosts}
    users = {one.author.partition(":")[2] for one in drafts if one.author.startswith("user:")}
    found = accounts.people_names(db(), [int(one) for one in users])
    names |= {f"user:{key}": name for key, name in found.items()}
    return {one.id: names[one.author] for one in drafts if one.author in names}


def _named(tab: Tab) -> str | None:
    return None if tab is Tab.WAITING else tab.value


def _address(tab: Tab, number: int) -> str:
    return url_for("drafts.queue_page", tab=_named(tab), page=number if number > 1 else None)
