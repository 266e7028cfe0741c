"""What a table would do to a plan: each row is new, changes something, changes nothing, or cannot be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from branding.core.isoweek import Week
from branding.core.text import Text, say
from branding.rotation.rules.names import fold
from branding.rotation.values import Block, HolidayRow, ImportMark, Problem, SlotRow, SlotStatus


@dataclass(frozen=True, slots=True)
class Existing:
    """A slot as it is in the plan; texts as a table would write them."""

    slot_id: int
    unit_id: int
    unit: str
    block: Block
    profession: str
    topic: str
    responsible: str
    note: str
    status: SlotStatus


@dataclass(frozen=True, slots=True)
class Match:
    """A row and what becomes of it; ``slot_id`` is the slot it changes or confirms."""

    row: SlotRow | HolidayRow
    mark: ImportMark
    slot_id: int | None = None
    changes: tuple[tuple[str, str, str], ...] = ()


_FIELDS = ("profession", "topic", "responsible", "note", "status")


def match_rows(
    rows: Sequence[SlotRow | HolidayRow], existing: Sequence[Existing], holidays: Mapping[Week, str]
) -> list[Match]:
    """Pair each row with the slot of the same unit in the same weeks, or with the plan's own holidays."""
    waiting: dict[tuple[int, Block], list[Existing]] = defaultdict(list)
    for slot in existing:
        waiting[slot.unit_id, slot.block].append(slot)
    return [
        _match_holiday(row, holidays) if isinstance(row, HolidayRow) else _match_slot(row, waiting)
        for row in rows
    ]


def _match_slot(row: SlotRow, waiting: dict[tuple[int, Block], list[Existing]]) -> Match:
    same = waiting[row.unit_id, row.block] if row.unit_id is not None else []
    if not same:
        return Match(row, ImportMark.NEW)
    wanted_cancelled = row.status is SlotStatus.CANCELLED
    slot = next((one for one in same if (one.status is SlotStatus.CANCELLED) == wanted_cancelled), same[0])
    same.remove(slot)
    changes = tuple(_changes(row, slot))
    return Match(row, ImportMark.CHANGED if changes else ImportMark.UNCHANGED, slot.slot_id, changes)


def _changes(row: SlotRow, slot: Existing) -> Iterable[tuple[str, str, str]]:
    """The fields that the table has a column for, and that say something else there."""
    for name in _FIELDS:
        before, after = getattr(slot, name), getattr(row, name)
        if after is None or before == after or (name == "profession" and fold(before) == fold(after)):
            continue
        yield name, str(before), str(after)


def _match_holiday(row: HolidayRow, holidays: Mapping[Week, str]) -> Match:
    known = [holidays.get(week) for week in row.block]
    if all(name == row.name for name in known):
        return Match(row, ImportMark.UNCHANGED)
    return Match(row, ImportMark.NEW if all(name is None for name in known) else ImportMark.CHANGED)


def clashes(
    matches: Sequence[Match], existing: Sequence[Existing], holidays: Mapping[Week, str], column: str
) -> list[Problem]:
    """Rows that want weeks which somebody else, or a holiday, has in the plan already."""
    owners = {
        week: slot for slot in existing if slot.status is not SlotStatus.CANCELLED for week in slot.block
    }
    problems = []
    for match in matches:
        if not isinstance(match.row, HolidayRow) and match.row.status is SlotStatus.CANCELLED:
            continue
        text = _clash(match, owners, holidays)
        if text is not None:
            problems.append(Problem(match.row.row, column, match.row.block.label, text))
    return problems


def _clash(match: Match, owners: Mapping[Week, Existing], holidays: Mapping[Week, str]) -> Text | None:
    for week in match.row.block:
        owner = owners.get(week)
        if owner is not None and owner.slot_id != match.slot_id:
            return say(
                "%(unit)s has week %(weeks)s in the plan already. "
                "Move or cancel that slot first, or give the row other weeks.",
                unit=owner.unit,
                weeks=owner.block.label,
            )
        # A turn that lies in a holiday already may stay; none comes into one.
        if isinstance(match.row, SlotRow) and owner is None and week in holidays:
            return say(
                "Week %(week)s is %(name)s in the plan. "
                "Give the row other weeks, or remove the holiday first.",
                week=week.number,
                name=holidays[week],
            )
    return None


def warnings(
    rows: Sequence[SlotRow | HolidayRow], closed: Mapping[Week, str], unused: Sequence[str]
) -> list[Text]:
    """What may be meant but should be seen: turns in holidays that everybody keeps, columns left out."""
    told = []
    for row in rows:
        week = next((week for week in row.block if week in closed), None)
        if week is not None and isinstance(row, SlotRow) and row.status is not SlotStatus.CANCELLED:
            told.append(
                say(
                    "Row %(row)s: week %(week)s is %(name)s, and %(unit)s has its turn.",
                    row=row.row,
                    week=week.number,
                    name=closed[week],
                    unit=row.unit,
                )
            )
    shown = told[:20]
    if unused:
        shown.append(say("These columns are not used: %(names)s.", names=", ".join(unused[:10])))
    return shown
