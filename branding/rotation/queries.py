"""Reading plans, slots, holiday weeks and moves."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, func
from sqlmodel import Session, col, select

from branding.core.errors import Missing
from branding.core.isoweek import Week
from branding.rotation.models import HolidayWeek, Plan, Slot, SlotEdit, SlotMove
from branding.rotation.rules.holidays import missing_years
from branding.rotation.rules.sequence import sequence
from branding.rotation.values import (
    Block,
    HolidayKind,
    HolidayView,
    Line,
    PlanStatus,
    PlanView,
    SlotStatus,
    SlotView,
)

# --- plans ----------------------------------------------------------------------------------


def plans(session: Session, *, archived: bool = False) -> list[PlanView]:
    """The plans in use, or the archived ones, in Danish order, with their turns counted."""
    status = PlanStatus.ARCHIVED if archived else PlanStatus.ACTIVE
    return [_plan_view(row) for row in session.execute(_plans().where(col(Plan.status) == status))]


def plan_view(session: Session, plan_id: int) -> PlanView:
    row = session.execute(_plans().where(col(Plan.id) == plan_id)).first()
    if row is None:
        raise Missing("plan", plan_id)
    return _plan_view(row)


def plan_by_id(session: Session, plan_id: int) -> Plan:
    plan = session.get(Plan, plan_id)
    if plan is None:
        raise Missing("plan", plan_id)
    return plan


def plan_for_update(session: Session, plan_id: int) -> Plan:
    """The plan, held until the transaction ends: two people must not give the same weeks away at once."""
    plan = session.exec(select(Plan).where(Plan.id == plan_id).with_for_update()).first()
    if plan is None:
        raise Missing("plan", plan_id)
    return plan


def find_plan_by_name(session: Session, name: str) -> Plan | None:
    return session.exec(select(Plan).where(Plan.name == name)).first()


def _plans() -> Select[Any]:
    of_plan = (col(Slot.plan_id) == col(Plan.id)) & (col(Slot.status) != SlotStatus.CANCELLED)
    counted = func.count(col(Slot.id)), func.min(Slot.starts_on), func.max(Slot.ends_on)
    plan = (Plan.id, Plan.name, Plan.area_id, Plan.profile_id, Plan.status, Plan.version)
    grouped = select(*plan, *counted).outerjoin(Slot, of_plan).group_by(*plan, Plan.sort_key)  # type: ignore[call-overload]
    return grouped.order_by(Plan.sort_key, Plan.id)  # type: ignore[no-any-return]


def _plan_view(row: Any) -> PlanView:
    key, name, area_id, profile_id, status, version, count, first, last = row
    return PlanView(key, name, area_id, profile_id, PlanStatus(status), version, count, first, last)


# --- slots ----------------------------------------------------------------------------------


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


def plan_lines(session: Session, plan_id: int) -> list[Line]:
    """A plan as people read it: turns, holidays and free weeks in order."""
    return sequence(slots_of_plan(session, plan_id), holiday_weeks_of(session, plan_id))


def slot_view(session: Session, slot_id: int) -> SlotView:
    row = session.execute(_slots().where(col(Slot.id) == slot_id)).first()
    if row is None:
        raise Missing("slot", slot_id)
    return _slot_view(row)


def slot_by_id(session: Session, slot_id: int) -> Slot:
    slot = session.get(Slot, slot_id)
    if slot is None:
        raise Missing("slot", slot_id)
    return slot


def slots_by_id(session: Session, ids: Collection[int]) -> dict[int, Slot]:
    """Several rows by one query: a holiday may shift hundreds."""
    return {slot.id or 0: slot for slot in session.exec(select(Slot).where(col(Slot.id).in_(ids)))}


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
    texts = (Slot.topic, Slot.responsible, Slot.note, Slot.status, Slot.version)
    columns = (Slot.id, Slot.plan_id, Plan.name, Plan.area_id, Plan.profile_id, *slot, *texts)
    joined = select(*columns).join(Plan, col(Plan.id) == col(Slot.plan_id))  # type: ignore[call-overload]
    return joined.order_by(Slot.starts_on, Plan.sort_key, Slot.id)  # type: ignore[no-any-return]


def _slot_view(row: Any) -> SlotView:
    key, plan_id, plan, area_id, profile_id, unit_id, year, number, weeks, profession_id, *texts = row
    topic, responsible, note, status, version = texts
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
    )


# --- holiday weeks --------------------------------------------------------------------------


def holiday_weeks_between(
    session: Session, first: date, last: date, plan_ids: Collection[int] | None = None
) -> list[HolidayView]:
    """The holiday weeks with a day in the period: everybody's, and those that single plans keep.

    ``plan_ids`` leaves out the weeks of other plans; an empty collection leaves everybody's only.
    """
    years = range(Week.of(first).year, Week.of(last).year + 1)
    wanted = select(HolidayWeek).where(col(HolidayWeek.iso_year).in_(years))
    if plan_ids is not None:
        wanted = wanted.where(col(HolidayWeek.plan_id).is_(None) | col(HolidayWeek.plan_id).in_(plan_ids))
    ordered = wanted.order_by(col(HolidayWeek.iso_year), col(HolidayWeek.iso_week), col(HolidayWeek.id))
    views = [_holiday_view(row) for row in session.exec(ordered)]
    return [view for view in views if view.week.monday <= last and view.week.sunday >= first]


def holiday_weeks_of(session: Session, plan_id: int) -> list[HolidayView]:
    """Every holiday week that counts for a plan: everybody's and its own."""
    kept = col(HolidayWeek.plan_id).is_(None) | (col(HolidayWeek.plan_id) == plan_id)
    ordered = select(HolidayWeek).where(kept).order_by(col(HolidayWeek.iso_year), col(HolidayWeek.iso_week))
    return [_holiday_view(row) for row in session.exec(ordered)]


