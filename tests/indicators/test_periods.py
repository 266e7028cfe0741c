"""Which days belong together: ISO weeks over New Year, fortnights, quarters and leap years."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branding.indicators.rules.period_text import read_period, write_period
from branding.indicators.rules.periods import before, compared, period_of, periods
from branding.indicators.values.measures import PeriodKind, Rhythm
from tests.indicators import factories as f

DAYS = st.dates(date(2015, 1, 1), date(2032, 12, 31))
REPEATED = [
    PeriodKind.WEEK,
    PeriodKind.WEEKS,
    PeriodKind.MONTH,
    PeriodKind.QUARTER,
    PeriodKind.YEAR,
    PeriodKind.POST,
]


@pytest.mark.parametrize(
    ("kind", "on", "first", "last"),
    [
        (PeriodKind.WEEK, date(2022, 10, 19), date(2022, 10, 17), date(2022, 10, 23)),
        (PeriodKind.WEEK, date(2023, 1, 1), date(2022, 12, 26), date(2023, 1, 1)),
        (PeriodKind.WEEK, date(2026, 12, 31), date(2026, 12, 28), date(2027, 1, 3)),
        (PeriodKind.MONTH, date(2024, 2, 29), date(2024, 2, 1), date(2024, 2, 29)),
        (PeriodKind.MONTH, date(2023, 2, 28), date(2023, 2, 1), date(2023, 2, 28)),
        (PeriodKind.QUARTER, date(2022, 12, 31), date(2022, 10, 1), date(2022, 12, 31)),
        (PeriodKind.POST, date(2022, 5, 2), date(2022, 4, 1), date(2022, 6, 30)),
        (PeriodKind.TAKEOVER, date(2022, 5, 2), date(2022, 4, 1), date(2022, 6, 30)),
        (PeriodKind.YEAR, date(2024, 2, 29), date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_a_period_has_these_days(kind: PeriodKind, on: date, first: date, last: date) -> None:
    found = period_of(f.rhythm(kind), on)
    assert (found.first, found.last) == (first, last)


def test_fortnights_are_counted_from_week_1_of_the_year_the_indicator_begins() -> None:
    fortnight = f.rhythm(PeriodKind.WEEKS, date(2022, 3, 1), 2)
    assert period_of(fortnight, date(2022, 1, 3)).first == date(2022, 1, 3)
    found = period_of(fortnight, date(2022, 10, 26))
    assert (found.first, found.last) == (date(2022, 10, 24), date(2022, 11, 6))
    assert str(found.name) == "weeks 43-44"


def test_fortnights_go_on_over_new_year_and_a_53rd_week() -> None:
    fortnight = f.rhythm(PeriodKind.WEEKS, date(2020, 1, 1), 2)
    over = period_of(fortnight, date(2021, 1, 3))
    assert (over.first, over.last) == (date(2020, 12, 28), date(2021, 1, 10))
    assert str(over.name) == "weeks 53-1"


def test_a_week_that_was_half_over_when_the_indicator_began_is_not_its_own() -> None:
    weekly = f.rhythm(begins_on=date(2022, 1, 1))  # a Saturday
    assert next(iter(periods(weekly, date(2021, 1, 1), date(2022, 2, 1)))).first == date(2022, 1, 3)
    assert before(weekly, period_of(weekly, date(2022, 1, 5))) is None
    assert before(weekly, period_of(weekly, date(2022, 1, 12))) is not None


def test_a_named_period_is_always_the_same_and_has_none_before_it() -> None:
    named = read_period("1. kvartal 2022", f.BEGINS).rhythm
    found = period_of(named, date(2026, 1, 1))
    assert (found.first, found.last) == (date(2022, 1, 1), date(2022, 3, 31))
    assert before(named, found) is None
    earlier = compared(named, found)
    assert earlier is not None and (earlier.first, earlier.last) == (date(2021, 10, 3), date(2021, 12, 31))
    assert [one.first for one in periods(named, date(2020, 1, 1), date(2030, 1, 1))] == [found.first]


@pytest.mark.parametrize(
    ("text", "kind", "every", "first", "last"),
    [
        ("uge", PeriodKind.WEEK, 1, None, None),
        ("2 uger", PeriodKind.WEEKS, 2, None, None),
        ("hver 3. uge", PeriodKind.WEEKS, 3, None, None),
        ("kvartal", PeriodKind.QUARTER, 1, None, None),
        ("år", PeriodKind.YEAR, 1, None, None),
        ("opslag", PeriodKind.POST, 1, None, None),
        ("takeover", PeriodKind.TAKEOVER, 1, None, None),
        ("", PeriodKind.NONE, 1, None, None),
        ("2022", PeriodKind.NAMED, 1, date(2022, 1, 1), date(2022, 12, 31)),
        ("2022-K4", PeriodKind.NAMED, 1, date(2022, 10, 1), date(2022, 12, 31)),
        ("2021/22", PeriodKind.NAMED, 1, date(2021, 8, 1), date(2022, 7, 31)),
        ("1999/2000", PeriodKind.NAMED, 1, date(1999, 8, 1), date(2000, 7, 31)),
        ("2022-08-15 til 2022-12-23", PeriodKind.NAMED, 1, date(2022, 8, 15), date(2022, 12, 23)),
    ],
)
def test_a_written_period_is_understood(
    text: str, kind: PeriodKind, every: int, first: date | None, last: date | None
) -> None:
    found = read_period(text, f.BEGINS).rhythm
    assert (found.kind, found.every, found.first, found.last) == (kind, every, first, last)
    assert read_period(write_period(found), f.BEGINS).rhythm == found


@pytest.mark.parametrize(
    "text", ["når det passer", "5. kvartal 2022", "2021/24", "0 uger", "2022-13-01 til 2022-14-01"]
)
def test_a_period_that_nobody_understands_is_kept_and_asked_about(text: str) -> None:
    found = read_period(text, f.BEGINS)
    assert found.question is not None and found.rhythm.written == text
    assert found.rhythm.kind is PeriodKind.NONE


def test_what_was_chosen_in_the_form_is_written_so_that_it_reads_back() -> None:
    for rhythm in (
        Rhythm(PeriodKind.WEEKS, f.BEGINS, 3),
        Rhythm(PeriodKind.NAMED, f.BEGINS, 1, date(2022, 2, 1), date(2022, 2, 28)),
        Rhythm(PeriodKind.MONTH, f.BEGINS),
    ):
        read = read_period(write_period(rhythm), f.BEGINS).rhythm
        assert (read.kind, read.every, read.first, read.last) == (
            rhythm.kind, rhythm.every, rhythm.first, rhythm.last,
        )  # fmt: skip


@given(st.sampled_from(REPEATED), DAYS, DAYS, st.integers(1, 9))
def test_periods_cover_every_day_once(kind: PeriodKind, begins_on: date, on: date, every: int) -> None:
    rhythm = Rhythm(kind, begins_on, every)
    found = period_of(rhythm, on)
    assert found.first <= on <= found.last
    assert period_of(rhythm, found.first) == period_of(rhythm, found.last) == found
    assert period_of(rhythm, found.last + timedelta(days=1)).first == found.last + timedelta(days=1)
