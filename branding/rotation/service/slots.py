"""Adding, changing and cancelling single slots, each with its way back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from branding.audit.service import record
from branding.core import policy
from branding.core.actor import Actor
from branding.core.errors import Conflict, Missing, RuleBroken
from branding.core.isoweek import Week
from branding.core.text import Text, say
from branding.organisation import queries as organisation
from branding.rotation import queries
from branding.rotation.models import Slot, SlotEdit
from branding.rotation.rules.week_cell import read_weeks
from branding.rotation.service.changes import note_change
from branding.rotation.service.followers import tell_removed
from branding.rotation.service.requests import check_not_blocked
from branding.rotation.values import LENGTHS, Block, NewSlot, SlotFacts, SlotStatus

_FIELDS = ("profession_id", "topic", "responsible", "note", "status")


def block_of(slot: Slot) -> Block:
    return Block(Week(slot.iso_year, slot.iso_week), slot.weeks)


def dates_of(block: Block) -> dict[str, Any]:
    """The one place where a slot's weeks are written, so that week and dates always agree."""
    first = block.first
    return {
        "iso_year": first.year,
        "iso_week": first.number,
        "weeks": block.weeks,
        "starts_on": block.starts_on,
        "ends_on": block.ends_on,
    }


def place(slot: Slot, block: Block) -> None:
    for name, value in dates_of(block).items():
        setattr(slot, name, value)


def add_slot(session: Session, actor: Actor, request: NewSlot, *, now: datetime) -> int:
    """A new turn in free weeks; returns its id."""
    policy.check(actor, "rotation:plan:edit")
    plan = queries.plan_for_update(session, request.plan_id)
    unit = organisation.unit_by_id(session, request.unit_id)
    if plan.area_id is not None and unit.area_id != plan.area_id:
        raise RuleBroken(
            "unit_outside_plan", say("This unit does not belong to the plan's specialområde."), "unit_id"
        )
    check_free(session, request.plan_id, request.block)
    check_not_blocked(session, request.unit_id, request.plan_id, request.block)
    _check_lengths(request.topic, request.responsible, request.note)
    slot = Slot(
        plan_id=request.plan_id,
        unit_id=request.unit_id,
        **dates_of(request.block),
        profession_id=request.profession_id,
        topic=request.topic,
        responsible=request.responsible,
        note=request.note,
        status=request.status,
        changed_at=now,
    )
    session.add(slot)
    session.flush()
    changes = {
        "unit_id": (None, slot.unit_id),
        "first": (None, str(request.block.first)),
        "weeks": (None, slot.weeks),
    }
    record(session, actor, "rotation:slot:added", "slot", slot.id, changes=changes, now=now)
    return slot.id or 0


def edit_slot(session: Session, actor: Actor, request: SlotFacts, *, now: datetime) -> int | None:
    """Change what a slot says; returns the id for ``undo_edit``, None when nothing changed.

    A coordinator changes own units only; another unit's slot is missing.
    """
    slot = _checked(session, actor, request.slot_id)
    if request.version != slot.version:
        raise _changed(session, slot, request)
    if slot.status == SlotStatus.CANCELLED or request.status == SlotStatus.CANCELLED:
        raise RuleBroken(
            "slot_cancelled", say("The slot is cancelled. Put it back before you change it."), "state"
        )
    _check_lengths(request.topic, request.responsible or "", request.note)
    responsible = slot.responsible if request.responsible is None else request.responsible
    after = dict(
        zip(
            _FIELDS,
            (request.profession_id, request.topic, responsible, request.note, str(request.status)),
            strict=True,
        )
    )
    before = {name: getattr(slot, name) for name in _FIELDS}
    if before == after:
        return None
    _write(slot, after, now=now)
    edit = SlotEdit(slot_id=request.slot_id, made_at=now, version_after=slot.version, before=before)
    session.add(edit)
    session.flush()
    changes = {name: (before[name], after[name]) for name in _FIELDS}
    record(session, actor, "rotation:slot:changed", "slot", slot.id, changes=changes, now=now)
    return edit.id


def undo_edit(session: Session, actor: Actor, edit_id: int, *, now: datetime) -> int:
    """Take an edit back unless somebody has changed the slot since; returns the slot's id."""
    edit = queries.slot_edit_by_id(session, edit_id)
    slot = _checked(session, actor, edit.slot_id)
    if edit.undone_at is not None:
        return edit.slot_id
    if slot.version != edit.version_after:
        raise Conflict(
            "slot_changed", say("Somebody else has changed the slot since, so it cannot be undone.")
        )
    now_says = {name: getattr(slot, name) for name in _FIELDS}
    _write(slot, edit.before, now=now)
    edit.undone_at = now
    session.flush()
    changes = {name: (now_says[name], edit.before[name]) for name in _FIELDS}
    record(session, actor, "rotation:slot:edit_undone", "slot", slot.id, changes=changes, now=now)
    return edit.slot_id


