"""Reads of posts that Stafet did not publish."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from branding.core.errors import Missing
from branding.publishing.models import Connection, FoundPost, Publication
from branding.publishing.rules.finding import address
from branding.publishing.values.down import FoundState, FoundView
from branding.publishing.values.states import State, Way

_MOST = 300
_OPEN = (FoundState.NEW, FoundState.DOWN)
#: It may be out, and which post it is nobody knows.
UNCLEAR = (State.PUBLISHING, State.UNKNOWN, State.PUBLISHED_NO_ID, State.NEEDS_REVIEW)
#: A post that was put up by hand is asked about for so long.
_RECENT = timedelta(days=30)


def found_row(session: Session, found_id: int) -> FoundPost:
    row = session.get(FoundPost, found_id)
    if row is None:
        raise Missing("found_post", found_id)
    return row


def found_posts(
    session: Session, *, profile_id: int | None = None, states: Collection[FoundState] = _OPEN
) -> list[FoundView]:
    """The newest first; None: on every profile."""
    query = select(FoundPost).where(col(FoundPost.state).in_(states))
    if profile_id is not None:
        query = query.where(FoundPost.profile_id == profile_id)
    rows = session.exec(query.order_by(col(FoundPost.posted_at).desc(), col(FoundPost.id)).limit(_MOST))
    return [view(row) for row in rows]


def scanned_profiles(session: Session) -> list[tuple[int, Way, datetime | None]]:
    """Profiles that a client can be asked about: id, way, and when that was done last."""
    query = select(Connection).where(
        col(Connection.way).in_((Way.API, Way.PRACTICE)), col(Connection.broken_at).is_(None)
    )
    rows = session.exec(query.order_by(col(Connection.profile_id)))
    return [(row.profile_id, Way(row.way), row.scanned_at) for row in rows]


def known(session: Session, profile_id: int) -> tuple[set[str], set[str], datetime | None]:
    """Ids and addresses of ours and of what was found before, and since when one of ours is unclear."""
    ids = set(session.exec(select(FoundPost.external_id).where(FoundPost.profile_id == profile_id)))
    addresses, since = set[str](), list[datetime]()
    columns = (
        Publication.external_id,
        Publication.permalink,
        Publication.state,
        Publication.publish_started_at,
        Publication.due_at,
    )
    rows = session.exec(select(*columns).where(Publication.profile_id == profile_id))  # type: ignore[call-overload]
    for external_id, permalink, state, started_at, due_at in rows:
        ids.add(external_id)
        addresses.add(address(permalink))
        if state in UNCLEAR or (state == State.HANDED and started_at is not None):
            since.append((started_at or due_at) - timedelta(minutes=5))
    return ids - {""}, addresses - {""}, min(since, default=None)


def ours_out(session: Session, profile_id: int) -> Sequence[Publication]:
    """Our posts on the profile that a client can be asked about."""
    query = select(Publication).where(
        Publication.profile_id == profile_id,
        Publication.state == State.PUBLISHED,
        Publication.external_id != "",
        col(Publication.way).in_((Way.API, Way.PRACTICE)),
    )
    return session.exec(query.order_by(col(Publication.seen_at), col(Publication.id))).all()


def could_be(session: Session, row: FoundPost) -> Sequence[Publication]:
    """Ours that a found post may turn out to be: without an id, around the same days."""
    query = select(Publication).where(
        Publication.profile_id == row.profile_id,
        Publication.external_id == "",
        col(Publication.state).in_((*UNCLEAR, State.PUBLISHED, State.HANDED)),
        col(Publication.due_at).between(row.posted_at - _RECENT, row.posted_at + _RECENT),
    )
    return session.exec(query.order_by(col(Publication.due_at).desc()).limit(20)).all()


def view(row: FoundPost) -> FoundView:
    return FoundView(
        row.id or 0,
        row.profile_id,
        row.permalink,
        row.kind,
        row.posted_at,
        row.found_at,
        FoundState(row.state),
        row.decided_by,
        row.decided_at,
        row.publication_id,
    )
