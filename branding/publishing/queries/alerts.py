"""Alerts that somebody can do something about, for the front page."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, select

from branding.publishing.models import Alert
from branding.publishing.values.alerts import AlertView, Event

_MOST = 50


def open_alerts(
    session: Session, events: Collection[Event], units: Collection[int] | None, now: datetime
) -> list[AlertView]:
    """Not ended, of these units (None: all, and what belongs to no unit), the oldest first."""
    query = select(Alert).where(
        col(Alert.ended_at).is_(None), col(Alert.event).in_(sorted(events)), col(Alert.due_at) <= now
    )
    if units is not None:
        query = query.where(col(Alert.unit_id).in_(units))
    return [
        AlertView(
            row.id or 0,
            Event(row.event),
            row.publication_id,
            row.profile_id,
            row.unit_id,
            row.code,
            row.made_at,
            row.ended_at,
        )
        for row in session.exec(query.order_by(col(Alert.id)).limit(_MOST))
    ]
