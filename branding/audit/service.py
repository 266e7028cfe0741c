"""Writing to the audit log, sealing its months and verifying the chain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select

from branding.audit import queries, rules
from branding.audit.models import AuditEntry, AuditHead, AuditSeal, AuditValue
from branding.audit.values import Line, Verdict
from branding.core.actor import Actor
from branding.core.clock import COPENHAGEN, at_local
from branding.core.db import Database
from branding.core.errors import RuleBroken
from branding.core.text import say


def _key(session: Session) -> str:
    """The key of the chain's hashes; every session of a Database carries it."""
    return str(session.info["audit_key"])


def subject_mark(session: Session, value: str) -> str:
    """A stand-in for something that must not be in the log itself, such as a mail address."""
    return rules.mark(_key(session), value)


def record(
    session: Session,
    actor: Actor,
    tag: str,
    subject_kind: str,
    subject_id: object,
    *,
    changes: Mapping[str, tuple[Any, Any]] | None = None,
    now: datetime,
) -> None:
    """Add an entry in the caller's transaction.

    ``changes`` maps field names to (before, after); equal pairs are left out.
    Values that are not numbers, texts or lists are written as text.
    """
    key = _key(session)
    real = {name: (_plain(a), _plain(b)) for name, (a, b) in (changes or {}).items() if a != b}
    marks = {name: [rules.mark(key, a), rules.mark(key, b)] for name, (a, b) in real.items()}
    line = Line(now, actor.kind, actor.id, tag, subject_kind, str(subject_id), marks)
    # Locking the head first makes the order of ids the order of the chain.
    head = session.exec(select(AuditHead).where(AuditHead.id == 1).with_for_update()).first()
    if head is None:
        head = AuditHead(last_hash=rules.GENESIS)
        session.add(head)
    entry = AuditEntry(
        at=line.at,
        actor_kind=line.actor_kind,
        actor_id=line.actor_id,
        tag=tag,
        subject_kind=subject_kind,
        subject_id=line.subject_id,
        marks=marks,
        previous_hash=head.last_hash,
        hash=rules.link_hash(key, line, head.last_hash),
    )
    session.add(entry)
    session.flush()
    head.last_id, head.last_hash = entry.id, entry.hash
    session.add_all(
        AuditValue(entry_id=entry.id or 0, field=name, before=a, after=b) for name, (a, b) in real.items()
    )
    session.flush()


def record_apart(
    database: Database,
    actor: Actor,
    tag: str,
    subject_kind: str,
    subject_id: object,
    now: datetime,
    *,
    changes: Mapping[str, tuple[Any, Any]] | None = None,
) -> None:
    """Add an entry in a transaction of its own: for readings, and for refusals, which are rolled back."""
    with database.transaction() as session:
        record(session, actor, tag, subject_kind, subject_id, changes=changes, now=now)


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int | float | str | list) else str(value)


def verify(session: Session) -> Verdict:
    """Check every entry, the seals, and that nothing was cut off at either end."""
    key = _key(session)
    for seal in queries.seals(session):
        if seal.hash != rules.seal_hash(key, seal.month, seal.last_id, seal.last_hash):
            return Verdict(0, seal.last_id, seal.last_hash)
    dropped = queries.latest_dropped_seal(session)
    start = dropped.last_hash if dropped else rules.GENESIS
    head = queries.head(session)
    head_hash = head.last_hash if head else rules.GENESIS
    return rules.verify(key, queries.links(session), start, head.last_id if head else None, head_hash)


def seal_past_months(session: Session, *, now: datetime) -> list[str]:
    """Seal every month that is over and not sealed yet; returns them."""
    first = queries.first_entry_at(session)
    if first is None:
        return []
    done = {seal.month for seal in queries.seals(session)}
    month, sealed = first.astimezone(COPENHAGEN).date().replace(day=1), []
    while (after := _next_month(month)) <= now.astimezone(COPENHAGEN).date():
        name = f"{month:%Y-%m}"
        last = queries.last_entry_before(session, at_local(after))
        if name not in done and last is not None:
            mark = rules.seal_hash(_key(session), name, last.id or 0, last.hash)
            session.add(
                AuditSeal(month=name, last_id=last.id or 0, last_hash=last.hash, hash=mark, sealed_at=now)
            )
            sealed.append(name)
        month = after
    session.flush()
    return sealed


def drop_through(session: Session, actor: Actor, month: str, *, now: datetime) -> int:
    """Drop all entries up to the end of a sealed month; returns how many.  The chain still verifies."""
    seal = session.get(AuditSeal, month)
    if seal is None:
        raise RuleBroken("not_sealed", say("The month %(month)s is not sealed.", month=month))
    # Written first, so that the table is never empty: SQLite would begin its numbers at 1 again.
    record(session, actor, "audit:month:dropped", "audit_seal", month, now=now)
    old = select(AuditEntry.id).where(col(AuditEntry.id) <= seal.last_id)
    session.execute(delete(AuditValue).where(col(AuditValue.entry_id).in_(old)))
    dropped = session.execute(delete(AuditEntry).where(col(AuditEntry.id) <= seal.last_id))
    for earlier in queries.seals(session):
        if earlier.month <= month and earlier.dropped_at is None:
            earlier.dropped_at = now
    return int(dropped.rowcount)  # type: ignore[attr-defined]


def _next_month(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)


def erase_values(session: Session, subjects: Mapping[str, Iterable[str]]) -> None:
    """Erase the readable values of things that are gone; the chain, which holds hashes only, still verifies.

    ``subjects`` maps a kind to the ids of that kind.
    """
    for kind, ids in subjects.items():
        entries = select(AuditEntry.id).where(
            AuditEntry.subject_kind == kind, col(AuditEntry.subject_id).in_(list(ids))
        )
        session.execute(delete(AuditValue).where(col(AuditValue.entry_id).in_(entries)))
