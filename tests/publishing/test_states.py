"""The table of states: what may follow what, and nothing else."""

from __future__ import annotations

from itertools import product

import pytest

from branding.publishing.rules.states import CLAIMABLE, MAY, MOVABLE, NoSuchMove, check_move
from branding.publishing.values.states import LIVE, MAYBE_LIVE, PLANNED, REPEATABLE, State


def test_every_state_says_what_may_follow() -> None:
    assert set(MAY) == set(State)


@pytest.mark.parametrize("before", State)
def test_what_is_not_in_the_table_is_refused(before: State) -> None:
    for after in State:
        if after in MAY[before]:
            check_move(before, after)
        else:
            with pytest.raises(NoSuchMove):
                check_move(before, after)


def test_only_what_is_all_handed_over_is_published() -> None:
    assert {before for before in State if State.PUBLISHING in MAY[before]} == {State.READY}


def test_what_may_be_out_is_never_planned_again_by_itself() -> None:
    """Back to the plan leads only through proof (not_published), a sure refusal, or a person."""
    for before, after in product((State.UNKNOWN, State.PUBLISHED_NO_ID, State.PUBLISHED), State):
        if after in (*PLANNED, *REPEATABLE) and after is not State.NOT_PUBLISHED:
            assert after not in MAY[before], (before, after)


def test_a_worker_takes_nothing_that_may_be_out() -> None:
    assert not set(CLAIMABLE) & set(MAYBE_LIVE)


def test_people_move_nothing_that_may_be_out() -> None:
    assert not set(MOVABLE) & set(MAYBE_LIVE)


def test_what_is_removed_stays_removed() -> None:
    assert MAY[State.REMOVED] == frozenset()
    assert all(State.REMOVED in MAY[state] for state in LIVE)


def test_every_state_that_waits_for_nobody_can_be_left() -> None:
    assert all(MAY[state] for state in State if state is not State.REMOVED)
