"""What reminders ask of what goes out: days with a post, deadlines, and profiles in use."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from branding.publishing.models import Connection, Publication, Takedown
from branding.publishing.values.down import Duty
from branding.publishing.values.states import State, Way

_NEVER = (State.CANCELLED, State.FAILED, State.MISSED)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A live post that must come down."""

    takedown_id: str
    unit_id: int
    due_at: datetime


def posts_between(
    session: Session, takeover_ids: Collection[int], first: datetime, last: datetime
) -> set[tuple[int, datetime]]:
    """When posts of these takeovers went out, or are to: takeover and moment."""
    query = select(Publication.takeover_id, Publication.published_at, Publication.due_at).where(
        col(Publication.takeover_id).in_(takeover_ids),
        col(Publication.due_at).between(first, last),
        col(Publication.state).not_in(_NEVER),
    )
    return {(key, published_at or due_at) for key, published_at, due_at in session.exec(query) if key}


def open_deadlines(session: Session) -> list[Deadline]:
    """What must come down and nobody has said is down, the first deadline first."""
    query = (
        select(Takedown.id, Publication.unit_id, Takedown.due_at)
        .join(Publication, col(Publication.id) == col(Takedown.publication_id))
        .where(col(Takedown.done_at).is_(None), Takedown.duty == Duty.TAKEDOWN, Takedown.said_by == "")
    )
    return [Deadline(*row) for row in session.exec(query.order_by(col(Takedown.due_at), col(Takedown.id)))]


def used_profiles(session: Session) -> set[int]:
    """Profiles that something goes or went out on; the practice profile shares nothing."""
    practice = session.scalars(select(col(Connection.profile_id)).where(Connection.way == Way.PRACTICE))
    return set(session.scalars(select(col(Publication.profile_id)).distinct())) - set(practice)
