"""ISO weeks: week 53, New Year and years of 52 and 53 weeks."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branding.core.isoweek import Week, span, weeks_in, weeks_of

DAYS = st.dates(date(2001, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(("year", "weeks"), [(2020, 53), (2021, 52), (2022, 52), (2026, 53), (2032, 53)])
def test_a_year_has_52_or_53_weeks(year: int, weeks: int) -> None:
    assert weeks_in(year) == weeks
    assert [week.number for week in weeks_of(year)] == list(range(1, weeks + 1))


def test_a_week_that_the_year_lacks_is_refused() -> None:
    for year, number in ((2022, 53), (2026, 54), (2026, 0), (2022, 60)):
        with pytest.raises(ValueError, match="has no week"):
            Week(year, number)


def test_new_year_belongs_to_the_week_of_its_thursday() -> None:
    assert Week.of(date(2022, 1, 1)) == Week(2021, 52)
    assert Week.of(date(2024, 12, 30)) == Week(2025, 1)
    assert Week.of(date(2027, 1, 3)) == Week(2026, 53)


@given(DAYS)
def test_a_day_lies_in_its_week_and_the_week_reads_back(day: date) -> None:
    week = Week.of(day)
    assert week.monday <= day <= week.sunday and day in week.days
    assert Week.parse(str(week)) == week


@given(DAYS, st.integers(-200, 200))
def test_adding_and_subtracting_weeks_are_opposites(day: date, weeks: int) -> None:
    week = Week.of(day)
    assert (week + weeks) - week == weeks
    assert (week < week + weeks) == (weeks > 0)


def test_weeks_in_a_row_run_over_new_year() -> None:
    assert [str(week) for week in span(Week(2026, 52), 3)] == ["2026-W52", "2026-W53", "2027-W01"]


@pytest.mark.parametrize("text", ["", "2022", "W33", "2022-W99", "2022W", "33"])
def test_what_is_not_an_iso_week_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="week"):
        Week.parse(text)
