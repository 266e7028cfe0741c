"""Reads of holiday weeks."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlmodel import Session, col, select

from branding.core.db import read_once
from branding.core.errors import Missing
from branding.core.isoweek import Week
from branding.rotation.models import HolidayWeek
from branding.rotation.rules.holidays import missing_years
from branding.rotation.values import HolidayKind, HolidayView


def holiday_weeks_between(
    session: Session, first: date, last: date, plan_ids: Collection[int] | None = None
) -> list[HolidayView]:
    """The holiday weeks with a day in the period: everybody's, and those that single plans keep.

    ``plan_ids`` leaves out the weeks of other plans; an empty collection leaves everybody's only.
    """
    return [
        one
        for one in every_holiday_week(session)
        if one.week.monday <= last
        and one.week.sunday >= first
        and (plan_ids is None or one.plan_id is None or one.plan_id in plan_ids)
    ]


@read_once
def every_holiday_week(session: Session) -> tuple[HolidayView, ...]:
    """All that are written down, in the order of time: a few each year, and asked for in many ways."""
    ordered = select(HolidayWeek).order_by(
        col(HolidayWeek.iso_year), col(HolidayWeek.iso_week), col(HolidayWeek.id)
    )
    return tuple(_holiday_view(row) for row in session.exec(ordered))


def holiday_weeks_of(session: Session, plan_id: int) -> list[HolidayView]:
    """Every holiday week that counts for a plan: everybody's and its own."""
    kept = col(HolidayWeek.plan_id).is_(None) | (col(HolidayWeek.plan_id) == plan_id)
    ordered = select(HolidayWeek).where(kept).order_by(col(HolidayWeek.iso_year), col(HolidayWeek.iso_week))
    return [_holiday_view(row) for row in session.exec(ordered)]


def holiday_weeks_in(session: Session, year: int) -> list[HolidayView]:
    """The holiday weeks of an ISO year that everybody keeps."""
    return [one for one in every_holiday_week(session) if one.week.year == year and one.plan_id is None]


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
