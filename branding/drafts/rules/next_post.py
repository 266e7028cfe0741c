"""Which post comes next, and when it should go out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from branding.drafts.rules.rhythm import rhythm, suggested
from branding.drafts.values.kinds import USUAL_HOUR, Day, PostKind

#: Later than this nothing new goes out on the same day.
_LAST_HOUR = 20
Had = Sequence[tuple[date, PostKind]]


def next_post(starts_on: date, ends_on: date, had: Had, today: date) -> Day:
    """The first day from today on that lacks its post; when all have one, a story on the nearest day."""
    days = rhythm(starts_on, ends_on)
    left = [day for day in days if day.day >= today] or [days[-1]]
    taken = {on for on, kind in had if kind is not PostKind.STORY}
    free = next((day for day in left if day.kind is not None and day.day not in taken), left[0])
    return Day(free.day, suggested(free, had))


def usual_time(day: date, now: datetime) -> tuple[date, int]:
    """Day and hour to propose, ``now`` in local time: ten o'clock, or later today when that has passed."""
    if day != now.date() or now.hour < USUAL_HOUR - 1:
        return max(day, now.date()), USUAL_HOUR
    if now.hour + 2 > _LAST_HOUR:
        return day + timedelta(days=1), USUAL_HOUR
    return day, max(USUAL_HOUR, now.hour + 2)
