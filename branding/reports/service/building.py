"""One report from what the database knows: check the reader's right, load the facts, let the rule write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlmodel import Session

from branding.core import clock, policy
from branding.core.actor import Actor
from branding.indicators import queries as indicators
from branding.plan import queries as plan
from branding.reports.queries.consent import consent_facts
from branding.reports.queries.content_plan import plan_lines
from branding.reports.queries.reach import Reach, reach
from branding.reports.queries.takeovers import experiences, takeover_facts
from branding.reports.rules.consent import OpenEnds, consent_report
from branding.reports.rules.content_plan import IN_CALENDAR, calendar_event, content_plan_report
from branding.reports.rules.experiences import experiences_report
from branding.reports.rules.periods import check_period
from branding.reports.rules.strategy import strategy_report
from branding.reports.rules.takeovers import takeover_report
from branding.reports.values.orders import Kind, Order
from branding.reports.values.report import Report
from branding.takeovers.values.feeds import CalendarEvent

_HOSTS = "takeovers:takeover:view"


def report(session: Session, actor: Actor, order: Order, *, now: datetime) -> Report:
    """Raises ``RuleBroken`` for a period that cannot be, ``Missing`` for another unit's report."""
    check_period(order.first, order.last)
    return _WRITERS[order.kind](session, actor, order, reach(session, actor, order), now)


def _takeovers(session: Session, actor: Actor, order: Order, there: Reach, now: datetime) -> Report:
    names_hosts = not order.for_leaders and all(policy.covers(actor, _HOSTS, one) for one in there.units)
    facts = takeover_facts(session, order, there, names_hosts=names_hosts)
    return takeover_report(facts, order.first, order.last, there.scope, names_hosts=names_hosts)


def _consent(session: Session, actor: Actor, order: Order, there: Reach, now: datetime) -> Report:
    facts = consent_facts(session, order, now)
    units = {unit_id: there.name_of(unit_id) for unit_id in there.units}
    open_ends = OpenEnds(facts.takedowns, facts.undeclared, facts.unverified)
    return consent_report(
        facts.people,
        facts.answers,
        facts.forms,
        units,
        open_ends,
        order.first,
        order.last,
        there.scope,
    )


def _experiences(session: Session, actor: Actor, order: Order, there: Reach, now: datetime) -> Report:
    told, possible = experiences(session, order, there)
    return experiences_report(told, possible, order.first, order.last, there.scope)


def _content_plan(session: Session, actor: Actor, order: Order, there: Reach, now: datetime) -> Report:
    today = clock.local(now).date()
    channels = {one.id: one.name for one in plan.channels(session, archived=True)}
    scope = (*there.scope, *([channels[order.channel_id]] if order.channel_id in channels else []))
    lines = plan_lines(session, order, there, today)
    return content_plan_report(
        lines, order.first, order.last, scope, today, names_people=not order.for_leaders
    )


def plan_events(session: Session, actor: Actor, order: Order, *, now: datetime) -> list[CalendarEvent]:
    """The lines of a content plan that are still to happen or have happened, for a calendar."""
    check_period(order.first, order.last)
    lines = plan_lines(session, order, reach(session, actor, order), clock.local(now).date())
    return [calendar_event(one, now) for one in lines if one.outcome in IN_CALENDAR]


def _strategy(session: Session, actor: Actor, order: Order, there: Reach, now: datetime) -> Report:
    """The map is everybody's: it is not narrowed to a unit."""
    on = min(order.last, clock.local(now).date())
    return strategy_report(
        indicators.strategy_map(session, on),
        indicators.standings(session, order.first, order.last),
        indicators.key_figures(session),
        order.first,
        order.last,
        (),
    )


_WRITERS: Mapping[Kind, Callable[[Session, Actor, Order, Reach, datetime], Report]] = {
    Kind.CONTENT_PLAN: _content_plan,
    Kind.TAKEOVERS: _takeovers,
    Kind.CONSENT: _consent,
    Kind.STRATEGY: _strategy,
    Kind.EXPERIENCES: _experiences,
}
