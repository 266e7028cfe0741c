"""What plan and goals give people to be reminded of: open places, indicators behind, and a new week."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from sqlmodel import Session

from branding.accounts import queries as accounts
from branding.core import clock
from branding.core.isoweek import Week
from branding.indicators.queries import behind
from branding.plan.queries import gaps
from branding.reminders.queries.span import Span
from branding.reminders.values.reminding import Occasion
from branding.reminders.values.triggers import Audience, Trigger

_WEEK = timedelta(weeks=1)


def plan_occasions(session: Session, span: Span) -> Iterator[Occasion]:
    names: Mapping[str, str] = {}
    if span.asks(Trigger.PLAN_GAP, Trigger.INDICATOR):
        people = accounts.people(session)
        names = {one.name.casefold(): f"user:{one.id}" for one in people if one.deactivated_at is None}
    if span.asks(Trigger.PLAN_GAP):
        yield from _gaps(session, span, names)
    if span.asks(Trigger.INDICATOR):
        yield from _behind(session, span, names)
    if span.asks(Trigger.WEEK):
        yield from _weeks(span)


def _gaps(session: Session, span: Span, names: Mapping[str, str]) -> Iterator[Occasion]:
    """Nothing is in the plan where a format comes round."""
    last = span.around(Trigger.PLAN_GAP)[1]
    for one in gaps(session, span.today, weeks=max(1, (last - span.today) // _WEEK)):
        yield Occasion(
            Trigger.PLAN_GAP,
            f"format:{one.format_id}:{one.on:%Y%m%d}",
            one.on,
            until=clock.at_local(one.on),
            unit_id=one.unit_id,
            path="/content-plan/formats",
            people=_responsible(one.responsible, names),
            words={"title": one.title, "channel": one.channel.name},
        )


def _behind(session: Session, span: Span, names: Mapping[str, str]) -> Iterator[Occasion]:
    """Told once a month as long as it is so; the day is the first of the month."""
    months = {date(day.year, day.month, 1) for day in (span.today, span.until)}
    for one in behind(session, span.today):
        for month in sorted(months):
            yield Occasion(
                Trigger.INDICATOR,
                f"indicator:{one.id}:{month:%Y%m}",
                month,
                path=f"/strategy/indicators/{one.id}",
                people=_responsible(one.responsible, names),
                words={"title": one.name},
            )


def _weeks(span: Span) -> Iterator[Occasion]:
    first, last = span.around(Trigger.WEEK)
    week = Week.of(first)
    while week.monday <= last:
        yield Occasion(Trigger.WEEK, f"week:{week}", week.monday, path="/", days=(week.monday, week.sunday))
        week += 1


def _responsible(name: str, names: Mapping[str, str]) -> Mapping[Audience, tuple[str, ...]]:
    """The person of that name; of somebody without an account communications hears."""
    ref = names.get(name.casefold())
    return {Audience.RESPONSIBLE: (ref,)} if ref else {}
