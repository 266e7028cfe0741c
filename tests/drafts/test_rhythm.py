"""Hello first, one a day, goodbye last; and what fits next."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from branding.drafts.rules.rhythm import rhythm, suggested
from branding.drafts.values.kinds import Day, PostKind

HELLO, DAILY, GOODBYE, STORY = PostKind.HERE_I_AM, PostKind.DAILY, PostKind.GOODBYE, PostKind.STORY
MONDAY = date(2022, 10, 31)
FEED = [kind for kind in PostKind if kind != STORY]


def day(number: int) -> date:
    """Counted from Monday."""
    return MONDAY + timedelta(days=number)


def kinds(first: int, last: int) -> list[PostKind | None]:
    return [one.kind for one in rhythm(day(first), day(last))]


def test_a_week_ends_on_friday_and_its_weekend_is_free() -> None:
    assert kinds(0, 6) == [HELLO, DAILY, DAILY, DAILY, GOODBYE, None, None]
    assert [one.day for one in rhythm(day(0), day(6))] == [day(n) for n in range(7)]


def test_a_single_day_is_all_hello() -> None:
    assert [kinds(n, n) for n in range(7)] == [[HELLO]] * 7


def test_two_days_are_hello_and_goodbye() -> None:
    assert kinds(1, 2) == [HELLO, GOODBYE]
    assert kinds(5, 6) == [HELLO, GOODBYE]
    assert kinds(4, 6) == [HELLO, None, GOODBYE]
    assert kinds(3, 6) == [HELLO, GOODBYE, None, None]


def test_a_weekend_in_the_middle_is_free() -> None:
    assert kinds(3, 8) == [HELLO, DAILY, None, None, DAILY, GOODBYE]
    assert kinds(6, 8) == [HELLO, DAILY, GOODBYE]


def test_a_period_that_ends_before_it_begins_has_no_days() -> None:
    assert rhythm(day(2), day(1)) == ()


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 30))
def test_every_period_has_one_hello_first_and_one_goodbye_last(start: date, length: int) -> None:
    found = rhythm(start, start + timedelta(days=length))
    assert [one.day for one in found] == [start + timedelta(days=n) for n in range(length + 1)]
    names = [one.kind for one in found]
    assert names[0] == HELLO and names.count(HELLO) == names.count(GOODBYE) == 1
    assert set(names[names.index(GOODBYE) + 1 :]) <= {None}
    for one in found[1:]:
        is_weekend = one.day.weekday() >= 5
        assert (one.kind == DAILY) <= (not is_weekend)
        assert (one.kind is None) <= is_weekend


def test_the_first_post_is_hello_whichever_day_it_is() -> None:
    for kind in (HELLO, DAILY, GOODBYE, None):
        assert suggested(Day(day(0), kind), []) == HELLO


def test_stories_before_it_do_not_take_the_hello_away() -> None:
    assert suggested(Day(day(1), DAILY), [(day(0), STORY)]) == HELLO
    assert suggested(Day(day(4), GOODBYE), [(day(0), STORY)]) == HELLO


def test_after_the_hello_each_day_has_its_post() -> None:
    assert suggested(Day(day(1), DAILY), [(day(0), HELLO)]) == DAILY
    assert suggested(Day(day(1), DAILY), [(day(0), HELLO), (day(1), STORY)]) == DAILY


def test_a_day_that_has_its_post_has_room_for_stories() -> None:
    for kind in FEED:
        assert suggested(Day(day(1), DAILY), [(day(0), HELLO), (day(1), kind)]) == STORY
    assert suggested(Day(day(0), HELLO), [(day(0), HELLO)]) == STORY


def test_a_hello_that_came_late_is_followed_by_the_post_of_the_day() -> None:
    assert suggested(Day(day(0), HELLO), [(day(1), HELLO)]) == DAILY


def test_the_weekend_has_stories_only() -> None:
    assert suggested(Day(day(5), None), [(day(0), HELLO)]) == STORY


def test_the_last_day_is_for_goodbye_also_after_its_post() -> None:
    assert suggested(Day(day(4), GOODBYE), [(day(0), HELLO)]) == GOODBYE
    assert suggested(Day(day(4), GOODBYE), [(day(1), DAILY), (day(4), DAILY)]) == GOODBYE


def test_after_goodbye_there_is_nothing_but_stories() -> None:
    for kind in (HELLO, DAILY, GOODBYE, None):
        assert suggested(Day(day(4), kind), [(day(3), GOODBYE)]) == STORY
