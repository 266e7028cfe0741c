"""What the planner's forms begin with: in the plan's own manner, so that one button is mostly enough."""

from __future__ import annotations

import re

from sqlmodel import Session

from branding.core.isoweek import Week, weeks_in
from branding.organisation import queries as organisation
from branding.rotation import queries
from branding.rotation.service.ground import takers, usual_gap, usual_length
from branding.rotation.values.planning import FillRequest

#: A rest of a year that is shorter than this is planned together with the next.
_SHORT_REST = 8


def suggested_fill(session: Session, plan_id: int, today: Week) -> FillRequest:
    """What the form begins with: after the plan's last turn, or next year, in the plan's own manner."""
    plan = queries.plan_view(session, plan_id)
    slots = queries.slots_of_plan(session, plan_id)
    last = max((slot.block.last for slot in slots), default=None)
    first = last + 1 if last is not None and last >= today else Week(today.year + 1, 1)
    end = Week(first.year, weeks_in(first.year))
    if end - first < _SHORT_REST:
        end = Week(first.year + 1, weeks_in(first.year + 1))
    units = takers(organisation.units(session), plan, slots)
    length = usual_length(slots)
    gap = min(usual_gap(slots), max(0, (len(units) - 1) * length // 2))
    return FillRequest(first, end, length, gap, dict.fromkeys(units, 1))


def suggested_name(name: str, year: int) -> str:
    """``Takeovers 2026`` -> ``Takeovers 2027``; a name without a year gets one."""
    found, times = re.subn(r"\b(19|20)\d\d\b", str(year), name)
    return found if times else f"{name} {year}"


def free_name(session: Session, name: str) -> str:
    """The name, or the next free one when another plan has it, perhaps the archived one of an undone copy."""
    wanted, number = name, 1
    while queries.find_plan_by_name(session, wanted):
        number += 1
        wanted = f"{name} ({number})"
    return wanted
