"""What ambassadors may save: pictures of live posts in which there is nobody, as long as the post is out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from branding.core import clock
from branding.core.db import Database
from branding.core.settings import Settings
from branding.media.models import MediaItem
from branding.media.values.items import FaceState
from branding.plan.queries import ambassadors as queries
from branding.plan.service import kits
from branding.plan.values import KitRequest, KitView
from branding.publishing.models import Publication
from branding.publishing.service import planning
from branding.publishing.values.states import Shows, State
from tests.drafts import factories as drafts
from tests.drafts import pages
from tests.plan.factories import KAREN
from tests.publishing import factories as f
from tests.publishing.test_hand import finish
from tests.support.client import InspectingClient

At = Callable[[str], datetime]


@pytest.fixture
def on(session: Session, at: At) -> drafts.Stage:
    return drafts.stage(session, at("2026-11-02 08:00"))


def live(session: Session, row: Publication) -> KitView:
    """The post is out, and somebody has made something to share of it."""
    row.state, row.published_at = State.PUBLISHED, clock.now()
    row.permalink = "https://www.instagram.com/p/x/"
    session.add(row)
    session.flush()
    kit_id = kits.make_kit(session, KAREN, KitRequest("Se her", "", "", None, row.id), now=clock.now())
    return queries.kit_by_id(session, kit_id)


def empty(session: Session, on: drafts.Stage) -> Publication:
    """An approved post in whose picture nobody is, which has been counted."""
    f.connect(session, on)
    row = f.planned(session, on, clock.now(), clock.now() + timedelta(hours=1))
    for item in session.exec(select(MediaItem)):
        item.face_state, item.faces_by_hand = FaceState.COUNTED, None
    session.flush()
    return row


def test_a_picture_without_people_can_be_saved_until_the_post_is_down(
    session: Session, client: InspectingClient, database: Database, settings: Settings, at: At
) -> None:
    stage, post, item = pages.with_picture(session, client, at("2026-11-02 09:00"))
    finish(session, stage, post.rpartition("/")[2], item, clock.now())
    f.connect(session, stage)
    session.commit()
    at("2026-11-02 10:00")
    f.tick(database, settings)
    row = session.exec(select(Publication)).one()
    one = live(session, row)
    session.commit()
    assert "Billeder uden mennesker" in client.page(f"/share/{one.token}").text("main")
    picture = client.get(f"/share/{one.token}/pictures/1")
    assert picture.data[:3] == b"\xff\xd8\xff" and "attachment" in picture.headers["Content-Disposition"]
    assert client.get(f"/share/{one.token}/pictures/2").status_code == 404
    row.state = State.REMOVED
    session.commit()
    assert client.get(f"/share/{one.token}/pictures/1").status_code == 404


@pytest.mark.parametrize(
    ("state", "faces"), [(FaceState.WAITING, None), (FaceState.UNAVAILABLE, None), (FaceState.BY_HAND, 1)]
)
def test_a_picture_that_was_not_counted_or_holds_a_face_is_not_given_on(
    session: Session, on: drafts.Stage, state: FaceState, faces: int | None
) -> None:
    row = empty(session, on)
    for item in session.exec(select(MediaItem)):
        item.face_state, item.faces_by_hand = state, faces
    one = live(session, row)
    assert kits.pictures(session, one) == ()


def test_a_post_with_somebody_in_it_is_shared_by_its_link_alone(session: Session, on: drafts.Stage) -> None:
    f.connect(session, on)
    someone = drafts.asked_colleague(session, on, clock.now())
    due = clock.now() + timedelta(hours=1)
    draft_id = drafts.with_person(session, on, clock.now(), someone, due_at=due)
    assert drafts.approve(session, on, draft_id, clock.now()).is_done
    planning.plan_approved(session, now=clock.now())
    row = f.of_draft(session, draft_id)
    row.shows = Shows.NOBODY
    one = live(session, row)
    assert kits.pictures(session, one) == (), "whatever the row says of it, the picture says otherwise"
