"""When to begin, how long to wait, and how long a post may stay."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from branding.consent.values.records import Format
from branding.publishing.rules.keeping import remove_by
from branding.publishing.rules.times import MOST_FAILURES, begin_at, is_too_late, next_look, next_try
from branding.publishing.values.states import Shows, Way

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


def test_only_a_channels_interface_is_begun_on_ahead_and_films_earlier() -> None:
    assert begin_at(NOW, Way.PRACTICE, Format.FEED) == begin_at(NOW, Way.HAND, Format.REEL) == NOW
    assert begin_at(NOW, Way.API, Format.FEED) == NOW - timedelta(minutes=5)
    assert begin_at(NOW, Way.API, Format.REEL) == NOW - timedelta(minutes=30)


def test_the_pauses_grow_and_then_a_person_looks() -> None:
    waits = [next_try(n, NOW) for n in range(1, MOST_FAILURES)]
    assert [int((at - NOW).total_seconds() // 60) for at in waits if at] == [1, 5, 30, 120]
    assert next_try(MOST_FAILURES, NOW) is None


def test_what_the_channel_asks_for_makes_a_pause_longer_never_shorter() -> None:
    assert next_try(1, NOW, timedelta(minutes=20)) == NOW + timedelta(minutes=20)
    assert next_try(3, NOW, timedelta(minutes=2)) == NOW + timedelta(minutes=30)


def test_two_hours_late_is_too_late() -> None:
    assert not is_too_late(NOW, NOW + timedelta(hours=2))
    assert is_too_late(NOW, NOW + timedelta(hours=2, seconds=1))


def test_the_channel_is_read_soon_and_then_less_often() -> None:
    waits = [next_look(n, NOW) - NOW for n in range(8)]
    assert waits == sorted(waits) and waits[0] == timedelta(seconds=5) and waits[-1] == timedelta(minutes=5)


@pytest.mark.parametrize(
    ("shows", "holds_until", "expected"),
    [
        (Shows.NOBODY, date(2026, 12, 1), None),
        (Shows.CITIZENS, None, date(2027, 1, 1)),
        (Shows.COLLEAGUES, None, date(2028, 11, 1)),
        (Shows.CITIZENS, date(2026, 11, 20), date(2026, 11, 20)),
        (Shows.COLLEAGUES, date(2030, 1, 1), date(2028, 11, 1)),
    ],
)
def test_a_post_stays_no_longer_than_its_people_have_said(
    shows: Shows, holds_until: date | None, expected: date | None
) -> None:
    assert remove_by(date(2026, 11, 2), shows=shows, holds_until=holds_until) == expected
