"""A period as a picture: units down, weeks across, neighbours of a kind put together."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from branding.core.isoweek import Week
from branding.rotation.values.planning import Changes, Picture, PictureCell, PictureRow, WeekRequestView
from branding.rotation.values.views import SlotView
from branding.rotation.values.weeks import Block


def picture(
    weeks: Sequence[Week],
    unit_ids: Sequence[int],
    changes: Changes,
    slots: Sequence[SlotView],
    *,
    holidays: Mapping[Week, str],
    taken: Collection[Week],
    blocked: Mapping[int, Collection[Week]],
    wishes: Sequence[WeekRequestView],
) -> Picture:
    """``slots`` are the turns of the plan as it stands; ``taken`` weeks belong to other plans."""
    moved = {step.slot_id: step.after for step in changes.steps}
    turns: dict[int, list[tuple[Block, str]]] = {unit_id: [] for unit_id in unit_ids}
    for addition in changes.added:
        turns[addition.unit_id].append((addition.block, "new"))
    for slot in slots:
        if slot.id in changes.removed:
            turns[slot.unit_id].append((slot.block, "gone"))
        elif slot.id in moved:
            turns[slot.unit_id] += [(moved[slot.id], "moved"), (slot.block, "gone")]
        else:
            turns[slot.unit_id].append((slot.block, "kept"))
    had = {week for found in turns.values() for block, kind in found if kind != "gone" for week in block}
    rows = [
        _row(unit_id, weeks, turns[unit_id], holidays, taken, blocked.get(unit_id, ()), wishes)
        for unit_id in unit_ids
    ]
    footer = _footer(weeks, had, holidays, taken)
    return Picture(tuple(weeks), tuple(rows), dict(holidays), tuple(_months(weeks)), tuple(footer))


def _row(
    unit_id: int,
    weeks: Sequence[Week],
    turns: Sequence[tuple[Block, str]],
    holidays: Mapping[Week, str],
    taken: Collection[Week],
    blocked: Collection[Week],
    wishes: Sequence[WeekRequestView],
) -> PictureRow:
    inside = set(weeks)
    cells: dict[Week, tuple[str, Block | None]] = {}
    for kind in ("gone", "kept", "moved", "new"):
        for block in [one for one, its_kind in turns if its_kind == kind]:
            for week in block:
                cells[week] = (kind, block)
    found: list[PictureCell] = []
    last: tuple[str, Block | None] | None = None
    for week in weeks:
        plain = (
            "holiday"
            if week in holidays
            else "blocked"
            if week in blocked
            else "taken"
            if week in taken
            else "empty"
        )
        now = cells.get(week, (plain, None))
        if now == last:
            found[-1] = PictureCell(now[0], Block(found[-1].block.first, found[-1].block.weeks + 1))
        else:
            found.append(PictureCell(now[0], Block(week)))
        last = now
    staying = [block for block, kind in turns if kind != "gone"]
    own = [wish for wish in wishes if wish.unit_id == unit_id]
    return PictureRow(
        unit_id,
        tuple(found),
        sum(1 for block in staying for week in block if week in inside),
        len(own),
        sum(1 for wish in own if any(wish.block.overlaps(block) for block in staying)),
        tuple(found_part for wish in own if (found_part := _part(wish.block, staying))),
    )


def _part(asked: Block, turns: Sequence[Block]) -> tuple[str, str] | None:
    """What was got of a wish when that is some of its weeks: the weeks, and the weeks asked for."""
    shared = [
        (max(asked.first, one.first), min(asked.last, one.last))
        for one in sorted(turns)
        if asked.overlaps(one)
    ]
    got = [Block(first, last - first + 1) for first, last in shared]
    if not got or sum(block.weeks for block in got) == asked.weeks:
        return None
    return ", ".join(block.label for block in got), asked.label


def _footer(
    weeks: Sequence[Week], had: Collection[Week], holidays: Mapping[Week, str], taken: Collection[Week]
) -> list[PictureCell]:
    """Under the rows: where nobody has a turn, and why when it is a holiday."""
    found: list[PictureCell] = []
    for week in weeks:
        kind = "had" if week in had or week in taken else "holiday" if week in holidays else "empty"
        name = holidays.get(week, "") if kind == "holiday" else ""
        last = found[-1] if found else None
        if last is not None and (last.kind, last.name) == (kind, name):
            found[-1] = PictureCell(kind, Block(last.block.first, last.block.weeks + 1), name)
        else:
            found.append(PictureCell(kind, Block(week), name))
    return found


def _months(weeks: Sequence[Week]) -> list[tuple[Week, int]]:
    """A week belongs to the month of its Thursday, as its year does."""
    found: list[tuple[Week, int]] = []
    for week in weeks:
        day = week.days[3]
        last = found[-1][0].days[3] if found else None
        if last is not None and (last.year, last.month) == (day.year, day.month):
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((week, 1))
    return found
