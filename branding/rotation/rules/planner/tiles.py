"""From weeks and wishes to a problem: open weeks are cut into tiles, and rules into options.

Hard rules end up in ``options`` and ``gap``: no holiday, no week that is taken, no
blocked week, least gap.  What is only wished for is left to the score.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import lcm

from branding.rotation.values.problems import Held, Problem, Tile, Wish

#: Two turns of a unit are crowded when they begin within this part of the way between even turns.
_NEAR = (3, 4)


def cut(weeks: Sequence[int], length: int) -> tuple[Tile, ...]:
    """Each run of open weeks, from the left, in blocks of the wished length; what is left is shorter."""
    tiles: list[Tile] = []
    for week in sorted(weeks):
        last = tiles[-1] if tiles else None
        if last is not None and week == last.end and last.weeks < length:
            tiles[-1] = Tile(last.start, last.weeks + 1)
        else:
            tiles.append(Tile(week, 1))
    return tuple(tiles)


def is_free(tile: Tile, blocked: Collection[int]) -> bool:
    return not any(week in blocked for week in range(tile.start, tile.end))


def keeps_distance(tile: Tile, held: Sequence[Held], gap: int) -> bool:
    """Whether the tile lies far enough from turns that the same unit keeps."""
    return all(one.end + gap <= tile.start or tile.end + gap <= one.start for one in held)


def fill_problem(
    weeks: Sequence[int],
    shares: Sequence[int],
    *,
    length: int,
    gap: int,
    blocked: Mapping[int, Collection[int]],
    held: Sequence[Held] = (),
    wishes: Sequence[Wish] = (),
) -> Problem:
    """The problem of filling these open weeks; ``blocked`` are the weeks that units cannot have."""
    taking = [unit for unit, share in enumerate(shares) if share]
    shut = [frozenset(blocked.get(unit, ())) for unit in range(len(shares))]
    possible = [week for week in weeks if any(week not in shut[unit] for unit in taking)]
    tiles = cut(possible, length)
    of_unit = {unit: [one for one in held if one.unit == unit] for unit in taking}
    options = tuple(
        frozenset(
            unit for unit in taking if is_free(tile, shut[unit]) and keeps_distance(tile, of_unit[unit], gap)
        )
        for tile in tiles
    )
    return measured(tiles, shares, length, gap, options, held, wishes)


def measured(
    tiles: tuple[Tile, ...],
    shares: Sequence[int],
    length: int,
    gap: int,
    options: tuple[frozenset[int], ...],
    held: Sequence[Held],
    wishes: Sequence[Wish],
    *,
    owners: tuple[int, ...] = (),
    left_out: int | None = None,
) -> Problem:
    """The problem with what the score compares by: one measure for all shares, and an even distance."""
    together, whole = sum(shares), lcm(*(share for share in shares if share)) if any(shares) else 1
    return Problem(
        tiles=tiles,
        shares=tuple(shares),
        length=length,
        gap=gap,
        options=options,
        held=tuple(held),
        wishes=tuple(wish for wish in wishes if shares[wish.unit]),
        owners=owners,
        compared=frozenset(unit for unit, share in enumerate(shares) if share and unit != left_out),
        spacing=tuple(together * length * _NEAR[0] // (_NEAR[1] * share) if share else 0 for share in shares),
        scale=tuple(whole // share if share else 0 for share in shares),
        block=length * whole,
    )
