"""Clearing out posts that were thrown away or never sent, with their pictures."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from branding.audit.service import record
from branding.core import log
from branding.core.actor import SYSTEM
from branding.drafts.models import Draft, DraftMedia
from branding.drafts.rules.keeping import THROWN_AWAY, UNUSED, goes
from branding.drafts.values.drafts import DraftState
from branding.media.queries import ids_made_before
from branding.media.service import keeping


def clear(session: Session, *, now: datetime) -> int:
    """Everything of those drafts goes; pictures that another draft shows stay.  Returns how many went.

    Pictures that were taken out of a post, and that none shows any more, go as late as an unused post.
    """
    count = 0
    for row in _going(session, now):
        try:
            with session.begin_nested():
                _clear_one(session, row, now)
        except IntegrityError:  # a higher room has still to do with it
            log.event("drafts.not_cleared", draft=row.id)
        else:
            count += 1
    keeping.drop(session, SYSTEM, _left_over(session, now), now=now)
    return count


def ids_to_clear(session: Session, *, now: datetime) -> list[str]:
    """For rooms above, that make way for it."""
    return [row.id for row in _going(session, now)]


def _clear_one(session: Session, row: Draft, now: datetime) -> None:
    own = session.exec(select(DraftMedia.item_id).where(DraftMedia.draft_id == row.id)).all()
    elsewhere = session.exec(
        select(DraftMedia.item_id).where(col(DraftMedia.item_id).in_(own), col(DraftMedia.draft_id) != row.id)
    ).all()
    keeping.drop(session, SYSTEM, sorted(set(own) - set(elsewhere)), now=now)
    session.delete(row)
    record(session, SYSTEM, "drafts:draft:cleared", "draft", row.id, now=now)
    session.flush()


def anything_to_clear(session: Session, *, now: datetime) -> bool:
    return bool(_going(session, now) or _left_over(session, now))


def _left_over(session: Session, now: datetime) -> list[str]:
    """Old pictures that no post shows."""
    shown = set(session.exec(select(DraftMedia.item_id)).all())
    return [item for item in ids_made_before(session, now - UNUSED) if item not in shown]


def _going(session: Session, now: datetime) -> list[Draft]:
    old = session.exec(select(Draft).where(col(Draft.changed_at) <= now - THROWN_AWAY))
    return [
        row
        for row in old
        if goes(DraftState(row.state), row.changed_at, is_idea=row.takeover_id is None, now=now)
    ]
