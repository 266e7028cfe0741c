"""Shifting the queue: nobody overlaps or loses a turn, holidays are jumped, nothing moves without need."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from branding.core.errors import RuleBroken
from branding.core.isoweek import Week
from branding.rotation.rules.queue import Turn, consequences, plan_closing, plan_move
from branding.rotation.values import Block, SlotStep


def turn(key: int, number: int, weeks: int = 1, year: int = 2022) -> Turn:
    return Turn(key, Block(Week(year, number), weeks))


def shown(steps: tuple[SlotStep, ...]) -> list[tuple[int, str]]:
    return [(step.slot_id, step.after.label) for step in steps]


ROLL_OUT = [turn(n, week, 2) for n, week in enumerate((33, 35, 37, 39, 43, 45, 47, 49), start=1)]
AUTUMN = {Week(2022, 41), Week(2022, 42)}


def test_a_slot_moves_into_free_weeks_and_nobody_else_moves() -> None:
    assert shown(plan_move([turn(1, 33), turn(2, 34)], 1, Week(2022, 40))) == [(1, "40")]


def test_those_in_the_way_are_pushed_and_those_behind_only_as_far_as_needed() -> None:
    turns = [turn(1, 33), turn(2, 34), turn(3, 35), turn(4, 37)]
    assert shown(plan_move(turns, 1, Week(2022, 34))) == [(1, "34"), (2, "35"), (3, "36")]


def test_moving_earlier_pushes_until_the_weeks_left_behind_take_the_push() -> None:
    turns = [turn(1, 33, 2), turn(2, 35, 2), turn(3, 37, 2), turn(4, 39, 2)]
    assert shown(plan_move(turns, 3, Week(2022, 33))) == [(3, "33-34"), (1, "35-36"), (2, "37-38")]


def test_the_queue_jumps_the_autumn_holiday() -> None:
    steps = plan_move(ROLL_OUT, 1, Week(2022, 39), AUTUMN)
    assert shown(steps)[:3] == [(1, "39-40"), (4, "43-44"), (5, "45-46")]
    assert shown(steps)[-1] == (8, "51-52")


def test_a_move_over_new_year_knows_the_years_with_53_weeks() -> None:
    turns = [turn(1, 51, 2, 2026), turn(2, 53, 1, 2026), turn(3, 1, 1, 2027)]
    steps = plan_move(turns, 1, Week(2026, 52))
    assert [str(step.after.first) for step in steps] == ["2026-W52", "2027-W01", "2027-W02"]


def test_a_move_into_a_holiday_week_is_refused_with_the_first_possible_week() -> None:
    with pytest.raises(RuleBroken, match="target_is_holiday") as refused:
        plan_move(ROLL_OUT, 1, Week(2022, 40), AUTUMN)
    assert "Week 41 is a holiday. The first possible week is 43-44." in str(refused.value.text)


def test_a_move_to_the_same_week_is_refused() -> None:
    with pytest.raises(RuleBroken, match="same_week"):
        plan_move(ROLL_OUT, 1, Week(2022, 33))


def test_a_new_holiday_pushes_the_queue_from_there_and_blocks_stay_whole() -> None:
    steps = plan_closing(ROLL_OUT, [Week(2022, 46)], AUTUMN)
    assert shown(steps) == [(6, "47-48"), (7, "49-50"), (8, "51-52")]


def test_a_holiday_in_free_weeks_moves_nobody() -> None:
    assert plan_closing(ROLL_OUT, [Week(2022, 41)]) == ()


def test_a_slot_that_already_lies_in_an_old_holiday_is_left_alone() -> None:
    assert plan_closing([turn(1, 7), turn(2, 20)], [Week(2022, 20)], [Week(2022, 7)]) == (
        SlotStep(2, Block(Week(2022, 20)), Block(Week(2022, 21))),
    )


def test_consequences_are_sentences() -> None:
    steps = plan_move([turn(5, 43), turn(7, 45)], 5, Week(2022, 45))
    told = [str(text) for text in consequences(steps, {5: "SVO", 7: "DOK"})]
    assert told == [
        "SVO moves from week 43 to week 45.",
        "DOK moves from week 45 to week 46.",
        "Nobody loses a turn.",
    ]


def test_consequences_name_the_year_when_it_changes() -> None:
    steps = plan_move([turn(5, 51)], 5, Week(2023, 2))
    assert str(consequences(steps, {5: "SVO"})[0]) == "SVO moves from week 51 to week 2 in 2023."


def test_a_queue_without_open_weeks_is_refused() -> None:
    everything = {Week(2022, 1) + n for n in range(800)}
    with pytest.raises(RuleBroken, match="no_free_weeks"):
        plan_closing([turn(1, 2)], everything)


@st.composite
def plans(draw: st.DrawFn) -> tuple[list[Turn], set[Week]]:
    """A plan without overlaps, around the New Years that are hard, with closed weeks outside its slots."""
    at = Week(draw(st.sampled_from([2020, 2022, 2026])), draw(st.integers(30, 52)))
    turns, closed = [], set()
    for key in range(1, draw(st.integers(2, 9))):
        for _ in range(draw(st.integers(0, 2))):
            if draw(st.booleans()):
                closed.add(at)
            at = at + 1
        weeks = draw(st.integers(1, 3))
        turns.append(Turn(key, Block(at, weeks)))
        at = at + weeks
    return turns, closed | {at + n for n in draw(st.sets(st.integers(0, 12), max_size=4))}


def blocks_after(turns: Sequence[Turn], steps: Sequence[SlotStep]) -> dict[int, Block]:
    """Where every slot lies when the steps are done."""
    return {turn.slot_id: turn.block for turn in turns} | {step.slot_id: step.after for step in steps}


def holds(
    turns: list[Turn], steps: tuple[SlotStep, ...], closed: set[Week], moved: int | None = None
) -> None:
    after = blocks_after(turns, steps)
    in_order = sorted(after.values())
    assert all(not a.overlaps(b) for a, b in pairwise(in_order)), "overlap"
    assert {t.slot_id: t.block.weeks for t in turns} == {key: block.weeks for key, block in after.items()}
    assert not any(week in closed for step in steps for week in step.after), "a turn in a holiday"
    others = [t.slot_id for t in sorted(turns, key=lambda t: t.block) if t.slot_id != moved]
    assert others == sorted(others, key=lambda key: after[key]), "the order changed"
    assert all(step.after > step.before for step in steps if step.slot_id != moved), "pushed earlier"


@given(plans(), st.data())
def test_a_move_keeps_every_promise(plan: tuple[list[Turn], set[Week]], data: st.DataObject) -> None:
    turns, closed = plan
    moved = data.draw(st.sampled_from(turns))
    to = moved.block.first + data.draw(st.integers(-20, 20))
    try:
        steps = plan_move(turns, moved.slot_id, to, closed)
    except RuleBroken as refused:
        is_expected = refused.code in ("same_week", "target_is_holiday")
        assume(not is_expected)
        raise
    holds(turns, steps, closed, moved.slot_id)
    assert blocks_after(turns, steps)[moved.slot_id].first == to
    _is_minimal(turns, steps, closed, moved.slot_id)


@given(plans(), st.data())
def test_a_new_holiday_keeps_every_promise(plan: tuple[list[Turn], set[Week]], data: st.DataObject) -> None:
    turns, closed = plan
    new = {data.draw(st.sampled_from(turns)).block.first}
    steps = plan_closing(turns, new, closed)
    holds(turns, steps, closed | new)
    assert not any(week in new for block in blocks_after(turns, steps).values() for week in block)
    _is_minimal(turns, steps, closed | new, None)


def _is_minimal(turns: list[Turn], steps: tuple[SlotStep, ...], closed: set[Week], moved: int | None) -> None:
    """No pushed slot could lie one week earlier without breaking a promise."""
    after = blocks_after(turns, steps)
    for step in steps:
        if step.slot_id == moved:
            continue
        for earlier in range(1, step.after.first - step.before.first + 1):
            other = step.after.at(step.after.first + -earlier)
            blocks = [block for key, block in after.items() if key != step.slot_id]
            clash = any(other.overlaps(block) for block in blocks) or any(week in closed for week in other)
            queue = [t.slot_id for t in sorted(turns, key=lambda t: t.block) if t.slot_id != moved]
            changed = after | {step.slot_id: other}
            jumps = queue != sorted(queue, key=lambda key: changed[key])
            assert clash or jumps, "could have stayed earlier"
