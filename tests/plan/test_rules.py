"""Rhythms, days of other years, addresses and months: decisions without a database."""

from __future__ import annotations

from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branding.core.errors import RuleBroken
from branding.plan.rules.activities import check_activity, same_day_in
from branding.plan.rules.addresses import check_address, is_person
from branding.plan.rules.month import in_lanes
from branding.plan.rules.rhythm import changed_rhythm, check_format, slots
from branding.plan.rules.times import read_day, read_time
from branding.plan.values import ActivityKind, ActivityRequest, FormatRequest, Rhythm, RhythmView
from branding.plan.values.pages import Bar

_ANY_DAY = st.dates(date(2015, 1, 1), date(2035, 12, 31))


def rhythm(unit: Rhythm, every: int, weekday: int | None, anchor: str, **more: date | None) -> RhythmView:
    day = date.fromisoformat(anchor)
    return RhythmView(unit, every, weekday, day, more.get("valid_from") or day, more.get("valid_until"))


def days(text: str) -> list[date]:
    return [date.fromisoformat(part) for part in text.split()]


def test_a_weekly_format_goes_over_new_year_and_week_53() -> None:
    weekly = rhythm(Rhythm.WEEKS, 1, 1, "2020-12-14")
    found = slots([weekly], date(2020, 12, 20), date(2021, 1, 15))
    assert found == days("2020-12-22 2020-12-29 2021-01-05 2021-01-12")


def test_every_other_week_keeps_its_weeks_wherever_one_looks() -> None:
    fortnightly = rhythm(Rhythm.WEEKS, 2, 4, "2022-01-03")
    whole = slots([fortnightly], date(2022, 1, 1), date(2022, 12, 31))
    assert slots([fortnightly], date(2022, 6, 1), date(2022, 6, 30)) == [d for d in whole if d.month == 6]


def test_the_clock_that_changes_moves_no_slot() -> None:
    daily = rhythm(Rhythm.DAYS, 1, None, "2022-10-28")
    assert slots([daily], date(2022, 10, 29), date(2022, 10, 31)) == days("2022-10-29 2022-10-30 2022-10-31")


def test_a_quarterly_format_keeps_its_weekday_of_the_month() -> None:
    quarterly = rhythm(Rhythm.QUARTERS, 1, 2, "2022-02-08")
    found = slots([quarterly], date(2022, 1, 1), date(2022, 12, 31))
    assert found == days("2022-02-09 2022-05-11 2022-08-10 2022-11-09")


def test_a_fifth_weekday_is_the_last_of_shorter_months() -> None:
    monthly = rhythm(Rhythm.MONTHS, 1, 0, "2022-01-31")
    assert slots([monthly], date(2022, 1, 1), date(2022, 4, 30)) == days(
        "2022-01-31 2022-02-28 2022-03-28 2022-04-25"
    )


def test_a_changed_rhythm_leaves_the_past_as_it_was() -> None:
    old = rhythm(Rhythm.WEEKS, 1, 1, "2022-08-01", valid_until=date(2022, 8, 20))
    new = rhythm(Rhythm.WEEKS, 2, 3, "2022-08-01", valid_from=date(2022, 8, 21))
    found = slots([old, new], date(2022, 8, 1), date(2022, 9, 15))
    assert found == days("2022-08-02 2022-08-09 2022-08-16 2022-09-01 2022-09-15")


@given(
    st.sampled_from(list(Rhythm)),
    st.integers(1, 8),
    st.integers(0, 6),
    _ANY_DAY,
    _ANY_DAY,
    st.integers(0, 400),
)
def test_slots_of_a_part_are_the_slots_of_the_whole(
    unit: Rhythm, every: int, weekday: int, anchor: date, first: date, length: int
) -> None:
    one = RhythmView(unit, every, weekday, anchor, anchor)
    last = first + timedelta(days=length)
    part = slots([one], first, last)
    whole = slots([one], date(2014, 1, 1), date(2038, 1, 1))
    assert part == [day for day in whole if first <= day <= last]
    assert all(day >= anchor and (unit == Rhythm.DAYS or day.weekday() == weekday) for day in part)


@given(_ANY_DAY, st.integers(2015, 2035))
def test_a_day_of_another_year_has_the_same_week_and_weekday(day: date, year: int) -> None:
    found = same_day_in(year, day)
    if found is not None:
        assert found.isocalendar()[1:] == day.isocalendar()[1:] and found.isocalendar()[0] == year
    else:
        assert day.isocalendar().week == 53


def test_week_53_has_no_day_in_a_year_of_52() -> None:
    assert same_day_in(2021, date(2020, 12, 31)) is None
    assert same_day_in(2026, date(2020, 12, 31)) == date(2026, 12, 31)


