"""The three questions the planner answers, made from the ground into problems: fill, replan and copy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from branding.core.isoweek import Week
from branding.rotation.rules.planner import changes, copying
from branding.rotation.rules.planner.calendar import block_at, count, tile_of
from branding.rotation.rules.planner.replan import replan_problem
from branding.rotation.rules.planner.tiles import fill_problem
from branding.rotation.service.ground import Ground, usual_gap
from branding.rotation.values import Block, SlotView
from branding.rotation.values.planning import Addition, Changes, FillRequest, ReplanRequest
from branding.rotation.values.problems import NOBODY, Answer, Problem

#: How far a dropout without an end reaches.
_FOR_GOOD = 530


@dataclass(frozen=True, slots=True)
class Question:
    """A problem with the names of its numbers: unit ids, blocked weeks, and slots of a replanning."""

    problem: Problem
    unit_ids: tuple[int, ...]
    blocked: dict[int, frozenset[int]]
    slot_ids: tuple[int, ...] = ()
    #: Open weeks that every unit has blocked: no tile holds them.
    shut: tuple[Block, ...] = ()

    def changes(self, answer: Answer) -> Changes:
        if self.problem.owners:
            return changes.replanned(self.problem, answer, self.unit_ids, self.slot_ids)
        return changes.filled(self.problem, answer, self.unit_ids)

    def stored(self, answer: Answer) -> list[int | None]:
        """An answer as it is kept: unit ids, which stay what they are."""
        return [None if unit == NOBODY else self.unit_ids[unit] for unit in answer]

    def read(self, stored: Sequence[int | None]) -> Answer:
        return tuple(NOBODY if unit_id is None else self.unit_ids.index(unit_id) for unit_id in stored)


def fill_question(found: Ground, request: FillRequest) -> Question:
    """The open weeks of the period: no holidays, no turns of this plan or of others on the profile."""
    unit_ids = found.unit_ids
    closed = {*found.holidays, *found.taken, *(week for slot in found.slots for week in slot.block)}
    weeks = [count(week) for week in found.weeks if week not in closed]
    shares = [request.shares.get(unit_id, 0) for unit_id in unit_ids]
    blocked = {n: found.counted(found.blocked(unit_id)) for n, unit_id in enumerate(unit_ids)}
    problem = fill_problem(
        weeks,
        shares,
        length=request.length,
        gap=request.gap,
        blocked=blocked,
        held=[*found.held(found.slots, unit_ids, since=request.first), *found.elsewhere(unit_ids)],
        wishes=found.wished(unit_ids),
    )
    in_tiles = {week for tile in problem.tiles for week in range(tile.start, tile.end)}
    shut = _runs(week for week in weeks if week not in in_tiles)
    return Question(problem, unit_ids, blocked, shut=tuple(shut))


def replan_question(found: Ground, request: ReplanRequest, this_week: Week) -> Question:
    """The turns that reach to ``first`` or lie after it; those that have begun stay what they are."""
    unit_ids = tuple(dict.fromkeys([*found.unit_ids, *(slot.unit_id for slot in found.slots)]))
    first = max(request.first, this_week + 1)
    movable = [s for s in found.slots if s.block.first > this_week and s.block.last >= first]
    held = [slot for slot in found.slots if slot not in movable]
    blocked = {n: found.counted(found.blocked(unit_id)) for n, unit_id in enumerate(unit_ids)}
    dropped = None
    if request.unit_id is not None:
        dropped = unit_ids.index(request.unit_id)
        until = count(request.last) if request.last else count(first) + _FOR_GOOD
        blocked[dropped] |= frozenset(range(count(request.first), until + 1))
    problem = replan_problem(
        [tile_of(slot.block) for slot in movable],
        [unit_ids.index(slot.unit_id) for slot in movable],
        [1 if unit_id in found.unit_ids else 0 for unit_id in unit_ids],
        gap=usual_gap(found.slots),
        blocked=blocked,
        closed=found.counted([*found.holidays, *found.taken]),
        held=found.held(held, unit_ids, since=first + -52),
        elsewhere=found.elsewhere(unit_ids),
        wishes=found.wished(unit_ids),
        dropped=dropped,
    )
    return Question(problem, unit_ids, blocked, slot_ids=tuple(slot.id for slot in movable))


def copied_changes(found: Ground, sources: Iterable[SlotView], year: int) -> Changes:
    """The year's turns in the other year; ``found`` is the ground of the plan that gets them."""
    closed = {*found.holidays, *found.taken, *(week for slot in found.slots for week in slot.block)}
    turns = [copying.Source(slot.id, slot.unit_id, slot.block) for slot in sources]
    blocked = {turn.unit_id: found.blocked(turn.unit_id) for turn in turns}
    placed = copying.copied(turns, year, closed, blocked)
    return Changes(tuple(Addition(turn.unit_id, block, turn.slot_id) for turn, block in placed))


def _runs(weeks: Iterable[int]) -> list[Block]:
    found: list[tuple[int, int]] = []
    for week in weeks:
        if found and found[-1][0] + found[-1][1] == week:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((week, 1))
    return [block_at(start, length) for start, length in found]
