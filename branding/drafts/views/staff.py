"""Staff make posts too: from a takeover, or for one of those that are coming."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import request

from branding.core import clock, policy
from branding.core.errors import Missing
from branding.drafts.service import starting
from branding.drafts.service.access import VIEW, WRITE
from branding.drafts.values.kinds import GUIDES
from branding.drafts.views.blueprint import bp
from branding.drafts.views.cards import cards_of
from branding.drafts.views.making import way
from branding.drafts.views.week import chosen_kind
from branding.organisation import queries as organisation
from branding.takeovers import queries as takeovers
from branding.takeovers.values import TakeoverStatus, TakeoverView
from branding.takeovers.views.shown import takeover_for, units
from branding.web.guards import actor, requires
from branding.web.pages import go_to, page
from branding.web.transaction import db

#: Nobody makes posts further ahead than this.
_AHEAD = timedelta(days=120)
_OVER = (TakeoverStatus.CLOSED, TakeoverStatus.CANCELLED)


@bp.get("/takeovers/<int:takeover_id>/posts")
@requires(VIEW)
def takeover_posts_page(takeover_id: int) -> Any:
    """The posts of one takeover, and the button for another."""
    shown = takeover_for(takeover_id)
    policy.check(actor(), VIEW, shown.takeover.unit_id, thing="takeover", key=takeover_id)
    cards = cards_of(takeover_id)
    return page(
        "drafts/takeover_posts.html",
        shown=shown,
        takeover=shown.takeover,
        profile=organisation.profile_by_id(db(), shown.takeover.profile_id),
        cards=cards,
        guides=GUIDES,
        following=starting.following(shown.takeover, [card.draft for card in cards], clock.now()),
        may_write=policy.covers(actor(), WRITE, shown.takeover.unit_id)
        and shown.takeover.status not in _OVER,
    )


@bp.post("/takeovers/<int:takeover_id>/posts/new")
@requires(WRITE)
def start_post(takeover_id: int) -> Any:
    draft_id = starting.start_next(db(), actor(), takeover_id, chosen_kind(), now=clock.now())
    return go_to(way(draft_id, "pictures"))


@bp.route("/posts/new", methods=["GET", "POST"])
@requires(WRITE)
def new_post_page() -> Any:
    """For which takeover, and which kind."""
    coming = _coming()
    if request.method == "POST":
        wanted = request.form.get("takeover_id", 0, type=int)
        if wanted not in {one.id for one in coming}:
            raise Missing("takeover", wanted)
        draft_id = starting.start_next(db(), actor(), wanted, chosen_kind(), now=clock.now())
        return go_to(way(draft_id, "pictures"))
    return page("drafts/new_post.html", coming=coming, units=units(), guides=GUIDES)


def _coming() -> list[TakeoverView]:
    """Takeovers that are on now or ahead, in the units that one may write for."""
    found = takeovers.takeovers_between(db(), clock.today(), clock.today() + _AHEAD)
    mine = [one for one in found if policy.covers(actor(), WRITE, one.unit_id) and one.status not in _OVER]
    return sorted(mine, key=lambda one: one.starts_on)
