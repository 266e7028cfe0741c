"""The practice profile as it is shown: posts, the newest first, and the stories of the last day on top."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from branding.consent.values.records import Format
from branding.core.errors import Missing
from branding.drafts.queries.drafts import version_row
from branding.drafts.values.content import Content
from branding.media.queries import item_views
from branding.media.values.items import ItemView
from branding.publishing.models import PracticePost, Publication

#: As long as a story can be seen.
STORY_LASTS = timedelta(days=1)
ROWS = 12


@dataclass(frozen=True, slots=True)
class PracticeView:
    """A post of the practice profile: what it said when it went out."""

    id: str
    publication_id: str
    unit_id: int
    profile_id: int
    form: Format
    content: Content
    items: dict[str, ItemView]
    posted_at: datetime
    first_comment: str


@dataclass(frozen=True, slots=True)
class Feed:
    """One page of the profile."""

    stories: tuple[PracticeView, ...]
    posts: tuple[PracticeView, ...]
    count: int
    page: int
    pages: int


def feed(session: Session, profile_id: int, page: int, now: datetime) -> Feed:
    """Everything that is up."""
    up = select(PracticePost, Publication.unit_id).join(
        Publication, col(Publication.id) == PracticePost.publication_id
    )
    up = up.where(PracticePost.profile_id == profile_id, col(PracticePost.removed_at).is_(None))
    newest = up.order_by(col(PracticePost.posted_at).desc(), col(PracticePost.id))
    stories = newest.where(PracticePost.form == Format.STORY, PracticePost.posted_at > now - STORY_LASTS)
    posts = newest.where(PracticePost.form != Format.STORY)
    ids = session.exec(
        select(PracticePost.id).where(
            PracticePost.profile_id == profile_id,
            col(PracticePost.removed_at).is_(None),
            PracticePost.form != Format.STORY,
        )
    ).all()
    pages = max(1, -(-len(ids) // ROWS))
    page = min(max(1, page), pages)
    shown = session.exec(posts.offset((page - 1) * ROWS).limit(ROWS)).all()
    return Feed(
        tuple(_view(session, row, unit) for row, unit in session.exec(stories).all()),
        tuple(_view(session, row, unit) for row, unit in shown),
        len(ids),
        page,
        pages,
    )


def practice_post(session: Session, profile_id: int, post_id: str, now: datetime) -> PracticeView:
    """One post that is up; a story only while it lasts."""
    row = session.get(PracticePost, post_id)
    if row is None or row.profile_id != profile_id or row.removed_at is not None:
        raise Missing("practice_post", post_id)
    if row.form == Format.STORY and row.posted_at <= now - STORY_LASTS:
        raise Missing("practice_post", post_id)
    publication = session.get(Publication, row.publication_id)
    assert publication is not None
    return _view(session, row, publication.unit_id)


def _view(session: Session, row: PracticePost, unit_id: int) -> PracticeView:
    content = Content.from_json(version_row(session, row.draft_id, row.number).content)
    return PracticeView(
        row.id,
        row.publication_id,
        unit_id,
        row.profile_id,
        Format(row.form),
        content,
        item_views(session, content.item_ids),
        row.posted_at,
        row.first_comment,
    )
