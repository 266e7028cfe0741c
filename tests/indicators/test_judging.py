"""Where an indicator stands on a day, for every kind and every state, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branding.indicators.rules.judging import judge
from branding.indicators.rules.period_text import read_period
from branding.indicators.values.facts import Facts
from branding.indicators.values.measures import Kind, Measure, PeriodKind
from branding.indicators.values.standing import State
from tests.indicators import factories as f

NOW = datetime(2022, 11, 14, 8, tzinfo=UTC)
MONDAY = date(2022, 10, 17)
OK_BEFORE = date(2022, 10, 12)


@pytest.mark.parametrize(
    ("days_in", "state"),
    [(0, State.ON_TRACK), (1, State.ON_TRACK), (3, State.ON_TRACK), (4, State.BEHIND), (6, State.BEHIND)],
)
def test_one_a_week_is_behind_from_friday(days_in: int, state: State) -> None:
    standing = judge(f.indicator(f.aim()), f.done(OK_BEFORE), MONDAY + timedelta(days=days_in))
    assert standing.state is state
    assert str(standing.why) == "0 of 1 in week 42."


def test_at_least_so_many_that_are_counted_follow_the_same_pace() -> None:
    one = f.indicator(f.aim(Kind.AT_LEAST, "3", f.rhythm(PeriodKind.QUARTER)))
    first = date(2022, 10, 1)
    assert judge(one, f.done(), first).state is State.ON_TRACK
    assert judge(one, f.done(), date(2022, 11, 20)).state is State.BEHIND
    assert judge(one, f.done(*[first] * 3), first).state is State.MET


def test_one_a_week_that_was_done_is_met_at_once() -> None:
    standing = judge(f.indicator(f.aim()), f.done(MONDAY), MONDAY)
    assert standing.state is State.MET and str(standing.why) == "1 of 1 in week 42."


def test_what_the_last_week_missed_weighs_until_it_is_made_good() -> None:
    one = f.indicator(f.aim())
    behind = judge(one, f.done(), MONDAY)
    assert behind.state is State.BEHIND
    assert str(behind.why) == "0 of 1 in week 42. In week 41 it was 0 of 1."
    assert judge(one, f.done(MONDAY), MONDAY + timedelta(days=1)).state is State.MET


def test_a_week_that_is_over_is_missed() -> None:
    one = f.indicator(f.aim())
    period = judge(one, f.done(), MONDAY).period
    assert judge(one, f.done(), MONDAY + timedelta(days=7), period).state is State.MISSED
    assert judge(one, f.done(MONDAY), MONDAY + timedelta(days=7), period).state is State.MET


def test_what_happens_later_does_not_count_on_an_earlier_day() -> None:
    later = f.done(OK_BEFORE, MONDAY + timedelta(days=2))
    assert judge(f.indicator(f.aim()), later, MONDAY + timedelta(days=1)).value == 0
    assert judge(f.indicator(f.aim()), later, MONDAY + timedelta(days=2)).value == 1


@pytest.mark.parametrize(
    ("on", "done", "state"),
    [
        (date(2022, 10, 20), 0, State.ON_TRACK),
        (date(2022, 11, 1), 0, State.BEHIND),
        (date(2022, 11, 1), 1, State.ON_TRACK),
        (date(2022, 12, 2), 1, State.BEHIND),
        (date(2022, 12, 2), 2, State.ON_TRACK),
        (date(2022, 12, 20), 2, State.BEHIND),
        (date(2022, 12, 20), 3, State.MET),
    ],
)
def test_three_a_quarter_follow_the_even_pace(on: date, done: int, state: State) -> None:
    one = f.indicator(f.aim(target="3", of=f.rhythm(PeriodKind.QUARTER)))
    facts = f.done(*(date(2022, 10, 3) + timedelta(days=n) for n in range(done)))
    standing = judge(one, facts, on)
    assert standing.state is state
    if state is State.ON_TRACK:
        assert str(standing.why).startswith(f"{done} of 3 in quarter 4 of 2022, which ends on 2022-12-31")


def test_a_named_period_begins_runs_and_is_over() -> None:
    rhythm = read_period("1. kvartal 2022", f.BEGINS).rhythm
    one = f.indicator(f.aim(target="3", of=rhythm))
    assert judge(one, f.done(), date(2021, 12, 31)).state is State.NOT_MEASURED
    two = f.done(date(2022, 1, 5), date(2022, 2, 5))
    assert judge(one, two, date(2022, 2, 20)).state is State.ON_TRACK
    assert judge(one, two, date(2022, 4, 1)).state is State.MISSED
    assert judge(one, two, date(2026, 4, 1)).state is State.MISSED


def test_without_a_period_nothing_is_ever_late() -> None:
    one = f.indicator(f.aim(target="3", of=f.rhythm(PeriodKind.NONE)))
    assert judge(one, f.done(date(2022, 2, 1)), date(2030, 1, 1)).state is State.ON_TRACK


def test_nothing_written_down_is_not_measured_and_never_nought() -> None:
    one = f.indicator(f.aim(measure=Measure.HAND, of=f.rhythm(PeriodKind.QUARTER)))
    for on in (date(2022, 10, 1), date(2022, 12, 31)):
        standing = judge(one, Facts(), on)
        assert standing.state is State.NOT_MEASURED and standing.value is None
    nought = f.written(NOW, (date(2022, 10, 1), date(2022, 12, 31), "0"))
    assert judge(one, nought, date(2022, 12, 31)).state is State.BEHIND


@pytest.mark.parametrize(
    ("value", "on", "state"),
    [
        ("120", date(2022, 12, 1), State.ON_TRACK),
        ("120", date(2023, 1, 1), State.MET),
        ("80", date(2022, 12, 1), State.BEHIND),
        ("80", date(2023, 1, 1), State.MISSED),
    ],
)
def test_a_level_can_fall_again_until_its_period_is_over(value: str, on: date, state: State) -> None:
    of = f.aim(Kind.AT_LEAST, "100", f.rhythm(PeriodKind.QUARTER), Measure.HAND)
    facts = f.written(NOW, (date(2022, 10, 1), date(2022, 12, 31), value))
    one = f.indicator(of)
    period = judge(one, facts, date(2022, 12, 1)).period
    assert judge(one, facts, on, period).state is state


def test_a_share_says_out_of_how_many() -> None:
    of = f.aim(Kind.SHARE, "75", f.rhythm(PeriodKind.TAKEOVER), Measure.EQUIPPED)
    facts = Facts(
        equipped=tuple((date(2022, 10, n), score) for n, score in ((3, 5), (9, 4), (16, 4), (23, 2)))
    )
    standing = judge(f.indicator(of), facts, date(2022, 11, 1))
    assert standing.state is State.ON_TRACK
    assert str(standing.why) == "3 of 4 answers = 75 % of 75 % in quarter 4 of 2022."
    assert judge(f.indicator(of), Facts(), date(2022, 11, 1)).state is State.NOT_MEASURED


def test_an_increase_is_measured_against_the_period_before() -> None:
    of = f.aim(Kind.INCREASE, None, f.rhythm(PeriodKind.YEAR), Measure.HAND)
    last, this = (date(2021, 1, 1), date(2021, 12, 31)), (date(2022, 1, 1), date(2022, 12, 31))
    one, on = f.indicator(of), date(2022, 11, 1)
    assert judge(one, f.written(NOW, (*last, "11"), (*this, "14")), on).state is State.ON_TRACK
    assert judge(one, f.written(NOW, (*last, "11"), (*this, "11")), on).state is State.BEHIND
    assert judge(one, f.written(NOW, (*this, "14")), on).state is State.NOT_MEASURED
    over = judge(one, f.written(NOW, (*this, "14")), on).period
    both = f.written(NOW, (*last, "11"), (*this, "14"))
    assert judge(one, both, date(2023, 1, 1), over).state is State.MET
    assert judge(
        f.indicator(replace(of, target=f.aim(target="5").target)), both, date(2023, 1, 1), over
    ).state is (State.MISSED)


def test_what_can_be_counted_is_compared_day_by_day_while_the_year_runs() -> None:
    one = f.indicator(f.aim(Kind.INCREASE, None, f.rhythm(PeriodKind.YEAR)))
    days = [date(2021, 2, 1), date(2021, 11, 1), date(2021, 12, 1), date(2022, 1, 5), date(2022, 2, 5)]
    assert judge(one, f.done(*days), date(2022, 3, 1)).state is State.ON_TRACK
    period = judge(one, f.done(*days), date(2022, 3, 1)).period
    assert judge(one, f.done(*days), date(2023, 1, 1), period).state is State.MISSED


def test_a_milestone_has_a_day_and_a_tick() -> None:
    of = f.aim(Kind.MILESTONE, None, f.rhythm(PeriodKind.NONE), Measure.HAND)
    day = date(2022, 6, 1)
    assert judge(f.indicator(of), Facts(), day).state is State.NOT_MEASURED
    due = replace(of, due_on=day)
    assert judge(f.indicator(due), Facts(), day).state is State.ON_TRACK
    assert judge(f.indicator(due), Facts(), day + timedelta(days=1)).state is State.MISSED
    done = f.indicator(replace(due, done_on=day + timedelta(days=9)))
    assert judge(done, Facts(), day + timedelta(days=8)).state is State.MISSED
    assert judge(done, Facts(), day + timedelta(days=9)).state is State.MET


@pytest.mark.parametrize("kind", [Kind.COUNT, Kind.AT_LEAST, Kind.SHARE, Kind.UNDECIDED])
def test_what_nobody_decided_is_never_judged(kind: Kind) -> None:
    one = f.indicator(f.aim(kind, None))
    for on in (date(2021, 1, 1), MONDAY, date(2030, 1, 1)):
        assert judge(one, f.done(MONDAY), on).state is State.UNDECIDED


def test_views_are_the_median_and_unknown_without_a_number() -> None:
    of = f.aim(Kind.AT_LEAST, "100", f.rhythm(PeriodKind.POST), Measure.VIEWS)
    views = Facts(
        views={"linkedin": ((date(2022, 10, 3), 90), (date(2022, 10, 9), 400), (date(2022, 10, 20), 120))}
    )
    assert judge(f.indicator(of), views, date(2022, 11, 1)).value == 120
    assert judge(f.indicator(of), Facts(), date(2022, 11, 1)).state is State.NOT_MEASURED


def test_followers_grow_from_the_count_before_the_period() -> None:
    counts = ((date(2022, 9, 28), 100), (date(2022, 10, 5), 104), (date(2022, 10, 30), 130))
    facts = Facts(followers={"linkedin": (counts,)})
    growth = f.aim(Kind.AT_LEAST, "20", f.rhythm(PeriodKind.QUARTER), Measure.FOLLOWERS)
    assert judge(f.indicator(growth), facts, date(2022, 11, 1)).value == 30
    assert judge(f.indicator(growth), facts, date(2022, 10, 1)).state is State.NOT_MEASURED
    more = f.aim(Kind.INCREASE, None, f.rhythm(PeriodKind.QUARTER), Measure.FOLLOWERS)
    standing = judge(f.indicator(more), facts, date(2022, 11, 1))
    assert (standing.state, standing.value) == (State.ON_TRACK, 130)


@given(
    st.sampled_from(
        [PeriodKind.WEEK, PeriodKind.WEEKS, PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR]
    ),
    st.dates(date(2020, 1, 1), date(2028, 12, 31)),
    st.integers(1, 12),
    st.lists(st.dates(date(2020, 1, 1), date(2028, 12, 31)), max_size=30),
)
def test_more_is_never_worse_and_nothing_running_is_missed(
    kind: PeriodKind, on: date, target: int, days: list[date]
) -> None:
    order = [State.BEHIND, State.ON_TRACK, State.MET]
    one = f.indicator(f.aim(target=str(target), of=f.rhythm(kind, date(2020, 1, 1), 2)))
    fewer, more = judge(one, f.done(*days), on), judge(one, f.done(*days, on), on)
    assert order.index(fewer.state) <= order.index(more.state)
