"""Comments that nobody has to look at any more: no reminders, and no words kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from branding.core import clock
from branding.core.db import Database
from branding.core.settings import Settings
from branding.publishing.models import PostComment, Publication
from branding.publishing.queries.publications import publication_row
from branding.publishing.service import forgetting, takedowns
from branding.publishing.values.down import Proof
from tests.drafts import factories as drafts
from tests.publishing import factories as f

At = Callable[[str], datetime]


@pytest.fixture
def post(
    database: Database, settings: Settings, session: Session, on: drafts.Stage, now: datetime, at: At
) -> Publication:
    """Out since 10:00, with a question below it that nobody has answered."""
    f.connect(session, on)
    row, *_ = f.out(database, settings, session, on, at)
    say_below(session, row, "c1")
    return row


def say_below(session: Session, row: Publication, external_id: str, *, names: bool = False) -> None:
    comment = PostComment(
        publication_id=row.id,
        external_id=external_id,
        text_sealed="sealed",
        made_at=clock.now(),
        found_at=clock.now(),
        names_citizen=names,
        subjects=[],
    )
    session.add(comment)
    session.commit()


def words(database: Database) -> dict[str, str]:
    with database.reader() as session:
        return {row.external_id: row.text_sealed for row in session.exec(select(PostComment))}


def test_nobody_is_reminded_when_the_week_is_long_over(database: Database, post: Publication, at: At) -> None:
    at("2026-11-02 16:00")
    assert f.remind_of_comments(database, now=clock.now()) == 1
    at("2026-11-20 16:00")
    assert f.remind_of_comments(database, now=clock.now()) == 0


def test_the_words_below_a_post_that_is_gone_are_not_kept(
    database: Database, session: Session, post: Publication
) -> None:
    row = publication_row(session, post.id)
    takedowns.note_gone(session, row, Proof.SAID, now=clock.now())
    session.commit()
    assert words(database) == {"c1": ""} and f.remind_of_comments(database, now=clock.now()) == 0


def test_words_go_after_a_month_but_not_those_that_somebody_must_still_hide(
    database: Database, session: Session, post: Publication
) -> None:
    say_below(session, post, "c2", names=True)
    forgetting.forget_comments(session, now=clock.now() + timedelta(days=29))
    session.commit()
    assert words(database) == {"c1": "sealed", "c2": "sealed"}
    forgetting.forget_comments(session, now=clock.now() + timedelta(days=31))
    session.commit()
    assert words(database) == {"c1": "", "c2": "sealed"}
