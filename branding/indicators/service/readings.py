"""Results that somebody writes down for an indicator's period."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session

from branding.audit.service import record
from branding.core import policy
from branding.core.actor import Actor
from branding.core.errors import Conflict, RuleBroken
from branding.core.text import Text, say
from branding.indicators.models import IndicatorReading
from branding.indicators.queries.rows import indicator_facts, indicator_row, reading_row, reading_rows
from branding.indicators.rules.checks import check_day
from branding.indicators.rules.periods import period_of
from branding.indicators.service.access import WRITE, check_version, ref_of
from branding.indicators.values.measures import Kind, Measure, ReadingRequest
from branding.indicators.values.numbers import number, stored
from branding.indicators.values.standing import Period
from branding.indicators.values.tree import LONGEST_NOTE


def write_reading(
    session: Session, actor: Actor, indicator_id: int, new: ReadingRequest, *, today: date, now: datetime
) -> int:
    """For the period that holds the day; a period has one result, which is changed, not added to."""
    policy.check(actor, WRITE)
    period = _period(session, indicator_id, new, today)
    same = [one for one in reading_rows(session, indicator_id) if one.starts_on == period.first]
    if same:
        text = say("There is a result for %(period)s already. Change that one.", period=period.name)
        raise RuleBroken("written", text, "on")
    row = IndicatorReading(
        indicator_id=indicator_id, starts_on=period.first, ends_on=period.last, value=stored(new.value),
        note=new.note, made_by=ref_of(actor), made_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    changes = {"starts_on": (None, row.starts_on), "value": (None, row.value)}
    record(
        session, actor, "indicators:reading:written", "indicator_reading", row.id, changes=changes, now=now
    )
    return row.id or 0


def change_reading(
    session: Session, actor: Actor, reading_id: int, new: ReadingRequest, version: int, *, now: datetime
) -> None:
    """Value and note; another period is another result."""
    policy.check(actor, WRITE)
    row = reading_row(session, reading_id)
    _check(session, row.indicator_id, new)
    check_version(
        row.version, version, _told(number(new.value), new.note), _told(row.value.replace(".", ","), row.note)
    )
    changes = {"value": (row.value, stored(new.value))}
    row.value, row.note = stored(new.value), new.note
    row.made_by, row.made_at, row.version = ref_of(actor), now, row.version + 1
    record(
        session,
        actor,
        "indicators:reading:changed",
        "indicator_reading",
        reading_id,
        changes=changes,
        now=now,
    )


def remove_reading(session: Session, actor: Actor, reading_id: int, version: int, *, now: datetime) -> None:
    """It was a mistake: the period is unknown again.  The log keeps what it was."""
    policy.check(actor, WRITE)
    row = reading_row(session, reading_id)
    if row.version != version:
        text = say("Somebody else has changed this since you opened the page.")
        raise Conflict("map_changed", text, [(say("Result"), say("removed"))],
                       _told(row.value.replace(".", ","), row.note))  # fmt: skip
    changes = {"value": (row.value, None), "starts_on": (row.starts_on, None)}
    record(
        session,
        actor,
        "indicators:reading:removed",
        "indicator_reading",
        reading_id,
        changes=changes,
        now=now,
    )
    session.delete(row)
    session.flush()


def _period(session: Session, indicator_id: int, new: ReadingRequest, today: date) -> Period:
    _check(session, indicator_id, new)
    aim = indicator_facts(indicator_row(session, indicator_id)).aim
    period = period_of(aim.rhythm, new.on)
    if period.first > today:
        raise RuleBroken("too_early", say("That period has not begun yet."), "on")
    return period


def _check(session: Session, indicator_id: int, new: ReadingRequest) -> None:
    check_day(new.on, "on")
    aim = indicator_facts(indicator_row(session, indicator_id)).aim
    if aim.measure is not Measure.HAND or aim.kind is Kind.MILESTONE:
        raise RuleBroken(
            "counts_itself", say("This indicator counts itself. Nothing is written down for it.")
        )
    if new.value < 0 or (aim.kind is Kind.SHARE and new.value > 100):
        text = (
            say("A share lies between 0 and 100.")
            if aim.kind is Kind.SHARE
            else say("A number is 0 or more.")
        )
        raise RuleBroken("bad_value", text, "value")
    if len(new.note) > LONGEST_NOTE:
        raise RuleBroken("long", say("Write at most %(count)s characters.", count=LONGEST_NOTE), "note")


def _told(value: str, note: str) -> list[tuple[Text, object]]:
    return [(say("Result"), value), (say("Note"), note)]
