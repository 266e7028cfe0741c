"""A plan as people read it: turns, holidays and free weeks in one line after the other."""

from __future__ import annotations

from collections.abc import Sequence

from branding.core.isoweek import Week
from branding.rotation.values import Block, HolidayView, Line, LineKind, SlotView


def sequence(slots: Sequence[SlotView], holidays: Sequence[HolidayView]) -> list[Line]:
    """The lines from the first turn to the last, with the holidays and gaps between them."""
    closed = {holiday.week: holiday.name for holiday in holidays}
    own = [holiday.week for holiday in holidays if holiday.plan_id is not None]
    ordered = sorted(slots, key=lambda slot: (slot.block, slot.id))
    edges = [*(slot.block.first for slot in ordered), *(slot.block.last for slot in ordered), *own]
    if not edges:
        return []
    lines: list[Line] = []
    at, end = min(edges), max(edges)
    for slot in ordered:
        lines += _between(at, slot.block.first, closed)
        clash = next((closed[week] for week in slot.block if week in closed), "")
        lines.append(Line(LineKind.SLOT, slot.block, slot=slot, name=clash))
        at = max(at, slot.block.last + 1)
    return lines + _between(at, end + 1, closed)


def _between(first: Week, end: Week, closed: dict[Week, str]) -> list[Line]:
    """The weeks before ``end`` that nobody has, grouped by what they are."""
    lines: list[Line] = []
    week = first
    while week < end:
        name = closed.get(week)
        kind = LineKind.GAP if name is None else LineKind.HOLIDAY
        last = lines[-1] if lines else None
        if last is not None and last.kind is kind and last.name == (name or ""):
            lines[-1] = Line(kind, Block(last.block.first, last.block.weeks + 1), name=last.name)
        else:
            lines.append(Line(kind, Block(week), name=name or ""))
        week = week + 1
    return lines
