"""Reads of cases about live posts that something went wrong with."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlmodel import Session, col, select

from branding.core import sealed
from branding.core.errors import Missing
from branding.publishing.models import Incident
from branding.publishing.values.down import IncidentView

#: GDPR art. 33.
LASTS = timedelta(hours=72)
_MOST = 200


def incident_row(session: Session, incident_id: str) -> Incident:
    found = session.get(Incident, incident_id)
    if found is None:
        raise Missing("incident", incident_id)
    return found


def incident_view(session: Session, row: Incident) -> IncidentView:
    """With its texts, which are sealed in the table."""
    return _view(
        row,
        _opened(session, row, "what", row.what_sealed),
        _opened(session, row, "told", row.told_sealed),
        _opened(session, row, "because", row.because_sealed),
    )


def incidents(session: Session, units: Collection[int] | None) -> list[IncidentView]:
    """Open ones first, then the newest; without their texts.  ``units``: None is all."""
    query = select(Incident)
    if units is not None:
        query = query.where(col(Incident.unit_id).in_(units))
    order = (col(Incident.closed_at).is_not(None), col(Incident.known_at).desc())
    return [_view(row) for row in session.exec(query.order_by(*order).limit(_MOST))]


def incidents_of(session: Session, publication_id: str) -> list[IncidentView]:
    query = select(Incident).where(Incident.publication_id == publication_id)
    return [_view(row) for row in session.exec(query.order_by(col(Incident.known_at).desc()))]


def undecided(session: Session) -> Sequence[Incident]:
    """Where nobody has decided yet whether the authority is told."""
    query = select(Incident).where(col(Incident.decided_at).is_(None), col(Incident.closed_at).is_(None))
    return session.exec(query.order_by(col(Incident.known_at))).all()


def about(incident_id: str, field: str) -> str:
    """What a sealed text is bound to."""
    return f"incident:{incident_id}:{field}"


def _opened(session: Session, row: Incident, field: str, text: str) -> str:
    return sealed.unseal(session, text, about=about(row.id, field)) if text else ""


def _view(row: Incident, what: str = "", told: str = "", because: str = "") -> IncidentView:
    return IncidentView(
        row.id,
        row.publication_id,
        row.unit_id,
        row.known_at,
        row.known_at + LASTS,
        row.made_by,
        row.decision_id,
        what,
        told,
        row.is_reported,
        because,
        row.case_number,
        row.decided_by,
        row.decided_at,
        row.closed_at,
        row.version,
    )
