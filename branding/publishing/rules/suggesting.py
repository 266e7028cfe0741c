"""Times that would fit a post: the days of the takeover that lack one, at the hours when people look."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from branding.drafts.rules.next_post import usual_time

#: So many are offered.
MOST = 3
#: After the usual hour: the afternoon's break, and the evening.
_LATER = (14, 19)
#: Nobody gets ready for something that is nearer than this.
_LEAST = timedelta(minutes=15)
_APART = timedelta(hours=1)


def suggestions(
    starts_on: date, ends_on: date, *, taken: Sequence[datetime], with_post: Collection[date], now: datetime
) -> list[datetime]:
    """At most three, in the order of time; days without a post come before second posts of a day.

    All times are Danish wall-clock times without a zone.  ``taken``: when something else goes out on the
    profile; ``with_post``: days that have their post.
    """
    found: list[tuple[bool, bool, datetime]] = []
    day = max(starts_on, now.date())
    while day <= ends_on:
        proposed, hour = usual_time(day, now)
        hours = [hour, *(one for one in _LATER if one > hour)] if proposed == day else []
        for one in hours:
            at = datetime(day.year, day.month, day.day, one)  # noqa: DTZ001 - wall-clock time, as said above
            if at >= now + _LEAST and all(abs(at - other) >= _APART for other in taken):
                found.append((day in with_post, one != hour, at))
        day += timedelta(days=1)
    return sorted(at for *_, at in sorted(found)[:MOST])
