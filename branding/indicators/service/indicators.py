"""Indicators: made, changed, ticked, put in order, put away and brought back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session

from branding.audit.service import record
from branding.core import policy
from branding.core.actor import Actor
from branding.core.errors import RuleBroken
from branding.core.text import Text, say
from branding.indicators.models import Indicator
from branding.indicators.queries.rows import (
    indicator_facts,
    indicator_row,
    indicator_rows,
    last_indicator,
    node_row,
)
from branding.indicators.rules.checks import check_indicator
from branding.indicators.rules.naming import aim_text
from branding.indicators.rules.tree import stepped
from branding.indicators.service.access import EDIT, WRITE, check_version
from branding.indicators.values.measures import MEASURE_NAMES, Aim, IndicatorRequest, Kind
from branding.indicators.values.numbers import stored
from branding.indicators.values.tree import NodeKind

#: What the log says of a change: notes and names stay out of it.
_FIELDS = (
    "name", "kind", "kind_text", "target", "target_text", "unit", "period", "every", "starts_on", "ends_on",
    "period_text", "begins_on", "due_on", "done_on", "measure", "counts",
)  # fmt: skip


def add_indicator(
    session: Session, actor: Actor, initiative_id: int, new: IndicatorRequest, *, now: datetime
) -> int:
    policy.check(actor, EDIT)
    node_row(session, initiative_id, kind=NodeKind.INITIATIVE)
    check_indicator(new)
    row = Indicator(
        initiative_id=initiative_id, place=last_indicator(session, initiative_id) + 1, kind=new.aim.kind,
        period=new.aim.rhythm.kind, begins_on=new.aim.rhythm.begins_on,
    )  # fmt: skip
    _fill(row, new)
    session.add(row)
    session.flush()
    changes = {"name": (None, row.name), "kind": (None, row.kind), "target": (None, row.target)}
    record(session, actor, "indicators:indicator:added", "indicator", row.id, changes=changes, now=now)
    return row.id or 0


def change_indicator(
    session: Session, actor: Actor, indicator_id: int, new: IndicatorRequest, version: int, *, now: datetime
) -> None:
    """What was written in words stays as long as nobody decides otherwise."""
    policy.check(actor, EDIT)
    row = indicator_row(session, indicator_id)
    facts = indicator_facts(row)
    old = IndicatorRequest(
        facts.name, facts.aim, facts.responsible, facts.note, facts.kind_text, facts.target_text
    )
    check_version(row.version, version, _told(new), _told(old))
    check_indicator(new)
    before = {name: getattr(row, name) for name in _FIELDS}
    _fill(row, new)
    row.version += 1
    changes = {name: (before[name], getattr(row, name)) for name in _FIELDS}
    record(
        session, actor, "indicators:indicator:changed", "indicator", indicator_id, changes=changes, now=now
    )


def tick(
    session: Session, actor: Actor, indicator_id: int, done_on: date | None, *, today: date, now: datetime
) -> None:
    """A milestone is reached on this day; None takes it back."""
    policy.check(actor, WRITE)
    row = indicator_row(session, indicator_id)
    if row.kind != Kind.MILESTONE:
        raise RuleBroken("no_milestone", say("Only a milestone can be ticked."))
    if done_on is not None and done_on > today:
        raise RuleBroken("too_early", say("That day has not come yet."), "on")
    changes = {"done_on": (row.done_on, done_on)}
    if row.done_on != done_on:
        row.done_on, row.version = done_on, row.version + 1
        record(
            session, actor, "indicators:indicator:ticked", "indicator", indicator_id, changes=changes, now=now
        )


def set_due(
    session: Session, actor: Actor, indicator_id: int, due_on: date | None, version: int, *, now: datetime
) -> None:
    """A milestone's day, and nothing else of it."""
    facts = indicator_facts(indicator_row(session, indicator_id))
    new = IndicatorRequest(
        facts.name, replace(facts.aim, due_on=due_on), facts.responsible, facts.note, facts.kind_text,
        facts.target_text,
    )  # fmt: skip
    change_indicator(session, actor, indicator_id, new, version, now=now)


def step_indicator(session: Session, actor: Actor, indicator_id: int, *, up: bool, now: datetime) -> None:
    """One place up or down among its initiative's."""
    policy.check(actor, EDIT)
    row = indicator_row(session, indicator_id)
    others = [one for one in indicator_rows(session) if one.initiative_id == row.initiative_id]
    ids = [one.id or 0 for one in others]
    if indicator_id not in ids:
        return
    order = stepped(ids, indicator_id, up=up)
    for one in others:
        one.place = order.index(one.id or 0) + 1
    if order != ids:
        changes = {"place": (ids.index(indicator_id) + 1, order.index(indicator_id) + 1)}
        record(
            session, actor, "indicators:indicator:placed", "indicator", indicator_id, changes=changes, now=now
        )


def put_indicator_away(session: Session, actor: Actor, indicator_id: int, *, now: datetime) -> None:
    """Out of the map; its results stay."""
    policy.check(actor, EDIT)
    row = indicator_row(session, indicator_id)
    if row.archived_at is None:
        row.archived_at, row.version = now, row.version + 1
        record(session, actor, "indicators:indicator:put_away", "indicator", indicator_id, now=now)


def bring_indicator_back(session: Session, actor: Actor, indicator_id: int, *, now: datetime) -> None:
    policy.check(actor, EDIT)
    row = indicator_row(session, indicator_id)
    if row.archived_at is not None:
        row.archived_at, row.version = None, row.version + 1
        record(session, actor, "indicators:indicator:brought_back", "indicator", indicator_id, now=now)


def _fill(row: Indicator, new: IndicatorRequest) -> None:
    aim, rhythm = new.aim, new.aim.rhythm
    row.name, row.responsible, row.note = new.name, new.responsible, new.note
    row.kind, row.kind_text = aim.kind, new.kind_text
    row.target, row.target_text = stored(aim.target) if aim.target is not None else None, new.target_text
    row.unit, row.measure, row.counts = aim.unit, aim.measure, aim.counts
    row.period, row.every, row.period_text = rhythm.kind, rhythm.every, rhythm.written
    row.starts_on, row.ends_on, row.begins_on = rhythm.first, rhythm.last, rhythm.begins_on
    row.due_on, row.done_on = aim.due_on, aim.done_on


def _told(one: IndicatorRequest) -> list[tuple[Text, object]]:
    aim: Aim = one.aim
    return [
        (say("Indicator"), one.name), (say("Target"), aim_text(aim)),
        (say("How it is counted"), MEASURE_NAMES[aim.measure]), (say("Responsible"), one.responsible),
        (say("Note"), one.note),
    ]  # fmt: skip
