"""Kinds, limits and blocks of weeks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from branding.core.isoweek import Week, span


class PlanStatus(StrEnum):
    ACTIVE = "active"
    ARCHIVED = "archived"


class SlotStatus(StrEnum):
    TENTATIVE = "tentative"  # foreløbig
    CONFIRMED = "confirmed"  # fast
    CANCELLED = "cancelled"  # aflyst


class HolidayKind(StrEnum):
    SCHOOL = "school"  # skoleferie
    CLOSING = "closing"  # egen lukkeuge


class LineKind(StrEnum):
    SLOT = "slot"
    HOLIDAY = "holiday"
    GAP = "gap"


class MoveCause(StrEnum):
    MOVE = "move"
    HOLIDAY = "holiday"
    SWAP = "swap"


class ImportMark(StrEnum):
    FAULTY = "faulty"
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


#: The longest block: a whole long year.
MOST_WEEKS = 53

#: The length limits of what people write, as in the tables.
LENGTHS = {
    "name": 120,
    "unit": 120,
    "profession": 80,
    "topic": 200,
    "responsible": 120,
    "note": 1000,
    "holiday": 80,
}


@dataclass(frozen=True, order=True, slots=True)
class Block:
    """Weeks in a row: what one unit has in one turn."""

    first: Week
    weeks: int = 1

    @property
    def last(self) -> Week:
        return self.first + (self.weeks - 1)

    @property
    def starts_on(self) -> date:
        return self.first.monday

    @property
    def ends_on(self) -> date:
        return self.last.sunday

    @property
    def label(self) -> str:
        """``33``, ``33-34`` or ``52-1``: the numbers as people say them after *uge*."""
        return str(self.first.number) if self.weeks == 1 else f"{self.first.number}-{self.last.number}"

    @property
    def cell(self) -> str:
        """The same in a table.  Never ``11-12``: a spreadsheet would make a date of that."""
        if self.weeks > MOST_WEEKS // 2 and self.first.year != self.last.year:
            # "uge 30-20" would read as weeks in reverse order.
            return f"{self.first} - {self.last}"
        if self.weeks > 3:
            return f"uge {self.label}"
        return " + ".join(str(week.number) for week in self)

    def __iter__(self) -> Iterator[Week]:
        return span(self.first, self.weeks)

    def overlaps(self, other: Block) -> bool:
        return self.starts_on <= other.ends_on and other.starts_on <= self.ends_on

    def at(self, first: Week) -> Block:
        """A block of the same length from another week."""
        return Block(first, self.weeks)
