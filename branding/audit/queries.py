"""Reads of the audit log."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import and_, func, or_
from sqlmodel import Session, col, select

from branding.audit.models import AuditEntry, AuditHead, AuditSeal, AuditValue
from branding.audit.values import EntryView, Line, Link


def links(session: Session) -> Iterator[Link]:
    """The whole chain in order, a few hundred rows at a time."""
    for entry in session.exec(select(AuditEntry).order_by(col(AuditEntry.id))).yield_per(500):
        line = Line(
            entry.at,
            entry.actor_kind,
            entry.actor_id,
            entry.tag,
            entry.subject_kind,
            entry.subject_id,
            {name: list(pair) for name, pair in entry.marks.items()},
        )
        yield Link(entry.id or 0, line, entry.previous_hash, entry.hash)


def head(session: Session) -> AuditHead | None:
    return session.get(AuditHead, 1)


def latest_dropped_seal(session: Session) -> AuditSeal | None:
    """Where the chain now begins."""
    dropped = select(AuditSeal).where(col(AuditSeal.dropped_at).is_not(None))
    return session.exec(dropped.order_by(col(AuditSeal.month).desc())).first()


def seals(session: Session) -> list[AuditSeal]:
    return list(session.exec(select(AuditSeal).order_by(col(AuditSeal.month))))


def last_entry_before(session: Session, moment: datetime) -> AuditEntry | None:
    earlier = select(AuditEntry).where(col(AuditEntry.at) < moment)
    return session.exec(earlier.order_by(col(AuditEntry.id).desc())).first()


def first_entry_at(session: Session) -> datetime | None:
    return session.exec(select(func.min(AuditEntry.at))).one()


def count_since(session: Session, tag: str, subject_kind: str, subject_id: str, since: datetime) -> int:
    """How often something happened to a subject since a moment: what a lockout asks."""
    query = select(func.count()).where(
        AuditEntry.tag == tag,
        AuditEntry.subject_kind == subject_kind,
        AuditEntry.subject_id == subject_id,
        col(AuditEntry.at) > since,
    )
    return session.exec(query).one()


def latest_at(session: Session, tag: str, subject_kind: str, subject_id: str) -> datetime | None:
    query = select(func.max(AuditEntry.at)).where(
        AuditEntry.tag == tag, AuditEntry.subject_kind == subject_kind, AuditEntry.subject_id == subject_id
    )
    return session.exec(query).one()


def entries(
    session: Session,
    *,
    tag: str = "",
    subject_kind: str = "",
    subject_id: str = "",
    page: int = 1,
    size: int = 50,
) -> tuple[list[EntryView], bool]:
    """One page of entries, newest first, and whether there are more."""
    query = select(AuditEntry).order_by(col(AuditEntry.id).desc())
    if tag:
        query = query.where(col(AuditEntry.tag).startswith(tag, autoescape=True))
    if subject_kind:
        query = query.where(AuditEntry.subject_kind == subject_kind)
    if subject_id:
        query = query.where(AuditEntry.subject_id == subject_id)
    rows = list(session.exec(query.offset((page - 1) * size).limit(size + 1)))
    more, rows = len(rows) > size, rows[:size]
    return _with_values(session, rows), more


def _view(row: AuditEntry, changes: list[tuple[str, object, object]]) -> EntryView:
    return EntryView(
        row.id or 0, row.at, row.actor_kind, row.actor_id, row.tag, row.subject_kind, row.subject_id, changes
    )


def entries_about(session: Session, subjects: Mapping[str, Sequence[str]]) -> list[EntryView]:
    """Every entry about these things, oldest first; ``subjects`` maps a kind to the ids of that kind."""
    about = or_(
        *(
            and_(col(AuditEntry.subject_kind) == kind, col(AuditEntry.subject_id).in_(ids))
            for kind, ids in subjects.items()
        )
    )
    return _with_values(
        session, session.exec(select(AuditEntry).where(about).order_by(col(AuditEntry.id))).all()
    )


def entries_tagged(session: Session, tags: Sequence[str], since: datetime, limit: int) -> list[EntryView]:
    """The latest entries with one of these tags, newest first."""
    query = select(AuditEntry).where(col(AuditEntry.tag).in_(tags), col(AuditEntry.at) >= since)
    rows = session.exec(query.order_by(col(AuditEntry.id).desc()).limit(limit)).all()
    return _with_values(session, rows)


def _with_values(session: Session, rows: Sequence[AuditEntry]) -> list[EntryView]:
    changes: dict[int, list[tuple[str, object, object]]] = {}
    here = col(AuditValue.entry_id).in_([row.id for row in rows])
    for value in session.exec(select(AuditValue).where(here)):
        changes.setdefault(value.entry_id, []).append((value.field, value.before, value.after))
    return [_view(row, changes.get(row.id or 0, [])) for row in rows]
