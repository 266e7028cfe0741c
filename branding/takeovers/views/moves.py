"""Moving slots and takeovers: the consequences are shown before anything is saved, and can be undone."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import request, url_for

from branding.core import clock
from branding.core.errors import RuleBroken
from branding.core.isoweek import Week
from branding.core.text import Text, say
from branding.rotation import queries as rotation
from branding.rotation import service as rotation_service
from branding.rotation.values import MovePlan, SlotView
from branding.takeovers.forms import MoveSlotForm, MoveTakeoverForm, read_week
from branding.takeovers.service import moves as service
from branding.takeovers.values import MoveTakeover
from branding.takeovers.views.blueprint import bp
from branding.takeovers.views.shown import slot_for, takeover_for, units
from branding.web.guards import actor, requires
from branding.web.pages import go, page
from branding.web.transaction import db

#: How many weeks the picker offers on each side.
_BEFORE, _AFTER = 12, 40


@bp.get("/slots/<int:slot_id>/move")
@requires("rotation:slot:move")
def move_slot_page(slot_id: int) -> Any:
    """Choose a week; with ``?to=2022-W45`` the page says what would follow."""
    slot, form = slot_for(slot_id), MoveSlotForm(request.args, meta={"csrf": False})
    plan = None
    if request.args.get("to"):
        try:
            plan = rotation_service.plan_move(db(), actor(), slot_id, read_week(request.args["to"].strip()))
        except RuleBroken as error:
            form.process(request.args)
            form.to.errors = []
            form.refuse(error)
    return _move_page(slot, form, plan)


@bp.post("/slots/<int:slot_id>/move")
@requires("rotation:slot:move")
def move_slot(slot_id: int) -> Any:
    slot, form = slot_for(slot_id), MoveSlotForm()
    if form.validate_on_submit():
        try:
            move_id = service.move_slot(db(), actor(), form.to_values(slot_id), now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            block = slot.block.at(read_week(form.to.data or ""))
            undo = url_for("takeovers.undo_slot_move", move_id=move_id, year=form.year)
            return _back(slot_id, form.year, say("Moved to %(weeks)s.", weeks=block.label), undo)
    return _move_page(slot, form, None)


def _back(slot_id: int, year: int | None, notice: Text, undo: str | None = None) -> Any:
    """To the calendar's year when the turn was dragged there, else to the slot."""
    if year is not None:
        return go("home.year_page", year=year, notice=notice, undo=undo)
    return go("takeovers.slot_page", slot_id=slot_id, notice=notice, undo=undo)


def _move_page(slot: SlotView, form: MoveSlotForm, plan: MovePlan | None) -> Any:
    chosen = plan.to if plan else slot.block.first
    first = slot.block.first + -_BEFORE
    # What is ahead moves ahead; a turn that is over is only moved to put an old plan right.
    earliest = clock.today() if slot.ends_on >= clock.today() else first.monday
    weeks = [first + n for n in range(_BEFORE + _AFTER + 1) if (first + n).sunday >= earliest]
    closed = {h.week: h.name for h in rotation.holiday_weeks_between(db(), *_days_of(weeks))
              if h.plan_id in (None, slot.plan_id)}  # fmt: skip
    affected = service.affected(db(), plan.steps) if plan else []
    moved = {step.slot_id for step in plan.steps} if plan else set()
    return page(
        "takeovers/move_slot.html",
        slot=slot,
        form=form,
        plan=plan,
        chosen=chosen,
        weeks=weeks,
        closed=closed,
        units=units(),
        slots={s.id: s for s in rotation.slots_between(db(), *_reach(plan)) if s.id in moved} if plan else {},
        affected=affected,
        told=service.told(affected),
        leaders=service.leaders_told(db(), plan.steps, clock.today()) if plan else [],
        freed=service.freed(plan.steps) if plan else None,
        status=form.status,
    )


def _days_of(weeks: list[Week]) -> tuple[date, date]:
    return weeks[0].monday, weeks[-1].sunday


def _reach(plan: MovePlan | None) -> tuple[date, date]:
    """From the first to the last day that a move touches."""
    assert plan is not None
    blocks = [block for step in plan.steps for block in (step.before, step.after)]
    if not blocks:
        return plan.to.monday, plan.to.sunday
    return min(b.starts_on for b in blocks), max(b.ends_on for b in blocks)


@bp.post("/slot-moves/<int:move_id>/undo")
@requires("rotation:slot:move")
def undo_slot_move(move_id: int) -> Any:
    slot_id = service.undo_slot_move(db(), actor(), move_id, now=clock.now())
    return _back(slot_id, request.args.get("year", type=int), say("The move is undone."))


@bp.route("/takeovers/<int:takeover_id>/move", methods=["GET", "POST"])
@requires("takeovers:takeover:move")
def move_takeover_page(takeover_id: int) -> Any:
    """New days inside the slot's weeks; the page says who will be told."""
    shown = takeover_for(takeover_id)
    form = MoveTakeoverForm(obj=shown.takeover)
    if form.validate_on_submit():
        try:
            back = service.move_takeover(db(), actor(), form.to_values(takeover_id), now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            return _moved(takeover_id, back)
    told = service.told([shown.takeover])
    return page("takeovers/move.html", shown=shown, form=form, told=told, status=form.status)


def _moved(takeover_id: int, back: MoveTakeover) -> Any:
    undo = url_for("takeovers.undo_takeover_move", takeover_id=takeover_id, version=back.version,
                   starts_on=back.starts_on.isoformat(), ends_on=back.ends_on.isoformat())  # fmt: skip
    return go(
        "takeovers.takeover_page", takeover_id=takeover_id, notice=say("The days are moved."), undo=undo
    )


@bp.post("/takeovers/<int:takeover_id>/undo-move")
@requires("takeovers:takeover:move")
def undo_takeover_move(takeover_id: int) -> Any:
    try:
        first, last = (date.fromisoformat(request.args[name]) for name in ("starts_on", "ends_on"))
    except (KeyError, ValueError):
        raise RuleBroken("undo_unreadable", say("That could not be undone. Use “Move” instead.")) from None
    version = request.args.get("version", 0, type=int)
    takeover_for(takeover_id)
    back = MoveTakeover(takeover_id, first, last, version)
    service.move_takeover(db(), actor(), back, now=clock.now())
    return go("takeovers.takeover_page", takeover_id=takeover_id, notice=say("The move is undone."))
