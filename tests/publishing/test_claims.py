"""One at a time: whatever way the database finds to the first row that is due, it takes no other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import text
from sqlmodel import Session, func, select

from branding.outbox import service as outbox
from branding.outbox.models import OutboxMessage
from branding.outbox.values import Mail
from branding.publishing.models import Publication
from branding.publishing.service import claiming
from tests.publishing import factories as f
from tests.support.databases import IS_POSTGRES


def row_by_row(session: Session) -> None:
    """PostgreSQL is led to run a subquery anew for each row, as it does by itself with some statistics."""
    if IS_POSTGRES:
        for way in ("hashjoin", "mergejoin", "hashagg", "material", "sort", "memoize"):
            session.execute(text(f"SET LOCAL enable_{way} = off"))


def test_of_several_publications_one_is_claimed(
    session: Session, on: f.Stage, now: datetime, at: Callable[[str], datetime]
) -> None:
    f.connect(session, on)
    for minutes in (60, 61, 62, 63):
        f.planned(session, on, now, now + timedelta(minutes=minutes))
    row_by_row(session)
    assert claiming.claim_next(session, now=at("2026-11-02 10:10")) is not None
    claimed = select(func.count()).select_from(Publication).where(Publication.claim != "")
    assert session.exec(claimed).one() == 1


def test_of_several_mails_as_many_are_claimed_as_were_asked_for(session: Session, now: datetime) -> None:
    for number in range(5):
        mail = Mail("anna@example.dk", "Hej", "Hej")
        outbox.enqueue(session, mail, dedupe_key=f"claim:{number}", due_at=now, now=now)
    row_by_row(session)
    assert len(outbox.claim_due(session, now=now, limit=1)) == 1
    sending = select(func.count()).select_from(OutboxMessage).where(OutboxMessage.status == "sending")
    assert session.exec(sending).one() == 1
