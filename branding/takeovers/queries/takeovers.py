"""Reads of takeovers: lists, one, its timeline, and those whose day has come."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, or_, select

from branding.core.db import read_once, spelled_like
from branding.core.errors import Missing
from branding.takeovers.models import Host, Takeover, TakeoverEvent
from branding.takeovers.queries.hosts import links_in_use, view_of_host
from branding.takeovers.queries.tasks import task_counts
from branding.takeovers.rules import OPEN
from branding.takeovers.values import Booking, EventView, HostView, TakeoverStatus, TakeoverView


def takeovers_between(
    session: Session, first: date, last: date, *, status: str = "", tasks: bool = False
) -> list[TakeoverView]:
    """Takeovers with a day in the period, by date, with their hosts; one query, two with tasks."""
    period = (col(Takeover.starts_on) <= last) & (col(Takeover.ends_on) >= first)
    return _views(session, period & (Takeover.status == status) if status else period, tasks=tasks)


def takeovers_of_slots(session: Session, slot_ids: Iterable[int]) -> list[TakeoverView]:
    return _views(session, col(Takeover.slot_id).in_(list(slot_ids)), tasks=True)


def takeovers_found(
    session: Session,
    words: str,
    *,
    days: tuple[date, date] | None,
    unit_ids: Collection[int],
    visible: Collection[int] | None,
    limit: int,
) -> list[TakeoverView]:
    """Those of these days, of these units, or with a host of that name, the latest first; two queries.

    ``visible``: the units whose takeovers and hosts the reader may see; None: all.
    """
    named = select(Host.takeover_id).where(
        spelled_like(col(Host.name), words), col(Host.removed_at).is_(None)
    )
    fits = or_(col(Takeover.id).in_(named), col(Takeover.unit_id).in_(unit_ids))
    if days is not None:
        fits = or_(fits, (col(Takeover.starts_on) <= days[1]) & (col(Takeover.ends_on) >= days[0]))
    query = select(Takeover.id).where(fits)
    if visible is not None:
        query = query.where(col(Takeover.unit_id).in_(visible))
    newest = query.order_by(col(Takeover.starts_on).desc(), col(Takeover.id).desc()).limit(limit)
    ids = session.exec(newest).all()
    return _views(session, col(Takeover.id).in_(ids), tasks=False)[::-1] if ids else []


def coming_takeovers(session: Session, today: date) -> list[TakeoverView]:
    """Those that have not begun and are not called off, by date: where a host can still be named."""
    return _views(session, col(Takeover.status).in_(OPEN) & (col(Takeover.ends_on) >= today), tasks=False)


@read_once
def takeover_view(session: Session, takeover_id: int) -> TakeoverView:
    found = _views(session, col(Takeover.id) == takeover_id, tasks=True)
    if not found:
        raise Missing("takeover", takeover_id)
    return found[0]


def _views(session: Session, which: ColumnElement[bool], *, tasks: bool) -> list[TakeoverView]:
    with_host = (col(Host.takeover_id) == col(Takeover.id)) & col(Host.removed_at).is_(None)
    query = select(Takeover, Host, links_in_use()).join(Host, with_host, isouter=True).where(which)
    rows: list[Takeover] = []
    hosts: dict[int, list[HostView]] = {}
    for row, host, links in session.exec(
        query.order_by(col(Takeover.starts_on), col(Takeover.id), col(Host.id))
    ):
        if not rows or rows[-1] is not row:
            rows.append(row)
        if host is not None:
            hosts.setdefault(host.takeover_id, []).append(view_of_host(host, bool(links)))
    counts = task_counts(session, [row.id or 0 for row in rows]) if tasks else {}
    return [
        TakeoverView(
            row.id or 0,
            row.slot_id,
            row.unit_id,
            row.profile_id,
            row.starts_on,
            row.ends_on,
            TakeoverStatus(row.status),
            row.version,
            tuple(host for host in hosts.get(row.id or 0, []) if host.declined_at is None),
            *counts.get(row.id or 0, (0, 0)),
        )
        for row in rows
    ]


def takeover_by_id(session: Session, takeover_id: int) -> Takeover:
    found = session.get(Takeover, takeover_id)
    if found is None:
        raise Missing("takeover", takeover_id)
    return found


def bookings(session: Session, profile_id: int, first: date, last: date) -> list[Booking]:
    """The claims on a profile in a period; cancelled takeovers claim nothing."""
    query = select(Takeover).where(
        Takeover.profile_id == profile_id,
        col(Takeover.starts_on) <= last,
        col(Takeover.ends_on) >= first,
        Takeover.status != TakeoverStatus.CANCELLED,
    )
    return [Booking(t.id, t.profile_id, t.starts_on, t.ends_on) for t in session.exec(query)]


def events_of(session: Session, takeover_id: int) -> list[EventView]:
    query = (
        select(TakeoverEvent).where(TakeoverEvent.takeover_id == takeover_id).order_by(col(TakeoverEvent.id))
    )
    return [
        EventView(row.at, row.status_before, row.status_after, row.actor_kind, row.actor_id)
        for row in session.exec(query)
    ]


def due_for_advance(session: Session, today: date) -> list[Takeover]:
    """Takeovers whose first or last day has passed without their status following."""
    ready = col(Takeover.status).in_([TakeoverStatus.ACCEPTED, TakeoverStatus.BRIEFED])
    starting = ready & (col(Takeover.starts_on) <= today)
    ending = (col(Takeover.status) == TakeoverStatus.LIVE) & (col(Takeover.ends_on) < today)
    return list(session.exec(select(Takeover).where(starting | ending).order_by(col(Takeover.id))))
