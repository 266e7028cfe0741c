"""What reminders ask of consents: ids, units and days; no names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from branding.consent.models import Consent, Subject
from branding.consent.queries.oversight import stands


@dataclass(frozen=True, slots=True)
class Ending:
    """A yes that stands and ends."""

    consent_id: str
    unit_id: int
    expires_at: datetime


def ending_between(session: Session, first: datetime, last: datetime, now: datetime) -> list[Ending]:
    """Yeses that stand now and end in the period, the first to end first."""
    query = (
        select(Consent.id, Subject.unit_id, Consent.expires_at)
        .join(Subject, col(Subject.id) == col(Consent.subject_id))
        .where(
            *stands(now),
            col(Consent.expires_at) >= first,
            col(Consent.expires_at) <= last,
            col(Subject.erased_at).is_(None),
        )
    )
    rows = session.exec(query.order_by(col(Consent.expires_at), col(Consent.id)))
    return [Ending(*row) for row in rows]
