"""Why weeks stay empty, rule by rule, and which rules cannot be kept together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from branding.rotation.rules.planner import greedy
from branding.rotation.rules.planner.board import Board
from branding.rotation.rules.planner.tiles import is_free
from branding.rotation.values.problems import NOBODY, Answer, Problem, Tile


@dataclass(frozen=True, slots=True)
class Emptiness:
    """An empty tile: the units that have blocked it, and those with a turn too near (and that turn)."""

    tile: Tile
    blocked: tuple[int, ...]
    near: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Most:
    """So few units so far apart fill at most ``weeks`` of every ``of`` weeks."""

    units: int
    weeks: int
    of: int


def emptiness(problem: Problem, answer: Answer, blocked: dict[int, frozenset[int]]) -> list[Emptiness]:
    """Each empty tile with what stands in the way of every unit."""
    board = Board(problem, answer)
    return [
        Emptiness(
            problem.tiles[tile],
            tuple(
                unit for unit in _taking(problem) if not is_free(problem.tiles[tile], blocked.get(unit, ()))
            ),
            tuple(
                (unit, *_nearest(board, problem.tiles[tile], unit))
                for unit in _taking(problem)
                if is_free(problem.tiles[tile], blocked.get(unit, ())) and board.turns[unit]
            ),
        )
        for tile, owner in enumerate(answer)
        if owner == NOBODY
    ]


def counting(problem: Problem) -> Most | None:
    """The conflict that no exchange can solve: too few units for the distance between their turns."""
    units, length = len(_taking(problem)), problem.length
    if units and units * length < length + problem.gap:
        return Most(units, units * length, length + problem.gap)
    return None


def without_weeks(problem: Problem) -> list[int]:
    """Units that have blocked, or stand too close to, every week there is."""
    held = {one.unit for one in problem.held if one.counts}
    if not any(problem.options):
        return []  # nobody can have anything: the weeks themselves say why
    return [
        unit
        for unit in _taking(problem)
        if unit not in held and not any(unit in options for options in problem.options)
    ]


def nearest_gap(make: Callable[[int], Problem], gap: int, empty: int) -> int | None:
    """The largest smaller distance that leaves fewer empty weeks: as few as any distance does.

    ``make`` gives the same problem with another distance; ``empty`` is what is empty now.
    """
    least = _empty(make(0))
    if least >= empty:
        return None
    low, high = 0, gap - 1
    while low < high:
        middle = (low + high + 1) // 2
        if _empty(make(middle)) <= least:
            low = middle
        else:
            high = middle - 1
    return low


def nearest_length(make: Callable[[int], Problem], length: int, empty: int) -> int | None:
    """The longest shorter turn that leaves fewer empty weeks."""
    return next((shorter for shorter in range(length - 1, 0, -1) if _empty(make(shorter)) < empty), None)


def _empty(problem: Problem) -> int:
    given = greedy.answer(problem)
    return sum(tile.weeks for tile, unit in zip(problem.tiles, given, strict=True) if unit == NOBODY)


def _taking(problem: Problem) -> list[int]:
    return [unit for unit, share in enumerate(problem.shares) if share]


def _nearest(board: Board, tile: Tile, unit: int) -> tuple[int, int]:
    """The unit's turn that lies nearest to the tile."""

    def distance(turn: tuple[int, int]) -> int:
        return max(tile.start - turn[1], turn[0] - tile.end)

    return min(board.turns[unit], key=distance)
