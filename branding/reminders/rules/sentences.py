"""A rule as people say it: when, to whom and how."""

from __future__ import annotations

from branding.core.text import Text, say, say_n
from branding.reminders.values.reminding import RuleRequest
from branding.reminders.values.triggers import Counted, Trigger
from branding.reminders.values.words import ANCHORS

_WEEK = 7


def when(asked: RuleRequest) -> Text:
    """``4 weeks before the first day, 08.00``"""
    clock = f"{asked.at:%H.%M}"
    anchor, number = ANCHORS[asked.trigger], abs(asked.offset)
    if asked.counted is Counted.FRIDAY:
        return say("The Friday before, at %(time)s", time=clock)
    if asked.counted is Counted.HOURS:
        if asked.offset < 0:
            return say_n("%(num)s hour before %(what)s", "%(num)s hours before %(what)s", number, what=anchor)
        return say_n("%(num)s hour after %(what)s", "%(num)s hours after %(what)s", number, what=anchor)
    if asked.offset == 0:
        if asked.trigger is Trigger.WEEK:
            return say("Each Monday at %(time)s", time=clock)
        return say("On the day of %(what)s, at %(time)s", what=anchor, time=clock)
    if number % _WEEK == 0:
        return _weeks(asked.offset // _WEEK, anchor, clock)
    return _days(asked.offset, anchor, clock)


def _days(days: int, anchor: Text, clock: str) -> Text:
    if days < 0:
        return say_n(
            "%(num)s day before %(what)s, at %(time)s",
            "%(num)s days before %(what)s, at %(time)s",
            -days,
            what=anchor,
            time=clock,
        )
    return say_n(
        "%(num)s day after %(what)s, at %(time)s",
        "%(num)s days after %(what)s, at %(time)s",
        days,
        what=anchor,
        time=clock,
    )


def _weeks(weeks: int, anchor: Text, clock: str) -> Text:
    if weeks < 0:
        return say_n(
            "%(num)s week before %(what)s, at %(time)s",
            "%(num)s weeks before %(what)s, at %(time)s",
            -weeks,
            what=anchor,
            time=clock,
        )
    return say_n(
        "%(num)s week after %(what)s, at %(time)s",
        "%(num)s weeks after %(what)s, at %(time)s",
        weeks,
        what=anchor,
        time=clock,
    )
