"""Live posts by the channels' interfaces, against the simulator: deleting, listing, numbers and comments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from branding.consent.models import Consent, ConsentUse
from branding.consent.service.uses import note_use
from branding.consent.values.records import Channel
from branding.consent.values.uses import NewUse
from branding.core import clock, sealed
from branding.core.actor import SYSTEM
from branding.core.db import Database
from branding.core.settings import Settings
from branding.publishing.models import (
    Attempt,
    FollowerCount,
    FoundPost,
    Measurement,
    PostComment,
    Publication,
)
from branding.publishing.queries.comments import open_comments
from branding.publishing.service import commenting, deleting, following, measuring, scanning, taking_down
from branding.publishing.service.judging import reference_of
from branding.publishing.service.outlets import Outlets
from branding.publishing.values.alerts import Event
from branding.publishing.values.down import FoundState
from branding.publishing.values.states import Flavour, State, Way
from branding.simulator.world import FACEBOOK_TOKEN, IG_ACCOUNT
from tests.drafts import factories as drafts
from tests.publishing import factories as f
from tests.support.client import InspectingClient
from tests.support.simulated import Simulated

At = Callable[[str], datetime]


@pytest.fixture
def outlets(database: Database, settings: Settings, simulated: Simulated, tmp_path: Path) -> Outlets:
    """A Stafet that is pointed at the simulator."""
    return f.outlets(database, replace(settings, apis=simulated.settings_file(tmp_path / "apis")))


@pytest.fixture
def post(session: Session, on: drafts.Stage, now: datetime, simulated: Simulated, at: At) -> Publication:
    """Out on Instagram since 10:00; a citizen called Vega is on the register."""
    token = sealed.seal(session, FACEBOOK_TOKEN, about=f"connection:{on.world.profile}")
    f.connect(
        session,
        on,
        Way.API,
        flavour=Flavour.FACEBOOK_LOGIN,
        account_id=IG_ACCOUNT,
        token_sealed=token,
    )
    drafts.citizen(session, on, "Vega Prøve")
    row = f.planned(session, on, now, now + timedelta(hours=1))
    row.external_id = simulated.foreign_post(IG_ACCOUNT, "En helt almindelig formiddag")
    row.state, row.way, row.published_at = State.PUBLISHED, Way.API, at("2026-11-02 10:00")
    row.seen_at, row.is_followed_up = row.published_at, True
    session.add(row)
    session.commit()
    return row


def test_instagram_deletes_it_and_says_that_it_is_gone(
    database: Database, session: Session, outlets: Outlets, simulated: Simulated, post: Publication, at: At
) -> None:
    taking_down.recognised(session, f.KAREN, post.id, now=clock.now())
    session.commit()
    assert deleting.take_down_due(outlets) == 1
    assert f.row(database, post.id).state == State.REMOVED
    (there,) = simulated.state()["posts"]
    assert there["deleted_at"] is not None
    with database.reader() as reading:
        steps = [one.step for one in reading.exec(select(Attempt).where(Attempt.step == "delete"))]
    assert steps == ["delete"]


def test_a_cut_line_is_asked_about_before_anything_is_deleted_again(
    database: Database, session: Session, outlets: Outlets, simulated: Simulated, post: Publication, at: At
) -> None:
    simulated.faults({"action": "commit_then_drop", "method": "DELETE", "path": ".*"})
    taking_down.recognised(session, f.KAREN, post.id, now=clock.now())
    session.commit()
    deleting.take_down_due(outlets)
    assert f.row(database, post.id).state == State.PUBLISHED
    at("2026-11-02 10:10")
    deleting.take_down_due(outlets)
    assert f.row(database, post.id).state == State.REMOVED
    assert [one["method"] for one in simulated.calls()].count("DELETE") == 1


def test_somebody_posts_by_phone_and_it_is_found(
    database: Database, outlets: Outlets, simulated: Simulated, post: Publication, at: At
) -> None:
    simulated.foreign_post(IG_ACCOUNT, "Et gammelt opslag")
    scanning.scan(outlets)
    with database.reader() as reading:
        (row,) = reading.exec(select(FoundPost)).all()
    assert row.external_id != post.external_id and row.state == FoundState.OLD


def test_numbers_are_read_at_their_points_and_once_each(
    database: Database, outlets: Outlets, post: Publication, at: At
) -> None:
    at("2026-11-02 10:59")
    assert measuring.measure(outlets) == 0
    at("2026-11-02 11:00")
    assert measuring.measure(outlets) == 1 and measuring.measure(outlets) == 0
    with database.reader() as reading:
        found = {row.metric: row.value for row in reading.exec(select(Measurement))}
    assert found["reach"] and found["views"]
    at("2026-11-03 10:05")
    assert measuring.measure(outlets) == 1


def test_what_the_channel_does_not_say_yet_is_unknown_and_not_0(
    database: Database, outlets: Outlets, simulated: Simulated, post: Publication, at: At
) -> None:
    simulated.options(insights_delay=10**9)
    at("2026-11-02 11:00")
    assert measuring.measure(outlets) == 1
    with database.reader() as reading:
        values = {row.value for row in reading.exec(select(Measurement).where(Measurement.metric == "reach"))}
    assert values <= {None}


def test_followers_are_counted_once_a_day(database: Database, outlets: Outlets, post: Publication) -> None:
    assert measuring.count_followers(outlets) == 1 and measuring.count_followers(outlets) == 1
    with database.reader() as reading:
        (row,) = reading.exec(select(FollowerCount)).all()
    assert row.value is not None


def say_below(simulated: Simulated, text: str, number: str = "c1") -> None:
    """A stranger writes."""
    (one,) = [each for each in simulated.world.posts.values() if each.deleted_at is None]
    one.comments.append(
        {
            "id": number,
            "text": text,
            "message": text,
            "timestamp": "2026-11-02T09:30:00+0000",
            "created_time": "2026-11-02T09:30:00+0000",
            "hidden": False,
            "from": {"id": "99", "username": "naboen"},
        }
    )


def test_a_comment_that_names_a_citizen_is_hidden_at_once(
    database: Database, session: Session, outlets: Outlets, simulated: Simulated, post: Publication
) -> None:
    say_below(simulated, "Er det Vega, der sidder der?")
    say_below(simulated, "Sikke en fin dag", "c2")
    assert commenting.read(outlets) == 2 and commenting.read(outlets) == 0
    (there,) = simulated.world.posts.values()
    assert [one["hidden"] for one in there.comments] == [True, False]
    with database.reader() as reading:
        rows = reading.exec(select(PostComment).order_by(PostComment.external_id)).all()
        shown = open_comments(reading, post.takeover_id or 0)
    assert [row.hidden_at is not None for row in rows] == [True, False]
    assert all("Vega" not in row.text_sealed for row in rows) and len(shown) == 2
    assert Event.COMMENT_NAMES not in f.alerts(database)


def test_where_it_cannot_be_hidden_somebody_is_told(
    database: Database, outlets: Outlets, simulated: Simulated, post: Publication
) -> None:
    simulated.faults({"action": "status", "status": 400, "method": "POST", "path": "c1$"})
    say_below(simulated, "Hej Vega!")
    commenting.read(outlets)
    assert Event.COMMENT_NAMES in f.alerts(database)


def test_whoever_answers_is_reminded_and_the_words_are_deleted_when_it_is_done(
    database: Database,
    outlets: Outlets,
    simulated: Simulated,
    client: InspectingClient,
    sign_in: Callable[..., int],
    post: Publication,
    at: At,
) -> None:
    say_below(simulated, "Må man søge job hos jer?")
    commenting.read(outlets)
    at("2026-11-02 16:00")
    assert f.remind_of_comments(database, now=clock.now()) == 1
    assert f.remind_of_comments(database, now=clock.now()) == 0
    user = sign_in("communications")
    page = client.page(f"/publishing/{post.id}/comments")
    assert "søge job" in page.text("main")
    client.send(f"/publishing/{post.id}/comments", {"ref": f"user:{user}"})
    with database.reader() as reading:
        comment = reading.exec(select(PostComment)).one()
    client.send(f"/publishing/comments/{comment.id}/done")
    with database.reader() as reading:
        assert reading.exec(select(PostComment.text_sealed)).one() == ""
    assert Event.COMMENTS not in f.alerts(database)
    assert f.remind_of_comments(database, now=at("2026-11-03 16:00")) == 0


def test_an_address_that_is_found_later_stands_where_people_see_what_they_are_shown_in(
    database: Database, session: Session, on: drafts.Stage, outlets: Outlets, post: Publication
) -> None:
    drafts.asked_colleague(session, on, clock.now())
    consent_id = session.exec(select(Consent.id)).first() or ""
    shown = NewUse(reference_of(post.draft_id), Channel.INSTAGRAM, (consent_id,), clock.now())
    note_use(session, SYSTEM, shown, now=clock.now())
    post.left, post.is_followed_up = ["permalink"], False
    session.add(post)
    session.commit()
    assert following.follow_due(outlets) == 1
    with database.reader() as reading:
        (use,) = reading.exec(select(ConsentUse))
    assert use.url == f.row(database, post.id).permalink != ""
