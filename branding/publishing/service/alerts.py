"""What somebody must be told: written down where it happens, told by a tick, ended when nothing is left."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from branding.publishing.models import Alert, Publication
from branding.publishing.values.alerts import Event


def raise_alert(
    session: Session,
    event: Event,
    key: str,
    *,
    about: Publication | None = None,
    profile_id: int | None = None,
    unit_id: int | None = None,
    code: str = "",
    reference: str = "",
    due_at: datetime | None = None,
    now: datetime,
) -> bool:
    """Said once for each key; False when it was said before."""
    dedupe = f"{event.value}:{key}"
    if session.exec(select(Alert.id).where(Alert.dedupe_key == dedupe)).first() is not None:
        return False
    session.add(
        Alert(
            event=event,
            dedupe_key=dedupe,
            publication_id=about.id if about else None,
            profile_id=profile_id if about is None else about.profile_id,
            unit_id=unit_id if about is None else about.unit_id,
            code=code,
            reference=reference,
            made_at=now,
            due_at=due_at or now,
        )
    )
    session.flush()
    return True


def end_alerts(
    session: Session,
    *events: Event,
    publication_id: str | None = None,
    profile_id: int | None = None,
    reference: str = "",
    now: datetime,
) -> None:
    """There is nothing left to do about these; what nobody was told of yet is not told any more."""
    query = select(Alert).where(col(Alert.event).in_(events), col(Alert.ended_at).is_(None))
    if publication_id is not None:
        query = query.where(Alert.publication_id == publication_id)
    if profile_id is not None:
        query = query.where(Alert.profile_id == profile_id)
    if reference:
        query = query.where(Alert.reference == reference)
    for row in session.exec(query):
        row.ended_at = now
    session.flush()


def open_keys(session: Session, event: Event, publication_id: str) -> set[str]:
    """The keys of what is still open about a publication."""
    query = select(Alert.dedupe_key).where(
        Alert.event == event, Alert.publication_id == publication_id, col(Alert.ended_at).is_(None)
    )
    return set(session.exec(query))
