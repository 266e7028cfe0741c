"""Reads of activities: a period's, one, and what was done."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row
from sqlalchemy import select as plain_select
from sqlmodel import Session, col, or_, select

from branding.accounts import queries as accounts
from branding.core.db import spelled_like
from branding.core.errors import Missing
from branding.plan.models import Activity, PlanChannel
from branding.plan.queries.channels import channels_by_id
from branding.plan.values import ActivityKind, ActivityView, ChannelKind, ChannelView, DoneView, Status

_COLUMNS = tuple(
    col(getattr(Activity, name))
    for name in Activity.model_fields
    if name not in ("status_before", "batch", "made_at", "changed_at")
)


def activities_between(
    session: Session,
    first: date,
    last: date,
    *,
    unit_ids: Collection[int] | None = None,
    channel_id: int | None = None,
    initiative_ref: str | None = None,
) -> tuple[ActivityView, ...]:
    """The activities with a day in the period, by date; those that were called off too.

    ``unit_ids`` wants those of some units (and not everybody's); three queries.
    """
    which = (col(Activity.starts_on) <= last) & (col(Activity.ends_on) >= first)
    if unit_ids is not None:
        which &= col(Activity.unit_id).in_(unit_ids)
    if channel_id is not None:
        which &= col(Activity.channel_id) == channel_id
    if initiative_ref is not None:
        which &= col(Activity.initiative_ref) == initiative_ref
    return activity_views(session, activity_rows(session, which))


def filling_slots(session: Session, first: date, last: date) -> tuple[ActivityView, ...]:
    """What fills the slots of a period."""
    in_plan = col(Activity.status) != Status.CANCELLED
    return activity_views(
        session, activity_rows(session, col(Activity.slot_on).between(first, last) & in_plan)
    )


def activities_named(session: Session, words: str, limit: int) -> tuple[ActivityView, ...]:
    """Activities with these words in their title, the latest first; two queries, and one for names."""
    here = spelled_like(col(Activity.title), words)
    query = plain_select(*_COLUMNS).where(here).order_by(col(Activity.starts_on).desc(), col(Activity.id))
    return activity_views(session, session.execute(query.limit(limit)).all())


def activity_rows(session: Session, which: ColumnElement[bool]) -> Sequence[Row[Any]]:
    """Plain columns: a year of them is read for every page of the plan."""
    query = plain_select(*_COLUMNS).where(which).order_by(col(Activity.starts_on), col(Activity.id))
    return session.execute(query).all()


def activity_views(
    session: Session,
    rows: Iterable[Activity | Row[Any]],
    *,
    names: bool = True,
    known_channels: Mapping[int, ChannelView] | None = None,
) -> tuple[ActivityView, ...]:
    """The rows with their channels, and the names of those responsible where they are shown; two queries
    at most."""
    rows = list(rows)
    if not rows:
        return ()
    channels = channels_by_id(session) if known_channels is None else known_channels
    ids = {row.responsible_id for row in rows if row.responsible_id} if names else set()
    known = accounts.people_names(session, ids) if ids else {}
    return tuple(
        ActivityView(
            id=row.id or 0,
            title=row.title,
            channel=channels[row.channel_id],
            kind=ActivityKind(row.kind),
            status=Status(row.status),
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            unit_id=row.unit_id,
            audience=row.audience,
            goal=row.goal,
            responsible=known.get(row.responsible_id or 0, row.responsible_name),
            link=row.link,
            initiative_ref=row.initiative_ref,
            format_id=row.format_id,
            slot_on=row.slot_on,
            done_on=row.done_on,
            at=row.at,
            note=row.note,
            responsible_id=row.responsible_id,
            version=row.version,
        )
        for row in rows
    )


def activity_by_id(session: Session, activity_id: int) -> ActivityView:
    return activity_views(session, [activity_row(session, activity_id)])[0]


def activity_row(session: Session, activity_id: int) -> Activity:
    found = session.get(Activity, activity_id)
    if found is None:
        raise Missing("plan_activity", activity_id)
    return found


def initiative_refs(session: Session, activity_ids: Collection[int]) -> dict[int, str | None]:
    """Which initiatives some activities belong to; one query."""
    query = select(col(Activity.id), col(Activity.initiative_ref)).where(col(Activity.id).in_(activity_ids))
    return {activity_id: ref for activity_id, ref in session.exec(query) if activity_id is not None}


def done_between(session: Session, first: date, last: date) -> tuple[DoneView, ...]:
    """What was done on the days of a period, by day; one query."""
    query = (
        select(col(PlanChannel.kind), col(Activity.kind), col(Activity.done_on), col(Activity.initiative_ref))
        .join(PlanChannel, col(PlanChannel.id) == Activity.channel_id)
        .where(col(Activity.done_on).between(first, last), Activity.status == Status.DONE)
        .order_by(col(Activity.done_on), col(Activity.id))
    )
    return tuple(
        DoneView(ChannelKind(channel), ActivityKind(kind), done_on, ref)
        for channel, kind, done_on, ref in session.exec(query)
        if done_on is not None
    )


def year_rows(session: Session, first: date, last: date) -> Sequence[Row[Any]]:
    """What a year's pages are made from: the days of the period, and the slots that lie in it; one query."""
    days = (col(Activity.starts_on) <= last) & (col(Activity.ends_on) >= first)
    return activity_rows(session, or_(days, col(Activity.slot_on).between(first, last)))


def batch_rows(session: Session, batch: str) -> Sequence[Activity]:
    """What came with one import or one copy."""
    return session.exec(select(Activity).where(Activity.batch == batch).order_by(col(Activity.id))).all()


def has_activities(session: Session) -> bool:
    return session.exec(select(Activity.id).limit(1)).first() is not None
