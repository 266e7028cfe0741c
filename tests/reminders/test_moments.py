"""When a rule speaks: nights, weekends, holidays and the nights on which the clock changes."""

from __future__ import annotations

from datetime import date, time

import pytest

from branding.core import clock
from branding.reminders.rules.due import planned
from branding.reminders.rules.later import until
from branding.reminders.values.choosing import Later
from branding.reminders.values.reminding import Reminder
from branding.reminders.values.triggers import Audience, Counted, Trigger
from tests.reminders.factories import at, facts, occasion, rule

CHRISTMAS = frozenset({date(2022, 12, 24), date(2022, 12, 25), date(2022, 12, 26)})
#: The Friday after Great Prayer Day is no holiday; Easter is from Thursday to Monday.
EASTER = frozenset(date(2022, 4, day) for day in (14, 15, 17, 18))


def moments(*things: object, closed: frozenset[date] = frozenset()) -> list[str]:
    found = planned(facts(*things, closed=closed), at("2022-01-01 00:00"), at("2023-03-01 00:00"))  # type: ignore[arg-type]
    return [shown(one) for one in found]


def shown(one: Reminder) -> str:
    return clock.local(one.at).strftime("%Y-%m-%d %H:%M")


def test_four_weeks_before_is_a_monday_like_the_first_day() -> None:
    assert moments(rule(offset=-28), occasion()) == ["2022-09-19 08:00"]


def test_a_saturday_is_moved_to_the_next_working_morning() -> None:
    assert moments(rule(offset=-2), occasion()) == ["2022-10-17 07:30"]


def test_what_must_be_said_before_is_moved_to_the_working_day_before_at_the_same_hour() -> None:
    assert moments(rule(offset=-2, is_before=True), occasion()) == ["2022-10-14 08:00"]


def test_the_friday_before_is_in_the_week_before_whatever_day_it_begins() -> None:
    friday = rule(offset=0, counted=Counted.FRIDAY, at=time(9))
    assert moments(friday, occasion(day="2022-10-17")) == ["2022-10-14 09:00"]
    assert moments(friday, occasion(day="2022-10-21")) == ["2022-10-14 09:00"]


def test_a_good_friday_is_told_on_the_wednesday_before_easter() -> None:
    friday = rule(offset=0, counted=Counted.FRIDAY, at=time(9), is_before=True)
    assert moments(friday, occasion(day="2022-04-18"), closed=EASTER) == ["2022-04-13 09:00"]


def test_christmas_is_waited_out() -> None:
    assert moments(rule(offset=0), occasion(day="2022-12-24"), closed=CHRISTMAS) == ["2022-12-27 07:30"]


def test_a_host_is_told_on_a_saturday_of_the_own_days_and_nobody_else_is() -> None:
    of_host = rule(1, Trigger.LAST_POST, 0, at=time(9), audiences=(Audience.HOST,))
    of_coordinator = rule(2, Trigger.LAST_POST, 0, at=time(9))
    saturday = occasion(Trigger.LAST_POST, "2022-10-22", days=(date(2022, 10, 17), date(2022, 10, 22)))
    assert moments(of_host, of_coordinator, saturday) == ["2022-10-22 09:00", "2022-10-24 07:30"]


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ("2022-10-19 09:10", "2022-10-19 15:15"),
        ("2022-10-19 13:00", "2022-10-20 07:30"),  # 19.00 is in the quiet hours
        ("2022-10-21 13:00", "2022-10-24 07:30"),  # and Saturday is no working day
        ("2022-10-19 23:00", "2022-10-20 07:30"),  # 5 in the morning
        ("2022-10-19 11:45", "2022-10-19 17:45"),
    ],
)
def test_six_hours_later_is_never_at_night_and_never_on_a_weekend(sent: str, told: str) -> None:
    six = rule(1, Trigger.DRAFT_WAITS, 6, counted=Counted.HOURS)
    waits = occasion(Trigger.DRAFT_WAITS, sent[:10], at=at(sent), key="draft:1")
    assert moments(six, waits) == [told]


def test_hours_are_hours_on_the_night_that_is_an_hour_longer() -> None:
    """On 30 October 2022 the clock goes from 3 back to 2: 24 hours after 10 on Saturday it is 9 on Sunday."""
    day = rule(1, Trigger.DRAFT_WAITS, 24, counted=Counted.HOURS, is_urgent=True)
    waits = occasion(Trigger.DRAFT_WAITS, "2022-10-29", at=at("2022-10-29 10:00"), key="draft:1")
    assert moments(day, waits) == ["2022-10-30 09:00"]


def test_days_keep_their_hour_on_the_wall_over_that_night() -> None:
    each = rule(1, Trigger.FIRST_POST, -1, at=time(14), audiences=(Audience.HOST,), is_urgent=True)
    assert moments(each, occasion(Trigger.FIRST_POST, "2022-10-31")) == ["2022-10-30 14:00"]
    assert moments(each, occasion(Trigger.FIRST_POST, "2022-03-28")) == ["2022-03-27 14:00"]


def test_what_is_urgent_comes_on_a_sunday_and_not_at_night() -> None:
    urgent = rule(1, Trigger.CONSENT_MISSING, -48, counted=Counted.HOURS, is_urgent=True)
    sunday = occasion(Trigger.CONSENT_MISSING, "2022-10-25", at=at("2022-10-25 10:00"))
    at_night = occasion(Trigger.CONSENT_MISSING, "2022-10-26", at=at("2022-10-26 05:00"), key="draft:2")
    assert moments(urgent, sunday, at_night) == ["2022-10-23 10:00", "2022-10-24 07:30"]


def test_put_off_until_tomorrow_on_a_friday_is_monday_morning() -> None:
    friday = at("2022-10-21 10:00")
    told = [clock.local(until(one, friday, frozenset())).strftime("%d %H:%M") for one in Later]
    assert told == ["24 07:30", "24 07:30", "24 07:30"]
    monday = at("2022-10-17 10:00")
    told = [clock.local(until(one, monday, frozenset())).strftime("%d %H:%M") for one in Later]
    assert told == ["18 07:30", "20 07:30", "24 07:30"]
