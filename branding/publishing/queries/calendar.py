"""Posts for the calendar: the little that a line shows, read as plain columns, capped for each day."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from sqlalchemy import literal, union_all
from sqlmodel import Session, col, select

from branding.consent.values.records import Channel
from branding.core import clock
from branding.core.db import spelled_like
from branding.publishing.models import Connection, Pause, Publication
from branding.publishing.queries.standing import Around
from branding.publishing.rules.looks import look_of
from branding.publishing.values.calendar import DayPosts, Entry
from branding.publishing.values.plan import PauseView, PublicationView
from branding.publishing.values.states import State, Way

_HIDDEN = (State.CANCELLED, State.REMOVED)
_MOST_TODAY = 8


def posts_between(
    session: Session,
    first: date,
    last: date,
    *,
    units: Collection[int] | None,
    takeover_ids: Collection[int] | None = None,
    now: datetime,
    most: int,
) -> dict[date, DayPosts]:
    """The posts of each day; at most so many of a day are given, and the rest is counted.

    ``units``, ``takeover_ids``: those whose posts are wanted; None: all.  What is counted and not shown
    costs nothing more than its date.
    """
    start, end = clock.at_local(first), clock.at_local(date.fromordinal(last.toordinal() + 1))
    query = select(Publication.id, Publication.due_at).where(
        col(Publication.due_at) >= start,
        col(Publication.due_at) < end,
        col(Publication.state).not_in(_HIDDEN),
    )
    if units is not None:
        query = query.where(col(Publication.unit_id).in_(units))
    if takeover_ids is not None:
        query = query.where(col(Publication.takeover_id).in_(takeover_ids))
    by_day: dict[date, list[str]] = {}
    counts: dict[date, int] = {}
    for publication_id, due_at in session.exec(query.order_by(col(Publication.due_at), col(Publication.id))):
        day = clock.local(due_at).date()
        counts[day] = counts.get(day, 0) + 1
        if counts[day] <= most:
            by_day.setdefault(day, []).append(publication_id)
    shown = _entries(session, [one for ids in by_day.values() for one in ids], now)
    return {
        day: DayPosts(
            tuple(shown[one] for one in by_day.get(day, ()) if one in shown),
            count - len(by_day.get(day, ())),
        )
        for day, count in counts.items()
    }


def _entries(session: Session, ids: Iterable[str], now: datetime) -> dict[str, Entry]:
    wanted = list(ids)
    if not wanted:
        return {}
    paused, broken = _stopped(session)
    query = select(Publication).where(col(Publication.id).in_(wanted))
    found: dict[str, Entry] = {}
    for row in session.exec(query):
        state = State(row.state)
        look = look_of(
            state,
            max(row.due_at, row.next_attempt_at),
            now,
            is_paused=bool(paused & {None, row.profile_id}),
            is_broken=row.profile_id in broken,
        )
        local = clock.local(row.due_at)
        found[row.id] = Entry(
            row.id,
            row.draft_id,
            local,
            row.unit_id,
            Channel(row.channel),
            row.title,
            row.kind,
            look,
            row.version,
        )
    return found


def _stopped(session: Session) -> tuple[set[int | None], set[int | None]]:
    """Profiles that are paused (None: all of them), and those without a connection; one query."""
    paused = select(literal("paused"), col(Pause.profile_id)).where(col(Pause.ended_at).is_(None))
    broken = select(literal("broken"), col(Connection.profile_id)).where(
        Connection.way == Way.API, col(Connection.broken_at).is_not(None)
    )
    found: dict[str, set[int | None]] = {"paused": set(), "broken": set()}
    for kind, profile_id in session.execute(union_all(paused, broken)):
        found[kind].add(profile_id)
    return found["paused"], found["broken"]


def posts_named(
    session: Session, words: str, *, units: Collection[int] | None, now: datetime, limit: int
) -> list[PublicationView]:
    """Posts with these in their first words, the latest first; three queries."""
    query = select(Publication).where(
        col(Publication.state) != State.CANCELLED, spelled_like(col(Publication.title), words)
    )
    if units is not None:
        query = query.where(col(Publication.unit_id).in_(units))
    rows = session.exec(
        query.order_by(col(Publication.due_at).desc(), col(Publication.id)).limit(limit)
    ).all()
    around = Around(session, now)
    return [around.view(row) for row in rows]


def today(
    session: Session, now: datetime, *, units: Collection[int] | None, pauses: Iterable[PauseView]
) -> list[PublicationView]:
    """What goes or went out on this day, for the front page; one query besides ``pauses``."""
    day = clock.local(now).date()
    start, end = clock.at_local(day), clock.at_local(date.fromordinal(day.toordinal() + 1))
    query = (
        select(Publication, Connection)
        .join(Connection, col(Connection.profile_id) == col(Publication.profile_id), isouter=True)
        .where(
            col(Publication.due_at) >= start,
            col(Publication.due_at) < end,
            col(Publication.state).not_in(_HIDDEN),
        )
    )
    if units is not None:
        query = query.where(col(Publication.unit_id).in_(units))
    ordered = query.order_by(col(Publication.due_at), col(Publication.id)).limit(_MOST_TODAY)
    rows = session.exec(ordered).all()
    connections: list[Connection | None] = [one for _, one in rows]
    around = Around.known(now, pauses, filter(None, connections))
    return [around.view(row) for row, _ in rows]
