"""The plan of posts, and one post on one channel: where it stands, and what can be done about it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from flask import redirect, url_for

from branding.consent.values.names import CHANNELS
from branding.core import clock, policy
from branding.core.actor import Actor
from branding.core.errors import Missing
from branding.drafts.queries.drafts import draft_view
from branding.drafts.queries.who import names_of
from branding.drafts.values.drafts import DraftView
from branding.drafts.values.kinds import GUIDES
from branding.organisation import queries as organisation
from branding.publishing.forms.moving import ButtonForm, MoveForm
from branding.publishing.forms.settling import SettleForm
from branding.publishing.queries import plan as queries
from branding.publishing.queries.down import live_parts
from branding.publishing.queries.publications import of_drafts
from branding.publishing.queries.standing import pauses, publication_view
from branding.publishing.queries.story import attempts, reason_of, story
from branding.publishing.service import planning, timing
from branding.publishing.values.plan import PublicationView
from branding.publishing.values.states import State
from branding.publishing.views.blueprint import bp
from branding.takeovers import queries as takeovers
from branding.web.guards import actor, requires
from branding.web.pages import page
from branding.web.transaction import db

VIEW = "publishing:publication:view"


def units_of(by: Actor) -> Collection[int] | None:
    """The units whose posts somebody sees; None: all of them."""
    return None if policy.covers(by, VIEW, None) else by.units


@bp.get("/publishing")
@requires(VIEW)
def plan_page() -> Any:
    """What needs a person on top, then day by day, then what has no time yet."""
    plan = queries.plan_page(db(), units_of(actor()), clock.now())
    return page("publishing/plan.html", plan=plan, guides=GUIDES, channels=CHANNELS, form=ButtonForm())


@bp.get("/publishing/<id:publication_id>")
@requires(VIEW)
def publication_page(publication_id: str) -> Any:
    return shown(publication_id)


def shown(publication_id: str, *, settle: SettleForm | None = None) -> Any:
    """One publication; ``settle`` is a refused answer to "is it out?"."""
    row, now = timing.seen_by(db(), actor(), publication_id), clock.now()
    one = publication_view(db(), row, now)
    draft = _draft(row.draft_id)
    is_waiting = one.is_movable and draft is not None
    settle = settle or SettleForm(formdata=None, version=str(one.version))
    steps = story(db(), draft, one)
    return page(
        "publishing/publication.html",
        status=settle.status,
        one=one,
        draft=draft,
        steps=steps,
        names=names_of(db(), {step.by for step in steps}),
        reason=reason_of(one),
        standing=timing.standing_at(db(), row, one.due_at, now=now) if is_waiting else None,
        warnings=planning.warnings(db(), row, one.due_at) if one.is_planned else (),
        suggestions=suggestions_for(one) if is_waiting else (),
        attempts=attempts(db(), publication_id),
        others=[each for each in of_drafts(db(), [row.draft_id])[row.draft_id] if each.id != row.id],
        pauses=[each for each in pauses(db()) if each.profile_id in (None, row.profile_id)],
        profile=organisation.profile_by_id(db(), row.profile_id),
        unit=organisation.unit_by_id(db(), row.unit_id),
        nowhere=queries.nowhere(db(), row),
        thumb=queries.thumbs(db(), [row.draft_id]).get(row.draft_id),
        guide=GUIDES[one.kind],
        channels=CHANNELS,
        settle=settle,
        form=ButtonForm(version=str(one.version), formdata=None),
        asks_again=one.state is State.CANCELLED and one.code == "not_published",
        **live_parts(db(), row),
    )


@bp.get("/publishing/posts/<id:draft_id>")
@requires(VIEW)
def post_page(draft_id: str) -> Any:
    """Where a post stands: its first channel, or the plan while it has no place there."""
    rows = of_drafts(db(), [draft_id]).get(draft_id, [])
    if not rows:
        return redirect(url_for("publishing.plan_page"), 303)
    return redirect(url_for("publishing.publication_page", publication_id=rows[0].id), 303)


def suggestions_for(one: PublicationView) -> tuple[Any, ...]:
    """Times that would fit."""
    if one.takeover_id is None:
        return ()
    takeover = takeovers.takeover_view(db(), one.takeover_id)
    first, last = clock.at_local(takeover.starts_on), clock.at_local(takeover.ends_on, 23, 59)
    taken = queries.taken_on(db(), [one.profile_id], first, last).get(one.profile_id, ())
    return queries.suggested_times(takeover, taken, one.draft_id, clock.now())


def move_form(one: PublicationView) -> MoveForm:
    """As the page is opened: the time it has, or what is wished for in the address."""
    local = clock.local(one.due_at)
    return MoveForm(day=local.date(), time=f"{local:%H:%M}", version=str(one.version))


def _draft(draft_id: str) -> DraftView | None:
    try:
        return draft_view(db(), draft_id)
    except Missing:
        return None
