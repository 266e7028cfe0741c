"""What reports count of pictures and films: units and numbers."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlmodel import Session, col

from branding.media.models import MediaItem, MediaPerson
from branding.media.values.items import Answer


def undeclared_by_unit(session: Session) -> dict[int, int]:
    """Kept items of which nobody has said who is in them, as ``rules.declaring.is_declared`` says it."""
    said = select(col(MediaPerson.id)).where(
        col(MediaPerson.item_id) == col(MediaItem.id),
        col(MediaPerson.answer).is_not(None),
        col(MediaPerson.answer) != Answer.NOT_A_FACE,
    )
    query = (
        select(col(MediaItem.unit_id), func.count())
        .where(
            col(MediaItem.dropped_at).is_(None),
            col(MediaItem.purged_at).is_(None),
            col(MediaItem.is_nobody).is_(False),
            ~said.exists(),
        )
        .group_by(col(MediaItem.unit_id))
    )
    return {row[0]: row[1] for row in session.execute(query)}
