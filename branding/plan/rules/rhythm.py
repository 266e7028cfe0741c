"""On which days a recurring format comes round, and what it means to change its rhythm."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.plan.rules.activities import check_day
from branding.plan.values import FormatRequest, Rhythm, RhythmView

_WEEK = timedelta(days=7)
#: The longest step of each rhythm, so that nobody plans beyond the calendar.
_MOST = {Rhythm.DAYS: 99, Rhythm.WEEKS: 52, Rhythm.MONTHS: 24, Rhythm.QUARTERS: 8}


def slots(rhythms: Iterable[RhythmView], first: date, last: date) -> list[date]:
    """The days on which a format comes round in a period, in order.  Days are Danish days on the wall: a
    clock that changes moves none.  A slot in a holiday stays where it is."""
    found = {day for one in rhythms for day in _days(one, first, last)}
    return sorted(found)


def _days(one: RhythmView, first: date, last: date) -> Iterator[date]:
    first = max(first, one.valid_from, one.anchor_on)
    last = min(last, one.valid_until) if one.valid_until else last
    if first > last:
        return
    if one.rhythm in (Rhythm.DAYS, Rhythm.WEEKS):
        yield from _steady(one, first, last)
    else:
        yield from _monthly(one, first, last)


def _steady(one: RhythmView, first: date, last: date) -> Iterator[date]:
    begin = one.anchor_on
    step = timedelta(days=one.every)
    if one.rhythm == Rhythm.WEEKS:
        begin, step = _first_weekday(one.anchor_on, one.weekday or 0), _WEEK * one.every
    missed = max(0, -(-(first - begin) // step))
    day = begin + step * missed
    while day <= last:
        yield day
        day += step


def _monthly(one: RhythmView, first: date, last: date) -> Iterator[date]:
    """The same weekday of the month as the first time: the second Tuesday stays the second, the fifth is the
    last."""
    begin = _first_weekday(one.anchor_on, one.weekday or 0)
    nth, step = (begin.day - 1) // 7, one.every * (3 if one.rhythm == Rhythm.QUARTERS else 1)
    at = begin.year * 12 + begin.month - 1
    behind = max(0, (first.year * 12 + first.month - 1 - at) // step)
    at += behind * step
    while at // 12 < date.max.year:
        day = _nth_weekday(at // 12, at % 12 + 1, begin.weekday(), nth)
        if day > last:
            return
        if day >= first:
            yield day
        at += step


def _first_weekday(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    day = _first_weekday(date(year, month, 1), weekday) + _WEEK * nth
    return day if day.month == month else day - _WEEK


def check_format(request: FormatRequest) -> FormatRequest:
    """A format that can come round; RuleBroken names the field that cannot."""
    title = " ".join(request.title.split())
    if not title:
        raise RuleBroken("no_title", say("Write a title."), "title")
    most = _MOST[request.rhythm]
    if not 1 <= request.every <= most:
        raise RuleBroken("bad_step", say("Write a number from 1 to %(most)s.", most=most), "every")
    check_day(request.starts_on)
    if request.until is not None and check_day(request.until, "until") < request.starts_on:
        raise RuleBroken("ends_early", say("The last day comes before the first."), "until")
    weekday = None if request.rhythm == Rhythm.DAYS else (request.weekday or 0)
    return replace(request, title=title, weekday=weekday)


def changed_rhythm(rhythms: Sequence[RhythmView], request: FormatRequest, today: date) -> tuple[bool, date]:
    """Whether the form asks for another rhythm, and the day from which it may count: today at the earliest,
    since what lies behind us was planned by the one before.  Only a format's first, which has not begun
    either, may begin on any day."""
    current = rhythms[-1]
    wanted = (request.rhythm, request.every, request.weekday, request.starts_on)
    is_new = wanted != (current.rhythm, current.every, current.weekday, current.anchor_on)
    has_past = len(rhythms) > 1 or current.valid_from < today
    return is_new, max(today, request.starts_on) if has_past else request.starts_on
