"""The fairness report of a plan: who has had turns, who has not, and which weeks ahead are empty."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlmodel import Session

from branding.core.isoweek import Week
from branding.core.text import Text, say, say_n
from branding.organisation import queries as organisation
from branding.organisation.values import UnitKind
from branding.rotation.queries.holidays import holiday_weeks_of
from branding.rotation.queries.plans import plan_view, plans
from branding.rotation.queries.slots import slots_between
from branding.rotation.rules.planner.fairness import WEEKS_AHEAD, WEEKS_BACK, empty_weeks, unit_turns
from branding.rotation.values import PlanStatus
from branding.rotation.values.planning import Fairness, UnitTurns


def fairness_of(session: Session, plan_id: int, this_week: Week) -> Fairness:
    """The report as of this week: a year back and everything planned.

    Last year's plan, and others on the same profile, count too: a fresh plan has no past of its own.
    """
    plan = plan_view(session, plan_id)
    every = [
        one for one in [*plans(session), *plans(session, archived=True)] if one.profile_id == plan.profile_id
    ]
    alike = [one.id for one in every if one.area_id == plan.area_id]
    slots = slots_between(session, (this_week + -WEEKS_BACK).monday, date.max, alike)
    had = {slot.unit_id for slot in slots}
    units = [unit for unit in organisation.units(session) if plan.area_id in (None, unit.area_id)]
    kind = UnitKind.AREA if plan.area_id is None else UnitKind.DEPARTMENT
    unit_ids = [unit.id for unit in units if unit.kind == kind or unit.id in had]
    found = unit_turns(unit_ids, [(slot.unit_id, slot.block) for slot in slots], this_week)
    sharing = [one.id for one in every if one.status is PlanStatus.ACTIVE]
    end = this_week.monday + timedelta(weeks=WEEKS_AHEAD + 1)
    taken = [slot.block for slot in slots_between(session, this_week.monday, end, {plan_id, *sharing})]
    closed = {holiday.week for holiday in holiday_weeks_of(session, plan_id)}
    empty = empty_weeks(taken, closed, this_week)
    names = {unit.id: unit.short_name or unit.name for unit in units}
    return Fairness(tuple(found), tuple(empty), tuple(_told(found, empty, names)))


def _told(found: Sequence[UnitTurns], empty: Sequence[Week], names: dict[int, str]) -> list[Text]:
    """One sentence about turns, one about empty weeks."""
    without = [names[one.unit_id] for one in found if not one.turns]
    much = [names[one.unit_id] for one in found if one.standing > 0]
    told: list[Text] = []
    if without:
        told.append(
            say_n(
                "%(names)s has had no turn in a year and has none planned.",
                "%(names)s have had no turn in a year and have none planned.",
                len(without),
                names=", ".join(without),
            )
        )
    elif found:
        told.append(say("Everybody has had a turn in the last year, or has one planned."))
    if found and (least := min(one.weeks for one in found)) < (most := max(one.weeks for one in found)):
        told.append(say("From %(least)s to %(most)s weeks.", least=least, most=most))
    if much:
        told.append(
            say_n(
                "%(names)s has clearly more than the others.",
                "%(names)s have clearly more than the others.",
                len(much),
                names=", ".join(much),
            )
        )
    if empty:
        told.append(
            say_n(
                "%(num)s week is free in the next half year.",
                "%(num)s weeks are free in the next half year.",
                len(empty),
            )
        )
    return told
