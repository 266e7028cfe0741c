"""Reads of slots, and of the moves and edits that can be undone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, func
from sqlmodel import Session, col, select

from branding.core.errors import Missing
from branding.core.isoweek import Week
from branding.rotation.models import Plan, Slot, SlotEdit, SlotMove
from branding.rotation.queries.holidays import holiday_weeks_of
from branding.rotation.queries.proposals import taken_back
from branding.rotation.rules.sequence import sequence
from branding.rotation.values import Block, Line, PlanStatus, SlotStatus, SlotView


def slots_between(
    session: Session,
    first: date,
    last: date,
    plan_ids: Collection[int] | None = None,
    *,
    cancelled: bool = False,
) -> list[SlotView]:
    """The slots with a day in the period, in order, by one query.

    Without ``plan_ids`` those of all plans in use; cancelled ones only when asked for.
    """
    wanted = _slots().where(col(Slot.starts_on) <= last, col(Slot.ends_on) >= first)
    if plan_ids is None:
        wanted = wanted.where(col(Plan.status) == PlanStatus.ACTIVE)
    else:
        wanted = wanted.where(col(Slot.plan_id).in_(plan_ids))
    if not cancelled:
        wanted = wanted.where(col(Slot.status) != SlotStatus.CANCELLED)
    return [_slot_view(row) for row in session.execute(wanted)]


def slots_of_plan(session: Session, plan_id: int, *, cancelled: bool = False) -> list[SlotView]:
    """A plan's turns in order; with ``cancelled`` the cancelled ones among them."""
    wanted = _slots().where(col(Slot.plan_id) == plan_id)
    if not cancelled:
        wanted = wanted.where(col(Slot.status) != SlotStatus.CANCELLED)
    return [_slot_view(row) for row in session.execute(wanted)]


def cancelled_slots(session: Session, plan_id: int) -> list[SlotView]:
    """A plan's cancelled turns that can come back; what an undone proposal had added never was anybody's."""
    gone = taken_back(session)
    found = slots_of_plan(session, plan_id, cancelled=True)
    return [one for one in found if one.status is SlotStatus.CANCELLED and gone.get(one.id) != one.version]


def plan_lines(session: Session, plan_id: int) -> list[Line]:
    """A plan as people read it: turns, holidays and free weeks in order."""
    return sequence(slots_of_plan(session, plan_id), holiday_weeks_of(session, plan_id))


def slot_view(session: Session, slot_id: int) -> SlotView:
    row = session.execute(_slots().where(col(Slot.id) == slot_id)).first()
    if row is None:
        raise Missing("slot", slot_id)
    return _slot_view(row)


def slot_views(session: Session, ids: Collection[int]) -> dict[int, SlotView]:
    """Several slots by one query, cancelled ones too."""
    return {row[0]: _slot_view(row) for row in session.execute(_slots().where(col(Slot.id).in_(ids)))}


def slot_by_id(session: Session, slot_id: int) -> Slot:
    slot = session.get(Slot, slot_id)
    if slot is None:
        raise Missing("slot", slot_id)
    return slot


def slots_by_id(session: Session, ids: Collection[int]) -> dict[int, Slot]:
    """Several rows by one query: a holiday may shift hundreds."""
    return {slot.id or 0: slot for slot in session.exec(select(Slot).where(col(Slot.id).in_(ids)))}


def slot_rows(session: Session, plan_id: int) -> Sequence[Slot]:
    """A plan's rows in order, cancelled ones too: for use cases that change them."""
    return session.exec(
        select(Slot).where(Slot.plan_id == plan_id).order_by(col(Slot.starts_on), col(Slot.id))
    ).all()


def slot_move_by_id(session: Session, move_id: int) -> SlotMove:
    move = session.get(SlotMove, move_id)
    if move is None:
        raise Missing("slot_move", move_id)
    return move


def slot_edit_by_id(session: Session, edit_id: int) -> SlotEdit:
    edit = session.get(SlotEdit, edit_id)
    if edit is None:
        raise Missing("slot_edit", edit_id)
    return edit


def nearest_slot_date(session: Session, day: date) -> date | None:
    """The nearest day on which somebody has a turn in a plan in use; None when nobody ever has."""
    live = (col(Slot.status) != SlotStatus.CANCELLED) & (col(Plan.status) == PlanStatus.ACTIVE)
    joined = select(func.max(Slot.ends_on)).join(Plan, col(Plan.id) == col(Slot.plan_id)).where(live)
    before = session.exec(joined.where(col(Slot.starts_on) <= day)).first()
    coming = select(func.min(Slot.starts_on)).join(Plan, col(Plan.id) == col(Slot.plan_id)).where(live)
    after = session.exec(coming.where(col(Slot.starts_on) > day)).first()
    if before is not None and before >= day:
        return day
    found = [one for one in (before, after) if one is not None]
    return min(found, key=lambda one: abs(one - day), default=None)


def _slots() -> Select[Any]:
    # Columns, not rows: calendars read thousands, and never write them.
    slot = (Slot.unit_id, Slot.iso_year, Slot.iso_week, Slot.weeks, Slot.profession_id)
    texts = (Slot.topic, Slot.responsible, Slot.note, Slot.status, Slot.version, Slot.changed_at)
    columns = (Slot.id, Slot.plan_id, Plan.name, Plan.area_id, Plan.profile_id, *slot, *texts)
    joined = select(*columns).join(Plan, col(Plan.id) == col(Slot.plan_id))  # type: ignore[call-overload]
    return joined.order_by(Slot.starts_on, Plan.sort_key, Slot.id)  # type: ignore[no-any-return]


def _slot_view(row: Any) -> SlotView:
    key, plan_id, plan, area_id, profile_id, unit_id, year, number, weeks, profession_id, *texts = row
    topic, responsible, note, status, version, changed_at = texts
    return SlotView(
        id=key,
        plan_id=plan_id,
        plan_name=plan,
        area_id=area_id,
        profile_id=profile_id,
        unit_id=unit_id,
        block=Block(Week(year, number), weeks),
        profession_id=profession_id,
        topic=topic,
        responsible=responsible,
        note=note,
        status=SlotStatus(status),
        version=version,
        changed_at=changed_at,
    )
