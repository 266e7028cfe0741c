"""Reads of publications: one, those of drafts, and what a worker looks for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from branding.core.errors import Missing
from branding.publishing.models import Attempt, Publication
from branding.publishing.values.states import State

_SAME_HOUR = timedelta(hours=1)
_SAME_WORDS = timedelta(days=30)


def publication_row(session: Session, publication_id: str) -> Publication:
    found = session.get(Publication, publication_id)
    if found is None:
        raise Missing("publication", publication_id)
    return found


def find_of_draft(session: Session, draft_id: str, channel: str) -> Publication | None:
    return session.exec(
        select(Publication).where(Publication.draft_id == draft_id, Publication.channel == channel)
    ).first()


def of_drafts(session: Session, draft_ids: Collection[str]) -> dict[str, list[Publication]]:
    """Every channel's publication of these drafts, in one query."""
    found: dict[str, list[Publication]] = {}
    query = select(Publication).where(col(Publication.draft_id).in_(draft_ids))
    for row in session.exec(query.order_by(col(Publication.due_at), col(Publication.id))):
        found.setdefault(row.draft_id, []).append(row)
    return found


def elsewhere(session: Session, row: Publication) -> list[Publication]:
    """The same post on its other channels, as long as it is out there or may still come out."""
    same = of_drafts(session, [row.draft_id]).get(row.draft_id, [])
    over = (State.REMOVED, State.CANCELLED, State.FAILED)
    return [one for one in same if one.id != row.id and one.state not in over]


def in_states(session: Session, states: Collection[State], limit: int | None = None) -> Sequence[Publication]:
    """Rows in these states, the first due first."""
    query = select(Publication).where(col(Publication.state).in_(states))
    return session.exec(query.order_by(col(Publication.due_at), col(Publication.id)).limit(limit)).all()


def taken_ids(session: Session, profile_id: int, but: str) -> set[str]:
    """What a channel calls the posts that belong to other publications."""
    query = select(Publication.external_id).where(
        Publication.profile_id == profile_id, Publication.id != but, col(Publication.external_id) != ""
    )
    return set(session.exec(query).all())


def taken_addresses(session: Session, profile_id: int, but: str) -> set[str]:
    """Where the profile's other posts can be seen."""
    query = select(Publication.permalink).where(
        Publication.profile_id == profile_id, Publication.id != but, col(Publication.permalink) != ""
    )
    return set(session.exec(query).all())


def attempts_of(session: Session, publication_id: str) -> Sequence[Attempt]:
    """Every call, the first one first."""
    query = select(Attempt).where(Attempt.publication_id == publication_id)
    return session.exec(query.order_by(col(Attempt.id))).all()


def neighbours(session: Session, row: Publication, at: datetime) -> tuple[bool, bool]:
    """Whether the profile has another post within the hour, and the same words within thirty days."""
    others = select(Publication.due_at, Publication.text_hash).where(
        Publication.profile_id == row.profile_id,
        Publication.id != row.id,
        col(Publication.due_at).between(at - _SAME_WORDS, at + _SAME_WORDS),
        col(Publication.state).not_in((State.CANCELLED, State.REMOVED, State.FAILED)),
    )
    found = session.exec(others).all()
    same_hour = any(abs(due_at - at) < _SAME_HOUR for due_at, _ in found)
    return same_hour, bool(row.text_hash) and any(text == row.text_hash for _, text in found)
