"""Inside one plan no week belongs to two rows."""

from __future__ import annotations

from collections.abc import Sequence

from branding.core.text import Text, say
from branding.rotation.rules.names import fold
from branding.rotation.values import HolidayRow, Problem, SlotRow, SlotStatus


def overlaps(rows: Sequence[SlotRow | HolidayRow], column: str) -> list[Problem]:
    """A problem on the later row of every two that share a week; ``column`` is the heading of the weeks."""
    owners: dict[int, SlotRow | HolidayRow] = {}
    problems = []
    for row in sorted(rows, key=lambda row: row.row):
        if isinstance(row, SlotRow) and row.status is SlotStatus.CANCELLED:
            continue
        start = row.block.starts_on.toordinal() // 7
        weeks = range(start, start + row.block.weeks)
        other = next((owners[week] for week in weeks if week in owners), None)
        if other is not None:
            problems.append(Problem(row.row, column, row.block.label, _says(other, row)))
        for week in weeks:
            owners.setdefault(week, row)
    return problems


def _says(first: SlotRow | HolidayRow, second: SlotRow | HolidayRow) -> Text:
    if first.block == second.block and fold(_who(first)) == fold(_who(second)):
        return say("This row says the same as row %(row)s. Delete one of them.", row=first.row)
    return say(
        "Row %(row)s (%(who)s, week %(weeks)s) has some of the same weeks. Give one of them other weeks.",
        row=first.row,
        who=_who(first),
        weeks=first.block.label,
    )


def _who(row: SlotRow | HolidayRow) -> str:
    return row.name if isinstance(row, HolidayRow) else row.unit
