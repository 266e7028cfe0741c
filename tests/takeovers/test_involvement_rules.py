"""The rules of leaders, volunteers, evaluations and the lent login, without a database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branding.organisation.values import UnitKind, UnitView
from branding.takeovers.rules import evaluations, involvement, logins
from branding.takeovers.values import (
    EvaluationView,
    HostView,
    LeaderAnswer,
    LeaderState,
    Login,
    LoginFacts,
    LoginRefusal,
    Recommend,
    TakeoverStatus,
    TakeoverView,
)

NOW = datetime(2026, 10, 1, 9, tzinfo=UTC)
MONDAY, SUNDAY = date(2026, 11, 2), date(2026, 11, 8)


def unit(key: int, area: int, leader: str = "") -> UnitView:
    kind = UnitKind.AREA if key == area else UnitKind.DEPARTMENT
    return UnitView(key, kind, f"Enhed {key}", "", area, "", 1, leader_name=leader, leader_email=leader)


def host(answer: LeaderAnswer) -> HostView:
    return HostView(1, 1, "A", "a@example.dk", "", None, None, None, None, None, leader_answer=answer)


def takeover(unit_id: int, status: TakeoverStatus = TakeoverStatus.PLANNED) -> TakeoverView:
    return TakeoverView(1, 1, unit_id, 1, MONDAY, SUNDAY, status, 1)


def test_a_department_without_a_leader_is_answered_for_by_its_area() -> None:
    for area_leader, own, answering in (("a", "b", 2), ("a", "", 1), ("", "b", 2), ("", "", None)):
        units = {1: unit(1, 1, area_leader), 2: unit(2, 1, own)}
        found = involvement.answering_unit(units[2], units)
        assert (found.id if found else None) == answering


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(-100, 100))
def test_a_leader_is_asked_in_the_eight_weeks_before_and_never_when_it_has_begun(
    first: date, ahead: int
) -> None:
    assert involvement.is_time_to_ask(first, first - timedelta(days=ahead)) == (0 < ahead <= 56)


@pytest.mark.parametrize("status", list(TakeoverStatus))
def test_a_leader_answers_until_the_takeover_begins(status: TakeoverStatus) -> None:
    is_open = status not in (TakeoverStatus.LIVE, TakeoverStatus.CLOSED, TakeoverStatus.CANCELLED)
    assert involvement.may_answer(takeover(1, status), MONDAY - timedelta(days=1)) == is_open
    assert not involvement.may_answer(takeover(1, status), MONDAY)


def test_a_unit_has_the_whole_slot_or_the_days_of_its_takeovers() -> None:
    days = (MONDAY, SUNDAY + timedelta(days=7))
    assert involvement.days_of_units(1, days, [takeover(2)], [1, 2]) == days
    assert involvement.days_of_units(1, days, [takeover(2)], [2]) == (MONDAY, SUNDAY)
    assert involvement.days_of_units(1, days, [takeover(2, TakeoverStatus.CANCELLED)], [2]) is None


@pytest.mark.parametrize(
    ("answers", "has_leader", "state"),
    [
        (["ok"], True, LeaderState.OK),
        (["ok", "no"], True, LeaderState.NO),
        (["ok", ""], True, LeaderState.WAITING),
        ([""], True, LeaderState.WAITING),
        ([""], False, LeaderState.NOBODY),
        (["ok"], False, LeaderState.OK),
        ([], True, LeaderState.WAITING),
        ([], False, LeaderState.NOBODY),
    ],
)
def test_one_no_or_one_missing_answer_decides(
    answers: list[str], has_leader: bool, state: LeaderState
) -> None:
    hosts = [host(LeaderAnswer(answer)) for answer in answers]
    assert involvement.leader_state(hosts, has_leader=has_leader) == state


def answer(
    key: int, unit_id: int, advice: str = "Råd", *, equipped: int = 4, hidden: bool = False
) -> EvaluationView:
    at = NOW + timedelta(days=key)
    return EvaluationView(key, key, unit_id, MONDAY, equipped, Recommend.YES, advice, at, hidden)


def test_advice_is_the_newest_with_the_own_unit_first_then_the_area() -> None:
    area_of = {1: 1, 2: 1, 3: 3}
    said = [
        answer(1, 2),
        answer(2, 3),
        answer(3, 1),
        answer(4, 2),
        answer(5, 2, ""),
        answer(6, 2, hidden=True),
    ]
    assert [one.id for one in evaluations.advice_for(said, 2, area_of)] == [4, 1, 3, 2]
    assert evaluations.advice_for([], 2, area_of) == []
    many = [answer(key, 3) for key in range(9)]
    assert [one.id for one in evaluations.advice_for(many, 2, area_of)] == [8, 7, 6, 5, 4]


@given(
    st.lists(st.tuples(st.integers(1, 5), st.sampled_from(list(Recommend))), max_size=30), st.integers(0, 30)
)
def test_the_figures_never_leave_what_they_count(answers: list[tuple[int, Recommend]], silent: int) -> None:
    said = [
        EvaluationView(n, n, 1, MONDAY, equipped, recommend, "", NOW)
        for n, (equipped, recommend) in enumerate(answers)
    ]
    found = evaluations.figures(said, len(said) + silent)
    assert sum(found.by_score) == found.answers == len(said) <= found.possible
    assert (found.equipped_share is None) == (not said)
    assert said == [] or 0 <= (found.equipped_share or 0) <= 100


def test_who_may_see_the_login_is_a_small_truth_table() -> None:
    shown = 0
    for is_on, due, live, accepted, day in product(
        (True, False), (True, False), (True, False), (True, False), range(-1, 8)
    ):
        facts = LoginFacts(is_on, due, live, accepted, MONDAY, SUNDAY)
        refusal = logins.login_refusal(facts, MONDAY + timedelta(days=day))
        allowed = is_on and not due and live and accepted and 0 <= day <= 6
        assert (refusal is None) == allowed
        shown += allowed
    assert shown == 7


@pytest.mark.parametrize(
    ("facts", "day", "why"),
    [
        (LoginFacts(False, False, True, True, MONDAY, SUNDAY), MONDAY, LoginRefusal.OFF),
        (LoginFacts(True, False, True, False, MONDAY, SUNDAY), MONDAY, LoginRefusal.NOT_ACCEPTED),
        (LoginFacts(True, False, True, True, MONDAY, SUNDAY), MONDAY - timedelta(1), LoginRefusal.NOT_BEGUN),
        (LoginFacts(True, False, True, True, MONDAY, SUNDAY), SUNDAY + timedelta(1), LoginRefusal.OVER),
        (LoginFacts(True, False, False, True, MONDAY, SUNDAY), MONDAY, LoginRefusal.NOT_LIVE),
        (LoginFacts(True, True, True, True, MONDAY, SUNDAY), MONDAY, LoginRefusal.CHANGE_DUE),
    ],
)
def test_a_refusal_says_the_reason_that_comes_first(facts: LoginFacts, day: date, why: LoginRefusal) -> None:
    assert logins.login_refusal(facts, day) == why


def test_a_login_prints_nothing_by_mistake() -> None:
    assert "hemmelig" not in repr(Login("navn", "hemmelig")) + str(Login("navn", "hemmelig"))
