"""What is due and goes nowhere is said, so that nobody finds out by chance (peers.md 1)."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from branding.core.db import Database
from branding.publishing.models import Publication
from branding.publishing.queries.publications import publication_row
from branding.publishing.queries.status import open_overdue, overdue_ids
from branding.publishing.service.alerts import end_alerts, raise_alert
from branding.publishing.values.alerts import Event


def watch(database: Database, *, now: datetime) -> int:
    """Raise what is overdue and end what moves again; returns how many stand still."""
    with database.reader() as session:
        late, told = overdue_ids(session, now), open_overdue(session)
    if late != told:
        with database.transaction() as session:
            for publication_id in sorted(told - late):
                end_alerts(session, Event.OVERDUE, publication_id=publication_id, now=now)
            for publication_id in sorted(late - told):
                _say(session, publication_row(session, publication_id), now)
    return len(late)


def _say(session: Session, row: Publication, now: datetime) -> None:
    key = f"{row.id}:{int(max(row.due_at, row.next_attempt_at).timestamp())}"
    raise_alert(session, Event.OVERDUE, key, about=row, now=now)
