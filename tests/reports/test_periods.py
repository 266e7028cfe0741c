"""Which days a report is about, and when one is made by itself."""

from __future__ import annotations

from datetime import date

import pytest

from branding.core.errors import RuleBroken
from branding.reports.rules import periods
from branding.reports.service.periods import chosen_days
from branding.reports.values.orders import Kind
from branding.reports.values.schedules import Rhythm, Span

TODAY = date(2022, 11, 2)


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        ("2026-W54", "", "no_day"),
        ("2021-W53", "", "no_day"),
        ("2022-02-30", "", "no_day"),
        ("uge 33", "", "no_day"),
        ("=1+1", "", "no_day"),
        ("2022-W50", "2022-W33", "ends_before"),
        ("2016-W33", "2022-W33", "too_long"),
        ("0001-01-01", "0001-02-01", "no_such_year"),
        ("9999-12-01", "9999-12-31", "no_such_year"),
    ],
)
def test_days_that_cannot_be_are_refused_with_a_reason(first: str, last: str, code: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        chosen_days(Kind.CONTENT_PLAN, first, last, TODAY)
    assert refused.value.code == code


def test_weeks_and_days_are_read_as_people_write_them() -> None:
    weeks = chosen_days(Kind.CONTENT_PLAN, "2022-W33", "2022-w50", TODAY)
    assert weeks == (date(2022, 8, 15), date(2022, 12, 18))
    assert chosen_days(Kind.STRATEGY, "", "", TODAY) == (date(2022, 10, 1), date(2022, 12, 31))
    year = chosen_days(Kind.TAKEOVERS, "2020-W53", "2020-W53", TODAY)
    assert year == (date(2020, 12, 28), date(2021, 1, 3))


@pytest.mark.parametrize(
    ("span", "days"),
    [
        (Span.THIS_AND_NEXT_WEEK, ("2022-10-31", "2022-11-13")),
        (Span.LAST_WEEK, ("2022-10-24", "2022-10-30")),
        (Span.NEXT_EIGHT_WEEKS, ("2022-10-31", "2022-12-25")),
        (Span.LAST_MONTH, ("2022-10-01", "2022-10-31")),
        (Span.LAST_QUARTER, ("2022-07-01", "2022-09-30")),
        (Span.THIS_QUARTER, ("2022-10-01", "2022-12-31")),
        (Span.THIS_YEAR, ("2022-01-01", "2022-12-31")),
        (Span.LAST_YEAR, ("2021-01-01", "2021-12-31")),
    ],
)
def test_spans_are_counted_from_the_day_a_report_is_made(span: Span, days: tuple[str, str]) -> None:
    assert tuple(map(str, periods.days_of(span, TODAY))) == days


def test_january_looks_back_into_the_year_before() -> None:
    new_year = date(2023, 1, 1)
    assert periods.days_of(Span.LAST_QUARTER, new_year) == (date(2022, 10, 1), date(2022, 12, 31))
    assert periods.days_of(Span.LAST_MONTH, new_year) == (date(2022, 12, 1), date(2022, 12, 31))


def test_a_day_that_went_by_is_made_up_for_within_five_days_only() -> None:
    long_ago = date(2022, 1, 1)
    assert periods.due_run(Rhythm.MONTHLY, long_ago, date(2022, 11, 6)) == date(2022, 11, 1)
    assert periods.due_run(Rhythm.MONTHLY, long_ago, date(2022, 11, 7)) is None
    assert periods.due_run(Rhythm.WEEKLY, long_ago, date(2022, 11, 5)) == date(2022, 10, 31)
    assert periods.due_run(Rhythm.WEEKLY, date(2022, 11, 1), TODAY) is None  # made on a Tuesday
    assert periods.next_run(Rhythm.QUARTERLY, TODAY) == date(2023, 1, 1)
    assert periods.next_run(Rhythm.MONTHLY, date(2022, 12, 31)) == date(2023, 1, 1)


def test_every_kind_offers_periods_that_can_be_shown() -> None:
    for kind in Kind:
        for _, first, last in periods.quick_choices(kind, TODAY):
            periods.check_period(first, last)
