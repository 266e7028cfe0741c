"""What must be done about posts that are out: the list by deadline, and one duty with its buttons."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import url_for

from branding.consent.values.names import CHANNELS
from branding.core import clock
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.drafts.queries.who import names_of
from branding.drafts.values.kinds import GUIDES
from branding.organisation import queries as organisation
from branding.publishing.forms.takedowns import GoneForm, StayForm, WishForm
from branding.publishing.queries import down as queries
from branding.publishing.queries.live import reasons_now
from branding.publishing.queries.plan import thumbs
from branding.publishing.queries.publications import elsewhere
from branding.publishing.queries.standing import publication_view
from branding.publishing.service import taking_down
from branding.publishing.values.plan import PublicationView
from branding.publishing.views.blueprint import bp
from branding.web.guards import actor, requires
from branding.web.pages import go, page
from branding.web.transaction import db

_DONE_FOR = timedelta(days=30)
_SOON = timedelta(minutes=10)


@bp.get("/publishing/takedowns")
@requires(taking_down.VIEW)
def takedowns_page() -> Any:
    """The first deadline on top; below it what was done in the last month."""
    units, now = taking_down.units_of(actor()), clock.now()
    waiting = queries.open_views(db(), units, now)
    done = queries.done_views(db(), units, now - _DONE_FOR, now)
    posts = [one for _, one in (*waiting, *done)]
    return page(
        "publishing/takedowns.html",
        waiting=waiting,
        done=done,
        names=names_of(db(), {one.done_by for one, _ in done}),
        now=now,
        **around(posts),
    )


@bp.get("/publishing/takedowns/<id:takedown_id>")
@requires(taking_down.VIEW)
def takedown_page(takedown_id: str) -> Any:
    return _shown(takedown_id)


@bp.post("/publishing/takedowns/<id:takedown_id>/gone")
@requires(taking_down.MANAGE)
def say_gone(takedown_id: str) -> Any:
    """Somebody has looked: it is not there any more."""
    form = GoneForm()
    if form.validate_on_submit():
        try:
            is_asked = taking_down.say_gone(db(), actor(), takedown_id, now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            asked = say("Thank you. Stafet asks the channel whether it is gone.")
            notice = asked if is_asked else say("Thank you. It is written down as gone.")
            return go("publishing.takedown_page", takedown_id=takedown_id, notice=notice)
    return _shown(takedown_id, gone=form)


@bp.post("/publishing/takedowns/<id:takedown_id>/stay")
@requires(taking_down.KEEP)
def may_stay(takedown_id: str) -> Any:
    """Somebody who may decide it says that the post may stay, and why."""
    form = StayForm()
    if form.validate_on_submit():
        try:
            taking_down.may_stay(db(), actor(), takedown_id, form.because.data or "", now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            return go("publishing.takedowns_page", notice=say("The post stays."))
    return _shown(takedown_id, stay=form)


@bp.post("/publishing/takedowns/<id:takedown_id>/undo")
@requires(taking_down.MANAGE)
def undo_want(takedown_id: str) -> Any:
    """A slip."""
    try:
        taking_down.undo_want(db(), actor(), takedown_id, now=clock.now())
    except RuleBroken as error:
        return go("publishing.takedown_page", takedown_id=takedown_id, notice=error.text, kind="error")
    return go("publishing.takedowns_page", notice=say("The post stays."))


@bp.route("/publishing/<id:publication_id>/down", methods=["GET", "POST"])
@requires(taking_down.MANAGE)
def want_down_page(publication_id: str) -> Any:
    """A page that says what happens, with one button."""
    return _wanted(publication_id, is_recognised=False)


@bp.route("/publishing/<id:publication_id>/recognised", methods=["GET", "POST"])
@requires(taking_down.MANAGE)
def recognised_page(publication_id: str) -> Any:
    """Somebody can be recognised after all (A14)."""
    return _wanted(publication_id, is_recognised=True)


@bp.post("/publishing/<id:publication_id>/colleague-stays")
@requires(taking_down.MANAGE)
def colleague_stays(publication_id: str) -> Any:
    """A colleague has left, and the post stays until its last day."""
    taking_down.colleague_stays(db(), actor(), publication_id, now=clock.now())
    return go("publishing.publication_page", publication_id=publication_id, notice=say("The post stays."))


def _wanted(publication_id: str, *, is_recognised: bool) -> Any:
    form, now = WishForm(), clock.now()
    row = taking_down.manageable(db(), actor(), publication_id)
    one = publication_view(db(), row, now)
    if form.validate_on_submit():
        act = taking_down.recognised if is_recognised else taking_down.want_down
        try:
            takedown_id = act(db(), actor(), publication_id, now=now)
        except RuleBroken as error:
            form.refuse(error)
        else:
            undo = None if is_recognised else url_for("publishing.undo_want", takedown_id=takedown_id)
            notice = say("The post comes down. The page shows how far it is.")
            return go("publishing.takedown_page", takedown_id=takedown_id, notice=notice, undo=undo)
    return page(
        "publishing/takedown_wish.html",
        status=form.status,
        form=form,
        is_recognised=is_recognised,
        by_itself=taking_down.can_be_asked(row),
        one=one,
        others=elsewhere(db(), row),
        **around([one]),
    )


def _shown(takedown_id: str, *, gone: GoneForm | None = None, stay: StayForm | None = None) -> Any:
    """One duty; a refused form is shown with what is wrong."""
    duty, row = taking_down.seen_by(db(), actor(), takedown_id)
    now: datetime = clock.now()
    view, one = queries.view(duty, row), publication_view(db(), row, now)
    gone, stay = gone or GoneForm(formdata=None), stay or StayForm(formdata=None)
    return page(
        "publishing/takedown.html",
        status=max(gone.status, stay.status),
        duty=view,
        one=one,
        reasons=() if view.done_at else reasons_now(db(), row, now),
        because=taking_down.because_of(db(), duty),
        earlier=[each for each in queries.history(db(), row) if each.id != takedown_id],
        names=names_of(db(), {view.made_by, view.done_by}),
        thumb=thumbs(db(), [row.draft_id]).get(row.draft_id),
        gone=gone,
        stay=stay,
        soon=now + _SOON,
        now=now,
        **around([one]),
    )


def around(posts: list[PublicationView]) -> dict[str, Any]:
    """What the pages need to name a post."""
    return {
        "guides": GUIDES,
        "channels": CHANNELS,
        "profiles": {one.id: one for one in organisation.profiles(db(), archived=True)},
        "units": {one.id: one for one in organisation.units(db(), archived=True)},
        "pictures": thumbs(db(), {one.draft_id for one in posts}),
    }
