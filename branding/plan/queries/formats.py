"""Reads of recurring formats, their slots and the gaps that nobody has filled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from sqlmodel import Session, col, select

from branding.accounts import queries as accounts
from branding.core.db import read_once
from branding.core.errors import Missing
from branding.core.isoweek import Week
from branding.plan.models import Format, FormatRhythm
from branding.plan.queries.activities import filling_slots
from branding.plan.queries.channels import channels_by_id
from branding.plan.rules.rhythm import slots
from branding.plan.values import (
    ActivityKind,
    ActivityView,
    ChannelView,
    FormatSlot,
    FormatView,
    Rhythm,
    RhythmView,
    Status,
)
from branding.rotation import queries as rotation
from branding.rotation.public_holidays import public_holidays_between
from branding.rotation.values import HolidayView


@read_once
def formats(session: Session, names: bool = True) -> tuple[FormatView, ...]:
    """Every format with its rhythms, by title; those that have ended too.  Two queries, and one for names."""
    rows = session.exec(
        select(Format, FormatRhythm)
        .join(FormatRhythm, col(FormatRhythm.format_id) == Format.id)
        .order_by(col(Format.title), col(Format.id), col(FormatRhythm.valid_from), col(FormatRhythm.id))
    ).all()
    if not rows:
        return ()
    ids = {row.responsible_id for row, _ in rows if row.responsible_id} if names else set()
    return format_views(rows, channels_by_id(session), accounts.people_names(session, ids) if ids else {})


def format_views(
    rows: Iterable[tuple[Format, FormatRhythm]], channels: Mapping[int, ChannelView], known: Mapping[int, str]
) -> tuple[FormatView, ...]:
    """Rows in order, with the names of those who are responsible and known."""
    by_id: dict[int, tuple[Format, list[RhythmView]]] = {}
    for row, rhythm in rows:
        by_id.setdefault(row.id or 0, (row, []))[1].append(_rhythm(rhythm))
    return tuple(
        FormatView(
            row.id or 0,
            row.title,
            channels[row.channel_id],
            ActivityKind(row.kind),
            row.unit_id,
            row.audience,
            row.goal,
            known.get(row.responsible_id or 0, row.responsible_name),
            row.responsible_id,
            row.at,
            tuple(rhythms),
            row.version,
        )
        for row, rhythms in by_id.values()
    )


def _rhythm(row: FormatRhythm) -> RhythmView:
    return RhythmView(
        Rhythm(row.rhythm), row.every, row.weekday, row.anchor_on, row.valid_from, row.valid_until
    )


def format_by_id(session: Session, format_id: int) -> FormatView:
    found = [one for one in formats(session) if one.id == format_id]
    if not found:
        raise Missing("plan_format", format_id)
    return found[0]


def format_row(session: Session, format_id: int) -> Format:
    found = session.get(Format, format_id)
    if found is None:
        raise Missing("plan_format", format_id)
    return found


def rhythm_rows(session: Session, format_id: int) -> list[FormatRhythm]:
    """A format's rhythms in the order of time."""
    query = select(FormatRhythm).where(FormatRhythm.format_id == format_id)
    return list(session.exec(query.order_by(col(FormatRhythm.valid_from), col(FormatRhythm.id))))


def slots_between(session: Session, first: date, last: date) -> tuple[FormatSlot, ...]:
    """Every time that a format comes round in a period, filled or open, by day."""
    found = formats(session)
    return slots_of(session, found, filling_slots(session, first, last), first, last) if found else ()


def slots_of(
    session: Session,
    found: Iterable[FormatView],
    activities: Iterable[ActivityView],
    first: date,
    last: date,
) -> tuple[FormatSlot, ...]:
    """The same from what a page has read already."""
    filled = {
        (one.format_id, one.slot_on): one
        for one in activities
        if one.slot_on is not None and one.status != Status.CANCELLED
    }
    marks = free_days(session, first, last)
    made = [
        FormatSlot(
            one.id,
            one.title,
            one.channel,
            day,
            one.responsible,
            filled.get((one.id, day)),
            one.unit_id,
            marks.get(day, ""),
        )
        for one in found
        for day in slots(one.rhythms, first, last)
    ]
    return tuple(sorted(made, key=lambda slot: (slot.on, slot.format_id)))


@read_once
def holiday_weeks(session: Session, first: date, last: date) -> list[HolidayView]:
    """The holiday weeks that everybody keeps."""
    return rotation.holiday_weeks_between(session, first, last, ())


def free_days(session: Session, first: date, last: date) -> dict[date, str]:
    """The days of holiday weeks that everybody keeps, and of public holidays, with their names; one query."""
    days: dict[date, str] = {}
    for holiday in holiday_weeks(session, first, last):
        days |= dict.fromkeys(holiday.week.days, holiday.name)
    return days | {one.day: one.name for one in public_holidays_between(first, last)}


def gaps(session: Session, today: date, weeks: int = 6) -> tuple[FormatSlot, ...]:
    """The open slots from today until so many whole weeks are over."""
    found = slots_between(session, today, last_of_gaps(today, weeks))
    return tuple(slot for slot in found if slot.activity is None)


def last_of_gaps(today: date, weeks: int = 6) -> date:
    """How far ahead an open slot is somebody's business already."""
    return (Week.of(today) + weeks).sunday


def rhythms_of(session: Session, format_id: int) -> list[RhythmView]:
    """One format's rhythms and nothing else."""
    return [_rhythm(row) for row in rhythm_rows(session, format_id)]


def next_slots(found: FormatView, today: date, most: int = 3) -> list[date]:
    """The next times that a format comes round."""
    return slots(found.rhythms, today, today + timedelta(days=800))[:most]
