"""ISO 8601 weeks as values: Monday first, week 1 holds the first Thursday, 52 or 53 a year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

#: What people plan and look at; far from the ends of what a date can be, so that days can be added.
YEARS = range(2000, 2100)
#: Far from the ends of what a date can be, so that weeks can be added.
_YEARS = range(1900, 2200)
_ISO = re.compile(r"(\d{4})-?W(\d{1,2})", re.IGNORECASE)


def weeks_in(year: int) -> int:
    """52 or 53.  28 December always lies in the last ISO week of its year."""
    return date(year, 12, 28).isocalendar().week


@dataclass(frozen=True, order=True, slots=True)
class Week:
    """One ISO week.  Raises ValueError when the year has no such week."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= weeks_in(self.year):
            raise ValueError(f"{self.year} has no week {self.number}")

    @classmethod
    def of(cls, day: date) -> Week:
        """The week that holds this day (29 December may lie in week 1 of next year)."""
        iso = day.isocalendar()
        return cls(iso.year, iso.week)

    @classmethod
    def parse(cls, text: str) -> Week:
        """Read ``2022-W33``; ValueError when it is anything else, or too far away for any plan."""
        match = _ISO.fullmatch(text.strip())
        if not match or int(match[1]) not in _YEARS:
            raise ValueError(f"not an ISO week: {text!r}")
        return cls(int(match[1]), int(match[2]))

    @property
    def monday(self) -> date:
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> date:
        return date.fromisocalendar(self.year, self.number, 7)

    @property
    def days(self) -> list[date]:
        return [self.monday + timedelta(days=n) for n in range(7)]

    def __add__(self, weeks: int) -> Week:
        return Week.of(self.monday + timedelta(weeks=weeks))

    def __sub__(self, other: Week) -> int:
        """Whole weeks between two weeks."""
        return (self.monday - other.monday).days // 7

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02d}"


def weeks_of(year: int) -> list[Week]:
    """Every week of an ISO year, in order."""
    return [Week(year, number) for number in range(1, weeks_in(year) + 1)]


def span(first: Week, count: int) -> Iterator[Week]:
    """``count`` weeks in a row from ``first``, over New Year too."""
    return (first + n for n in range(count))
