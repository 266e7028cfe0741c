"""Tokens are renewed before they end, their end is said ahead, and connections are tried before use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from branding.core import clock, log
from branding.core.db import Database
from branding.core.isoweek import Week
from branding.core.settings import Settings
from branding.publishing.channels.choosing import client_for, load_apis
from branding.publishing.models import Connection
from branding.publishing.rules.answers import classify
from branding.publishing.service import connecting
from branding.publishing.service.alerts import raise_alert
from branding.publishing.service.connections import (
    access_of,
    is_as_before,
    keep_test,
    mark_broken,
    replace_token,
)
from branding.publishing.values.alerts import Event
from branding.publishing.values.calls import Answer, CallFailed, Can
from branding.publishing.values.connections import Access
from branding.publishing.values.states import Way
from branding.takeovers.queries import takeovers_between
from branding.takeovers.values import TakeoverStatus

#: Renewed from a day old (Instagram's own rule) when no more than this is left.
_YOUNGEST, _RENEW_FROM = timedelta(hours=24), timedelta(days=30)
#: Days before the end on which it is said.
WARNINGS = (14, 7, 1)


@dataclass(frozen=True, slots=True)
class _Due:
    profile_id: int
    access: Access


def refresh_tokens(database: Database, settings: Settings, *, now: datetime) -> int:
    """Renew what can be renewed, say what ends soon; also while nothing is published.  Returns how many."""
    renewed = sum(_renewed(database, settings, due, now) for due in _due(database, now))
    with database.transaction() as session:
        for row in _connected(session):
            _warn(session, row, now)
    return renewed


def _due(database: Database, now: datetime) -> Sequence[_Due]:
    with database.reader() as session:
        return [
            _Due(row.profile_id, access_of(session, row.profile_id))
            for row in _connected(session)
            if row.broken_at is None
            and row.token_expires_at is not None
            and now < row.token_expires_at <= now + _RENEW_FROM
            and row.token_issued_at is not None
            and row.token_issued_at <= now - _YOUNGEST
        ]


def _renewed(database: Database, settings: Settings, due: _Due, now: datetime) -> bool:
    client = client_for(due.access, load_apis(settings), lambda _call: None)
    if Can.REFRESH not in client.can:
        return False
    try:
        found = client.refreshed()
    except CallFailed as error:
        log.event("publishing.token_not_renewed", profile=due.profile_id, kind=error.failure.kind)
        if classify(error.failure) is Answer.RECONNECT:
            with database.transaction() as session:
                if is_as_before(session, due.access):
                    mark_broken(session, due.profile_id, "token_dead", now=now)
        return False
    if found is None:
        return False
    with database.transaction() as session:
        replace_token(session, due.access, found.token, found.expires_at, now=now)
    return True


def _warn(session: Session, row: Connection, now: datetime) -> None:
    """Once for each of the days, and as dead when the end has come."""
    if row.token_expires_at is None or row.broken_at is not None:
        return
    if row.token_expires_at <= now:
        mark_broken(session, row.profile_id, "token_ended", now=now)
        return
    left = row.token_expires_at - now
    reached = [days for days in WARNINGS if left <= timedelta(days=days)]
    if reached:
        key = f"{row.profile_id}:{row.token_expires_at.date().isoformat()}:{min(reached)}"
        raise_alert(
            session, Event.TOKEN_SOON, key, profile_id=row.profile_id, code=f"days_{min(reached)}", now=now
        )


def try_connections(
    database: Database, settings: Settings, profile_ids: Sequence[int], *, now: datetime
) -> int:
    """The live test of these profiles' connections; returns how many were tried."""
    count = 0
    for profile_id in profile_ids:
        with database.reader() as session:
            row = session.get(Connection, profile_id)
            if row is None or row.way != Way.API:
                continue
            access = access_of(session, profile_id)
            probe = connecting.probe_address(session, settings, now=now)
        found = connecting.ask(access, settings, probe)
        with database.transaction() as session:
            if is_as_before(session, access):
                keep_test(session, profile_id, found, now=now)
        count += 1
    return count


def try_next_week(database: Database, settings: Settings, *, now: datetime) -> int:
    """The Friday before each takeover: there is time to mend what is broken."""
    monday = (Week.of(clock.local(now).date()) + 1).monday
    with database.reader() as session:
        coming = takeovers_between(session, monday, monday + timedelta(days=6))
        profile_ids = sorted({one.profile_id for one in coming if one.status is not TakeoverStatus.CANCELLED})
    return try_connections(database, settings, profile_ids, now=now)


def _connected(session: Session) -> Sequence[Connection]:
    return session.exec(
        select(Connection).where(Connection.way == Way.API).order_by(col(Connection.profile_id))
    ).all()
