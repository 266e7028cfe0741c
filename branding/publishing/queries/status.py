"""Reads for the page of status, /health, and the watch over what is overdue."""

from __future__ import annotations

import tomllib
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_
from sqlmodel import Session, col, select

from branding.core import files
from branding.core.jobs import JobState
from branding.core.text import Text
from branding.organisation import queries as organisation
from branding.publishing.models import Alert, Connection, Pause, Publication
from branding.publishing.rules.times import OVERDUE
from branding.publishing.values.alerts import Event
from branding.publishing.values.states import PLANNED, REPEATABLE, Way
from branding.publishing.values.status import STALE, JobLine, Status, TokenLine

_HEART = "publishing.publish"
#: A tick that has missed so many of its turns stands still.
_MISSED_TURNS = 3
_MOST = 200


def status(session: Session, now: datetime) -> Status:
    states = {state.name: state for state in session.exec(select(JobState))}
    heart = states.get(_HEART)
    beat_at = heart.last_ok_at if heart else None
    return Status(
        heartbeat_at=beat_at,
        is_alive=beat_at is not None and now - beat_at <= STALE,
        oldest_due_at=_oldest(session, now),
        overdue=len(overdue_ids(session, now)),
        jobs=tuple(_line(entry, states.get(str(entry["name"])), now) for entry in timetable()),
        tokens=tuple(_tokens(session, now)),
    )


def overdue_ids(session: Session, now: datetime) -> set[str]:
    """Due for more than five minutes, not on its way, and neither paused nor without a connection."""
    query = select(Publication.id).where(
        _stands(now),
        col(Publication.due_at) < now - OVERDUE,
        col(Publication.next_attempt_at) < now - OVERDUE,
    )
    return set(session.exec(query.limit(_MOST)))


def open_overdue(session: Session) -> set[str]:
    """Those that were said to be overdue and have not moved since."""
    query = select(Alert.publication_id).where(Alert.event == Event.OVERDUE, col(Alert.ended_at).is_(None))
    return {one for one in session.exec(query) if one is not None}


@cache
def timetable() -> list[dict[str, Any]]:
    """The jobs as ``schedules/jobs.toml`` has them."""
    text = (files.shipped("schedules") / "jobs.toml").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = tomllib.loads(text)["job"]
    return found


def health(session: Session, now: datetime) -> dict[str, Any]:
    """For monitoring: figures only."""
    found = status(session, now)
    days = [one.days_left for one in found.tokens if one.days_left is not None]
    return {
        "publishing": {
            "is_well": found.is_well,
            "heartbeat_at": found.heartbeat_at.isoformat() if found.heartbeat_at else None,
            "is_alive": found.is_alive,
            "oldest_due_at": found.oldest_due_at.isoformat() if found.oldest_due_at else None,
            "overdue": found.overdue,
            "token_days_left": min(days) if days else None,
            "broken_connections": sum(one.is_broken for one in found.tokens),
        }
    }


def _stands(now: datetime) -> ColumnElement[bool]:
    """Waits for a worker, and nobody holds it."""
    paused = exists().where(
        col(Pause.ended_at).is_(None),
        or_(col(Pause.profile_id).is_(None), col(Pause.profile_id) == col(Publication.profile_id)),
    )
    broken = exists().where(
        col(Connection.profile_id) == col(Publication.profile_id),
        col(Connection.way) == Way.API,
        col(Connection.broken_at).is_not(None),
    )
    free = or_(col(Publication.lease_until).is_(None), col(Publication.lease_until) < now)
    return and_(col(Publication.state).in_((*PLANNED, *REPEATABLE)), free, ~paused, ~broken)


def _oldest(session: Session, now: datetime) -> datetime | None:
    query = select(func.min(Publication.due_at)).where(
        _stands(now), col(Publication.due_at) <= now, col(Publication.next_attempt_at) <= now
    )
    return session.exec(query).one()


def _line(entry: dict[str, Any], state: JobState | None, now: datetime) -> JobLine:
    ok_at = state.last_ok_at if state else None
    failed = bool(state and state.last_error)
    every = entry.get("every_seconds")
    late = bool(every) and (ok_at is None or (now - ok_at).total_seconds() > _patience(int(every or 0)))
    return JobLine(
        str(entry["name"]),
        Text(str(entry["purpose"])),
        ok_at,
        state.last_failed_at if state else None,
        state.last_error if state else "",
        not failed and not late,
    )


def _patience(every: int) -> float:
    return max(STALE.total_seconds(), float(_MISSED_TURNS * every))


def _tokens(session: Session, now: datetime) -> list[TokenLine]:
    handles = {one.id: one.handle for one in organisation.profiles(session, archived=True)}
    rows = session.exec(select(Connection).where(Connection.way == Way.API))
    return [
        TokenLine(
            row.profile_id,
            handles.get(row.profile_id, ""),
            (row.token_expires_at - now).days if row.token_expires_at is not None else None,
            row.broken_at is not None,
        )
        for row in rows
    ]
