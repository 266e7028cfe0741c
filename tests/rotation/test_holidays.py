"""Holiday weeks: the seed, the years that lack them, and a year copied from the one before."""

from __future__ import annotations

import tomllib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branding.core.files import shipped
from branding.core.isoweek import Week, weeks_in
from branding.rotation.public_holidays import public_holidays, public_holidays_between
from branding.rotation.rules.holidays import (
    christmas_weeks,
    easter,
    is_school,
    missing_years,
    pattern_for,
    read_seed,
)
from branding.rotation.values import HolidayKind, HolidayView


def seed() -> list[tuple[Week, str, HolidayKind]]:
    return read_seed(tomllib.loads((shipped("schedules") / "holiday_weeks.toml").read_text(encoding="utf-8")))


def views(year: int) -> list[HolidayView]:
    weeks = [one for one in seed() if one[0].year == year]
    return [HolidayView(n, week, name, kind, None, 1) for n, (week, name, kind) in enumerate(weeks, start=1)]


def test_the_seed_has_every_holiday_of_every_year() -> None:
    for year in range(2022, 2028):
        names = {name for week, name, _kind in seed() if week.year == year}
        assert names == {"vinterferie", "påskeferie", "sommerferie", "efterårsferie", "juleferie"}


@pytest.mark.parametrize("year", range(2023, 2028))
def test_the_pattern_of_a_year_copied_to_the_next_gives_the_seed_of_that_year(year: int) -> None:
    assert pattern_for(year, views(year - 1)) == [one for one in seed() if one[0].year == year]


def test_a_week_53_is_not_copied_into_a_year_without_one() -> None:
    closing = HolidayView(1, Week(2026, 53), "lukket", HolidayKind.CLOSING, None, 1)
    assert pattern_for(2027, [closing]) == []


def test_this_year_and_the_next_are_missed_when_they_have_no_weeks() -> None:
    assert missing_years([2022], date(2022, 6, 1)) == [2023]
    assert missing_years([2022, 2023], date(2022, 6, 1)) == []
    assert missing_years([], date(2023, 1, 1)) == [2022, 2023]


def test_christmas_weeks_hold_the_days_between_christmas_and_new_year() -> None:
    assert [week.number for week in christmas_weeks(2026)] == [1, 52, 53]
    assert [week.number for week in christmas_weeks(2022)] == [52]


@settings(deadline=None)
@given(st.integers(2000, 2099))
def test_easter_is_the_day_that_the_holiday_library_knows(year: int) -> None:
    names = {one.day: one.name for one in public_holidays(year)}
    assert names[easter(year)] == "Påskedag"
    assert all(week.number <= weeks_in(year) for week in christmas_weeks(year))


def test_days_that_people_take_for_holidays_are_marked() -> None:
    days = {one.name: one.official for one in public_holidays(2022)}
    assert days["Skærtorsdag"]
    assert not days["Juleaftensdag"]


def test_public_holidays_of_a_period_cross_new_year() -> None:
    found = public_holidays_between(date(2022, 12, 24), date(2023, 1, 1))
    assert [one.day.isoformat() for one in found] == [
        "2022-12-24", "2022-12-25", "2022-12-26", "2022-12-31", "2023-01-01",
    ]  # fmt: skip


def test_a_name_says_whether_it_is_a_school_holiday() -> None:
    assert is_school("Efterårsferie")
    assert not is_school("lukket")
    assert not is_school("ferielukket")
