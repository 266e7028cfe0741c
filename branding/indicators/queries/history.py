"""Reads of what became of indicators, period by period."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from sqlmodel import Session

from branding.core import clock
from branding.core.text import say
from branding.indicators.queries.facts import facts_for
from branding.indicators.queries.rows import (
    indicator_facts,
    indicator_row,
    indicator_rows,
    node_facts,
    node_rows,
)
from branding.indicators.rules.judging import judge
from branding.indicators.rules.periods import NEVER, periods
from branding.indicators.rules.tree import visible
from branding.indicators.values.facts import Facts
from branding.indicators.values.measures import Aim, Kind
from branding.indicators.values.standing import IndicatorFacts, Period, PeriodStanding
from branding.indicators.values.tree import NodeFacts

_DAY = timedelta(days=1)
#: Some weeks that cross the last day are told of when they are over.
_SHORT = 27
#: More columns than this nobody can tell apart.
MOST_PERIODS = 60


def standings(session: Session, first: date, last: date) -> tuple[PeriodStanding, ...]:
    """Every indicator for every period that ended in this time, and for the one that ran on its last day.

    A period that crosses the last day is judged as it stood then; nothing is judged ahead of today.
    """
    nodes = {row.id or 0: node_facts(row) for row in node_rows(session)}
    shown = visible(nodes.values())
    found = [
        one for one in (indicator_facts(row) for row in indicator_rows(session)) if one.initiative_id in shown
    ]
    facts = facts_for(session, found, first, last)
    today = clock.today()
    return tuple(standing for one in found for standing in _of_one(one, facts, nodes, first, last, today))


def indicator_history(session: Session, indicator_id: int, today: date) -> tuple[PeriodStanding, ...]:
    """One indicator's periods from the day it begins, the latest sixty at most."""
    one = indicator_facts(indicator_row(session, indicator_id))
    nodes = {row.id or 0: node_facts(row) for row in node_rows(session, archived=True)}
    if one.aim.kind is Kind.MILESTONE:
        return ()
    first = min([one.aim.rhythm.begins_on, one.aim.rhythm.first or today])
    # A begin far back, of weeks, would be thousands of periods.
    first = max(first, today - timedelta(days=7 * one.aim.rhythm.every * MOST_PERIODS * 13))
    facts = facts_for(session, [one], first, today)
    # The period that runs now is shown too.
    return tuple(_of_one(one, facts, nodes, first, today + timedelta(days=366), today))[-MOST_PERIODS:]


def _of_one(
    one: IndicatorFacts, facts: Facts, nodes: Mapping[int, NodeFacts], first: date, last: date, today: date
) -> Iterator[PeriodStanding]:
    initiative = nodes[one.initiative_id]
    goal = nodes.get(initiative.parent_id or 0)
    names = (one.name or initiative.text, initiative.text, goal.text if goal else "")
    if one.aim.kind is Kind.MILESTONE:
        if one.aim.done_on is None or one.aim.done_on >= first:
            standing = judge(one, facts, min(last, today))
            yield PeriodStanding(one, *names, _milestone(one.aim, first), standing)
        return
    for period in periods(one.aim.rhythm, first, min(last, today)):
        if period.last <= last or (period.last - period.first).days > _SHORT:
            # What is over is judged as over, what crosses the last day as it stood then.
            on = min(today, last if period.last > last else period.last + _DAY)
            yield PeriodStanding(one, *names, period, judge(one, facts, on, period))


def _milestone(aim: Aim, first: date) -> Period:
    """The day takes the period's place."""
    name = say("%(day)s", day=f"{aim.due_on:%d-%m-%Y}") if aim.due_on else say("no date")
    return Period(min(first, aim.due_on or first), aim.due_on or NEVER, name)
