"""Tables on their way in: cells, rows understood, problems and reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from branding.core.text import Text
from branding.rotation.values.weeks import Block, ImportMark, SlotStatus


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that holds a formula and no value."""

    text: str = ""


#: What a cell of a table can hold when it comes out of a file.
Cell = str | int | float | date | datetime | Formula | None
Rows = list[list[Cell]]


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell that cannot be used: where it is, what was read, what would be right."""

    row: int
    column: str
    read: str
    text: Text


@dataclass(frozen=True, slots=True)
class SlotRow:
    """A row understood as a turn.  ``None`` in a field: the table has no such column."""

    row: int
    block: Block
    unit: str
    unit_id: int | None
    profession: str | None = None
    topic: str | None = None
    responsible: str | None = None
    note: str | None = None
    status: SlotStatus | None = None


@dataclass(frozen=True, slots=True)
class HolidayRow:
    """A row that says nobody has a turn."""

    row: int
    block: Block
    name: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table as understood.  ``unknown`` are the unit names that nobody knows, in order."""

    rows: tuple[SlotRow | HolidayRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    unknown: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    #: The heading of the weeks, as the table writes it.
    weeks_column: str = ""

    @property
    def slots(self) -> tuple[SlotRow, ...]:
        return tuple(row for row in self.rows if isinstance(row, SlotRow))

    @property
    def holidays(self) -> tuple[HolidayRow, ...]:
        return tuple(row for row in self.rows if isinstance(row, HolidayRow))


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """A table for a plan.  ``plan_id`` is an existing plan, else ``plan_name`` names a new one.

    ``under_id`` is the specialområde whose afdelinger take turns, and under which unknown
    units are created when ``create_units`` is set; without it they become specialområder.
    """

    rows: Rows
    year: int
    plan_id: int | None = None
    plan_name: str = ""
    under_id: int | None = None
    profile_id: int | None = None
    create_units: bool = False
    #: What the preview gave: when the plan has changed since, nothing is saved.
    stamp: str | None = None


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A row of the preview: what was understood, and what it would do to the plan."""

    row: int
    mark: ImportMark
    block: Block | None = None
    unit: str = ""
    profession: str = ""
    topic: str = ""
    holiday: str = ""
    is_new_unit: bool = False
    #: What changes: the field's name in words, before and after.
    changes: tuple[tuple[Text, Text | str, Text | str], ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did or would do.  With problems nothing is saved: all or nothing."""

    plan_name: str
    plan_id: int | None = None
    rows: tuple[ImportRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Text, ...] = ()
    unknown_units: tuple[str, ...] = ()
    new_units: tuple[str, ...] = ()
    new_professions: tuple[str, ...] = ()
    stamp: str = ""
    is_saved: bool = False

    @property
    def is_faultless(self) -> bool:
        return not self.problems

    def count(self, mark: ImportMark) -> int:
        return sum(1 for row in self.rows if row.mark is mark)

    @property
    def new(self) -> int:
        return self.count(ImportMark.NEW)

    @property
    def changed(self) -> int:
        return self.count(ImportMark.CHANGED)

    @property
    def unchanged(self) -> int:
        return self.count(ImportMark.UNCHANGED)
