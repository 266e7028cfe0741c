"""Publications of posts that are cleared out go with them; of what never went out the audit log remains."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select

from branding.drafts.service.clearing import ids_to_clear
from branding.publishing.models import Alert, Attempt, HandPackage, MediaLink, PostComment, Publication
from branding.publishing.service import takedowns
from branding.publishing.values.states import State

#: As long as questions about numbers and answers may come; the week is long over.
_COMMENTS = timedelta(days=30)
#: It is certain that nobody has seen these.
_NEVER_OUT = (State.CANCELLED, State.FAILED, State.MISSED)


def forget_comments(session: Session, *, now: datetime) -> None:
    """Nobody answers them any more; one that may name a citizen and can be seen stays."""
    is_seen = col(PostComment.names_citizen).is_(True) & col(PostComment.hidden_at).is_(None)
    takedowns.forget_comments(session, (col(PostComment.found_at) < now - _COMMENTS) & ~is_seen, now=now)


def forget_cleared(session: Session, *, now: datetime) -> int:
    """Make way for the clearing of drafts; what may have been out stays, and its draft with it."""
    query = select(Publication.id).where(
        col(Publication.draft_id).in_(ids_to_clear(session, now=now)),
        col(Publication.state).in_(_NEVER_OUT),
        col(Publication.published_at).is_(None),
    )
    ids = session.exec(query).all()
    for table in (Alert, Attempt, HandPackage, MediaLink):
        session.execute(delete(table).where(col(table.publication_id).in_(ids)))
    session.execute(delete(Publication).where(col(Publication.id).in_(ids)))
    return len(ids)
