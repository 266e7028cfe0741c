"""The pages of the plan: a year is read once, and each page shows its part of it."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from branding.core.isoweek import Week
from branding.organisation import queries as organisation
from branding.organisation.values import UnitView
from branding.plan.queries.activities import activity_views, year_rows
from branding.plan.queries.channels import channels
from branding.plan.queries.formats import formats, holiday_weeks, last_of_gaps, slots_of
from branding.plan.rules.activities import COLUMNS
from branding.plan.rules.month import Content, month_rows, weeks_of_month
from branding.plan.values import ActivityView, Filters, FormatSlot, Shown, Status
from branding.plan.values.pages import Around, Column, MonthRow, StripMonth
from branding.publishing.queries.calendar import posts_between
from branding.rotation.public_holidays import public_holidays_between
from branding.takeovers import queries as takeovers

#: A board's column and a list's page hold so many.
MOST_IN_COLUMN, PAGE = 12, 100
_MOST_POSTS = 3


@dataclass(frozen=True, slots=True)
class Year:
    """What was read of a year: every activity and slot that fits the filters."""

    activities: tuple[ActivityView, ...]
    slots: tuple[FormatSlot, ...]


def plan_month(
    session: Session,
    year: int,
    month: int,
    filters: Filters,
    *,
    today: date,
    now: datetime,
    posts_of: Collection[int] | None = None,
    sees_posts: bool = True,
) -> tuple[Around, tuple[MonthRow, ...]]:
    """A month with takeovers' weeks and posts as layers; ``posts_of``: the units whose posts one sees."""
    read = _read(session, year, filters, today)
    around = _around(session, year, month, filters, read, today)
    weeks = weeks_of_month(year, month)
    first, last = weeks[0].monday, weeks[-1].sunday
    wanted, has_layers = _units_of(around.units, filters.unit), not filters.query.keys() - {"unit"}
    posts = {}
    if sees_posts and has_layers:
        seen = posts_of if wanted is None else wanted if posts_of is None else wanted & set(posts_of)
        posts = posts_between(session, first, last, units=seen, now=now, most=_MOST_POSTS)
    content = Content(
        [one for one in read.activities if one.starts_on <= last and one.ends_on >= first],
        [slot for slot in read.slots if first <= slot.on <= last],
        [
            one
            for one in (takeovers.takeovers_between(session, first, last) if has_layers else ())
            if wanted is None or one.unit_id in wanted
        ],
        posts,
        {one.week: one.name for one in holiday_weeks(session, _span(year)[0], _until(year, today))},
        {one.day: one.name for one in public_holidays_between(first, last)},
    )
    return around, month_rows(year, month, content, today)


def plan_board(
    session: Session, year: int, month: int, filters: Filters, *, today: date
) -> tuple[Around, tuple[Column, ...]]:
    """The month by status; what is late stays on the board until somebody does something about it."""
    read = _read(session, year, filters, today, names=True)
    first, last = date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    columns = []
    for shown in COLUMNS:
        found = [
            one
            for one in read.activities
            if one.shown(today) == shown
            and (shown == Shown.LATE or (one.starts_on <= last and one.ends_on >= first))
        ]
        columns.append(Column(shown, tuple(found[:MOST_IN_COLUMN]), max(0, len(found) - MOST_IN_COLUMN)))
    return _around(session, year, month, filters, read, today), tuple(columns)


def plan_list(
    session: Session, year: int, filters: Filters, number: int, *, today: date
) -> tuple[Around, tuple[ActivityView, ...], int]:
    """A page of the year's list, and how many there are."""
    read = _read(session, year, filters, today, names=True)
    found = read.activities[(number - 1) * PAGE : number * PAGE]
    return _around(session, year, 0, filters, read, today), found, len(read.activities)


def _read(session: Session, year: int, filters: Filters, today: date, *, names: bool = False) -> Year:
    first, last = _span(year)
    until = _until(year, today)
    rows = year_rows(session, first, until)
    views = activity_views(session, rows, names=names)
    units = _units_of({one.id: one for one in organisation.units(session, archived=True)}, filters.unit)
    fits = _fitting(filters, units, today)
    slots = slots_of(session, formats(session, names=names), views, first, until)
    in_year = [one for one in views if one.starts_on <= last and one.ends_on >= first]
    has_status = filters.status is not None
    return Year(
        tuple(one for one in in_year if fits(one)),
        () if has_status else tuple(slot for slot in slots if _slot_fits(slot, filters, units)),
    )


def _fitting(filters: Filters, units: Collection[int] | None, today: date) -> Callable[[ActivityView], bool]:
    def fits(one: ActivityView) -> bool:
        return (
            (filters.channel is None or one.channel.id == filters.channel)
            and (units is None or one.unit_id in units)
            and (filters.kind is None or one.kind == filters.kind)
            and (filters.status is None or one.shown(today) == filters.status)
        )

    return fits


def _slot_fits(slot: FormatSlot, filters: Filters, units: Collection[int] | None) -> bool:
    is_channel = filters.channel is None or slot.channel.id == filters.channel
    return is_channel and filters.kind is None and (units is None or slot.unit_id in units)


def _units_of(units: Mapping[int, UnitView], unit_id: int | None) -> set[int] | None:
    """A unit and, when it is an area, its afdelinger; None: all of them."""
    if unit_id is None:
        return None
    return {one.id for one in units.values() if unit_id in (one.id, one.area_id)}


def _span(year: int) -> tuple[date, date]:
    """The weeks that a calendar year's months show."""
    return Week.of(date(year, 1, 1)).monday, Week.of(date(year, 12, 31)).sunday


def _until(year: int, today: date) -> date:
    """How far slots are read: in December what is open in January is this year's business."""
    last = _span(year)[1]
    return max(last, last_of_gaps(today)) if year == today.year else last


def _around(session: Session, year: int, month: int, filters: Filters, read: Year, today: date) -> Around:
    ahead = [slot for slot in read.slots if slot.activity is None and slot.on >= today]
    return Around(
        year,
        month,
        filters,
        _strip(year, month, read.activities, ahead, today),
        tuple(channels(session)),
        {one.id: one for one in organisation.units(session, archived=True)},
        tuple(slot for slot in ahead if slot.on <= last_of_gaps(today)),
        bool(formats(session, names=False)) if not read.slots else True,
        not read.activities and not read.slots,
        sum(one.shown(today) == Shown.LATE for one in read.activities),
    )


def _strip(
    year: int, month: int, activities: Iterable[ActivityView], gaps: Iterable[FormatSlot], today: date
) -> tuple[StripMonth, ...]:
    counts, open_slots, late = [0] * 13, [0] * 13, [0] * 13
    for one in activities:
        if one.starts_on.year == year and one.status != Status.CANCELLED:
            counts[one.starts_on.month] += 1
            late[one.starts_on.month] += one.shown(today) == Shown.LATE
    for slot in gaps:
        if slot.on.year == year:
            open_slots[slot.on.month] += 1
    return tuple(
        StripMonth(
            date(year, at, 1), counts[at], open_slots[at], late[at], at == month,
            (year, at) == (today.year, today.month),
        )
        for at in range(1, 13)
    )  # fmt: skip
