"""The practice profile: a feed for staff and the host of these days, and for nobody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlmodel import Session

from branding.core.db import Database
from branding.core.settings import Settings
from branding.drafts.values.kinds import PostKind
from branding.publishing.models import PracticePost
from tests.drafts import factories as drafts
from tests.publishing import factories as f
from tests.publishing.test_plan_pages import due
from tests.support.client import InspectingClient

At = Callable[[str], datetime]


@pytest.fixture
def posted(
    session: Session, on: f.Stage, now: datetime, database: Database, settings: Settings, at: At
) -> str:
    """Two posts and a story, out since 10:00; the address of the newest."""
    f.connect(session, on)
    for minute in (0, 5):
        f.planned(session, on, now, due(f"2026-11-02 10:0{minute}"))
    f.planned(session, on, now, due("2026-11-02 10:06"), kind=PostKind.STORY)
    session.commit()
    at("2026-11-02 10:07")
    f.tick(database, settings)
    newest = max((one for one in f.feed(database) if one.form == "feed"), key=lambda one: one.posted_at)
    return f"/practice/{on.world.profile}/{newest.id}"


def test_staff_see_posts_and_stories_and_that_nobody_else_does(
    client: InspectingClient, sign_in: Callable[..., int], posted: str, on: f.Stage, at: At
) -> None:
    assert client.get(posted).status_code == 303
    sign_in("reader")
    page = client.page(f"/practice/{on.world.profile}")
    assert "Kun du og dine kolleger" in page.text("main") and page.text("main").count("Åbn opslaget") == 2
    assert "åbn storyen" in page.text("main")
    assert drafts.CAPTION in client.page(posted).text("main")
    at("2026-11-03 10:30")
    sign_in("reader")
    assert "åbn storyen" not in client.page(f"/practice/{on.world.profile}").text("main")


def test_the_host_sees_it_by_the_own_link(
    session: Session, client: InspectingClient, posted: str, on: f.Stage, database: Database
) -> None:
    post_id = posted.rpartition("/")[2]
    assert client.get(f"/my-week/practice/{post_id}").status_code == 303
    client.get(f"/host/{on.token}")
    assert drafts.CAPTION in client.page(f"/my-week/practice/{post_id}").text("main")
    assert "Øveprofil" in client.page("/my-week/practice").text("h1")
    client.page(f"/my-week/practice/{'f' * 32}", 404)


def test_what_is_taken_down_is_gone(
    session: Session, client: InspectingClient, sign_in: Callable[..., int], posted: str, on: f.Stage, at: At
) -> None:
    row = session.get(PracticePost, posted.rpartition("/")[2])
    assert row is not None
    row.removed_at = at("2026-11-02 11:00")
    session.add(row)
    session.commit()
    sign_in("communications")
    client.page(posted, 404)
    assert client.page(f"/practice/{on.world.profile}").text("main").count("Åbn opslaget") == 1
