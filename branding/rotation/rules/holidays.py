"""Holiday weeks: which years lack them, and next year's from this year's pattern."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from branding.core.isoweek import Week, weeks_in
from branding.rotation.values import HolidayKind, HolidayView

_EASTER = ("påske", "easter")
_CHRISTMAS = ("jul", "christmas")


def missing_years(years: Iterable[int], today: date) -> list[int]:
    """This year and the next, when they have no holiday weeks: a plan would run through the holidays."""
    this = Week.of(today).year
    known = set(years)
    return [year for year in (this, this + 1) if year not in known]


def pattern_for(year: int, weeks: Sequence[HolidayView]) -> list[tuple[Week, str, HolidayKind]]:
    """Another year's weeks carried over: Easter goes with the moon, Christmas by date, the rest by number."""
    found: dict[Week, tuple[Week, str, HolidayKind]] = {}
    for old in weeks:
        for week in _carried(year, old):
            found.setdefault(week, (week, old.name, old.kind))
    return [found[week] for week in sorted(found)]


def _carried(year: int, old: HolidayView) -> list[Week]:
    name = old.name.casefold()
    if name.startswith(_EASTER):
        shift = old.week.number - Week.of(easter(old.week.year)).number
        return [Week.of(easter(year)) + shift]
    if name.startswith(_CHRISTMAS):
        return christmas_weeks(year)
    return [Week(year, old.week.number)] if old.week.number <= weeks_in(year) else []


def christmas_weeks(year: int) -> list[Week]:
    """The weeks of an ISO year in which people are away between 24 December and 1 January."""
    ends = [date(december, *day) for december in (year - 1, year) for day in ((12, 25), (12, 31))]
    weeks = sorted({Week.of(day) for day in ends})
    return [week for week in weeks if week.year == year and week.monday.month == 12 and _is_mostly_free(week)]


def _is_mostly_free(week: Week) -> bool:
    """At least two of its working days lie from 24 December to 1 January."""
    days = [(day.month, day.day) for day in week.days[:5]]
    return sum(1 for day in days if day >= (12, 24) or day == (1, 1)) >= 2


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the anonymous algorithm in Meeus, Astronomical Algorithms)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def read_seed(data: Mapping[str, Mapping[str, Sequence[int]]]) -> list[tuple[Week, str, HolidayKind]]:
    """The content of ``schedules/holiday_weeks.toml``, in order; ValueError when a year has no such week."""
    weeks = [
        (Week(int(year), number), name, HolidayKind.SCHOOL)
        for year, names in data.items()
        for name, numbers in names.items()
        for number in numbers
    ]
    return sorted(weeks)


def is_school(name: str) -> bool:
    """``efterårsferie`` is a school holiday; ``lukket`` is the organisation's own."""
    return name.casefold().endswith(("ferie", "holiday", "holidays")) and "lukke" not in name.casefold()
