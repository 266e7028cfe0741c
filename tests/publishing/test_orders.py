"""Acts in an order that nobody planned for: what was handed over or made ready is not what holds now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from branding.core.actor import SYSTEM
from branding.core.db import Database
from branding.core.errors import RuleBroken
from branding.core.settings import Settings
from branding.drafts.queries.drafts import draft_row
from branding.publishing.models import Connection, HandPackage, Publication
from branding.publishing.service import (
    connections,
    hand,
    media_links,
    pausing,
    planning,
    practice,
    running,
)
from branding.publishing.service.moving import move
from branding.publishing.values.calls import (
    Placed,
)
from branding.publishing.values.states import State, Way
from tests.drafts import factories as drafts
from tests.drafts.factories import Stage
from tests.publishing import factories as f
from tests.publishing.test_connections import FINE, request
from tests.publishing.test_engine import TIMEOUT, Fails

At = Callable[[str], datetime]
SOON = timedelta(hours=1)


@pytest.fixture
def row(session: Session, on: Stage, now: datetime) -> Publication:
    """A post due at 10:00 on the practice profile."""
    f.connect(session, on)
    found = f.planned(session, on, now, now + SOON)
    session.commit()
    return found


def ready(session: Session, row: Publication, now: datetime) -> None:
    """Handed over ahead of its time, as a channel's interface does it."""
    for state in (State.CLAIMED, State.PREPARING, State.READY):
        move(session, SYSTEM, row, state, now=now)
    row.made = {"parent": "container-of-the-old-words"}
    row.claim, row.lease_until = "", None


def changed(session: Session, on: Stage, row: Publication, now: datetime) -> None:
    """Other words, and approved again."""
    drafts.write(session, on.coordinator, row.draft_id, now, caption="Noget andet")
    assert drafts.approve(session, on, row.draft_id, now, actor=drafts.COMMUNICATIONS).is_done


@pytest.mark.parametrize("is_swept", [True, False])
def test_what_lies_ready_with_other_words_is_never_shown(
    database: Database, session: Session, on: Stage, row: Publication, at: At, is_swept: bool
) -> None:
    """Edited and approved again, before or after a sweep saw it: the old container is forgotten."""
    ready(session, row, at("2026-11-02 09:56"))
    session.commit()
    later = at("2026-11-02 09:57")
    if is_swept:
        drafts.write(session, on.coordinator, row.draft_id, later, caption="Noget tredje")
        session.commit()
        assert f.sweep(database) == 1
        session.expire_all()
    changed(session, on, row, later)
    planning.plan_approved(session, now=later)
    session.commit()
    kept = f.row(database, row.id)
    assert (kept.state, kept.made) == (State.SCHEDULED, {})
    assert kept.version_hash == draft_row(session, row.draft_id).approved_hash
    assert f.sweep(database) == 0


def test_given_another_time_what_lies_ready_with_other_words_is_forgotten_too(
    session: Session, on: Stage, row: Publication, at: At
) -> None:
    ready(session, row, at("2026-11-02 09:56"))
    later = at("2026-11-02 09:57")
    changed(session, on, row, later)
    assert planning.move_to(session, f.KAREN, row.id, later + SOON, row.version, now=later).is_done
    assert row.made == {} and row.version_hash == draft_row(session, row.draft_id).approved_hash


