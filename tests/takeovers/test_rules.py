"""The rules of takeovers, without a database."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branding.core.errors import RuleBroken
from branding.takeovers import rules
from branding.takeovers.checklist import LINES, due_on
from branding.takeovers.values import Booking, HostView, LinkLife, PlanTakeover, TakeoverStatus

NOW = datetime(2026, 10, 1, 9, tzinfo=UTC)
MONDAY = date(2026, 11, 2)
Status = TakeoverStatus


def host(
    *, invited: bool = False, accepted: bool = False, declined: bool = False, briefed: bool = False
) -> HostView:
    def when(happened: bool) -> datetime | None:
        return NOW if happened else None

    return HostView(
        1, 1, "Anna", "a@example.dk", "", None, when(invited), when(accepted), when(declined), when(briefed)
    )


@pytest.mark.parametrize(
    ("hosts", "status"),
    [
        ([], Status.PLANNED),
        ([host()], Status.HOST_FOUND),
        ([host(invited=True)], Status.INVITED),
        ([host(invited=True, accepted=True)], Status.ACCEPTED),
        ([host(invited=True, accepted=True, briefed=True)], Status.BRIEFED),
        ([host(invited=True, declined=True)], Status.PLANNED),
        ([host(invited=True, accepted=True), host()], Status.HOST_FOUND),
        ([host(invited=True, accepted=True), host(invited=True, declined=True)], Status.ACCEPTED),
    ],
)
def test_a_takeover_is_as_far_as_the_slowest_of_its_hosts(hosts: list[HostView], status: Status) -> None:
    assert rules.status_of(hosts) == status


@pytest.mark.parametrize("status", list(Status))
def test_only_takeovers_whose_host_said_yes_go_live_on_their_first_day(status: Status) -> None:
    found = rules.status_on(status, MONDAY, MONDAY + timedelta(days=6), MONDAY)
    ready = status in (Status.ACCEPTED, Status.BRIEFED)
    assert found == (Status.LIVE if ready else status)


@pytest.mark.parametrize("status", list(Status))
def test_only_live_takeovers_close_when_their_last_day_is_over(status: Status) -> None:
    after = MONDAY + timedelta(days=7)
    found = rules.status_on(status, MONDAY, MONDAY + timedelta(days=6), after)
    was_on = status in (Status.ACCEPTED, Status.BRIEFED, Status.LIVE)
    assert found == (Status.CLOSED if was_on else status)


@pytest.mark.parametrize("status", list(Status))
def test_a_link_opens_the_takeover_until_it_has_ended(status: Status) -> None:
    last = MONDAY + timedelta(days=6)
    assert rules.opens_week(status, last, last) == (status not in (Status.CLOSED, Status.CANCELLED))
    assert not rules.opens_week(status, last, last + timedelta(days=1))


@given(st.sampled_from(list(Status)), st.booleans(), st.integers(-30, 60))
def test_a_link_opens_the_week_then_the_evaluation_for_two_weeks_and_then_nothing(
    status: Status, has_accepted: bool, days_after: int
) -> None:
    last = MONDAY + timedelta(days=6)
    life = rules.link_life(status, last, last + timedelta(days=days_after), has_accepted=has_accepted)
    ended = status in (Status.CLOSED, Status.CANCELLED)
    assert (life == LinkLife.WEEK) == (days_after <= 0 and not ended)
    held = status in (Status.ACCEPTED, Status.BRIEFED, Status.LIVE, Status.CLOSED)
    assert (life == LinkLife.EVALUATION) == (held and has_accepted and 1 <= days_after <= 14)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 40))
def test_a_link_that_has_closed_never_opens_again_whatever_the_calendar_does(last: date, days: int) -> None:
    lives = [
        rules.link_life(Status.LIVE, last, last + timedelta(days=n), has_accepted=True) for n in range(days)
    ]
    order = [LinkLife.WEEK, LinkLife.EVALUATION, LinkLife.CLOSED]
    assert lives == sorted(lives, key=order.index)
    assert lives.count(LinkLife.EVALUATION) == max(0, min(14, days - 1))


@given(st.lists(st.tuples(st.integers(1, 2), st.integers(0, 20), st.integers(0, 6)), max_size=6))
def test_two_accepted_bookings_on_a_profile_never_share_a_day(wishes: list[tuple[int, int, int]]) -> None:
    kept: list[Booking] = []
    for number, (profile, start, length) in enumerate(wishes):
        first = MONDAY + timedelta(days=start)
        wanted = Booking(number, profile, first, first + timedelta(days=length))
        with suppress(RuleBroken):
            rules.check_no_overlap(wanted, kept)
            kept.append(wanted)
    days = [
        (b.profile_id, b.starts_on + timedelta(days=n))
        for b in kept
        for n in range((b.ends_on - b.starts_on).days + 1)
    ]
    assert len(days) == len(set(days))


def test_a_takeover_lies_inside_its_slot_and_the_message_says_where() -> None:
    first, last = MONDAY, MONDAY + timedelta(days=13)
    rules.check_period(PlanTakeover(1, 1, first, last), first, last)
    with pytest.raises(RuleBroken) as early:
        rules.check_period(PlanTakeover(1, 1, first - timedelta(days=1), last), first, last)
    with pytest.raises(RuleBroken) as late:
        rules.check_period(PlanTakeover(1, 1, first, last + timedelta(days=1)), first, last)
    with pytest.raises(RuleBroken) as backwards:
        rules.check_period(PlanTakeover(1, 1, last, first), first, last)
    assert [e.value.field for e in (early, late, backwards)] == ["starts_on", "ends_on", "ends_on"]


def test_the_next_free_days_are_suggested_week_by_week() -> None:
    last = MONDAY + timedelta(days=13)
    assert rules.free_days(MONDAY, last, []) == (MONDAY, MONDAY + timedelta(days=6))
    three_days = Booking(1, 1, MONDAY, MONDAY + timedelta(days=2))
    assert rules.free_days(MONDAY, last, [three_days]) == (
        MONDAY + timedelta(days=3),
        MONDAY + timedelta(days=6),
    )
    first_week = Booking(1, 1, MONDAY, MONDAY + timedelta(days=6))
    assert rules.free_days(MONDAY, last, [first_week]) == (MONDAY + timedelta(days=7), last)
    assert rules.free_days(MONDAY, last, [Booking(1, 1, MONDAY, last)]) is None


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 20))
def test_the_checklist_never_asks_for_anything_at_the_weekend_except_on_the_days_themselves(
    start: date, length: int
) -> None:
    end = start + timedelta(days=length)
    for line in LINES:
        day = due_on(line, start, end)
        assert day.weekday() < 5 or line.days == 0, line.key
        assert (day >= end) if line.after_end else (day <= start), line.key


def test_no_day_that_is_over_is_suggested_or_given_away() -> None:
    last, thursday = MONDAY + timedelta(days=13), MONDAY + timedelta(days=3)
    assert rules.free_days(thursday, last, []) == (thursday, MONDAY + timedelta(days=6))
    assert rules.free_days(last + timedelta(days=1), last, []) is None
    wanted = PlanTakeover(1, 1, MONDAY, thursday)
    rules.check_ahead(wanted, thursday)
    with pytest.raises(RuleBroken) as refusal:
        rules.check_ahead(wanted, thursday + timedelta(days=1))
    assert (refusal.value.code, refusal.value.field) == ("days_over", "ends_on")
