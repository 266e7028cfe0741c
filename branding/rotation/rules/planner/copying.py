"""Last year's order in another year: the same weeks where they are open, and nobody loses a turn."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from branding.core.errors import RuleBroken
from branding.core.isoweek import Week, weeks_in
from branding.core.text import say
from branding.rotation.values.weeks import Block

#: A queue that would have to be pushed this far is closed for good.
_FARTHEST = 530


@dataclass(frozen=True, slots=True)
class Source:
    """A turn of the year that is copied."""

    slot_id: int
    unit_id: int
    block: Block


def copied(
    turns: Iterable[Source],
    year: int,
    closed: Collection[Week],
    blocked: Mapping[int, Collection[Week]],
) -> list[tuple[Source, Block]]:
    """Each turn with its weeks in ``year``: in the same order, as long, and pushed only where it must.

    Week 53 becomes the first open week after week 52 where the year has none.  ``closed``
    are holidays and weeks that somebody has; ``blocked`` what units have blocked.
    """
    found: list[tuple[Source, Block]] = []
    free = None
    for turn in sorted(turns, key=lambda one: (one.block, one.slot_id)):
        wanted = _same_week(turn.block.first, year)
        first = max(wanted, free) if free else wanted
        block = _earliest(turn.block.at(first), {*closed, *blocked.get(turn.unit_id, ())})
        found.append((turn, block))
        free = block.last + 1
    return found


def _same_week(week: Week, year: int) -> Week:
    return Week(year, week.number) if week.number <= weeks_in(year) else Week(year, weeks_in(year)) + 1


def _earliest(block: Block, closed: Collection[Week]) -> Block:
    """The first place from ``block`` on where all its weeks are open."""
    for _ in range(_FARTHEST):
        shut = [week for week in block if week in closed]
        if not shut:
            return block
        block = block.at(shut[-1] + 1)
    raise RuleBroken("no_free_weeks", say("There are no open weeks left to move to."), "target_year")
