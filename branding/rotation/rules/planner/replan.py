"""After a dropout: the same blocks, as few other owners as possible.

The built-in answer first looks for new owners for the broken blocks only, all of them
together; when no such answer exists, each gets the shortest chain of changes that helps.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from branding.rotation.rules.planner.board import Board
from branding.rotation.rules.planner.greedy import chain
from branding.rotation.rules.planner.tiles import is_free, keeps_distance, measured
from branding.rotation.values.problems import NOBODY, Answer, Held, Problem, Tile, Wish

#: Places that are looked at before the search for owners without a chain is given up.
_LOOKS = 4_000
#: More broken blocks than this are not looked at together.
_TOGETHER = 100
#: Chains longer than this change more than people can follow.
_LONGEST = 3


def replan_problem(
    tiles: Sequence[Tile],
    owners: Sequence[int],
    shares: Sequence[int],
    *,
    gap: int,
    blocked: Mapping[int, Collection[int]],
    closed: Collection[int] = (),
    held: Sequence[Held] = (),
    elsewhere: Sequence[Held] = (),
    wishes: Sequence[Wish] = (),
    dropped: int | None = None,
) -> Problem:
    """The blocks as they lie, each with its owner of today; ``closed`` weeks take no new owner.

    Nor does anybody get a block too near a turn of theirs ``elsewhere``; what lies so already may stay.
    """
    length = max((tile.weeks for tile in tiles), default=1)
    of_unit = {unit: [one for one in held if one.unit == unit] for unit in range(len(shares))}
    away = {unit: [one for one in elsewhere if one.unit == unit] for unit in range(len(shares))}
    options = []
    for tile, owner in zip(tiles, owners, strict=True):
        is_open = is_free(tile, closed)
        options.append(
            frozenset(
                unit
                for unit, share in enumerate(shares)
                if (unit == owner or (share and is_open and keeps_distance(tile, away[unit], gap)))
                and is_free(tile, blocked.get(unit, ()))
                and keeps_distance(tile, of_unit[unit], gap)
            )
        )
    return measured(tuple(tiles), shares, length, gap, tuple(options), held, wishes,
                    owners=tuple(owners), left_out=dropped)  # fmt: skip


def answer(problem: Problem) -> Answer:
    """A plan in which every broken block has a new owner, if exchanges can reach one."""
    board = Board(problem)
    for tile, owner in enumerate(problem.owners):
        if owner != NOBODY and board.fits(tile, owner):
            board.give(tile, owner)
    broken = [tile for tile, unit in enumerate(board.given) if unit == NOBODY]
    if len(broken) > _TOGETHER or not _together(board, broken, [_LOOKS]):
        for tile in sorted(broken, key=lambda one: len(problem.options[one])):
            for step, unit in chain(board, tile, _LONGEST) or ():
                board.give(step, unit)
    return board.answer


def _together(board: Board, broken: list[int], looks: list[int]) -> bool:
    """Owners for all of them without touching anybody else; the most difficult first."""
    if not broken:
        return True
    choices = {tile: [u for u in board.problem.options[tile] if board.fits(tile, u)] for tile in broken}
    tile = min(broken, key=lambda one: (len(choices[one]), one))
    rest = [one for one in broken if one != tile]
    for unit in sorted(choices[tile], key=lambda one: (board.measure(one), one)):
        looks[0] -= 1
        if looks[0] < 0:
            return False
        board.give(tile, unit)
        if _together(board, rest, looks):
            return True
        board.give(tile, NOBODY)
    return False
