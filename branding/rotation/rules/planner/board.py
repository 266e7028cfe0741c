"""An answer in the making: tiles are given and taken back, and the score follows along."""

from __future__ import annotations

from bisect import bisect_left, insort

from branding.rotation.rules.planner import score
from branding.rotation.values.problems import NOBODY, Answer, Problem, Score


class Board:
    """Who has what right now.  A unit's part of the score is worked out again only when its turns change."""

    def __init__(self, problem: Problem, answer: Answer | None = None) -> None:
        self.problem = problem
        empty: Answer = (NOBODY,) * len(problem.tiles)
        self.given = list(empty)
        self.weeks = score.weeks_of(problem, empty)
        self.turns = score.turns_of(problem, empty)
        self.anchors = [tile.start for tile in problem.tiles]
        self.empty = sum(tile.weeks for tile in problem.tiles)
        self.changed = sum(1 for owner in problem.owners if owner != NOBODY)
        self._parts = [self._part(unit) for unit in range(len(problem.shares))]
        for tile, unit in enumerate(answer or empty):
            if unit != NOBODY:
                self.give(tile, unit)

    @property
    def answer(self) -> Answer:
        return tuple(self.given)

    def fits(self, tile: int, unit: int) -> bool:
        """Whether the unit may have the tile and its other turns are far enough away."""
        if unit not in self.problem.options[tile]:
            return False
        wanted, gap, turns = self.problem.tiles[tile], self.problem.gap, self.turns[unit]
        at = bisect_left(turns, (wanted.start, wanted.end))
        if at < len(turns) and turns[at][0] < wanted.end + gap:
            return False
        return at == 0 or turns[at - 1][1] + gap <= wanted.start

    def in_the_way(self, tile: int, unit: int) -> list[int]:
        """The tiles that the unit would have to give up to get this one."""
        wanted, gap = self.problem.tiles[tile], self.problem.gap
        return [
            number
            for number, other in enumerate(self.problem.tiles)
            if self.given[number] == unit
            and number != tile
            and other.start < wanted.end + gap
            and wanted.start < other.end + gap
        ]

    def give(self, tile: int, unit: int) -> None:
        """``NOBODY`` takes the tile back."""
        before = self.given[tile]
        if before == unit:
            return
        wanted = self.problem.tiles[tile]
        if before != NOBODY:
            self.turns[before].remove((wanted.start, wanted.end))
            self.weeks[before] -= wanted.weeks
            self.empty += wanted.weeks
            self._parts[before] = self._part(before)
        if unit != NOBODY:
            insort(self.turns[unit], (wanted.start, wanted.end))
            self.weeks[unit] += wanted.weeks
            self.empty -= wanted.weeks
            self._parts[unit] = self._part(unit)
        if self.problem.owners:
            owner = self.problem.owners[tile]
            self.changed += (unit != owner) - (before != owner)
        self.given[tile] = unit

    def swap(self, one: int, other: int) -> bool:
        """Let two tiles change owners; False, and nothing done, when a rule forbids it."""
        first, second = self.given[one], self.given[other]
        self.give(one, NOBODY)
        self.give(other, NOBODY)
        if self.fits(one, second):
            self.give(one, second)
            if self.fits(other, first):
                self.give(other, first)
                return True
            self.give(one, NOBODY)
        self.give(one, first)
        self.give(other, second)
        return False

    def score(self) -> Score:
        measures = score.measures(self.problem, self.weeks)
        return Score(
            self.empty,
            self.changed,
            sum(1 for measure in measures if not measure),
            score.uneven(measures, self.problem.block),
            sum(part[0] for part in self._parts),
            score.apart(measures),
            sum(part[1] for part in self._parts),
        )

    def measure(self, unit: int) -> int:
        """The unit's weeks by its share."""
        return self.weeks[unit] * self.problem.scale[unit]

    def crowded(self, unit: int) -> int:
        return self._parts[unit][1]

    def _part(self, unit: int) -> tuple[int, int]:
        turns = self.turns[unit]
        return (
            score.missed(self.problem, unit, turns),
            score.crowded(self.problem, unit, turns, self.anchors),
        )
