"""Who has had turns and who has not: counted over the last year and what is planned."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from statistics import multimode

from branding.core.isoweek import Week, span
from branding.rotation.values.planning import UnitTurns
from branding.rotation.values.weeks import Block

#: How far the report looks back and ahead.
WEEKS_BACK, WEEKS_AHEAD = 52, 26


def unit_turns(
    unit_ids: Sequence[int], turns: Iterable[tuple[int, Block]], this_week: Week
) -> list[UnitTurns]:
    """For each unit its turns since a year ago, in the order given."""
    start = this_week + -WEEKS_BACK
    seen = [(unit_id, block) for unit_id, block in turns if block.last >= start]
    counted = {unit_id: sorted(block for other, block in seen if other == unit_id) for unit_id in unit_ids}
    weeks = {unit_id: sum(block.weeks for block in blocks) for unit_id, blocks in counted.items()}
    usual = max(multimode(block.weeks for _, block in seen), default=1)
    standing = _standings(weeks, usual)
    return [_of_unit(unit_id, counted[unit_id], this_week, standing[unit_id]) for unit_id in unit_ids]


def _standings(weeks: Mapping[int, int], usual: int) -> dict[int, int]:
    """Who lies outside a band around the mean; in it no two units differ by more than one usual turn."""
    if not weeks or max(weeks.values()) - min(weeks.values()) <= usual:
        return dict.fromkeys(weeks, 0)
    mean = sum(weeks.values()) / len(weeks)
    return {key: (have > mean + usual / 2) - (have < mean - usual / 2) for key, have in weeks.items()}


def _of_unit(unit_id: int, blocks: list[Block], this_week: Week, standing: int) -> UnitTurns:
    begun = [block for block in blocks if block.first <= this_week]
    coming = [block for block in blocks if block.first > this_week]
    return UnitTurns(
        unit_id=unit_id,
        past_weeks=sum(block.weeks for block in begun),
        coming_weeks=sum(block.weeks for block in coming),
        turns=len(blocks),
        last=begun[-1] if begun else None,
        weeks_since=max(0, this_week - begun[-1].last) if begun else None,
        next=coming[0] if coming else None,
        standing=standing,
    )


def empty_weeks(taken: Iterable[Block], closed: Collection[Week], this_week: Week) -> list[Week]:
    """The open weeks ahead that nobody has."""
    have = {week for block in taken for week in block}
    return [week for week in span(this_week + 1, WEEKS_AHEAD) if week not in have and week not in closed]
