"""When a rule speaks: the day it means, moved away from nights, weekends and holidays."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, datetime, timedelta

from branding.reminders.values.days import MORNING, at_wall, day_of, friday_before, next_step, wall
from branding.reminders.values.reminding import Occasion, Quiet, RuleRequest
from branding.reminders.values.triggers import Audience, Counted

_DAY = timedelta(days=1)
_Works = Callable[[date], bool]


def meant(rule: RuleRequest, occasion: Occasion) -> tuple[date, datetime]:
    """The day and the moment that the rule's words mean."""
    if rule.counted is Counted.HOURS:
        assert occasion.at is not None  # a trigger without a moment has no rules that count hours
        at = next_step(occasion.at + timedelta(hours=rule.offset))
        return day_of(at), at
    if rule.counted is Counted.FRIDAY:
        day = friday_before(occasion.day)
    else:
        day = occasion.day + timedelta(days=rule.offset)
    return day, next_step(at_wall(day, rule.at))


def moved(
    at: datetime,
    rule: RuleRequest,
    occasion: Occasion,
    audience: Audience,
    closed: Collection[date],
    quiet: Quiet,
) -> datetime:
    """The moment at which people may be told: never at night, and on working days unless it is urgent.

    A host's own days are the host's working days.
    """
    works = _days_of(rule, occasion, is_host=audience is Audience.HOST, closed=closed)
    shown = wall(at)
    is_night = _is_night(shown, quiet)
    if works(shown.date()) and not is_night:
        return at
    return _before(shown, is_night, works, quiet) if rule.is_before else _after(shown, works, quiet)


def is_open(
    now: datetime,
    rule: RuleRequest,
    occasion: Occasion,
    *,
    is_host: bool,
    closed: Collection[date],
    quiet: Quiet,
) -> bool:
    """Whether people may be told at this moment: what is found at night waits, as what falls there does."""
    shown = wall(now)
    works = _days_of(rule, occasion, is_host=is_host, closed=closed)
    return works(shown.date()) and not _is_night(shown, quiet)


def _days_of(rule: RuleRequest, occasion: Occasion, *, is_host: bool, closed: Collection[date]) -> _Works:
    """On which days the rule speaks about it."""
    own = occasion.days if is_host else None

    def works(day: date) -> bool:
        is_own = own is not None and own[0] <= day <= own[1]
        return rule.is_urgent or is_own or is_working(day, closed)

    return works


def _is_night(shown: datetime, quiet: Quiet) -> bool:
    return not quiet.ends <= shown.hour < quiet.begins


def is_working(day: date, closed: Collection[date]) -> bool:
    """Monday to Friday, and no holiday."""
    return day.weekday() < 5 and day not in closed


def next_morning(at: datetime, closed: Collection[date]) -> datetime:
    """The first working morning at or after the moment."""
    day = day_of(at)
    if at > at_wall(day, MORNING):
        day += _DAY
    while not is_working(day, closed):
        day += _DAY
    return at_wall(day, MORNING)


def _after(shown: datetime, works: _Works, quiet: Quiet) -> datetime:
    """The morning of the next day that will do; the same day's when it is early."""
    day = shown.date() + (_DAY if shown.hour >= quiet.begins or not works(shown.date()) else timedelta())
    while not works(day):
        day += _DAY
    return at_wall(day, MORNING)


def _before(shown: datetime, is_night: bool, works: _Works, quiet: Quiet) -> datetime:
    """The same hour of the day before that will do; its morning, when that hour is at night."""
    day = shown.date()
    if is_night and shown.hour < quiet.ends:
        day -= _DAY
    while not works(day):
        day -= _DAY
    return at_wall(day, MORNING if is_night else shown.time().replace(tzinfo=None))
