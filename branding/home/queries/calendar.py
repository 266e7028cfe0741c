"""The calendar and the front page, read from the rooms below: a fixed number of queries a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlmodel import Session

from branding.core import clock
from branding.core.actor import Actor
from branding.core.isoweek import Week, weeks_in
from branding.core.policy import covers, may
from branding.home.rules import listed, month, turns, wheel, year
from branding.home.values import (
    Filters,
    Frame,
    ListLine,
    MonthWeek,
    Turn,
    Wheel,
    YearGrid,
)
from branding.organisation import queries as organisation
from branding.organisation.values import UnitKind, UnitView
from branding.publishing.queries.calendar import posts_between
from branding.publishing.values.calendar import DayPosts
from branding.rotation import queries as rotation
from branding.rotation.public_holidays import public_holidays_between
from branding.rotation.values import SlotView
from branding.takeovers import queries as takeovers
from branding.takeovers.values import TakeoverView

#: How many posts of a day the month and the week show; the rest are counted.
_IN_MONTH, _IN_WEEK = 3, 12
POSTS = "publishing:publication:view"


def frame(
    session: Session,
    actor: Actor,
    first: date,
    last: date,
    filters: Filters,
    today: date,
    *,
    tasks: bool = False,
    units: Sequence[UnitView] | None = None,
    posts: int | None = None,
) -> Frame:
    """Everything that a calendar view of a period needs; ``units`` when they have been read already.

    ``posts``: how many of a day's posts are shown; None: the view has no posts.
    """
    units = organisation.units(session, archived=True) if units is None else units
    plans = rotation.plans(session)
    slots = rotation.slots_between(session, first, last)
    made = takeovers.takeovers_between(session, first, last, tasks=tasks)
    found = turns_of(actor, slots, made, {unit.id: unit for unit in units}, today)
    kept = turns.chosen(found, filters)
    holidays = rotation.holiday_weeks_between(session, first, last, [plan.id for plan in plans])
    return Frame(
        filters=filters,
        plans=tuple(plans),
        areas=tuple(unit for unit in units if unit.kind == UnitKind.AREA and not unit.is_archived),
        turns=tuple(kept),
        holidays=tuple(turns.kept_holidays(holidays, filters, slots)),
        public=tuple(public_holidays_between(first, last)),
        units=tuple(turns.shown_units(units, kept, slots, filters.area)),
        nearest=None if slots else rotation.nearest_slot_date(session, max(first, min(today, last))),
        posts=_posts_of(session, actor, first, last, kept if filters.query else None, posts),
        colours={unit.id: unit.colour for unit in units},
    )


def _posts_of(
    session: Session, actor: Actor, first: date, last: date, kept: Sequence[Turn] | None, most: int | None
) -> Mapping[date, DayPosts]:
    """The posts of the turns that the filters let through, or all."""
    if most is None or not may(actor, POSTS):
        return {}
    units = None if covers(actor, POSTS, None) else actor.units
    ids = None if kept is None else [one.id for turn in kept for one in turn.takeovers]
    return posts_between(session, first, last, units=units, takeover_ids=ids, now=clock.now(), most=most)


def turns_of(
    actor: Actor,
    slots: Iterable[SlotView],
    made: Iterable[TakeoverView],
    units: dict[int, UnitView],
    today: date,
) -> list[Turn]:
    of_slot: dict[int, list[TakeoverView]] = {}
    for takeover in made:
        of_slot.setdefault(takeover.slot_id, []).append(takeover)
    open_units = {unit_id for unit_id in units if covers(actor, "rotation:slot:view", unit_id)}
    order = {unit_id: n for n, unit_id in enumerate(units)}
    found = [
        Turn(
            slot,
            units[slot.unit_id],
            turns.stage_of(slot.ends_on, of_slot.get(slot.id, []), today),
            tuple(of_slot.get(slot.id, [])),
            slot.unit_id in open_units,
        )
        for slot in slots
    ]
    return sorted(found, key=lambda turn: (turn.slot.starts_on, order[turn.unit.id]))


def year_page(
    session: Session, actor: Actor, number: int, filters: Filters, today: date
) -> tuple[Frame, YearGrid]:
    around = frame(session, actor, *_days_of(number), filters, today)
    return around, year.year_grid(number, around.units, around.turns, around.holidays, around.public, today)


def list_page(
    session: Session, actor: Actor, number: int, filters: Filters, today: date
) -> tuple[Frame, list[ListLine]]:
    around = frame(session, actor, *_days_of(number), filters, today, posts=0)
    return around, listed.lines(number, around.turns, around.holidays, today)


def wheel_page(
    session: Session,
    actor: Actor,
    number: int,
    filters: Filters,
    today: date,
    *,
    chosen: tuple[int, int] | None = None,
) -> tuple[Frame, list[ListLine], Wheel]:
    """The list of the year, and the same as a wheel."""
    around, lines = list_page(session, actor, number, filters, today)
    return around, lines, wheel.wheel(number, lines, today, chosen)


def month_page(
    session: Session, actor: Actor, number: int, in_month: int, filters: Filters, today: date
) -> tuple[Frame, tuple[MonthWeek, ...]]:
    weeks = month.weeks_of_month(number, in_month)
    around = frame(session, actor, weeks[0].monday, weeks[-1].sunday, filters, today, posts=_IN_MONTH)
    return around, month.month_weeks(number, in_month, around.turns, around.holidays, around.public, today)


def week_page(session: Session, actor: Actor, week: Week, filters: Filters, today: date) -> Frame:
    return frame(session, actor, week.monday, week.sunday, filters, today, tasks=True, posts=_IN_WEEK)


def _days_of(number: int) -> tuple[date, date]:
    return Week(number, 1).monday, Week(number, weeks_in(number)).sunday


def takeover_references(session: Session, week: Week) -> frozenset[str]:
    """What consent calls the takeovers of a week."""
    found = takeovers.takeovers_between(session, week.monday, week.sunday)
    return frozenset(f"takeover:{takeover.id}" for takeover in found)
