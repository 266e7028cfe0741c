"""Holding one publication at a time: whoever holds the claim may write, until the lease runs out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, update
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from branding.core.ids import new_id
from branding.publishing.models import Publication
from branding.publishing.queries.publications import publication_row
from branding.publishing.rules.times import LEASE
from branding.publishing.service.outlets import Outlets
from branding.publishing.values.states import Way


@dataclass(frozen=True, slots=True)
class Held:
    """What a worker holds: only with this claim may it write what it did."""

    publication_id: str
    claim: str
    way: Way


def each_due(outlets: Outlets, *which: ColumnElement[bool]) -> Iterator[Held]:
    """Publications that fit and are due, one after another until none is left, each held by this worker.

    Most ticks find nothing, and look without the write lock.
    """
    while True:
        with outlets.database.reader() as session:
            if session.exec(_due(outlets.now(), which)).first() is None:
                return
        with outlets.database.transaction() as session:
            held = _take(session, outlets.now(), which)
        if held is None:
            return
        yield held


def mine(session: Session, held: Held, *, now: datetime) -> Publication | None:
    """The row, while this worker still holds it; the lease begins anew."""
    row = publication_row(session, held.publication_id)
    if row.claim != held.claim:
        return None
    row.lease_until = now + LEASE
    return row


def _take(session: Session, now: datetime, which: tuple[ColumnElement[bool], ...]) -> Held | None:
    # "=", not "IN": PostgreSQL may run the subquery of an IN once for each row, and take several.
    first = _due(now, which).with_for_update(skip_locked=True).scalar_subquery()
    taken = (
        update(Publication)
        .where(col(Publication.id) == first)
        .values(claim=new_id(), lease_until=now + LEASE)
        .returning(Publication)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    row = session.scalars(taken).first()
    return Held(row.id, row.claim, Way(row.way)) if row is not None else None


def _due(now: datetime, which: tuple[ColumnElement[bool], ...]) -> SelectOfScalar[str]:
    return (
        select(Publication.id)
        .where(
            *which,
            col(Publication.next_attempt_at) <= now,
            or_(col(Publication.lease_until).is_(None), col(Publication.lease_until) < now),
        )
        .order_by(col(Publication.next_attempt_at))
        .limit(1)
    )
