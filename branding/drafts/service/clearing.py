"""Clearing out posts that were thrown away or never sent, with their pictures."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from branding.audit.service import record
from branding.core.actor import SYSTEM
from branding.drafts.models import Draft, DraftMedia
from branding.drafts.rules.keeping import THROWN_AWAY, goes
from branding.drafts.values.drafts import DraftState
from branding.media.service import keeping


def clear(session: Session, *, now: datetime) -> int:
    """Everything of those drafts goes; pictures that another draft shows stay.  Returns how many went."""
    rows = [row for row in _old(session, now) if _goes(row, now)]
    for row in rows:
        own = session.exec(select(DraftMedia.item_id).where(DraftMedia.draft_id == row.id)).all()
        elsewhere = session.exec(
            select(DraftMedia.item_id).where(
                col(DraftMedia.item_id).in_(own), col(DraftMedia.draft_id) != row.id
            )
        ).all()
        keeping.drop(session, SYSTEM, sorted(set(own) - set(elsewhere)), now=now)
        session.delete(row)
        record(session, SYSTEM, "drafts:draft:cleared", "draft", row.id, now=now)
        session.flush()
    return len(rows)


def anything_to_clear(session: Session, *, now: datetime) -> bool:
    return any(_goes(row, now) for row in _old(session, now))


def _old(session: Session, now: datetime) -> list[Draft]:
    return list(session.exec(select(Draft).where(col(Draft.changed_at) <= now - THROWN_AWAY)))


def _goes(row: Draft, now: datetime) -> bool:
    return goes(DraftState(row.state), row.changed_at, is_idea=row.takeover_id is None, now=now)
