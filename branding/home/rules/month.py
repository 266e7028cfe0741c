"""A month as weeks from Monday to Sunday, with bars over the days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from branding.core.isoweek import Week
from branding.home.rules import lanes
from branding.home.values import MonthBar, MonthDay, MonthWeek, Span, Turn
from branding.rotation.values import HolidayView, PublicHoliday
from branding.takeovers.values import TakeoverStatus

#: More bars than these do not fit in a week of the month.
MOST_LANES = 4
_NO_MARKS = ("",) * 7


def weeks_of_month(year: int, month: int) -> list[Week]:
    """Every week with a day in the month."""
    week, found = Week.of(date(year, month, 1)), []
    while (week.monday.year, week.monday.month) <= (year, month):
        found.append(week)
        week = week + 1
    return found


def month_weeks(
    year: int,
    month: int,
    turns: Iterable[Turn],
    holidays: Iterable[HolidayView],
    public: Iterable[PublicHoliday],
    today: date,
) -> tuple[MonthWeek, ...]:
    turns = list(turns)
    names = {one.week: one.name for one in holidays}
    days = {one.day: one.name for one in public}
    return tuple(_week(week, month, turns, names, days, today) for week in weeks_of_month(year, month))


def bars(week: Week, turns: Iterable[Turn]) -> list[Span]:
    """A week's takeovers, and its turns without one, as columns 0 (Monday) to 6."""
    found: list[Span] = []
    for turn in turns:
        if turn.slot.ends_on < week.monday or turn.slot.starts_on > week.sunday:
            continue
        found += _of_takeovers(week, turn) or [Span(0, 6, MonthBar(turn))]
    return found


def _of_takeovers(week: Week, turn: Turn) -> list[Span]:
    live = [t for t in turn.takeovers if t.status != TakeoverStatus.CANCELLED]
    found = []
    for takeover in (t for t in live if t.starts_on <= week.sunday and t.ends_on >= week.monday):
        first, last = (takeover.starts_on - week.monday).days, (takeover.ends_on - week.monday).days
        found.append(Span(max(first, 0), min(last, 6), MonthBar(turn, takeover)))
    return found


def _week(
    week: Week,
    month: int,
    turns: list[Turn],
    names: Mapping[Week, str],
    days: Mapping[date, str],
    today: date,
) -> MonthWeek:
    found = lanes.in_lanes(bars(week, turns))
    # One hidden lane would take as much room as the line that says "+1".
    shown = found if len(found) <= MOST_LANES + 1 else found[:MOST_LANES]
    return MonthWeek(
        week,
        tuple(MonthDay(day, day.month != month, day == today, days.get(day, "")) for day in week.days),
        tuple(lanes.cells(lane, _NO_MARKS) for lane in shown),
        sum(len(lane) for lane in found[len(shown) :]),
        names.get(week, ""),
    )
