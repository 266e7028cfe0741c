"""The host's own week: each day with its posts, what is missing, and what others have made."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import request

from branding.core import clock
from branding.core.errors import Missing
from branding.drafts.queries.drafts import views_of
from branding.drafts.queries.inspiration import approved_rows
from branding.drafts.service import inspiring, starting
from branding.drafts.values.kinds import GUIDES, PostKind
from branding.drafts.views.blueprint import bp
from branding.drafts.views.cards import Card, cards_of
from branding.drafts.views.making import HOST, way
from branding.drafts.views.picture import picture_bytes
from branding.organisation import queries as organisation
from branding.takeovers import queries as takeovers
from branding.takeovers.service import logins
from branding.takeovers.values import TakeoverView
from branding.takeovers.views.shown import units
from branding.takeovers.views.week import frame, while_open
from branding.web.guards import actor, requires
from branding.web.pages import go_to, page
from branding.web.transaction import db


@bp.get("/my-week")
@requires(HOST)
@while_open
def week_page() -> Any:
    """Opens with the link.  Posts can be prepared before the days begin."""
    host = takeovers.host_view(db(), actor().id or 0)
    takeover = takeovers.takeover_view(db(), host.takeover_id)
    cards = cards_of(takeover.id)
    return page(
        "drafts/week.html",
        **frame(takeover.unit_id, takeover.profile_id),
        host=host,
        takeover=takeover,
        days=[
            (day, GUIDES.get(day.kind) if day.kind else None, _on(cards, day.day))
            for day in starting.days_of(takeover)
        ],
        elsewhere=[card for card in cards if not _is_within(card, takeover)],
        following=starting.following(takeover, [card.draft for card in cards], clock.now()),
        guides=GUIDES,
        starts_in=(takeover.starts_on - clock.today()).days,
        has_login=logins.refusal_for(db(), actor(), clock.today()) is None,
        lends_login=takeovers.login_view(db(), takeover.profile_id).is_on,
    )


@bp.post("/my-week/posts")
@requires(HOST)
@while_open
def start_host_post() -> Any:
    """A new post: the one that comes next, or another kind."""
    host = takeovers.host_view(db(), actor().id or 0)
    draft_id = starting.start_next(db(), actor(), host.takeover_id, chosen_kind(), now=clock.now())
    return go_to(way(draft_id, "pictures"))


@bp.get("/my-week/inspiration")
@requires(HOST)
@while_open
def inspiration_page() -> Any:
    """What others have made."""
    takeover_id = takeovers.host_view(db(), actor().id or 0).takeover_id
    found = inspiring.inspirations(db(), clock.today(), but=[takeover_id], now=clock.now())
    return page(
        "drafts/inspiration.html",
        found=found,
        guides=GUIDES,
        units=units(),
        contact=organisation.find_organisation(db()),
    )


@bp.get("/my-week/inspiration/<id:draft_id>/<id:item_id>")
@requires(HOST)
@while_open
def inspiration_picture(draft_id: str, item_id: str) -> Any:
    """A picture of somebody else's post, while everybody in it may still be shown."""
    row = next((row for row in approved_rows(db(), clock.today()) if row.id == draft_id), None)
    if row is None:
        raise Missing("draft", draft_id)
    inspiring.check_inspiring(db(), row, item_id, now=clock.now())
    return picture_bytes(views_of(db(), [row])[0].content, item_id)


def chosen_kind() -> PostKind | None:
    """What the pressed button says; none leaves it to the rhythm."""
    wanted = request.form.get("kind", "")
    return PostKind(wanted) if wanted in list(PostKind) else None


def _on(cards: list[Card], day: date) -> list[Card]:
    return [card for card in cards if card.draft.due_at and clock.local(card.draft.due_at).date() == day]


def _is_within(card: Card, takeover: TakeoverView) -> bool:
    due = card.draft.due_at
    return due is not None and takeover.starts_on <= clock.local(due).date() <= takeover.ends_on
