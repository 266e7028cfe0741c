"""How fast the planner answers: the built-in plan, the proven best, and a replanning."""

from __future__ import annotations

from statistics import median
from time import perf_counter

import pytest

from branding.rotation import optimum
from branding.rotation.rules.planner import greedy, replan
from branding.rotation.rules.planner.replan import replan_problem
from branding.rotation.rules.planner.score import score
from branding.rotation.values.problems import NOBODY, Problem
from tests.rotation.instances import typical_year

SEEDS = range(1, 6)


def milliseconds(times: list[float]) -> str:
    return f"{median(times) * 1000:.1f} ms (worst {max(times) * 1000:.1f})"


@pytest.mark.bench
@pytest.mark.parametrize("length", [1, 2])
def test_built_in_plan_of_52_weeks_and_30_units(length: int, capsys: pytest.CaptureFixture[str]) -> None:
    """The target is 50 ms."""
    times = []
    for seed in SEEDS:
        problem = typical_year(30, length, seed=seed)
        start = perf_counter()
        answer = greedy.answer(problem)
        times.append(perf_counter() - start)
        assert score(problem, answer).empty == 0
    with capsys.disabled():
        print(f"\nbuilt-in plan, 52 weeks x 30 units, turns of {length}: {milliseconds(times)}")


@pytest.mark.bench
@pytest.mark.skipif(not optimum.is_available(), reason="the extra planner is not installed")
def test_proven_best_of_52_weeks_and_8_units(capsys: pytest.CaptureFixture[str]) -> None:
    """The target is 10 s, in the background."""
    times, gains = [], []
    for seed in SEEDS:
        problem = typical_year(8, 2, seed=seed)
        answer = greedy.answer(problem)
        found = optimum.optimum(problem, answer, score, seconds=10)
        assert found is not None and found.is_proven
        times.append(found.seconds)
        gains.append((score(problem, answer)[4:], score(problem, found.answer)[4:]))
    with capsys.disabled():
        print(f"\nproven best, 52 weeks x 8 units: {milliseconds(times)}; missed, apart, crowded: {gains}")


def dropout(seed: int) -> Problem:
    """The year is laid, and then one unit drops out from the middle on."""
    problem = typical_year(8, 2, seed=seed)
    given = zip(problem.tiles, greedy.answer(problem), strict=True)
    laid = [(tile, unit) for tile, unit in given if unit != NOBODY]
    since = problem.tiles[len(problem.tiles) // 2].start
    return replan_problem(
        [tile for tile, _ in laid],
        [unit for _, unit in laid],
        [1] * 8,
        gap=problem.gap,
        blocked={0: range(since, since + 60)},
        dropped=0,
    )


@pytest.mark.bench
@pytest.mark.skipif(not optimum.is_available(), reason="the extra planner is not installed")
def test_replanning_after_a_dropout(capsys: pytest.CaptureFixture[str]) -> None:
    """The target is 0.2 s."""
    times = []
    for seed in SEEDS:
        problem = dropout(seed)
        start = perf_counter()
        found = optimum.optimum(problem, replan.answer(problem), score, seconds=2)
        times.append(perf_counter() - start)
        assert found is not None and found.is_proven
    with capsys.disabled():
        print(f"\nreplanning, 52 weeks x 8 units: {milliseconds(times)}")
