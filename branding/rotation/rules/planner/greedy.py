"""The built-in answer: always there, at once, and good; the optimum may be better, never worse.

First every tile in the order of the year goes to whoever has waited longest for its
share; then empty tiles are filled by exchanges, shares are made even, wishes met, and
turns that come too soon moved apart.  A bounded number of exchanges is tried, so the
time is bounded too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from branding.rotation.rules.planner.board import Board
from branding.rotation.values.problems import NOBODY, Answer, Problem, Score

#: Exchanges that are tried at most; each takes some ten microseconds.
_TRIES = 1_500


def answer(problem: Problem) -> Answer:
    """A plan that keeps every rule, with as few empty weeks as exchanges can reach."""
    board = Board(problem)
    for tile in range(len(problem.tiles)):
        unit = _next(board, tile)
        if unit is not None:
            board.give(tile, unit)
    fill_empty(board)
    _improve(board)
    # An exchange may have made room beside it.
    fill_empty(board)
    return board.answer


def fill_empty(board: Board) -> None:
    """Give empty tiles away, by one exchange when nobody may have them directly, until none can be."""
    helped = True
    while helped:
        helped = False
        for tile in [number for number, unit in enumerate(board.given) if unit == NOBODY]:
            for step, unit in chain(board, tile, depth=2) or ():
                board.give(step, unit)
                helped = True


def chain(
    board: Board, tile: int, depth: int, barred: frozenset[int] = frozenset()
) -> list[tuple[int, int]] | None:
    """The shortest row of gifts that fills the tile: a unit takes it and gives up what is too close."""
    for reach in range(1, depth + 1):
        found = _chain(board, tile, reach, barred)
        if found is not None:
            return found
    return None


def _chain(board: Board, tile: int, depth: int, barred: frozenset[int]) -> list[tuple[int, int]] | None:
    candidates = sorted(board.problem.options[tile] - barred, key=lambda unit: (board.measure(unit), unit))
    for unit in candidates:
        if board.fits(tile, unit):
            return [(tile, unit)]
    if depth == 1:
        return None
    for unit in candidates:
        given_up = board.in_the_way(tile, unit)
        if len(given_up) != 1:
            continue
        board.give(given_up[0], NOBODY)
        rest = None
        if board.fits(tile, unit):
            board.give(tile, unit)
            rest = _chain(board, given_up[0], depth - 1, barred | {unit})
            board.give(tile, NOBODY)
        board.give(given_up[0], unit)
        if rest is not None:
            # The one that gives up comes first, so that every step keeps the rules.
            return [(given_up[0], NOBODY), (tile, unit), *rest]
    return None


def _next(board: Board, tile: int) -> int | None:
    """Whose turn it is: the smallest share so far, a wish worth one block, and the longest wait."""
    wanted, problem = board.problem.tiles[tile], board.problem

    def order(unit: int) -> tuple[int, int, int]:
        turns = board.turns[unit]
        wishes = any(
            wish.unit == unit
            and wish.is_met_by(wanted.start, wanted.end)
            and not any(wish.is_met_by(start, end) for start, end in turns)
            for wish in problem.wishes
        )
        before = [end for start, end in turns if start < wanted.start]
        return board.measure(unit) - (problem.block if wishes else 0), before[-1] if before else 0, unit

    fitting = [unit for unit in problem.options[tile] if board.fits(tile, unit)]
    return min(fitting, key=order, default=None)


def _improve(board: Board) -> None:
    """Try exchanges as long as they help and there are tries left."""
    tries = _TRIES
    best = board.score()
    # With fewer tiles than units somebody goes without, whatever is exchanged.
    having = {one.unit for one in board.problem.held if one.counts}
    short = max(0, len(board.problem.compared - having) - len(board.problem.tiles))
    moves: tuple[tuple[Callable[[Score], bool], Callable[[Board], Iterator[Callable[[], bool]]]], ...] = (
        (lambda now: now.empty + now.without + now.spread > short, _levelling),
        (lambda now: now.missed > 0, _granting),
        (lambda now: now.apart > 0, _evening),
        (lambda now: now.crowded > 0, _parting),
    )
    for is_wanted, exchanges in moves:
        helped = True
        while helped and tries > 0 and is_wanted(best):
            helped = False
            for exchange in exchanges(board):
                tries -= 1
                before = board.answer
                if exchange():
                    now = board.score()
                    if now < best:
                        best, helped = now, True
                        break
                    _back(board, before)
                if tries <= 0:
                    return


def _back(board: Board, before: Answer) -> None:
    changed = [tile for tile, unit in enumerate(before) if board.given[tile] != unit]
    for tile in changed:
        board.give(tile, NOBODY)
    for tile in changed:
        board.give(tile, before[tile])


def _levelling(board: Board) -> Iterator[Callable[[], bool]]:
    """From those who have most to those who have least: directly, or by way of a third unit."""
    ordered = sorted(board.problem.compared, key=lambda unit: (board.measure(unit), unit))
    for low in ordered[: len(ordered) // 2 + 1]:
        # Whoever has nothing may get a turn from anybody, also from one with two short turns.
        for high in reversed(ordered[len(ordered) // 2 if board.measure(low) else 0 :]):
            if board.measure(low) and board.measure(high) - board.measure(low) <= board.problem.block:
                break
            for tile in _tiles_of(board, high):
                if low in board.problem.options[tile]:
                    yield _handing(board, tile, low)
            for tile in _tiles_of(board, high):
                for middle in sorted(board.problem.options[tile] - {high, low}):
                    for given in _tiles_of(board, middle):
                        if low in board.problem.options[given]:
                            yield _passing(board, tile, middle, given, low)


def _granting(board: Board) -> Iterator[Callable[[], bool]]:
    """Missed wishes: the wisher takes a tile that meets the wish, alone or for one of its own."""
    for wish in board.problem.wishes:
        if any(wish.is_met_by(start, end) for start, end in board.turns[wish.unit]):
            continue
        for tile, place in enumerate(board.problem.tiles):
            if wish.is_met_by(place.start, place.end) and wish.unit in board.problem.options[tile]:
                yield _handing(board, tile, wish.unit)
                for own in _tiles_of(board, wish.unit):
                    yield _swapping(board, tile, own)


def _evening(board: Board) -> Iterator[Callable[[], bool]]:
    """Those who have most and those who have least change a longer turn for a shorter one."""
    ordered = sorted(board.problem.compared, key=lambda unit: (board.measure(unit), unit))
    if not ordered:
        return
    low, high = board.measure(ordered[0]), board.measure(ordered[-1])
    least = [unit for unit in ordered if board.measure(unit) == low]
    most = [unit for unit in ordered if board.measure(unit) == high]
    tiles = board.problem.tiles
    for poor in least:
        for rich in most if high > low else ():
            for given in _tiles_of(board, rich):
                if poor in board.problem.options[given]:
                    yield _handing(board, given, poor)
                for own in _tiles_of(board, poor):
                    if tiles[own].weeks < tiles[given].weeks:
                        yield _swapping(board, own, given)


def _parting(board: Board) -> Iterator[Callable[[], bool]]:
    """Units whose turns come too soon change tiles with others nearby."""
    for unit in sorted(range(len(board.problem.shares)), key=lambda one: -board.crowded(one)):
        if not board.crowded(unit):
            break
        for tile in _tiles_of(board, unit):
            for other in range(max(0, tile - 5), min(len(board.given), tile + 6)):
                if board.given[other] != unit:
                    yield _swapping(board, tile, other)


def _tiles_of(board: Board, unit: int) -> list[int]:
    return [tile for tile, owner in enumerate(board.given) if owner == unit]


def _handing(board: Board, tile: int, unit: int) -> Callable[[], bool]:
    def hand() -> bool:
        return _hand(board, tile, unit)

    return hand


def _hand(board: Board, tile: int, unit: int) -> bool:
    before = board.given[tile]
    board.give(tile, NOBODY)
    if board.fits(tile, unit):
        board.give(tile, unit)
        return True
    board.give(tile, before)
    return False


def _passing(board: Board, tile: int, middle: int, given: int, low: int) -> Callable[[], bool]:
    """``middle`` gets ``tile`` and hands ``given`` on to ``low``."""

    def hand_on() -> bool:
        if not _hand(board, given, low):
            return False
        if _hand(board, tile, middle):
            return True
        board.give(given, NOBODY)
        board.give(given, middle)
        return False

    return hand_on


def _swapping(board: Board, one: int, other: int) -> Callable[[], bool]:
    def swap() -> bool:
        return NOBODY not in (board.given[one], board.given[other]) and board.swap(one, other)

    return swap