def test_a_worker_whose_post_is_changed_and_approved_again_holds_it_no_more(
    database: Database, settings: Settings, session: Session, on: Stage, row: Publication, at: At,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    due = at("2026-11-02 10:00")
    seen: list[str] = []
    real = practice.PracticeClient.publish

    def publish(client: practice.PracticeClient, post: object, made: object) -> Placed:
        seen.append(post.caption)  # type: ignore[attr-defined]
        return real(client, post, made)  # type: ignore[arg-type]

    def newest(*_: object) -> list[str]:
        if not seen:
            with database.transaction() as other:
                changed(other, on, row, due)
                planning.plan_approved(other, now=due)
        return []

    monkeypatch.setattr(practice.PracticeClient, "publish", publish)
    monkeypatch.setattr(practice.PracticeClient, "newest", newest)
    f.tick(database, settings)
    f.tick(database, settings)
    assert [one for one in seen if one != "Noget andet"] == []


def test_proved_not_to_be_out_and_taken_off_the_author_has_the_post_again(
    database: Database, settings: Settings, session: Session, row: Publication, at: At,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    Fails(monkeypatch, TIMEOUT)
    at("2026-11-02 10:00")
    running.publish_due(f.outlets(database, settings))
    now = at("2026-11-02 10:00:06")
    f.tick(database, settings)
    assert f.state(database, row.id)[0] is State.NOT_PUBLISHED
    with database.transaction() as writing:
        planning.take_off(writing, f.KAREN, row.id, f.row(database, row.id).version, now=now)
        assert draft_row(writing, row.draft_id).out_at is None


def test_what_was_due_as_the_pause_began_is_asked_about_too(
    database: Database, settings: Settings, row: Publication, at: At
) -> None:
    """A second before the button nobody had taken it up yet."""
    now = at("2026-11-02 10:00:01")
    with database.transaction() as session:
        pause_id = pausing.pause(session, f.KAREN, None, "Sorg i huset", now=now)
    later = at("2026-11-02 10:30")
    with database.transaction() as session:
        assert pausing.resume(session, f.KAREN, pause_id, now=later) == 1
    assert f.tick(database, settings) == 0 and f.feed(database) == []


def handed(
    session: Session, on: Stage, database: Database, settings: Settings, now: datetime, at: At
) -> Publication:
    f.connect(session, on, Way.HAND)
    row = f.planned(session, on, now, now + SOON)
    session.commit()
    at("2026-11-02 10:00")
    f.tick(database, settings)
    return row


def link(session: Session) -> str:
    return hand.new_link(session, session.exec(select(HandPackage.id)).one() or 0)


def test_a_pause_shuts_packages_and_asks_nobody_about_them(
    database: Database, settings: Settings, session: Session, on: Stage, now: datetime, at: At
) -> None:
    handed(session, on, database, settings, now, at)
    later = at("2026-11-02 12:00")
    with database.transaction() as writing:
        token = link(writing)
        assert hand.open_package(writing, token, now=later).is_open
        pausing.pause(writing, f.KAREN, None, "Sorg i huset", now=later)
    with database.transaction() as writing:
        shown = hand.look(writing, token, now=later)
        assert shown is not None and shown.content is None
        with pytest.raises(RuleBroken) as error:
            hand.open_package(writing, token, now=later)
        assert error.value.code == "paused"
        assert hand.chase(writing, now=later) == 0


def test_a_package_shows_nothing_that_was_changed_since_it_was_opened(
    database: Database, settings: Settings, session: Session, on: Stage, now: datetime, at: At
) -> None:
    row = handed(session, on, database, settings, now, at)
    later = at("2026-11-02 10:05")
    with database.transaction() as writing:
        token = link(writing)
        assert hand.open_package(writing, token, now=later).is_open
        drafts.write(writing, on.coordinator, row.draft_id, later, caption="Noget andet")
    with database.reader() as reading:
        shown = hand.look(reading, token, now=later)
    assert shown is not None and shown.content is None and shown.text == ""


@pytest.mark.parametrize("state", [State.CANCELLED, State.MISSED, State.FAILED])
def test_pictures_can_be_fetched_no_more_when_a_post_leaves_the_plan(
    session: Session, row: Publication, at: At, state: State
) -> None:
    now = at("2026-11-02 09:56")
    item = drafts.contents_of(session, [draft_row(session, row.draft_id)])[row.draft_id].item_ids[0]
    path = media_links.open_link(session, row.id, item, 0, None, until=now + SOON, now=now)
    move(session, SYSTEM, row, State.CLAIMED, now=now)
    token = path.removeprefix("/m/").partition(".")[0]
    assert media_links.find_open(session, token, now=now) is not None
    move(session, SYSTEM, row, state, now=now)
    assert media_links.find_open(session, token, now=now) is None


def test_a_profile_that_is_posted_to_in_another_way_by_now_is_not_called_by_the_old_one(
    database: Database, settings: Settings, session: Session, row: Publication, at: At,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def newest(*_: object) -> list[str]:
        with database.transaction() as other:
            kept = other.get_one(Connection, row.profile_id)
            connections.set_way(
                other, f.KAREN, row.profile_id, Way.HAND, kept.version, now=at("2026-11-02 10:00")
            )
        return []

    at("2026-11-02 10:00")
    monkeypatch.setattr(practice.PracticeClient, "newest", newest)
    running.publish_due(f.outlets(database, settings))
    assert f.feed(database) == []
    assert f.state(database, row.id)[0] is State.HANDED


def test_what_was_made_at_one_account_is_not_used_at_another(
    session: Session, on: Stage, row: Publication, at: At
) -> None:
    now = at("2026-11-02 09:56")
    ready(session, row, now)
    with_other = Connection(profile_id=on.world.profile, way=Way.API, test=[], account_id="1")
    session.merge(with_other)
    session.flush()
    connections.connect(session, f.KAREN, on.world.profile, request(version=1), FINE, now=now)
    session.refresh(row)
    assert row.made == {}
