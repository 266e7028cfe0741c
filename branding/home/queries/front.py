"""The front page: what needs this person today, in as few queries as it can be read.

What is counted is counted by one query; what is rare (a pause, a swap) is read when there is some.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlmodel import Session

from branding.core import clock
from branding.core.actor import Actor
from branding.core.db import together
from branding.core.isoweek import Week
from branding.core.policy import covers
from branding.home.queries.calendar import POSTS, turns_of
from branding.home.queries.counts import to_count
from branding.home.queries.first_steps import first_steps
from branding.home.queries.waiting import what_waits
from branding.home.rules import front
from branding.home.rules.plan import plan_now
from branding.home.rules.roles import parts_of
from branding.home.rules.turns import kept_holidays
from branding.home.values import Filters, FrontPage, Part, PlanNow, Turn
from branding.organisation import queries as organisation
from branding.plan.queries import front as plan_queries
from branding.publishing.queries.calendar import today as posts_of_today
from branding.publishing.queries.standing import pauses as pauses_now
from branding.publishing.values.plan import PauseView, PublicationView
from branding.reports.queries.archive import newest_made
from branding.rotation import queries as rotation
from branding.rotation.values import HolidayView
from branding.takeovers import queries as takeovers

EDIT = "plan:activity:edit"
#: How many things the front page says are waiting; the rest are counted.
_MOST_WAITING = 8
_MOST_MINE = 6


def front_page(session: Session, actor: Actor, now: datetime) -> FrontPage:
    """Who has the profile now, the next weeks, and what waits for this person."""
    today, parts = clock.local(now).date(), parts_of(actor.roles)
    first = Week.of(today).monday
    last = first + timedelta(weeks=front.WEEKS_AHEAD + 1)
    units = organisation.units(session, archived=True)
    by_id = {unit.id: unit for unit in units}
    slots = rotation.slots_between(session, first, last)
    made = takeovers.takeovers_between(session, first, last) if slots else []
    turns = turns_of(actor, slots, made, by_id, today)
    counts = together(session, to_count(actor, by_id, today))
    waiting = what_waits(session, actor, turns, by_id, counts, now, today)
    going, pauses = _going(session, actor, parts, counts, now)
    plan = _plan(session, today) if parts & {Part.GAPS, Part.WEEK, Part.GOALS} else None
    has_plans = bool(slots or rotation.plans(session))
    holidays = _holidays(session, first, last, {slot.plan_id for slot in slots})
    return FrontPage(
        greeting=front.greeting(clock.local(now)),
        now=tuple(turn for turn in turns if turn.slot.starts_on <= today <= turn.slot.ends_on),
        weeks=front.coming_weeks(turns, kept_holidays(holidays, Filters(), slots), today),
        waiting=tuple(waiting[:_MOST_WAITING]),
        more_waiting=max(0, len(waiting) - _MOST_WAITING),
        has_plans=has_plans,
        today=going,
        units=by_id,
        pauses=pauses,
        profiles={one.id: one for one in organisation.profiles(session, archived=True)} if pauses else {},
        parts=parts,
        plan=plan,
        gaps=tuple(one for one in plan.gaps if covers(actor, EDIT, one.unit_id)) if plan else (),
        late=tuple(one for one in plan.late if covers(actor, EDIT, one.unit_id)) if plan else (),
        mine=_mine(actor, turns, today) if Part.MINE in parts else (),
        newest=newest_made(session) if Part.REPORT in parts else None,
        steps=() if has_plans and units else first_steps(session, actor, units, has_plans),
    )


def _plan(session: Session, today: date) -> PlanNow:
    return plan_now(*plan_queries.plan_now(session, today), today, plan_queries.LATEST)


def _holidays(session: Session, first: date, last: date, with_turns: set[int]) -> list[HolidayView]:
    """Everybody's holiday weeks and those of plans in use, also of one that has no turn here."""
    found = rotation.holiday_weeks_between(session, first, last)
    if {one.plan_id for one in found} <= {None, *with_turns}:
        return found
    in_use = {None, *with_turns, *(plan.id for plan in rotation.plans(session))}
    return [one for one in found if one.plan_id in in_use]


def _going(
    session: Session, actor: Actor, parts: frozenset[Part], counts: Mapping[str, int], now: datetime
) -> tuple[tuple[PublicationView, ...], tuple[PauseView, ...]]:
    """What goes out today, and the pauses that hold."""
    held = tuple(pauses_now(session)) if counts.get("pauses") else ()
    if Part.TODAY not in parts:
        return (), held
    units = None if covers(actor, POSTS, None) else actor.units
    return tuple(posts_of_today(session, now, units=units, pauses=held)), held


def _mine(actor: Actor, turns: list[Turn], today: date) -> tuple[Turn, ...]:
    """The reader's own weeks that are not over."""
    own = [turn for turn in turns if covers(actor, "takeovers:takeover:edit", turn.unit.id)]
    return tuple(turn for turn in own if turn.slot.ends_on >= today)[:_MOST_MINE]
