"""How good an answer is: one measure for the first answer, the optimum and every exchange."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from branding.rotation.values.problems import NOBODY, Answer, Problem, Score


def score(problem: Problem, answer: Answer) -> Score:
    """Empty weeks, changes, units without a turn, uneven shares, missed wishes, the rest, turns too close."""
    turns, weeks = turns_of(problem, answer), weeks_of(problem, answer)
    anchors = [tile.start for tile in problem.tiles]
    return Score(
        empty=sum(tile.weeks for tile, unit in zip(problem.tiles, answer, strict=True) if unit == NOBODY),
        changed=sum(1 for old, new in zip(problem.owners, answer, strict=False) if old != new),
        without=sum(1 for unit in problem.compared if not weeks[unit]),
        spread=uneven(measures(problem, weeks), problem.block),
        missed=sum(missed(problem, unit, turns[unit]) for unit in range(len(problem.shares))),
        apart=apart(measures(problem, weeks)),
        crowded=sum(crowded(problem, unit, turns[unit], anchors) for unit in range(len(problem.shares))),
    )


def weeks_of(problem: Problem, answer: Answer) -> list[int]:
    """How many weeks each unit gets in the period, with what it keeps."""
    weeks = [0] * len(problem.shares)
    for one in problem.held:
        if one.counts:
            weeks[one.unit] += one.weeks
    for tile, unit in zip(problem.tiles, answer, strict=True):
        if unit != NOBODY:
            weeks[unit] += tile.weeks
    return weeks


def measures(problem: Problem, weeks: Sequence[int]) -> list[int]:
    """Weeks by share, for the units that are compared."""
    return [weeks[unit] * problem.scale[unit] for unit in sorted(problem.compared)]


def uneven(measures: Iterable[int], block: int) -> int:
    """By how much shares differ beyond one block; 0 when no two differ by more.

    The least and the most, the second least and the second most, and so on: so one unit
    that cannot have its share does not make the others' shares indifferent.
    """
    ordered = sorted(measures)
    pairs = zip(ordered, reversed(ordered), strict=True)
    return sum(max(0, most - least - block) for least, most in list(pairs)[: len(ordered) // 2])


def apart(measures: Sequence[int]) -> int:
    """From the least to the most."""
    return max(measures) - min(measures) if measures else 0


def turns_of(problem: Problem, answer: Answer) -> list[list[tuple[int, int]]]:
    """Each unit's turns in order, with those it keeps: first week and the week after the last."""
    turns: list[list[tuple[int, int]]] = [[] for _ in problem.shares]
    for one in problem.held:
        turns[one.unit].append((one.start, one.end))
    for tile, unit in zip(problem.tiles, answer, strict=True):
        if unit != NOBODY:
            turns[unit].append((tile.start, tile.end))
    return [sorted(found) for found in turns]


def missed(problem: Problem, unit: int, turns: Sequence[tuple[int, int]]) -> int:
    """How many of a unit's wishes no turn of it touches."""
    return sum(
        1
        for wish in problem.wishes
        if wish.unit == unit and not any(wish.is_met_by(start, end) for start, end in turns)
    )


def crowded(problem: Problem, unit: int, turns: Sequence[tuple[int, int]], anchors: Sequence[int]) -> int:
    """How many windows of the unit's even distance hold more than one turn, counted by each turn more."""
    reach, found = problem.spacing[unit], 0
    for (first, _), (second, _) in pairwise(turns):
        if second - first < reach:
            found += bisect_right(anchors, first) - bisect_right(anchors, second - reach)
    return found
