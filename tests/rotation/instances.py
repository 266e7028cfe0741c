"""Random periods to plan, and what every plan must keep: for the property tests and the benchmarks."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise, product

from hypothesis import strategies as st

from branding.core.isoweek import Week, weeks_in
from branding.rotation.rules.planner.calendar import count
from branding.rotation.rules.planner.score import score
from branding.rotation.rules.planner.tiles import fill_problem
from branding.rotation.values.problems import NOBODY, Answer, Held, Problem, Wish

#: Years that are hard: 2020 and 2026 have 53 weeks, 2021 and 2027 come after them.
YEARS = (2020, 2021, 2022, 2026, 2027)


@st.composite
def fillings(
    draw: st.DrawFn, *, most_units: int = 8, most_weeks: int = 60, plain: bool = False
) -> tuple[Problem, Mapping[int, Collection[int]]]:
    """A period that may cross New Year, with holidays, wishes, blocked weeks, shares and turns that stay."""
    year = draw(st.sampled_from(YEARS))
    first = count(Week(year, draw(st.integers(1, weeks_in(year)))))
    weeks = list(range(first, first + draw(st.integers(1, most_weeks))))
    units = draw(st.integers(1, most_units))
    closed = draw(st.sets(st.sampled_from(weeks), max_size=len(weeks) // 3))
    shares = [1] * units if plain else draw(st.lists(st.integers(0, 3), min_size=units, max_size=units))
    some = st.sets(st.sampled_from(weeks), max_size=4)
    blocked = {} if plain else {unit: draw(some) for unit in range(units)}
    held = [] if plain else _held(draw, weeks, closed, units)
    taken = {week for one in held for week in range(one.start, one.end)}
    wishes = draw(
        st.lists(
            st.builds(Wish, st.integers(0, units - 1), st.sampled_from(weeks), st.integers(1, 3)), max_size=5
        )
    )
    problem = fill_problem(
        [week for week in weeks if week not in closed | taken],
        shares,
        length=draw(st.integers(1, 4)),
        gap=0 if plain else draw(st.integers(0, 12)),
        blocked=blocked,
        held=held,
        wishes=wishes,
    )
    return problem, blocked


def _held(draw: st.DrawFn, weeks: Sequence[int], closed: Collection[int], units: int) -> list[Held]:
    found: list[Held] = []
    for start in sorted(draw(st.sets(st.sampled_from(weeks), max_size=3))):
        if start not in closed and not any(one.start <= start < one.end for one in found):
            found.append(Held(draw(st.integers(0, units - 1)), start, 1))
    return found


def keeps_rules(problem: Problem, answer: Answer, blocked: Mapping[int, Collection[int]]) -> None:
    """No blocked week, the least gap, only those with a share, and tiles that do not overlap."""
    for earlier, later in zip(problem.tiles, problem.tiles[1:], strict=False):
        assert earlier.end <= later.start, "two tiles share a week"
    for unit in range(len(problem.shares)):
        own = [tile for tile, owner in zip(problem.tiles, answer, strict=True) if owner == unit]
        assert not own or problem.shares[unit] or problem.owners, "a unit without a share has a turn"
        for tile in own:
            shut = set(blocked.get(unit, ())) & set(range(tile.start, tile.end))
            assert not shut, "a turn in a blocked week"
        turns = [*((tile.start, tile.end) for tile in own)]
        turns += [(one.start, one.end) for one in problem.held if one.unit == unit]
        fixed = {(one.start, one.end) for one in problem.held if one.unit == unit}
        for one, other in zip(sorted(turns), sorted(turns)[1:], strict=False):
            if one not in fixed or other not in fixed:  # turns that stay may always have been too close
                assert other[0] - one[1] >= problem.gap, "two turns of a unit are too close"


def all_answers(problem: Problem) -> list[Answer]:
    """Every answer that keeps the rules: for tiny problems only."""
    choices = [(NOBODY, *sorted(options)) for options in problem.options]
    return [answer for answer in product(*choices) if _is_allowed(problem, answer)]


def _is_allowed(problem: Problem, answer: Answer) -> bool:
    for unit in range(len(problem.shares)):
        own = [tile for tile, owner in zip(problem.tiles, answer, strict=True) if owner == unit]
        if any(later.start - sooner.end < problem.gap for sooner, later in pairwise(own)):
            return False
    return True


def typical_year(units: int, length: int, *, seed: int = 1, gap: int = 4) -> Problem:
    """52 weeks of which nine are closed, with some blocked weeks and wishes."""
    chance = random.Random(seed)
    first = count(Week(2027, 1))
    closed = set(chance.sample(range(52), 9))
    weeks = [first + n for n in range(52) if n not in closed]
    blocked = {unit: {week for week in weeks if chance.random() < 0.06} for unit in range(units)}
    wishes = [Wish(chance.randrange(units), chance.choice(weeks), 2) for _ in range(12)]
    return fill_problem(weeks, [1] * units, length=length, gap=gap, blocked=blocked, wishes=wishes)


__all__ = ["all_answers", "fillings", "keeps_rules", "score", "typical_year"]