@pytest.mark.parametrize(
    "address",
    [
        "https://www.rm.dk/job", "https://www.rm.dk:443/job?id=1#top", "https://blåbær.dk/", "HTTPS://rm.dk/",
    ],
)  # fmt: skip
def test_an_address_of_the_open_web_is_kept(address: str) -> None:
    assert check_address(f" {address} ") == address


@pytest.mark.parametrize(
    "address",
    [
        "", "http://rm.dk", "javascript:alert(1)", "https://", "https:///rm.dk", "//rm.dk", "https://localhost/x",
        "https://user@rm.dk/", "https://rm.dk:8443/", "https://rm.dk/\r\nSet-Cookie: a=b", "https://rm.dk\\@evil.dk",
        "https://127.0.0.1/", "https://[::1]/", "https://[", "https://rm.dk/" + "a" * 500, "data:text/html,x",
    ],
)  # fmt: skip
def test_a_tracked_link_cannot_lead_anywhere_else(address: str) -> None:
    with pytest.raises(RuleBroken):
        check_address(address)


def test_only_people_are_counted() -> None:
    phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) AppleWebKit/605.1.15"
    assert is_person("GET", phone)
    assert not is_person("HEAD", phone) and not is_person("GET", "")
    for program in (
        "facebookexternalhit/1.1",
        "LinkedInBot/1.0",
        "WhatsApp/2.2",
        "Slackbot-LinkExpanding 1.0",
        "Mozilla/5.0 (Windows NT 10.0) SkypeUriPreview Preview/0.5",
        "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/119.0",
        "python-requests/2.31",
        "curl/8.4.0",
    ):
        assert not is_person("GET", program), program


@pytest.mark.parametrize("purpose", ["prefetch", "prefetch;prerender", "preview"])
def test_a_browser_that_opens_a_link_ahead_of_its_reader_is_not_counted(purpose: str) -> None:
    assert not is_person("GET", "Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X)", purpose)


def test_an_activity_ends_on_or_after_its_first_day() -> None:
    backwards = ActivityRequest("Messe", 1, ActivityKind.FAIR, date(2022, 5, 2), date(2022, 5, 1))
    with pytest.raises(RuleBroken) as refused:
        check_activity(backwards)
    assert refused.value.field == "ends_on"


def test_a_format_needs_a_step_that_comes_round() -> None:
    never = FormatRequest("x", 1, ActivityKind.POST, Rhythm.WEEKS, 0, 1, date(2022, 1, 1))
    with pytest.raises(RuleBroken):
        check_format(never)


def test_another_rhythm_counts_from_today_at_the_earliest() -> None:
    current = rhythm(Rhythm.WEEKS, 1, 1, "2022-01-03")
    wanted = FormatRequest("x", 1, ActivityKind.POST, Rhythm.WEEKS, 2, 1, date(2022, 1, 3))
    assert changed_rhythm([current], wanted, date(2022, 8, 15)) == (True, date(2022, 8, 15))
    again = rhythm(Rhythm.WEEKS, 3, 1, "2022-01-03", valid_from=date(2022, 8, 15))
    assert changed_rhythm([current, again], wanted, date(2022, 8, 15)) == (True, date(2022, 8, 15))


def test_a_format_of_another_millennium_is_refused() -> None:
    for day in (date(1900, 1, 1), date(9999, 12, 31)):
        with pytest.raises(RuleBroken) as refused:
            check_format(FormatRequest("x", 1, ActivityKind.POST, Rhythm.WEEKS, 1, 1, day))
        assert refused.value.field == "starts_on"


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=12))
def test_no_two_bars_of_a_lane_share_a_day(pairs: list[tuple[int, int]]) -> None:
    bars = [Bar(min(pair), max(pair)) for pair in pairs]
    lanes = in_lanes(bars)
    assert sum(len(lane) for lane in lanes) == len(bars)
    for lane in lanes:
        assert all(one.last < other.first for one, other in pairwise(lane))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("10.00", time(10)),
        ("9:30", time(9, 30)),
        ("9", time(9)),
        ("kl. 9", time(9)),
        ("Kl 14.05", time(14, 5)),
    ],
)
def test_a_time_is_read_as_people_write_it(text: str, meant: time) -> None:
    assert read_time(text) == meant


@pytest.mark.parametrize("text", ["25.00", "10.75", "ti", "10.0", "", "²", "10.00.00"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_time(text)


@pytest.mark.parametrize(
    "text", ["17-10-2022", "17.10.2022", "17/10/2022", "17. oktober 2022", "17 okt. 2022", "2022-10-17"]
)
def test_a_day_is_read_as_people_write_it(text: str) -> None:
    assert read_day(text) == date(2022, 10, 17)


@pytest.mark.parametrize("text", ["31-02-2022", "17. brumaire 2022", "17-10-22", "i morgen", ""])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_day(text)
