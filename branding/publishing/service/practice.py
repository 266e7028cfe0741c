"""The practice profile: a channel of Stafet's own, for training hosts and for trying everything.

It goes the same way as the others: nothing is there before the one call, and the call is made once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from branding.consent.values.records import Format
from branding.core.db import Database
from branding.core.ids import new_id
from branding.drafts.queries.drafts import draft_row
from branding.publishing.models import PracticePost, Publication
from branding.publishing.values.calls import (
    CallFailed,
    Can,
    Container,
    Failure,
    Look,
    Made,
    Measured,
    NewToken,
    Placed,
    Progress,
    Quota,
    RemoteComment,
    RemotePost,
    Sent,
    Step,
    Tested,
)
from branding.publishing.values.posts import Post

_NEWEST = 25


class PracticeClient:
    """Satisfies :class:`~publishing.channels.protocol.ChannelClient`."""

    can = frozenset({Can.DELETE, Can.LIST, Can.LIST_STORIES, Can.COMMENT})

    def __init__(self, database: Database, profile_id: int, now: Callable[[], datetime]) -> None:
        self._database, self._profile_id, self._now = database, profile_id, now

    def advance(self, post: Post, made: Made) -> Progress:
        return Progress(made, is_ready=True)

    def newest(self, post: Post) -> Sequence[str]:
        with self._database.reader() as session:
            query = select(PracticePost.id).where(PracticePost.profile_id == self._profile_id)
            return session.exec(query.order_by(col(PracticePost.posted_at).desc()).limit(_NEWEST)).all()

    def publish(self, post: Post, made: Made) -> Placed:
        with self._database.transaction() as session:
            publication = session.get(Publication, post.publication_id)
            assert publication is not None
            draft = draft_row(session, publication.draft_id)
            row = PracticePost(
                id=new_id(),
                publication_id=post.publication_id,
                profile_id=self._profile_id,
                draft_id=draft.id,
                number=draft.number,
                form=post.format,
                posted_at=self._now(),
            )
            session.add(row)
            return Placed(row.id, self._address(row.id))

    def look(self, post: Post, made: Made, since: datetime) -> Look:
        with self._database.reader() as session:
            row = _of(session, post.publication_id)
        if row is None:
            # What is handed over here is nothing: it is certain that nothing is out.
            return Look(Container.EXPIRED)
        found = RemotePost(row.id, post.caption, row.posted_at, self._address(row.id))
        return Look(Container.PUBLISHED, (found,))

    def permalink(self, external_id: str) -> str:
        return self._address(external_id)

    def is_live(self, external_id: str) -> bool:
        with self._database.reader() as session:
            row = session.get(PracticePost, external_id)
        return row is not None and row.removed_at is None

    def posts_since(self, since: datetime) -> Sequence[RemotePost]:
        with self._database.reader() as session:
            query = select(PracticePost).where(
                PracticePost.profile_id == self._profile_id,
                PracticePost.posted_at >= since,
                col(PracticePost.removed_at).is_(None),
            )
            rows = session.exec(query.order_by(col(PracticePost.posted_at).desc())).all()
        return [RemotePost(row.id, "", row.posted_at, self._address(row.id)) for row in rows]

    def comment(self, external_id: str, text: str) -> str:
        with self._database.transaction() as session:
            row = session.get(PracticePost, external_id)
            assert row is not None
            row.first_comment = text
        return external_id

    def comments(self, external_id: str) -> Sequence[RemoteComment]:
        with self._database.reader() as session:
            row = session.get(PracticePost, external_id)
        if row is None or not row.first_comment:
            return []
        return [RemoteComment(row.id, row.first_comment, row.posted_at, is_own=True)]

    def hide_comment(self, comment_id: str) -> None:
        raise CallFailed(Failure(Step.COMMENT, Sent.NO, "unsupported"))

    def delete(self, external_id: str) -> None:
        with self._database.transaction() as session:
            row = session.get(PracticePost, external_id)
            if row is not None and row.removed_at is None:
                row.removed_at = self._now()

    def measure(self, external_id: str, form: Format) -> Measured:
        return Measured()

    def followers(self) -> int | None:
        return None

    def quota(self) -> Quota | None:
        return None

    def refreshed(self) -> NewToken | None:
        return None

    def test(self) -> Sequence[Tested]:
        return []

    def _address(self, post_id: str) -> str:
        return f"/practice/{self._profile_id}/{post_id}"


def _of(session: Session, publication_id: str) -> PracticePost | None:
    return session.exec(select(PracticePost).filter_by(publication_id=publication_id)).first()
