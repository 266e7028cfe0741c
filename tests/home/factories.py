"""Turns, units and holidays as values, for tests of pure layout."""

from __future__ import annotations

from datetime import UTC, date, datetime

from branding.core.isoweek import Week
from branding.home.values import Stage, Turn
from branding.organisation.values import UnitKind, UnitView
from branding.rotation.values import Block, HolidayKind, HolidayView, SlotStatus, SlotView
from branding.takeovers.values import HostView, TakeoverStatus, TakeoverView


def unit(number: int = 1, name: str = "SVO") -> UnitView:
    return UnitView(number, UnitKind.AREA, name, name, number, name, (number - 1) % 8 + 1)


def slot(number: int = 1, year: int = 2022, week: int = 43, weeks: int = 1, unit_id: int = 1) -> SlotView:
    return SlotView(
        id=number,
        plan_id=1,
        plan_name="Rotation",
        area_id=None,
        profile_id=1,
        unit_id=unit_id,
        block=Block(Week(year, week), weeks),
        profession_id=None,
        topic="Hverdagen hos os",
        responsible="",
        note="",
        status=SlotStatus.CONFIRMED,
        version=1,
        changed_at=datetime(2022, 1, 3, 8, 0, tzinfo=UTC),
    )


def turn(
    number: int = 1,
    year: int = 2022,
    week: int = 43,
    weeks: int = 1,
    unit_id: int = 1,
    stage: Stage = Stage.MISSING,
    takeovers: tuple[TakeoverView, ...] = (),
) -> Turn:
    return Turn(slot(number, year, week, weeks, unit_id), unit(unit_id), stage, takeovers)


def takeover(
    first: date,
    last: date,
    status: TakeoverStatus = TakeoverStatus.PLANNED,
    hosts: tuple[HostView, ...] = (),
    number: int = 1,
    slot_id: int = 1,
) -> TakeoverView:
    return TakeoverView(number, slot_id, 1, 1, first, last, status, 1, hosts)


def holiday(
    year: int = 2022, week: int = 42, name: str = "Efterårsferie", plan_id: int | None = None
) -> HolidayView:
    return HolidayView(week, Week(year, week), name, HolidayKind.SCHOOL, plan_id, 1)