def remove_slot(session: Session, actor: Actor, slot_id: int, *, now: datetime) -> SlotStatus:
    """Cancel a slot: it takes no weeks any more but can come back.  Returns the status it had."""
    policy.check(actor, "rotation:plan:edit")
    slot = queries.slot_by_id(session, slot_id)
    before = SlotStatus(slot.status)
    if before is SlotStatus.CANCELLED:
        return SlotStatus.CONFIRMED
    tell_removed(session, actor, slot_id, now=now)
    slot.status = SlotStatus.CANCELLED
    note_change(slot, now=now)
    session.flush()
    changes = {"status": (str(before), str(SlotStatus.CANCELLED))}
    record(session, actor, "rotation:slot:cancelled", "slot", slot_id, changes=changes, now=now)
    return before


def restore_slot(session: Session, actor: Actor, slot_id: int, status: SlotStatus, *, now: datetime) -> None:
    """Bring a cancelled slot back into its weeks, if they are still free."""
    policy.check(actor, "rotation:plan:edit")
    slot = queries.slot_by_id(session, slot_id)
    if slot.status != SlotStatus.CANCELLED or status is SlotStatus.CANCELLED:
        return
    queries.plan_for_update(session, slot.plan_id)
    check_free(session, slot.plan_id, block_of(slot))
    slot.status = status
    note_change(slot, now=now)
    session.flush()
    changes = {"status": (str(SlotStatus.CANCELLED), str(status))}
    record(session, actor, "rotation:slot:restored", "slot", slot_id, changes=changes, now=now)


def read_block(written: str, year: int) -> Block:
    """The weeks of a form field, as forgiving as a table's cells."""
    return read_weeks(written, year)


def next_free_week(session: Session, plan_id: int, today: date) -> Week:
    """The first open week after the plan's last turn; in an empty plan the coming week."""
    slots = queries.slots_of_plan(session, plan_id)
    week = max((slot.block.last for slot in slots), default=Week.of(today)) + 1
    closed = {holiday.week for holiday in queries.holiday_weeks_of(session, plan_id)}
    while week in closed:
        week = week + 1
    return week


def check_free(
    session: Session, plan_id: int, block: Block, *, leaving_out: frozenset[int] = frozenset()
) -> None:
    """Refuse weeks that another turn of the plan has, or that are holidays."""
    for other in queries.slots_between(session, block.starts_on, block.ends_on, [plan_id]):
        if other.id not in leaving_out:
            unit = organisation.unit_by_id(session, other.unit_id)
            text = say(
                "%(unit)s has week %(weeks)s. Choose other weeks.", unit=unit.name, weeks=other.block.label
            )
            raise RuleBroken("weeks_taken", text, "weeks")
    for holiday in queries.holiday_weeks_between(session, block.starts_on, block.ends_on, [plan_id]):
        text = say(
            "Week %(week)s is %(name)s. Choose other weeks.", week=holiday.week.number, name=holiday.name
        )
        raise RuleBroken("weeks_are_holiday", text, "weeks")


def _checked(session: Session, actor: Actor, slot_id: int) -> Slot:
    slot = queries.slot_by_id(session, slot_id)
    policy.check(actor, "rotation:slot:edit", slot.unit_id, thing="slot", key=slot_id)
    return slot


def _write(slot: Slot, values: dict[str, Any], *, now: datetime) -> None:
    for name in _FIELDS:
        setattr(slot, name, values[name])
    note_change(slot, now=now)


def _check_lengths(topic: str, responsible: str, note: str) -> None:
    for name, text in (("topic", topic), ("responsible", responsible), ("note", note)):
        if len(text) > LENGTHS[name]:
            raise RuleBroken("too_long", say("Write at most %(most)s characters.", most=LENGTHS[name]), name)


def _changed(session: Session, slot: Slot, request: SlotFacts) -> Conflict:
    text = say("Somebody else has changed the slot since you opened it.")
    responsible = slot.responsible if request.responsible is None else request.responsible
    mine = labelled(session, request.profession_id, request.topic, responsible, request.note, request.status)
    theirs = labelled(
        session, slot.profession_id, slot.topic, slot.responsible, slot.note, SlotStatus(slot.status)
    )
    return Conflict("slot_changed", text, mine, theirs)


def labelled(
    session: Session, profession_id: int | None, topic: str, responsible: str, note: str, status: SlotStatus
) -> list[tuple[Text, object]]:
    """A slot's facts with their names, as the page for two versions shows them."""
    profession = ""
    if profession_id is not None:
        try:
            profession = organisation.profession_by_id(session, profession_id).name
        except Missing:
            profession = "?"
    facts = (profession, topic, responsible, note, STATUS_NAMES[status])
    return list(zip(FIELD_NAMES, facts, strict=True))


FIELD_NAMES = (say("Profession"), say("Topic"), say("Responsible"), say("Note"), say("Status"))
STATUS_NAMES = {
    SlotStatus.TENTATIVE: say("tentative"),
    SlotStatus.CONFIRMED: say("fixed"),
    SlotStatus.CANCELLED: say("cancelled"),
}
