"""What Monday's letter says of this week and the next: three queries, whoever reads it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlmodel import Session

from branding.core.isoweek import Week
from branding.organisation.values import UnitView
from branding.reminders.values.letters import WeekLine
from branding.rotation import queries as rotation
from branding.rotation.values import SlotStatus
from branding.takeovers import queries as takeovers
from branding.takeovers.values import TakeoverStatus


def week_lines(
    session: Session, monday: date, units: Mapping[int, UnitView]
) -> tuple[tuple[Week, tuple[WeekLine, ...]], ...]:
    """This week and the next, with everybody's takeovers and the weeks that have none yet."""
    this = Week.of(monday)
    both = (this, this + 1)
    every = takeovers.takeovers_between(session, both[0].monday, both[1].sunday)
    ahead = [one for one in every if one.status != TakeoverStatus.CANCELLED]
    taken = {one.slot_id for one in ahead}
    found = [
        WeekLine(
            units[one.unit_id].name,
            units[one.unit_id].area_id,
            one.starts_on,
            one.ends_on,
            one.status.value,
            f"/takeovers/{one.id}",
        )
        for one in ahead
    ]
    found += [
        WeekLine(
            units[slot.unit_id].name,
            units[slot.unit_id].area_id,
            slot.starts_on,
            slot.ends_on,
            "",
            f"/slots/{slot.id}",
        )
        for slot in rotation.slots_between(session, both[0].monday, both[1].sunday)
        if slot.id not in taken and slot.status == SlotStatus.CONFIRMED
    ]
    return tuple(
        (
            week,
            tuple(one for one in found if one.starts_on <= week.sunday and one.ends_on >= week.monday),
        )
        for week in both
    )
