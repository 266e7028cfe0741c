"""Until when something is put off."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from branding.reminders.rules.moments import next_morning
from branding.reminders.values.choosing import Later
from branding.reminders.values.days import day_of


def until(later: Later, now: datetime, closed: Collection[date]) -> datetime:
    """The working morning that is meant."""
    days = {Later.TOMORROW: 1, Later.IN_THREE_DAYS: 3, Later.MONDAY: 7 - day_of(now).weekday()}
    start = now + timedelta(days=days[later])
    morning = next_morning(start - timedelta(hours=17), closed)
    return morning if morning > now else next_morning(now, closed)