def holiday_weeks_in(session: Session, year: int) -> list[HolidayView]:
    """The holiday weeks of an ISO year that everybody keeps."""
    everybody = select(HolidayWeek).where(HolidayWeek.iso_year == year, col(HolidayWeek.plan_id).is_(None))
    return [_holiday_view(row) for row in session.exec(everybody.order_by(col(HolidayWeek.iso_week)))]


def holiday_years(session: Session) -> list[int]:
    """The ISO years that have holiday weeks for everybody."""
    years = select(HolidayWeek.iso_year).where(col(HolidayWeek.plan_id).is_(None)).distinct()
    return sorted(session.exec(years))


def missing_holiday_years(session: Session, today: date) -> list[int]:
    """This year and the next when they lack holiday weeks: for the page's warning and for ``doctor``."""
    return missing_years(holiday_years(session), today)


def holiday_by_id(session: Session, holiday_id: int) -> HolidayWeek:
    holiday = session.get(HolidayWeek, holiday_id)
    if holiday is None:
        raise Missing("holiday_week", holiday_id)
    return holiday


def holiday_view(session: Session, holiday_id: int) -> HolidayView:
    return _holiday_view(holiday_by_id(session, holiday_id))


def find_holiday(session: Session, week: Week, plan_id: int | None) -> HolidayWeek | None:
    same = select(HolidayWeek).where(HolidayWeek.iso_year == week.year, HolidayWeek.iso_week == week.number)
    return session.exec(
        same.where(
            col(HolidayWeek.plan_id).is_(None) if plan_id is None else col(HolidayWeek.plan_id) == plan_id
        )
    ).first()


def _holiday_view(row: HolidayWeek) -> HolidayView:
    week = Week(row.iso_year, row.iso_week)
    return HolidayView(row.id or 0, week, row.name, HolidayKind(row.kind), row.plan_id, row.version)


# --- moves and edits that can be undone -----------------------------------------------------


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


def slot_rows(session: Session, plan_id: int) -> Sequence[Slot]:
    """A plan's rows in order, cancelled ones too: for use cases that change them."""
    return session.exec(
        select(Slot).where(Slot.plan_id == plan_id).order_by(col(Slot.starts_on), col(Slot.id))
    ).all()
