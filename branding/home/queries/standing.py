"""How the plan and the goals stand: dear to count, so it is kept until the log has grown.

Whatever people change is written in the log.  What is measured in the background (followers, views) is
not, so nothing is kept longer than a quarter of an hour.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlmodel import Session

from branding.core.actor import Actor
from branding.core.db import kept
from branding.core.isoweek import Week
from branding.core.policy import covers
from branding.home.values import GoalsNow, PlanNow
from branding.indicators.queries import behind_in, strategy_map
from branding.plan import queries as plan
from branding.plan.values import ActivityView, FormatSlot, Status

EDIT = "plan:activity:edit"
_QUARTER = 15 * 60


def stamp_of(counts: Mapping[str, int], now: datetime) -> tuple[int | None, int]:
    """The same stamp, the same numbers."""
    return counts.get("stamp"), int(now.timestamp()) // _QUARTER


def plan_on(session: Session, stamp: object, today: date) -> PlanNow:
    def counted() -> PlanNow:
        week = Week.of(today)
        return PlanNow(
            gaps=plan.gaps(session, today),
            late=plan.late_before(session, today),
            week=tuple(
                one
                for one in plan.activities_between(session, week.monday, week.sunday)
                if one.status is not Status.CANCELLED
            ),
            has_formats=bool(plan.formats(session)),
        )

    found: PlanNow = kept(session, "home:plan", (stamp, today), counted)
    return found


def goals_on(session: Session, stamp: object, today: date) -> GoalsNow:
    def judged() -> GoalsNow:
        found = strategy_map(session, today)
        return GoalsNow(found.tally(), behind_in(found))

    found: GoalsNow = kept(session, "home:goals", (stamp, today), judged)
    return found


def own_gaps(actor: Actor, found: PlanNow | None) -> tuple[FormatSlot, ...]:
    """Those that the reader can fill."""
    return tuple(one for one in found.gaps if covers(actor, EDIT, one.unit_id)) if found else ()


def own_late(actor: Actor, found: PlanNow | None) -> tuple[ActivityView, ...]:
    return tuple(one for one in found.late if covers(actor, EDIT, one.unit_id)) if found else ()
