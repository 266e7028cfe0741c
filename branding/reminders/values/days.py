"""Danish days and hours as rules count them; nothing here reads a clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_DENMARK = ZoneInfo("Europe/Copenhagen")
#: Somebody looks this often.
STEP = timedelta(minutes=15)
#: When the day's reminders come that have no time of their own.
MORNING = time(7, 30)


def day_of(moment: datetime) -> date:
    """The day on a wall calendar in Denmark."""
    return moment.astimezone(_DENMARK).date()


def wall(moment: datetime) -> datetime:
    """The moment as a clock on a Danish wall shows it."""
    return moment.astimezone(_DENMARK)


def at_wall(day: date, clock: time) -> datetime:
    """The moment of a time on that day; of a doubled hour the first one."""
    return datetime.combine(day, clock, _DENMARK).astimezone(UTC)


def next_step(moment: datetime) -> datetime:
    """The quarter of an hour at or after the moment."""
    past = timedelta(minutes=moment.minute % 15, seconds=moment.second, microseconds=moment.microsecond)
    return moment if not past else moment - past + STEP


def last_step(moment: datetime) -> datetime:
    """The quarter of an hour at or before the moment."""
    return next_step(moment - STEP + timedelta(microseconds=1))


def friday_before(day: date) -> date:
    """The Friday of the week before."""
    return day - timedelta(days=day.weekday() + 3)
