"""The list of takeovers, one takeover, and one slot with its takeovers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import request, url_for

from branding.accounts import queries as accounts
from branding.core import clock, policy
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.organisation import queries as organisation
from branding.rotation import queries as rotation
from branding.takeovers import queries
from branding.takeovers.checklist import texts
from branding.takeovers.forms import TakeoverForm, TaskForm
from branding.takeovers.queries import leader_pages
from branding.takeovers.service import checklist
from branding.takeovers.service import takeovers as service
from branding.takeovers.values import TakeoverStatus, VolunteerView
from branding.takeovers.views.blueprint import bp
from branding.takeovers.views.shown import Shown, slot_for, takeover_for, units
from branding.web.guards import actor, requires
from branding.web.pages import go, page
from branding.web.transaction import db

#: How far the list looks: what is going on and what must be made ready, or what has been.
_AHEAD, _BACK = timedelta(weeks=30), timedelta(weeks=104)


@bp.get("/takeovers")
@requires("takeovers:takeover:view")
def takeovers_page() -> Any:
    """Those that are coming or going on; with ``?when=past`` those that have been or were called off."""
    today, is_past = clock.today(), request.args.get("when") == "past"
    first, last = (today - _BACK if is_past else today), today + _AHEAD
    found = queries.takeovers_between(db(), first, last, tasks=True)
    mine = [t for t in found if policy.covers(actor(), "takeovers:takeover:view", t.unit_id)]
    kept = [t for t in mine if (t.ends_on < today or t.status == TakeoverStatus.CANCELLED) == is_past]
    states = {} if is_past else leader_pages.leader_states(db(), kept)
    empty = [] if is_past else _slots_without_takeover(first, last)
    return page(
        "takeovers/list.html",
        takeovers=kept[::-1] if is_past else kept,
        units=units(),
        is_past=is_past,
        leader_states=states,
        empty_slots=empty,
    )


def _slots_without_takeover(first: Any, last: Any) -> list[Any]:
    """Slots ahead that nobody has been asked to host yet."""
    slots = [
        slot
        for slot in rotation.slots_between(db(), first, last)
        if slot.status != "cancelled" and policy.covers(actor(), "rotation:slot:view", slot.unit_id)
    ]
    filled = {
        t.slot_id
        for t in queries.takeovers_of_slots(db(), [slot.id for slot in slots])
        if t.status != TakeoverStatus.CANCELLED
    }
    return [slot for slot in slots if slot.id not in filled]


@bp.get("/slots/<int:slot_id>")
@requires("rotation:slot:view")
def slot_page(slot_id: int) -> Any:
    slot = slot_for(slot_id)
    return page(
        "takeovers/slot.html",
        slot=slot,
        unit=units()[slot.unit_id],
        units=units(),
        swaps=_swaps(slot_id),
        takeovers=queries.takeovers_of_slots(db(), [slot_id]),
        profile=organisation.profile_by_id(db(), slot.profile_id),
        professions={p.id: p.name for p in organisation.professions(db(), archived=True)},
        leaders=leader_pages.leaders_of_slot(db(), slot),
    )


def _swaps(slot_id: int) -> list[Any]:
    """Open swaps of the slot, for those who may see them."""
    if not policy.may(actor(), "rotation:slot:swap"):
        return []
    return rotation.open_swaps_of(db(), slot_id, clock.today())


@bp.route("/slots/<int:slot_id>/takeovers/new", methods=["GET", "POST"])
@requires("takeovers:takeover:edit")
def new_takeover_page(slot_id: int) -> Any:
    """Give days of the slot to a host's unit; the next free week is suggested."""
    slot = slot_for(slot_id)
    form = TakeoverForm(data=_suggestion(slot))
    form.unit_id.choices = [
        (unit.id, unit.name) for unit in organisation.units(db()) if slot.unit_id in (unit.id, unit.area_id)
    ]
    if form.validate_on_submit():
        try:
            takeover_id = service.plan_takeover(db(), actor(), form.to_values(slot_id), now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            return go(
                "takeovers.takeover_page", takeover_id=takeover_id, notice=say("The takeover is planned.")
            )
    return page(
        "takeovers/new.html",
        form=form,
        slot=slot,
        unit=units()[slot.unit_id],
        profile=organisation.profile_by_id(db(), slot.profile_id),
        status=form.status,
    )


def _suggestion(slot: Any) -> dict[str, Any]:
    free = service.free_days(db(), slot, clock.today())
    return (
        {"unit_id": slot.unit_id, "starts_on": free[0], "ends_on": free[1]}
        if free
        else {"unit_id": slot.unit_id}
    )


@bp.get("/takeovers/<int:takeover_id>")
@requires("takeovers:takeover:view")
def takeover_page(takeover_id: int) -> Any:
    return show_takeover(takeover_id, TaskForm(data={"due_on": clock.today()}))


def show_takeover(takeover_id: int, task_form: TaskForm) -> Any:
    shown, events = takeover_for(takeover_id), queries.events_of(db(), takeover_id)
    profile = organisation.profile_by_id(db(), shown.takeover.profile_id)
    return page(
        "takeovers/takeover.html",
        shown=shown,
        takeover=shown.takeover,
        hosts=queries.hosts_of(db(), [takeover_id]).get(takeover_id, []),
        tasks=queries.tasks_of(db(), takeover_id),
        texts=texts(profile.handle),
        events=events,
        names=accounts.people_names(
            db(), {e.actor_id for e in events if e.actor_kind == "user" and e.actor_id}
        ),
        profile=profile,
        leader_state=leader_pages.leader_states(db(), [shown.takeover]).get(takeover_id),
        volunteers=_volunteers(shown),
        units=units(),
        task_form=task_form,
        status=task_form.status,
    )


def _volunteers(shown: Shown) -> list[VolunteerView]:
    """Who would like to host: the unit's own list first, then those of its specialområde."""
    if not policy.covers(actor(), "takeovers:volunteer:manage", shown.takeover.unit_id):
        return []
    inside = organisation.ids_under(db(), [shown.unit.area_id])
    free = [one for one in queries.volunteers_of(db(), inside) if one.takeover_id is None]
    return sorted(free, key=lambda one: one.unit_id != shown.unit.id)


@bp.post("/takeovers/<int:takeover_id>/cancel")
@requires("takeovers:takeover:edit")
def cancel_takeover(takeover_id: int) -> Any:
    service.cancel_takeover(db(), actor(), takeover_id, now=clock.now())
    undo = url_for("takeovers.reopen_takeover", takeover_id=takeover_id)
    return go(
        "takeovers.takeover_page",
        takeover_id=takeover_id,
        notice=say("The takeover is called off."),
        undo=undo,
    )


@bp.post("/takeovers/<int:takeover_id>/reopen")
@requires("takeovers:takeover:edit")
def reopen_takeover(takeover_id: int) -> Any:
    service.reopen_takeover(db(), actor(), takeover_id, today=clock.today(), now=clock.now())
    return go("takeovers.takeover_page", takeover_id=takeover_id, notice=say("The takeover is on again."))


@bp.post("/takeovers/<int:takeover_id>/tasks")
@requires("takeovers:takeover:edit")
def add_task(takeover_id: int) -> Any:
    form = TaskForm()
    if not form.validate_on_submit():
        return show_takeover(takeover_id, form)
    checklist.add_task(db(), actor(), takeover_id, form.label.data, form.due_on.data, now=clock.now())
    return go("takeovers.takeover_page", takeover_id=takeover_id, _anchor="checklist")


@bp.post("/takeovers/<int:takeover_id>/tasks/<int:task_id>")
@requires("takeovers:takeover:edit")
def tick_task(takeover_id: int, task_id: int) -> Any:
    checklist.tick(db(), actor(), takeover_id, task_id, request.form.get("done") == "yes", now=clock.now())
    return go("takeovers.takeover_page", takeover_id=takeover_id, _anchor="checklist")


@bp.post("/takeovers/<int:takeover_id>/tasks/<int:task_id>/remove")
@requires("takeovers:takeover:edit")
def remove_task(takeover_id: int, task_id: int) -> Any:
    checklist.remove_task(db(), actor(), takeover_id, task_id, now=clock.now())
    return go(
        "takeovers.takeover_page",
        takeover_id=takeover_id,
        _anchor="checklist",
        notice=say("The line is gone."),
    )
