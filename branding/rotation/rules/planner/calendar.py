"""Between weeks as people say them and weeks as the planner counts them."""

from __future__ import annotations

from datetime import date

from branding.core.isoweek import Week
from branding.rotation.values.problems import Tile
from branding.rotation.values.weeks import Block


def count(week: Week) -> int:
    """The number of a week since the first Monday there was."""
    return (week.monday.toordinal() - 1) // 7


def week_at(number: int) -> Week:
    return Week.of(date.fromordinal(number * 7 + 1))


def tile_of(block: Block) -> Tile:
    return Tile(count(block.first), block.weeks)


def block_at(start: int, weeks: int) -> Block:
    return Block(week_at(start), weeks)
