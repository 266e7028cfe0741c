"""The leader's page, opened by a link and answered with one tap, and the staff's buttons around it."""

from __future__ import annotations

from functools import partial
from typing import Any

from branding.core import clock
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.organisation import queries as organisation
from branding.takeovers import letters, queries
from branding.takeovers.forms import LeaderAnswerForm, SuggestForm
from branding.takeovers.queries import leader_pages
from branding.takeovers.service import leaders as service
from branding.takeovers.service import volunteers
from branding.takeovers.values import LeaderPage
from branding.takeovers.views.blueprint import bp
from branding.web.guards import actor, public, requires
from branding.web.limits import SECRET_TRIES, limiter
from branding.web.pages import go, page
from branding.web.transaction import db


@bp.get("/leader/<token>")
@public
@limiter.limit(SECRET_TRIES)
def leader_page(token: str) -> Any:
    """Nothing is used up: the link works until the unit's last day."""
    return _show(token, SuggestForm(formdata=None))


def _show(token: str, form: SuggestForm) -> Any:
    shown = _opened(token)
    if not isinstance(shown, LeaderPage):
        return shown
    return page(
        "takeovers/leader.html",
        shown=shown,
        token=token,
        form=form,
        profile=organisation.profile_by_id(db(), shown.profile_id),
        contact=organisation.find_organisation(db()),
        status=form.status,
    )


def _opened(token: str) -> Any:
    """What the link opens, or the page that says why it opens nothing."""
    found = queries.find_leader_link(db(), token)
    if found is None:
        return page("takeovers/leader_link.html", status=404, why="unknown")
    link, ask = found
    if link.revoked_at is not None or not leader_pages.is_their_leader(db(), ask):
        return page("takeovers/leader_link.html", status=410, why="revoked")
    shown = leader_pages.leader_page(db(), ask, clock.today())
    if shown.days is None or shown.days[1] < clock.today():
        return page("takeovers/leader_link.html", status=410, why="over" if shown.days else "off")
    return shown


@bp.post("/leader/<token>/hosts/<int:host_id>")
@public
@limiter.limit(SECRET_TRIES)
def answer_host(token: str, host_id: int) -> Any:
    shown, form = _opened(token), LeaderAnswerForm()
    if not isinstance(shown, LeaderPage):
        return shown
    if not form.validate_on_submit():
        text = say("We could not read what was sent. Try again.")
        if form.note.errors:
            text = say("Write at most %(count)s characters.", count=300)
        raise RuleBroken("unreadable", text)
    found = queries.find_leader_link(db(), token)
    assert found is not None
    acting, request = service.leader_actor(found[1]), form.to_values(host_id)
    service.answer(db(), acting, request, today=clock.today(), now=clock.now())
    name = queries.host_view(db(), host_id).name
    if request.answer == "ok":
        notice = say("Thank you. The coordinator can see that %(name)s is OK.", name=name)
    else:
        notice = say("Thank you. The coordinator finds another host than %(name)s.", name=name)
    return go("takeovers.leader_page", token=token, notice=notice)


@bp.post("/leader/<token>/volunteers")
@public
@limiter.limit(SECRET_TRIES)
def suggest_volunteer(token: str) -> Any:
    """Somebody the leader knows: on the list, and told by mail."""
    shown, form = _opened(token), SuggestForm()
    if not isinstance(shown, LeaderPage):
        return shown
    if not form.validate_on_submit():
        return _show(token, form)
    found = queries.find_leader_link(db(), token)
    assert found is not None
    write = partial(letters.volunteer, db(), "volunteer_suggested")
    volunteers.suggest(
        db(), service.leader_actor(found[1]), shown.unit.id, form.to_values(), write, now=clock.now()
    )
    notice = say("%(name)s is on the list and gets a mail about it.", name=form.name.data)
    return go("takeovers.leader_page", token=token, notice=notice)


@bp.post("/leader/<token>/volunteer-link")
@public
@limiter.limit(SECRET_TRIES)
def make_volunteer_link_as_leader(token: str) -> Any:
    """An address to share with employees, on a page with a QR code to hang up."""
    shown = _opened(token)
    if not isinstance(shown, LeaderPage):
        return shown
    found = queries.find_leader_link(db(), token)
    assert found is not None
    made = volunteers.make_link(db(), service.leader_actor(found[1]), shown.unit.id, now=clock.now())
    return go("takeovers.poster_page", token=made)


@bp.post("/slots/<int:slot_id>/leaders/<int:unit_id>")
@requires("takeovers:takeover:edit")
def send_to_leader(slot_id: int, unit_id: int) -> Any:
    write = partial(letters.leader, db(), "leader_asked")
    name = service.send_to_leader(
        db(), actor(), slot_id, unit_id, write, today=clock.today(), now=clock.now()
    )
    notice = say("The mail to %(name)s is on its way.", name=name)
    return go("takeovers.slot_page", slot_id=slot_id, notice=notice)


@bp.post("/slots/<int:slot_id>/leaders/<int:unit_id>/revoke-link")
@requires("takeovers:takeover:edit")
def revoke_leader_link(slot_id: int, unit_id: int) -> Any:
    service.revoke_leader_link(db(), actor(), slot_id, unit_id, now=clock.now())
    notice = say("The leader's link no longer works. Send it again to give a new one.")
    return go("takeovers.slot_page", slot_id=slot_id, notice=notice)
