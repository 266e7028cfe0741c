"""Which days a report is about: as people write them, and as a schedule counts them from the day it runs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from branding.core.errors import RuleBroken
from branding.core.isoweek import Week
from branding.core.text import Text, say
from branding.reports.values.orders import Kind
from branding.reports.values.schedules import Rhythm, Span

#: Reports are about years, not about centuries.
LONGEST = timedelta(days=5 * 366)
#: Far from the ends of what a date can be, so that days can be added.
_YEARS = range(2000, 2101)
#: A schedule whose day went by while nothing ran is made up for within this time, then left out.
_GRACE = timedelta(days=5)


def day_of(text: str, *, is_last: bool) -> date:
    """``2022-W33`` is its Monday, or its Sunday as the last day; otherwise ``2022-08-15``.

    Raises RuleBroken(``no_day``) for anything else.
    """
    try:
        week = Week.parse(text)
    except ValueError:
        try:
            return date.fromisoformat(text.strip())
        except ValueError:
            raise RuleBroken(
                "no_day",
                say("Write a week like 2022-W33 or a day like 2022-08-15, not “%(text)s”.", text=text),
            ) from None
    return week.sunday if is_last else week.monday


def check_period(first: date, last: date) -> None:
    """The days must be in order, of our time, and not more than five years."""
    for day, field in ((first, "first"), (last, "last")):
        if day.year not in _YEARS:
            text = say("Choose days between %(first)s and %(last)s.", first=_YEARS[0], last=_YEARS[-1])
            raise RuleBroken("no_such_year", text, field)
    if last < first:
        raise RuleBroken("ends_before", say("The last day is before the first."), "last")
    if last - first > LONGEST:
        raise RuleBroken("too_long", say("A report covers five years at most."), "last")


def usual_days(kind: Kind, today: date) -> tuple[date, date]:
    """What is shown before somebody chooses."""
    week = Week.of(today)
    if kind is Kind.CONTENT_PLAN:
        return (week + -4).monday, (week + 8).sunday
    if kind is Kind.STRATEGY:
        return _quarter(today)
    if kind is Kind.CONSENT:
        return (week + -11).monday, week.sunday
    return (week + -51).monday, week.sunday


def days_of(span: Span, on: date) -> tuple[date, date]:
    """The days of a scheduled report that is made on this day."""
    week = Week.of(on)
    before = on.replace(day=1) - timedelta(days=1)
    found: Mapping[Span, tuple[date, date]] = {
        Span.THIS_AND_NEXT_WEEK: (week.monday, (week + 1).sunday),
        Span.LAST_WEEK: ((week + -1).monday, (week + -1).sunday),
        Span.NEXT_EIGHT_WEEKS: (week.monday, (week + 7).sunday),
        Span.LAST_MONTH: (before.replace(day=1), before),
        Span.LAST_QUARTER: _quarter(_quarter(on)[0] - timedelta(days=1)),
        Span.THIS_QUARTER: _quarter(on),
        Span.THIS_YEAR: (date(on.year, 1, 1), date(on.year, 12, 31)),
        Span.LAST_YEAR: (date(on.year - 1, 1, 1), date(on.year - 1, 12, 31)),
    }
    return found[span]


def _quarter(day: date) -> tuple[date, date]:
    month = (day.month - 1) // 3 * 3 + 1
    after = date(day.year + month // 10, (month + 2) % 12 + 1, 1)
    return date(day.year, month, 1), after - timedelta(days=1)


_QUICK: Mapping[Kind, tuple[Span, ...]] = {
    Kind.CONTENT_PLAN: (Span.THIS_AND_NEXT_WEEK, Span.NEXT_EIGHT_WEEKS, Span.THIS_QUARTER, Span.THIS_YEAR),
    Kind.TAKEOVERS: (Span.LAST_WEEK, Span.LAST_MONTH, Span.THIS_YEAR, Span.LAST_YEAR),
    Kind.CONSENT: (Span.LAST_WEEK, Span.LAST_MONTH, Span.THIS_QUARTER, Span.THIS_YEAR),
    Kind.STRATEGY: (Span.THIS_QUARTER, Span.LAST_QUARTER, Span.THIS_YEAR, Span.LAST_YEAR),
    Kind.EXPERIENCES: (Span.LAST_MONTH, Span.LAST_QUARTER, Span.THIS_YEAR, Span.LAST_YEAR),
}


def quick_choices(kind: Kind, today: date) -> list[tuple[Text, date, date]]:
    """Periods that people ask for again and again, by name."""
    return [(SPANS[span], *days_of(span, today)) for span in _QUICK[kind]]


def latest_run(rhythm: Rhythm, today: date) -> date:
    """The latest day, today included, on which a report of this rhythm was to be made."""
    if rhythm is Rhythm.WEEKLY:
        return Week.of(today).monday
    return today.replace(day=1) if rhythm is Rhythm.MONTHLY else _quarter(today)[0]


def due_run(rhythm: Rhythm, since: date, today: date) -> date | None:
    """The day whose report is to be made now; None when there is none.

    ``since``: when the schedule was made or put on again, so that nothing is made for the time before.
    What is more than five days late is left to the next time: people have looked for themselves.
    """
    run = latest_run(rhythm, today)
    return run if since <= run and today - run <= _GRACE else None


def next_run(rhythm: Rhythm, today: date) -> date:
    """The first day after today."""
    if rhythm is Rhythm.WEEKLY:
        return (Week.of(today) + 1).monday
    if rhythm is Rhythm.MONTHLY:
        return (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    return _quarter(today)[1] + timedelta(days=1)


SPANS: Mapping[Span, Text] = {
    Span.THIS_AND_NEXT_WEEK: say("this week and the next"),
    Span.LAST_WEEK: say("the week before"),
    Span.NEXT_EIGHT_WEEKS: say("the next eight weeks"),
    Span.LAST_MONTH: say("the month before"),
    Span.LAST_QUARTER: say("the quarter before"),
    Span.THIS_QUARTER: say("this quarter"),
    Span.THIS_YEAR: say("this year"),
    Span.LAST_YEAR: say("the year before"),
}
RHYTHMS: Mapping[Rhythm, Text] = {
    Rhythm.WEEKLY: say("every Monday"),
    Rhythm.MONTHLY: say("the first of every month"),
    Rhythm.QUARTERLY: say("the first of every quarter"),
}
