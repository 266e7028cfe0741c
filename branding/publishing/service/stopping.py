"""Taking a publication out of the plan because it may not go out."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from branding.core.actor import SYSTEM
from branding.publishing.models import Publication
from branding.publishing.service.alerts import raise_alert
from branding.publishing.service.moving import move
from branding.publishing.values.alerts import Event
from branding.publishing.values.states import State


def take_out(session: Session, row: Publication, code: str, *, decision_id: str = "", now: datetime) -> None:
    """Out of the plan at once; the author and the coordinators are told why (R10)."""
    row.decision_id = decision_id or row.decision_id
    move(session, SYSTEM, row, State.CANCELLED, code=code, now=now)
    raise_alert(session, Event.TAKEN_OUT, f"{row.id}:{row.version}", about=row, code=code, now=now)
