"""A planning problem as the planner and the optimum read it: numbers only, no dates and no names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

#: In an answer: the tile stays empty.
NOBODY = -1

#: Who has each tile: the number of a unit, or ``NOBODY``.
Answer = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tile:
    """Weeks in a row that one unit gets or nobody does.  Weeks are counted from a Monday long ago."""

    start: int
    weeks: int

    @property
    def end(self) -> int:
        """The first week after the tile."""
        return self.start + self.weeks


@dataclass(frozen=True, slots=True)
class Held:
    """A turn that stays: it keeps its distance, and inside the period it counts in its unit's share."""

    unit: int
    start: int
    weeks: int
    counts: bool = True

    @property
    def end(self) -> int:
        return self.start + self.weeks


@dataclass(frozen=True, slots=True)
class Wish:
    """A unit would like a turn that touches these weeks."""

    unit: int
    start: int
    weeks: int

    def is_met_by(self, start: int, end: int) -> bool:
        return start < self.start + self.weeks and self.start < end


@dataclass(frozen=True, slots=True)
class Problem:
    """What is to be filled and by which rules; units are numbers from 0.

    ``options`` says for each tile which units may have it when it is looked at alone.
    ``owners`` says who has each tile now, when as little as possible is to change.
    """

    tiles: tuple[Tile, ...]
    #: A unit's share of the weeks; 0 is not this time.
    shares: tuple[int, ...]
    length: int
    gap: int
    options: tuple[frozenset[int], ...]
    held: tuple[Held, ...] = ()
    wishes: tuple[Wish, ...] = ()
    owners: Answer = ()
    #: Units whose weeks are compared; those that drop out are not.
    compared: frozenset[int] = frozenset()
    #: How close two turns of a unit may begin before they count as crowded.
    spacing: tuple[int, ...] = ()
    #: What makes weeks of units with different shares comparable: a whole number for each.
    scale: tuple[int, ...] = ()
    #: One block in the same measure: shares may differ by that much.
    block: int = 1


class Score(NamedTuple):
    """How good an answer is, compared in this order; less is better."""

    #: Weeks that nobody has.
    empty: int
    #: Tiles that get another owner, when there are owners.
    changed: int
    #: Units that have a share and get no turn at all.
    without: int
    #: By how much shares differ beyond one block.
    spread: int
    #: Wishes that are not met.
    missed: int
    #: How far the most lies from the least, by share: what shorter turns at a holiday leave to be evened out.
    apart: int
    #: How often a unit comes again too soon.
    crowded: int


class Optimum(NamedTuple):
    """What the solver found; ``is_proven`` says that nothing is better."""

    answer: Answer
    is_proven: bool
    #: The least that the aim under way can become; None when none is under way.
    bound: float | None
    seconds: float
