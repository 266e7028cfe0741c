"""Which days belong together: weeks, fortnights, months, quarters, years and named periods."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from branding.core.isoweek import Week
from branding.core.text import Text, say
from branding.indicators.values.measures import PeriodKind, Rhythm
from branding.indicators.values.standing import Period

#: An aim without a period has no last day.
NEVER = date(9999, 12, 31)
_DAY, _HALF_A_WEEK = timedelta(days=1), timedelta(days=3)
_MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.YEAR: 12}
#: What happens post by post or takeover by takeover is judged by the quarter, as leaders follow up.
_BY_QUARTER = (PeriodKind.POST, PeriodKind.TAKEOVER)
MONTHS = (
    say("January %(year)s"), say("February %(year)s"), say("March %(year)s"), say("April %(year)s"),
    say("May %(year)s"), say("June %(year)s"), say("July %(year)s"), say("August %(year)s"),
    say("September %(year)s"), say("October %(year)s"), say("November %(year)s"), say("December %(year)s"),
)  # fmt: skip


def period_of(rhythm: Rhythm, on: date) -> Period:
    """The period that is judged on this day; a named one is always the same."""
    if rhythm.kind is PeriodKind.NAMED:
        first, last = rhythm.first or rhythm.begins_on, rhythm.last or NEVER
        return Period(first, last, _named(rhythm, first, last))
    if rhythm.kind is PeriodKind.NONE:
        return Period(rhythm.begins_on, NEVER, say("the whole time"))
    if rhythm.kind in (PeriodKind.WEEK, PeriodKind.WEEKS):
        return _weeks(rhythm, on)
    return _months(PeriodKind.QUARTER if rhythm.kind in _BY_QUARTER else rhythm.kind, on)


def is_repeated(rhythm: Rhythm) -> bool:
    return rhythm.kind not in (PeriodKind.NAMED, PeriodKind.NONE)


def before(rhythm: Rhythm, period: Period) -> Period | None:
    """The period before; None where there is no other, or where it ended before the indicator began."""
    if not is_repeated(rhythm):
        return None
    found = period_of(rhythm, period.first - _DAY)
    return found if _is_counted(rhythm, found) else None


def _is_counted(rhythm: Rhythm, period: Period) -> bool:
    """Weeks that were half over when the indicator began are not its own; longer periods are."""
    if rhythm.kind in (PeriodKind.WEEK, PeriodKind.WEEKS):
        return rhythm.begins_on <= period.first + _HALF_A_WEEK
    return period.last >= rhythm.begins_on


def compared(rhythm: Rhythm, period: Period) -> Period | None:
    """What an increase is measured against: the period before, also when the indicator began after it."""
    if is_repeated(rhythm):
        return period_of(rhythm, period.first - _DAY)
    if rhythm.kind is PeriodKind.NAMED and rhythm.first and rhythm.last:
        length = period.last - period.first + _DAY
        first, last = period.first - length, period.first - _DAY
        return Period(first, last, say("the time before"))
    return None


def periods(rhythm: Rhythm, first: date, last: date) -> Iterator[Period]:
    """Every period with a day in this time, from the indicator's first, in order."""
    period = period_of(rhythm, max(first, rhythm.begins_on))
    while period.first <= last:
        if period.last >= first and (_is_counted(rhythm, period) or not is_repeated(rhythm)):
            yield period
        if not is_repeated(rhythm) or period.last >= NEVER:
            return
        period = period_of(rhythm, period.last + _DAY)


def month_of(day: date) -> Period:
    return _months(PeriodKind.MONTH, day)


def _weeks(rhythm: Rhythm, on: date) -> Period:
    """Some weeks are counted from the Monday of week 1 in the year it begins, over New Year too."""
    every = rhythm.every if rhythm.kind is PeriodKind.WEEKS else 1
    anchor = Week(rhythm.begins_on.year, 1).monday
    length = 7 * every
    first = anchor + timedelta(days=(on - anchor).days // length * length)
    last = first + timedelta(days=length - 1)
    start, end = Week.of(first), Week.of(last)
    if start == end:
        return Period(first, last, say("week %(number)s", number=start.number))
    return Period(first, last, say("weeks %(first)s-%(last)s", first=start.number, last=end.number))


def _months(kind: PeriodKind, on: date) -> Period:
    months = _MONTHS[kind]
    number = (on.month - 1) // months
    first = date(on.year, number * months + 1, 1)
    following = first.month + months
    last = (date(on.year + 1, 1, 1) if following > 12 else date(on.year, following, 1)) - _DAY
    return Period(first, last, _name(kind, first))


def _name(kind: PeriodKind, first: date) -> Text:
    if kind is PeriodKind.MONTH:
        return say(MONTHS[first.month - 1].msgid, year=first.year)
    if kind is PeriodKind.QUARTER:
        return say("quarter %(number)s of %(year)s", number=(first.month + 2) // 3, year=first.year)
    return say("the year %(year)s", year=first.year)


def _named(rhythm: Rhythm, first: date, last: date) -> Text:
    if rhythm.written:
        return say("%(period)s", period=rhythm.written)
    return say("%(first)s to %(last)s", first=f"{first:%d-%m-%Y}", last=f"{last:%d-%m-%Y}")
