"""The staff's list of volunteers: links, choosing a host, taking names off."""

from __future__ import annotations

from typing import Any

from flask import url_for

from branding.core import clock, policy
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.organisation import queries as organisation
from branding.organisation.values import UnitView
from branding.takeovers import queries
from branding.takeovers.forms import ChooseForm, VolunteerLinkForm
from branding.takeovers.service import volunteers as service
from branding.takeovers.values import TakeoverView, VolunteerView
from branding.takeovers.views.blueprint import bp
from branding.takeovers.views.shown import takeover_for, units
from branding.web.guards import actor, requires
from branding.web.pages import go, page
from branding.web.transaction import db

_MANAGE = "takeovers:volunteer:manage"


@bp.get("/volunteers")
@requires(_MANAGE)
def volunteers_page() -> Any:
    mine = _own_units()
    form = VolunteerLinkForm()
    form.unit_id.choices = [(unit.id, _named(unit)) for unit in mine]
    everything = units()
    return page(
        "takeovers/volunteers.html",
        volunteers=queries.volunteers_of(db(), everything.keys() if _sees_all() else [u.id for u in mine]),
        links=queries.volunteer_links(db(), [unit.id for unit in mine]),
        professions={p.id: p.name for p in organisation.professions(db(), archived=True)},
        units=everything,
        form=form,
    )


def _sees_all() -> bool:
    return policy.covers(actor(), _MANAGE, None)


def _own_units() -> list[UnitView]:
    return [unit for unit in organisation.units(db()) if policy.covers(actor(), _MANAGE, unit.id)]


def _named(unit: UnitView) -> str:
    """An afdeling says which specialområde it belongs to."""
    return unit.name if unit.id == unit.area_id else f"{unit.area_short_name} · {unit.name}"


@bp.post("/volunteer-links")
@requires(_MANAGE)
def make_volunteer_link() -> Any:
    form = VolunteerLinkForm()
    form.unit_id.choices = [(unit.id, unit.name) for unit in _own_units()]
    if not form.validate_on_submit():
        raise RuleBroken("no_unit", say("Choose a unit from the list."))
    token = service.make_link(db(), actor(), form.unit_id.data, now=clock.now())
    return go("takeovers.poster_page", token=token)


@bp.post("/volunteer-links/<int:link_id>/stop")
@requires(_MANAGE)
def stop_volunteer_link(link_id: int) -> Any:
    service.stop_link(db(), actor(), link_id, now=clock.now())
    return go(
        "takeovers.volunteers_page", notice=say("The link is stopped. Make a new one when you need it.")
    )


@bp.route("/volunteers/<int:volunteer_id>/choose", methods=["GET", "POST"])
@requires(_MANAGE)
def choose_volunteer_page(volunteer_id: int) -> Any:
    """Which takeover the volunteer is to host."""
    volunteer, form = _volunteer(volunteer_id), ChooseForm()
    found = _open_takeovers(volunteer)
    form.takeover_id.choices = [(takeover.id, "") for takeover in found]
    if form.validate_on_submit():
        return _choose(volunteer_id, form.takeover_id.data)
    return page(
        "takeovers/choose.html",
        volunteer=volunteer,
        unit=units()[volunteer.unit_id],
        takeovers=found,
        units=units(),
        form=form,
        status=form.status,
    )


@bp.post("/takeovers/<int:takeover_id>/volunteers/<int:volunteer_id>")
@requires(_MANAGE)
def choose_volunteer(takeover_id: int, volunteer_id: int) -> Any:
    """The same with one tap on the takeover's own page."""
    takeover_for(takeover_id)
    return _choose(volunteer_id, takeover_id)


def _choose(volunteer_id: int, takeover_id: int) -> Any:
    name = service.choose(db(), actor(), volunteer_id, takeover_id, today=clock.today(), now=clock.now())
    notice = say("%(name)s is named as host. Nothing is sent yet.", name=name)
    return go("takeovers.takeover_page", takeover_id=takeover_id, notice=notice, _anchor="hosts")


def _open_takeovers(volunteer: VolunteerView) -> list[TakeoverView]:
    """Coming takeovers of the volunteer's unit and specialområde."""
    today, area = clock.today(), units()[volunteer.unit_id].area_id
    inside = organisation.ids_under(db(), [area])
    return [
        t
        for t in queries.coming_takeovers(db(), today)
        if t.unit_id in inside and policy.covers(actor(), "takeovers:takeover:edit", t.unit_id)
    ]


def _volunteer(volunteer_id: int) -> VolunteerView:
    found = queries.volunteer_view(db(), volunteer_id)
    policy.check(actor(), _MANAGE, found.unit_id, thing="volunteer", key=volunteer_id)
    return found


@bp.post("/volunteers/<int:volunteer_id>/remove")
@requires(_MANAGE)
def remove_volunteer(volunteer_id: int) -> Any:
    name = service.remove(db(), actor(), volunteer_id, now=clock.now())
    undo = url_for("takeovers.restore_volunteer", volunteer_id=volunteer_id)
    return go("takeovers.volunteers_page", notice=say("%(name)s is off the list.", name=name), undo=undo)


@bp.post("/volunteers/<int:volunteer_id>/restore")
@requires(_MANAGE)
def restore_volunteer(volunteer_id: int) -> Any:
    name = service.restore(db(), actor(), volunteer_id, now=clock.now())
    return go("takeovers.volunteers_page", notice=say("%(name)s is on the list again.", name=name))
