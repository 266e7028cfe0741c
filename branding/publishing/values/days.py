"""Danish days as rules count them: from moments to days and back; nothing here reads a clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_DENMARK = ZoneInfo("Europe/Copenhagen")


def day_of(moment: datetime) -> date:
    """The day on a wall calendar in Denmark."""
    return moment.astimezone(_DENMARK).date()


def beginning(day: date, hour: int = 0) -> datetime:
    """The moment of an hour of that day."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=_DENMARK).astimezone(UTC)


def end_of(day: date) -> datetime:
    """23:59 of that day: the last moment that a deadline shows."""
    return beginning(day + timedelta(days=1)) - timedelta(minutes=1)
