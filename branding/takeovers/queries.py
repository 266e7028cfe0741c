"""Reads of takeovers and their hosts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import ColumnElement, case, func, or_
from sqlmodel import Session, col, select

from branding.core.actor import Actor, Role
from branding.core.errors import Missing
from branding.takeovers.models import (
    ChecklistItem,
    Host,
    HostLink,
    RuleAcceptance,
    Takeover,
    TakeoverEvent,
)
from branding.takeovers.rules import link_opens
from branding.takeovers.values import (
    Booking,
    EventView,
    HostView,
    TakeoverStatus,
    TakeoverView,
    TaskView,
)


def takeovers_between(
    session: Session, first: date, last: date, *, status: str = "", tasks: bool = False
) -> list[TakeoverView]:
    """Takeovers with a day in the period, by date, with their hosts; two queries, three with tasks."""
    period = (col(Takeover.starts_on) <= last) & (col(Takeover.ends_on) >= first)
    return _views(session, period & (Takeover.status == status) if status else period, tasks=tasks)


def takeovers_of_slots(session: Session, slot_ids: Iterable[int]) -> list[TakeoverView]:
    return _views(session, col(Takeover.slot_id).in_(list(slot_ids)), tasks=True)


def takeover_view(session: Session, takeover_id: int) -> TakeoverView:
    found = _views(session, col(Takeover.id) == takeover_id, tasks=True)
    if not found:
        raise Missing("takeover", takeover_id)
    return found[0]


def _views(session: Session, which: ColumnElement[bool], *, tasks: bool) -> list[TakeoverView]:
    rows = session.exec(
        select(Takeover).where(which).order_by(col(Takeover.starts_on), col(Takeover.id))
    ).all()
    ids = [row.id or 0 for row in rows]
    hosts = hosts_of(session, ids)
    counts = _task_counts(session, ids) if tasks else {}
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


def _task_counts(session: Session, takeover_ids: list[int]) -> dict[int, tuple[int, int]]:
    done = func.sum(case((col(ChecklistItem.done_at).is_not(None), 1), else_=0))
    query = select(ChecklistItem.takeover_id, done, func.count()).where(
        col(ChecklistItem.takeover_id).in_(takeover_ids)
    )
    return {
        row[0]: (int(row[1]), int(row[2]))
        for row in session.exec(query.group_by(col(ChecklistItem.takeover_id)))
    }


def hosts_of(session: Session, takeover_ids: Iterable[int]) -> dict[int, list[HostView]]:
    """The hosts of some takeovers, those who said no included, in the order they were named."""
    linked = (
        select(func.count())
        .where(HostLink.host_id == Host.id, col(HostLink.revoked_at).is_(None))
        .correlate(Host)
        .scalar_subquery()
    )
    here = col(Host.takeover_id).in_(list(takeover_ids)) & col(Host.removed_at).is_(None)
    query = select(Host, linked).where(here).order_by(col(Host.id))
    found: dict[int, list[HostView]] = {}
    for host, links in session.exec(query):
        found.setdefault(host.takeover_id, []).append(_host_view(host, bool(links)))
    return found


def _host_view(host: Host, has_link: bool) -> HostView:
    return HostView(
        host.id or 0,
        host.takeover_id,
        host.name,
        host.email,
        host.phone,
        host.profession_id,
        host.invited_at,
        host.accepted_at,
        host.declined_at,
        host.briefed_at,
        has_link,
        host.version,
    )


def host_view(session: Session, host_id: int) -> HostView:
    """One host, also one who was taken off."""
    links = select(HostLink.id).where(HostLink.host_id == host_id, col(HostLink.revoked_at).is_(None))
    return _host_view(host_by_id(session, host_id), session.exec(links).first() is not None)


def find_host(session: Session, takeover_id: int, email: str) -> Host | None:
    """A host of the takeover by mail address, also one who was taken off."""
    return session.exec(select(Host).where(Host.takeover_id == takeover_id, Host.email == email)).first()


def hosts_to_tell(session: Session, changed_before: datetime) -> list[tuple[Host, Takeover]]:
    """Hosts who know of a takeover and whose latest mail says something else than what is.

    Those who said no themselves, and takeovers that are closed, are left alone.
    """
    is_off = (col(Takeover.status) == TakeoverStatus.CANCELLED) | col(Host.removed_at).is_not(None)
    has_days = col(Host.told_starts_on).is_not(None)
    other_days = or_(
        col(Host.told_starts_on).is_(None),
        col(Host.told_starts_on) != Takeover.starts_on,
        col(Host.told_ends_on) != Takeover.ends_on,
    )
    query = (
        select(Host, Takeover)
        .join(Takeover, col(Takeover.id) == Host.takeover_id)
        .where(
            col(Host.invited_at).is_not(None),
            col(Host.declined_at).is_(None),
            Takeover.status != TakeoverStatus.CLOSED,
            func.coalesce(Host.removed_at, Takeover.changed_at) <= changed_before,
            (is_off & has_days) | (~is_off & other_days),
        )
    )
    return [(host, takeover) for host, takeover in session.exec(query)]


def takeover_by_id(session: Session, takeover_id: int) -> Takeover:
    found = session.get(Takeover, takeover_id)
    if found is None:
        raise Missing("takeover", takeover_id)
    return found


def host_by_id(session: Session, host_id: int) -> Host:
    found = session.get(Host, host_id)
    if found is None:
        raise Missing("host", host_id)
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


def tasks_of(session: Session, takeover_id: int) -> list[TaskView]:
    query = select(ChecklistItem).where(ChecklistItem.takeover_id == takeover_id)
    rows = session.exec(query.order_by(col(ChecklistItem.due_on), col(ChecklistItem.id)))
    return [TaskView(row.id or 0, row.key, row.label, row.due_on, row.done_at) for row in rows]


def task_by_id(session: Session, takeover_id: int, task_id: int) -> ChecklistItem:
    found = session.get(ChecklistItem, task_id)
    if found is None or found.takeover_id != takeover_id:
        raise Missing("checklist_item", task_id)
    return found


def events_of(session: Session, takeover_id: int) -> list[EventView]:
    query = (
        select(TakeoverEvent).where(TakeoverEvent.takeover_id == takeover_id).order_by(col(TakeoverEvent.id))
    )
    return [
        EventView(row.at, row.status_before, row.status_after, row.actor_kind, row.actor_id)
        for row in session.exec(query)
    ]


def link_count(session: Session, host_id: int) -> int:
    """How many links a host was ever given."""
    return session.exec(select(func.count()).where(HostLink.host_id == host_id)).one()


def acceptances_of(session: Session, host_id: int) -> list[RuleAcceptance]:
    return list(session.exec(select(RuleAcceptance).where(RuleAcceptance.host_id == host_id)))


def token_hash(token: str) -> str:
    """What is kept of a link's secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_link(session: Session, token: str) -> tuple[HostLink, Host, Takeover] | None:
    """The link, its host and its takeover, whether or not it still opens."""
    query = (
        select(HostLink, Host, Takeover)
        .join(Host, col(Host.id) == HostLink.host_id)
        .join(Takeover, col(Takeover.id) == Host.takeover_id)
        .where(HostLink.token_hash == token_hash(token))
    )
    found = session.exec(query).first()
    return (found[0], found[1], found[2]) if found else None


def find_host_actor(session: Session, token: str, today: date) -> Actor | None:
    """The host who acts by a link that still opens."""
    found = find_link(session, token)
    if found is None or found[0].revoked_at is not None or found[1].removed_at is not None:
        return None
    _, host, takeover = found
    if not link_opens(TakeoverStatus(takeover.status), takeover.ends_on, today):
        return None
    return Actor(
        "host", host.id, host.name, host.email, frozenset({Role.HOST}), frozenset({takeover.unit_id})
    )


def due_for_advance(session: Session, today: date) -> list[Takeover]:
    """Takeovers whose first or last day has passed without their status following."""
    ready = col(Takeover.status).in_([TakeoverStatus.ACCEPTED, TakeoverStatus.BRIEFED])
    starting = ready & (col(Takeover.starts_on) <= today)
    ending = (col(Takeover.status) == TakeoverStatus.LIVE) & (col(Takeover.ends_on) < today)
    return list(session.exec(select(Takeover).where(starting | ending).order_by(col(Takeover.id))))
