"""A table of activities as it was understood."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from branding.core.text import Text
from branding.plan.values.activities import ActivityRequest


class Mark(StrEnum):
    """What a row would do."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    FAULTY = "faulty"


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that cannot be used: its column, what was read, what would be right."""

    column: Text
    read: str
    text: Text


@dataclass(frozen=True, slots=True)
class TableRow:
    """``number`` is the row's in the file, headings included."""

    number: int
    cells: tuple[str, ...]
    request: ActivityRequest | None = None
    faults: tuple[Fault, ...] = ()
    notes: tuple[Text, ...] = ()
    mark: Mark = Mark.FAULTY
    activity_id: int | None = None


@dataclass(frozen=True, slots=True)
class TableReport:
    """The whole table; nothing is saved unless it is faultless."""

    rows: tuple[TableRow, ...]
    stamp: str = ""
    unused: tuple[str, ...] = ()
    batch: str = field(default="")

    def count(self, mark: Mark) -> int:
        return sum(row.mark == mark for row in self.rows)

    @property
    def new(self) -> int:
        return self.count(Mark.NEW)

    @property
    def changed(self) -> int:
        return self.count(Mark.CHANGED)

    @property
    def same(self) -> int:
        return self.count(Mark.SAME)

    @property
    def faulty(self) -> list[TableRow]:
        return [row for row in self.rows if row.mark == Mark.FAULTY]
