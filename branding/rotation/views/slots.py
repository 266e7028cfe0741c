"""Slots of a plan: adding, changing what they say, cancelling, and the ways back."""

from __future__ import annotations

from typing import Any

from flask import request, url_for

from branding.core import clock, policy
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.organisation import queries as organisation
from branding.rotation import queries, service
from branding.rotation.forms import NewSlotForm, SlotForm
from branding.rotation.values import PlanView, SlotStatus
from branding.rotation.views import choices
from branding.rotation.views.blueprint import bp
from branding.web.guards import actor, requires
from branding.web.pages import go, page
from branding.web.transaction import db


@bp.route("/plans/<int:plan_id>/slots/new", methods=["GET", "POST"])
@requires("rotation:plan:edit")
def new_slot_page(plan_id: int) -> Any:
    plan = queries.plan_view(db(), plan_id)
    form = _filled(NewSlotForm(), plan)
    if form.validate_on_submit():
        try:
            block = service.read_block(form.weeks.data or "", form.year.data or 0)
            slot_id = service.add_slot(db(), actor(), form.to_values(plan_id, block), now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            notice = say("Added: week %(weeks)s.", weeks=block.label)
            undo = url_for("rotation.cancel_slot", slot_id=slot_id)
            return go("rotation.plan_page", plan_id=plan_id, notice=notice, undo=undo)
    return page("rotation/new_slot.html", form=form, plan=plan, status=form.status)


@bp.route("/slots/<int:slot_id>/edit", methods=["GET", "POST"])
@requires("rotation:slot:edit")
def edit_slot_page(slot_id: int) -> Any:
    """Another unit's slot answers as if it were not there."""
    slot = queries.slot_view(db(), slot_id)
    policy.check(actor(), "rotation:slot:edit", slot.unit_id, thing="slot", key=slot_id)
    form = SlotForm(obj=slot)
    form.offer(_professions(slot.profession_id))
    if request.method == "GET":
        form.profession_id.data, form.state.data = slot.profession_id or 0, slot.status.value
    everything = policy.may(actor(), "rotation:plan:edit")
    if not everything:
        del form.responsible
    if form.validate_on_submit():
        try:
            facts = form.to_values(slot_id, with_responsible=everything)
            edit_id = service.edit_slot(db(), actor(), facts, now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            undo = url_for("rotation.undo_edit", edit_id=edit_id) if edit_id else None
            return go("takeovers.slot_page", slot_id=slot_id, notice=say("Saved."), undo=undo)
    unit = organisation.unit_by_id(db(), slot.unit_id)
    return page("rotation/edit_slot.html", form=form, slot=slot, unit=unit, status=form.status)


@bp.post("/slot-edits/<int:edit_id>/undo")
@requires("rotation:slot:edit")
def undo_edit(edit_id: int) -> Any:
    slot_id = service.undo_edit(db(), actor(), edit_id, now=clock.now())
    return go("takeovers.slot_page", slot_id=slot_id, notice=say("The change is undone."))


@bp.post("/slots/<int:slot_id>/cancel")
@requires("rotation:plan:edit")
def cancel_slot(slot_id: int) -> Any:
    slot = queries.slot_view(db(), slot_id)
    try:
        before = service.remove_slot(db(), actor(), slot_id, now=clock.now())
    except RuleBroken as error:
        return go("rotation.plan_page", plan_id=slot.plan_id, notice=error.text, kind="error")
    undo = url_for("rotation.restore_slot", slot_id=slot_id, status=before.value)
    notice = say("Week %(weeks)s is cancelled.", weeks=slot.block.label)
    return go("rotation.plan_page", plan_id=slot.plan_id, notice=notice, undo=undo)


@bp.post("/slots/<int:slot_id>/restore")
@requires("rotation:plan:edit")
def restore_slot(slot_id: int) -> Any:
    slot = queries.slot_view(db(), slot_id)
    tentative = request.args.get("status") == SlotStatus.TENTATIVE
    status = SlotStatus.TENTATIVE if tentative else SlotStatus.CONFIRMED
    try:
        service.restore_slot(db(), actor(), slot_id, status, now=clock.now())
    except RuleBroken as error:
        return go("rotation.plan_page", plan_id=slot.plan_id, notice=error.text, kind="error")
    notice = say("Week %(weeks)s is back in the plan.", weeks=slot.block.label)
    return go("rotation.plan_page", plan_id=slot.plan_id, notice=notice)


def _professions(chosen: int | None) -> list[tuple[int, str]]:
    """Those that are offered, and the slot's own even when it is not offered any more."""
    offered = choices.professions()
    if chosen and chosen not in dict(offered):
        offered.append((chosen, organisation.profession_by_id(db(), chosen).name))
    return offered


def _filled(form: NewSlotForm, plan: PlanView) -> NewSlotForm:
    """The form with its choices; a fresh one suggests the week after the plan's last."""
    form.offer(choices.units_of(plan), choices.professions())
    if request.method == "GET":
        free = service.next_free_week(db(), plan.id, clock.today())
        form.year.data, form.weeks.data = free.year, str(free.number)
    return form
