"""How far a turn has come, and which turns the reader chose to see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from branding.home.values import Filters, Stage, Turn
from branding.organisation.values import UnitView
from branding.rotation.values import HolidayView, SlotStatus, SlotView
from branding.takeovers.values import TakeoverStatus, TakeoverView

_STAGES = {
    TakeoverStatus.PLANNED: Stage.MISSING,
    TakeoverStatus.HOST_FOUND: Stage.ASKED,
    TakeoverStatus.INVITED: Stage.ASKED,
    TakeoverStatus.ACCEPTED: Stage.READY,
    TakeoverStatus.BRIEFED: Stage.READY,
    TakeoverStatus.LIVE: Stage.LIVE,
    TakeoverStatus.CLOSED: Stage.CLOSED,
}
#: What is said of a turn with several takeovers: what is on now, else what lacks most.
_FIRST = (Stage.LIVE, Stage.MISSING, Stage.ASKED, Stage.READY, Stage.CLOSED)


def stage_of(ends_on: date, takeovers: Iterable[TakeoverView], today: date) -> Stage:
    """One word for a turn."""
    found = {_STAGES[t.status] for t in takeovers if t.status != TakeoverStatus.CANCELLED}
    for stage in _FIRST:
        if stage in found:
            return Stage.PAST if ends_on < today and stage in (Stage.MISSING, Stage.ASKED) else stage
    return Stage.PAST if ends_on < today else Stage.MISSING


def chosen(turns: Iterable[Turn], filters: Filters) -> list[Turn]:
    """The turns that the filters let through, by date and then in the order of the units."""
    return [
        turn
        for turn in turns
        if turn.slot.status != SlotStatus.CANCELLED
        and filters.plan in (None, turn.slot.plan_id)
        and filters.area in (None, turn.unit.area_id)
        and filters.stage in (None, turn.stage)
    ]


def kept_holidays(
    holidays: Iterable[HolidayView], filters: Filters, slots: Iterable[SlotView]
) -> list[HolidayView]:
    """Everybody's holiday weeks, and a plan's own ones where no other plan has a turn.

    Their names stand alone in a calendar, so they begin with a capital letter.
    """
    busy = {(week, slot.plan_id) for slot in slots for week in slot.block}

    def is_kept(one: HolidayView) -> bool:
        if one.plan_id is None or one.plan_id == filters.plan:
            return True
        others = any(week == one.week and plan_id != one.plan_id for week, plan_id in busy)
        return filters.plan is None and not others

    return [replace(one, name=one.name[:1].upper() + one.name[1:]) for one in holidays if is_kept(one)]


def shown_units(
    units: Sequence[UnitView], turns: Sequence[Turn], slots: Sequence[SlotView], area: int | None
) -> list[UnitView]:
    """The rows of a year: everybody who takes turns, also those who have none this year.

    Areas are always there.  Afdelinger are, when the plan of their area gives turns to afdelinger.
    Units no longer in use are there only where they had turns.
    """
    planned = {slot.area_id for slot in slots if slot.area_id}
    with_turns = {turn.unit.id for turn in turns}
    return [
        unit
        for unit in units
        if area in (None, unit.area_id)
        and (
            unit.id in with_turns
            or (not unit.is_archived and (unit.id == unit.area_id or unit.area_id in planned))
        )
    ]
