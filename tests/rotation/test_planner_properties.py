"""The planner over random years, holidays, wishes and dropouts: what always holds."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from branding.core.isoweek import Week, weeks_in
from branding.rotation import optimum
from branding.rotation.rules.planner import greedy, replan
from branding.rotation.rules.planner.board import Board
from branding.rotation.rules.planner.copying import Source, copied
from branding.rotation.rules.planner.replan import replan_problem
from branding.rotation.rules.planner.score import score, weeks_of
from branding.rotation.rules.planner.tiles import fill_problem
from branding.rotation.values import Block
from branding.rotation.values.problems import NOBODY, Problem, Tile, Wish
from tests.rotation.instances import YEARS, all_answers, fillings, keeps_rules, typical_year

Filling = tuple[Problem, Mapping[int, Collection[int]]]

#: Solving takes ten milliseconds, not one.
SOLVED = (settings.default.max_examples if settings.default else 100) // 3

needs_solver = pytest.mark.skipif(not optimum.is_available(), reason="the extra planner is not installed")


@given(fillings())
def test_the_built_in_plan_keeps_every_rule(filling: Filling) -> None:
    problem, blocked = filling
    keeps_rules(problem, greedy.answer(problem), blocked)


@given(fillings())
def test_no_week_stays_empty_that_somebody_may_have(filling: Filling) -> None:
    problem, _ = filling
    board = Board(problem, greedy.answer(problem))
    for tile, owner in enumerate(board.given):
        if owner == NOBODY:
            assert not any(board.fits(tile, unit) for unit in problem.options[tile])


@given(fillings())
def test_the_score_of_a_board_is_the_score(filling: Filling) -> None:
    problem, _ = filling
    answer = greedy.answer(problem)
    assert Board(problem, answer).score() == score(problem, answer)


@given(fillings(plain=True, most_units=12))
def test_equal_shares_differ_by_at_most_one_block_and_nobody_is_left_out(filling: Filling) -> None:
    """Without blocked weeks and least gap this is always feasible."""
    problem, _ = filling
    weeks = weeks_of(problem, greedy.answer(problem))
    assert max(weeks) - min(weeks) <= problem.length
    assert all(weeks) or len(problem.tiles) < len(weeks)


@given(fillings(most_units=3, most_weeks=9))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_the_built_in_plan_of_a_tiny_period_is_never_better_than_any_there_is(filling: Filling) -> None:
    problem, _ = filling
    if len(problem.tiles) > 6:
        return
    best = min(score(problem, answer) for answer in all_answers(problem))
    found = score(problem, greedy.answer(problem))
    assert found >= best, "better than the best there is"


@needs_solver
@given(fillings(most_units=3, most_weeks=9))
@settings(max_examples=SOLVED, suppress_health_check=[HealthCheck.too_slow])
def test_the_optimum_is_what_trying_everything_finds(filling: Filling) -> None:
    problem, blocked = filling
    if len(problem.tiles) > 6:
        return
    best = min(score(problem, answer) for answer in all_answers(problem))
    found = optimum.optimum(problem, greedy.answer(problem), score, seconds=10)
    assert found is not None and found.is_proven
    keeps_rules(problem, found.answer, blocked)
    assert score(problem, found.answer) == best


@needs_solver
@given(fillings(most_units=6, most_weeks=30))
@settings(max_examples=SOLVED, suppress_health_check=[HealthCheck.too_slow])
def test_the_built_in_plan_is_never_better_than_the_optimum(filling: Filling) -> None:
    problem, blocked = filling
    answer = greedy.answer(problem)
    found = optimum.optimum(problem, answer, score, seconds=10)
    assert found is not None
    keeps_rules(problem, found.answer, blocked)
    if found.is_proven:
        assert score(problem, found.answer) <= score(problem, answer)


@st.composite
def dropouts(draw: st.DrawFn) -> tuple[Problem, dict[int, set[int]]]:
    """A plan made by the planner, and then one unit that cannot, and a blocked week or two."""
    units, gap = draw(st.integers(2, 6)), draw(st.integers(0, 3))
    weeks = range(1000, 1000 + draw(st.integers(4, 30)))
    made = fill_problem(list(weeks), [1] * units, length=draw(st.integers(1, 3)), gap=gap, blocked={})
    answer = greedy.answer(made)
    given_away = [(tile, unit) for tile, unit in zip(made.tiles, answer, strict=True) if unit != NOBODY]
    dropped = draw(st.integers(0, units - 1))
    since = draw(st.integers(weeks[0], weeks[-1]))
    blocked: dict[int, set[int]] = {dropped: set(range(since, weeks[-1] + 1))}
    other = draw(st.integers(0, units - 1))
    blocked.setdefault(other, set()).update(draw(st.sets(st.sampled_from(list(weeks)), max_size=2)))
    problem = replan_problem(
        [tile for tile, _ in given_away],
        [unit for _, unit in given_away],
        [1] * units,
        gap=gap,
        blocked=blocked,
        dropped=dropped,
    )
    return problem, blocked


@given(dropouts())
def test_replanning_keeps_every_rule(dropout: tuple[Problem, dict[int, set[int]]]) -> None:
    problem, blocked = dropout
    keeps_rules(problem, replan.answer(problem), blocked)


def test_a_plan_in_which_everything_breaks_is_answered_too() -> None:
    tiles = [Tile(1000 + n, 1) for n in range(1200)]
    blocked = {0: range(1000, 2200)}
    problem = replan_problem(tiles, [0] * 1200, [1] * 4, gap=0, blocked=blocked, dropped=0)
    assert not any(unit in (0, NOBODY) for unit in replan.answer(problem))


@needs_solver
@given(dropouts())
@settings(max_examples=SOLVED, suppress_health_check=[HealthCheck.too_slow])
def test_replanning_changes_as_few_turns_as_the_optimum_proves_necessary(
    dropout: tuple[Problem, dict[int, set[int]]],
) -> None:
    problem, blocked = dropout
    answer = replan.answer(problem)
    found = optimum.optimum(problem, answer, score, seconds=10)
    assert found is not None and found.is_proven
    keeps_rules(problem, found.answer, blocked)
    least, built_in = score(problem, found.answer), score(problem, answer)
    assert (least.empty, least.changed) <= (built_in.empty, built_in.changed)
    broken = sum(1 for tile, owner in enumerate(problem.owners) if owner not in problem.options[tile])
    if not least.empty and least.changed == broken:
        # No chain is needed, so the built-in answer must not need one either.
        assert (built_in.empty, built_in.changed) == (0, broken)


@st.composite
def years_to_copy(draw: st.DrawFn) -> tuple[list[Source], int, set[Week], dict[int, set[Week]]]:
    year = draw(st.sampled_from(YEARS))
    target = draw(st.sampled_from(YEARS))
    turns, week = [], Week(year, 1)
    while week.year == year:
        weeks = draw(st.integers(1, 3))
        if draw(st.booleans()):
            turns.append(Source(len(turns) + 1, draw(st.integers(1, 5)), Block(week, weeks)))
        week = week + weeks
    any_week = st.integers(1, weeks_in(target)).map(lambda number: Week(target, number))
    return turns, target, draw(st.sets(any_week, max_size=10)), {1: draw(st.sets(any_week, max_size=3))}


@given(years_to_copy())
@example(([Source(1, 1, Block(Week(2026, 53)))], 2027, {Week(2027, 1)}, {}))
@example(([Source(1, 1, Block(Week(2026, 52), 2)), Source(2, 2, Block(Week(2026, 1)))], 2021, set(), {}))
def test_a_copied_year_loses_no_turn_and_keeps_the_order(
    copy: tuple[list[Source], int, set[Week], dict[int, set[Week]]],
) -> None:
    turns, target, closed, blocked = copy
    found = copied(turns, target, closed, blocked)
    assert sorted(source.slot_id for source, _ in found) == sorted(turn.slot_id for turn in turns)
    assert [s.slot_id for s, _ in found] == [t.slot_id for t in sorted(turns, key=lambda t: t.block)]
    blocks = [block for _, block in found]
    assert all(sooner.last < later.first for sooner, later in itertools.pairwise(blocks))
    for source, block in found:
        assert block.weeks == source.block.weeks
        assert not set(block) & (closed | blocked.get(source.unit_id, set()))
        if source.block.first.number <= weeks_in(target):
            assert block.first >= Week(target, source.block.first.number), "earlier than last year"


@needs_solver
def test_the_solver_says_how_far_it_is() -> None:
    problem, told = typical_year(8, 2), []
    optimum.optimum(
        problem, greedy.answer(problem), score, seconds=10, progress=lambda *news: told.append(news)
    )
    assert told and {aim for aim, _, _ in told} <= set(optimum.AIMS)


def test_nobody_is_left_out_when_only_a_small_share_has_a_turn_to_spare() -> None:
    """Runs of 1, 1, 8 and 2 weeks: five turns for five units, and two of the turns are a week long."""
    problem = fill_problem([0, 2, *range(4, 12), 13, 14], [1] * 5, length=4, gap=0, blocked={},
                           wishes=[Wish(0, 1, 2)])  # fmt: skip
    assert all(weeks_of(problem, greedy.answer(problem)))


def a_year_with_two_short_turns() -> Problem:
    """Fifteen turns of two weeks and two of one: four weeks for each of eight units."""
    weeks = [*range(0, 13), *range(20, 30), *range(40, 49)]
    return fill_problem(weeks, [1] * 8, length=2, gap=3, blocked={})


def test_shorter_turns_before_a_holiday_are_shared_so_that_everybody_gets_the_same() -> None:
    problem = a_year_with_two_short_turns()
    assert sorted(tile.weeks for tile in problem.tiles)[:3] == [1, 1, 2]
    weeks = weeks_of(problem, greedy.answer(problem))
    assert max(weeks) - min(weeks) <= 1, weeks


@needs_solver
def test_the_optimum_shares_shorter_turns_so_that_everybody_gets_the_same() -> None:
    problem = a_year_with_two_short_turns()
    found = optimum.optimum(problem, greedy.answer(problem), score, seconds=10)
    assert found is not None and found.is_proven
    assert set(weeks_of(problem, found.answer)) == {4}
