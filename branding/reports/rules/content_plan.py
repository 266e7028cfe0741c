"""The content plan as a report: what was planned, done and missed on every channel, and what comes next."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from branding.core.danish import sort_key
from branding.core.text import Text, say
from branding.reports.values.report import Chart, Column, Figure, Report, Series, Table, Type, Value, Words
from branding.takeovers.values.feeds import CalendarEvent, EventStatus


class Outcome(StrEnum):
    """What became of a line of the plan by the day the report is made."""

    DONE = "done"
    MISSED = "missed"
    COMING = "coming"
    CANCELLED = "cancelled"
    IDEA = "idea"


@dataclass(frozen=True, slots=True)
class Line:
    """An activity, a takeover, or a slot of a recurring format that nobody has filled."""

    first: date
    last: date
    channel: Words
    title: str
    kind: Words
    unit: str
    audience: str
    responsible: str
    state: Text
    outcome: Outcome
    link: str = ""


def content_plan_report(
    lines: Sequence[Line],
    first: date,
    last: date,
    scope: tuple[Words, ...],
    today: date,
    *,
    names_people: bool = True,
) -> Report:
    """A row for each line, by date; what is only an idea or called off is listed and not counted."""
    by_outcome = {outcome: sum(one.outcome is outcome for one in lines) for outcome in Outcome}
    counted = sum(by_outcome[one] for one in (Outcome.DONE, Outcome.MISSED, Outcome.COMING))
    return Report(
        title=say("Content plan"),
        first=first,
        last=last,
        scope=scope,
        figures=(
            Figure(say("planned in all"), counted),
            Figure(say("carried out"), by_outcome[Outcome.DONE]),
            Figure(say("missed"), by_outcome[Outcome.MISSED]),
            Figure(say("to come"), by_outcome[Outcome.COMING]),
        ),
        chart=_chart(lines) if counted else None,
        tables=(_channels(lines), _table(lines, names_people)),
        notes=(
            say(
                "As it stood on %(day)s. Missed means: the last day is over and nobody has marked it done, "
                "or a recurring slot was never filled.",
                day=today,
            ),
        ),
    )


def _table(lines: Sequence[Line], names_people: bool) -> Table:
    by_day = sorted(lines, key=lambda one: (one.first, one.last, sort_key(one.title), one.title))
    return Table(
        say("Day by day"),
        (
            Column(say("First day"), Type.DAY),
            Column(say("Last day"), Type.LAST_DAY),
            Column(say("Channel")),
            Column(say("What")),
            Column(say("Kind")),
            Column(say("Unit")),
            Column(say("For whom")),
            *([Column(say("Responsible"))] if names_people else []),
            Column(say("State")),
            Column(say("Link"), Type.LINK),
        ),
        tuple(_row(one, names_people) for one in by_day),
        say("Nothing is planned in this period."),
    )


def _row(one: Line, names_people: bool) -> tuple[Value, ...]:
    return (
        one.first,
        one.last,
        one.channel,
        one.title,
        one.kind,
        one.unit,
        one.audience,
        *([one.responsible] if names_people else []),
        one.state,
        one.link or None,
    )


def _names(lines: Sequence[Line]) -> list[Words]:
    """The channels in the order of how much is on them."""
    found = Counter(one.channel for one in lines)
    return sorted(found, key=lambda name: (-found[name], sort_key(str(name))))


def _count(lines: Sequence[Line], channel: Words, *outcomes: Outcome) -> int:
    return sum(one.channel == channel and one.outcome in outcomes for one in lines)


#: What has been called off, or is only an idea, nobody wants in a calendar.
IN_CALENDAR = (Outcome.DONE, Outcome.MISSED, Outcome.COMING)


def calendar_event(one: Line, now: datetime) -> CalendarEvent:
    """A line as an event of whole days; the same line has the same id, so that it is not shown twice."""
    said = f"{one.first}|{one.channel}|{one.kind}|{one.unit}|{one.title}"
    return CalendarEvent(
        uid=f"plan-{hashlib.sha256(said.encode()).hexdigest()[:24]}@stafet",
        sequence=0,
        changed_at=now.replace(microsecond=0),
        starts_on=one.first,
        ends_on=one.last,
        status=EventStatus.CONFIRMED,
        summary=f"{one.channel}: {one.title}",
        description="\n".join(part for part in (one.unit, one.audience, one.responsible) if part),
        url=one.link,
    )


_COUNTED = (Outcome.DONE, Outcome.MISSED, Outcome.COMING)


def _channels(lines: Sequence[Line]) -> Table:
    return Table(
        say("Channel by channel"),
        (
            Column(say("Channel")),
            Column(say("Planned"), Type.WHOLE),
            Column(say("Done"), Type.WHOLE),
            Column(say("Missed"), Type.WHOLE),
            Column(say("To come"), Type.WHOLE),
        ),
        tuple(
            (name, _count(lines, name, *_COUNTED), *(_count(lines, name, one) for one in _COUNTED))
            for name in _names(lines)
        ),
        say("Nothing is planned in this period."),
    )


def _chart(lines: Sequence[Line]) -> Chart:
    names = [name for name in _names(lines) if _count(lines, name, *_COUNTED)]
    planned = tuple(float(_count(lines, name, *_COUNTED)) for name in names)
    done = tuple(float(_count(lines, name, Outcome.DONE)) for name in names)
    return Chart(
        say("Planned and done"),
        say("%(done)s of %(planned)s are done.", done=int(sum(done)), planned=int(sum(planned))),
        tuple(names),
        (Series(say("Planned"), planned), Series(say("Done"), done)),
    )
