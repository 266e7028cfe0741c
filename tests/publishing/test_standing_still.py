"""What stands still, is late or cannot be understood: it stops no other post, and a person hears of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from branding.core.actor import SYSTEM
from branding.core.db import Database
from branding.core.settings import Settings
from branding.publishing.models import Alert, Connection, Publication
from branding.publishing.service import (
    claiming,
    planning,
    practice,
    running,
    sweeping,
)
from branding.publishing.service.failing import note_failure
from branding.publishing.service.moving import move
from branding.publishing.values.alerts import Event
from branding.publishing.values.calls import (
    CallFailed,
    Container,
    Failure,
    Look,
    Progress,
    RemotePost,
    Sent,
    Step,
)
from branding.publishing.values.states import State, Way
from tests.drafts import factories as drafts
from tests.drafts.factories import Stage
from tests.publishing import factories as f
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


def broken_for(monkeypatch: pytest.MonkeyPatch, module: object, name: str, row: Publication) -> None:
    """A step that our own code cannot do for one publication."""
    real = getattr(module, name)

    def asked(session: Session, *given: object, **more: object) -> object:
        if any(getattr(one, "id", one) in (row.id, row.draft_id) for one in given):
            raise ZeroDivisionError
        return real(session, *given, **more)

    monkeypatch.setattr(module, name, asked)


def test_a_post_that_cannot_even_be_claimed_stops_no_other(
    database: Database, settings: Settings, session: Session, on: Stage, row: Publication, at: At,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    other = f.planned(session, on, at("2026-11-02 09:00"), at("2026-11-02 09:00") + SOON)
    session.commit()
    broken_for(monkeypatch, claiming, "check_slot", min(row, other, key=lambda one: one.id))
    at("2026-11-02 10:00")
    running.publish_due(f.outlets(database, settings))
    assert len(f.feed(database)) == 1
    states = {f.state(database, one.id) for one in (row, other)}
    assert states == {(State.PUBLISHED, ""), (State.RETRY_WAIT, "crash")}


def test_a_post_that_cannot_be_swept_stops_no_other(
    database: Database, session: Session, on: Stage, row: Publication, now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    other = f.planned(session, on, now, now + SOON)
    for one in (row, other):
        drafts.write(session, on.coordinator, one.draft_id, now, caption="Noget andet")
    session.commit()
    broken_for(monkeypatch, sweeping, "publication_row", min(row, other, key=lambda one: one.id))
    assert f.sweep(database) == 1


def test_a_channel_without_a_profile_stops_no_other_post(
    database: Database, settings: Settings, session: Session, on: Stage, row: Publication, now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    first, second = (drafts.approved(session, on, now, due_at=now + SOON) for _ in range(2))
    session.commit()
    real = planning._profile_for

    def profile_for(session: Session, draft: object, channel: object) -> int | None:
        if draft.id == first:  # type: ignore[attr-defined]
            return None
        return real(session, draft, channel)  # type: ignore[arg-type]

    monkeypatch.setattr(planning, "_profile_for", profile_for)
    with database.transaction() as writing:
        assert planning.plan_approved(writing, now=now) == 1
    with database.reader() as reading:
        assert not planning.anything_to_plan(reading, now=now)
        assert f.of_draft(reading, second).state == State.SCHEDULED


def test_what_was_approved_in_time_is_missed_and_said_however_long_the_worker_was_away(
    database: Database, settings: Settings, session: Session, on: Stage, now: datetime, at: At
) -> None:
    f.connect(session, on)
    draft_id = drafts.approved(session, on, now, due_at=now + SOON)
    session.commit()
    at("2026-11-02 15:00")
    f.tick(database, settings)
    with database.reader() as reading:
        assert f.of_draft(reading, draft_id).state == State.MISSED


def test_out_without_an_id_and_unreadable_a_person_is_asked_in_the_end(
    database: Database, settings: Settings, row: Publication, at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    Fails(monkeypatch, TIMEOUT)
    at("2026-11-02 10:00")
    running.publish_due(f.outlets(database, settings))
    out = Look(Container.PUBLISHED, ())
    with monkeypatch.context() as patch:
        patch.setattr(practice.PracticeClient, "look", lambda *_: out)
        at("2026-11-02 10:00:06")
        f.tick(database, settings)
    assert f.state(database, row.id)[0] is State.PUBLISHED_NO_ID

    def look(*_: object) -> Look:
        raise CallFailed(Failure(Step.READ, Sent.MAYBE, "timeout"))

    monkeypatch.setattr(practice.PracticeClient, "look", look)
    at("2026-11-02 17:00")
    f.tick(database, settings)
    assert f.state(database, row.id)[0] is State.NEEDS_REVIEW


@pytest.mark.parametrize("posts", [0, 2])
def test_before_a_second_call_whatever_speaks_for_being_out_stops_it(
    database: Database, settings: Settings, row: Publication, at: At, monkeypatch: pytest.MonkeyPatch,
    posts: int,
) -> None:  # fmt: skip
    """The container says published, or several posts can be ours: nothing is sent a second time."""
    Fails(monkeypatch, Failure(Step.PUBLISH, Sent.YES, "error", 400, code=9007, subcode=2207027))
    now = at("2026-11-02 10:00")
    running.publish_due(f.outlets(database, settings))
    assert f.state(database, row.id)[0] is State.READY
    found = tuple(RemotePost(str(n), drafts.CAPTION, now) for n in range(posts))
    look = Look(None if posts else Container.PUBLISHED, found)
    monkeypatch.setattr(practice.PracticeClient, "look", lambda *_: look)
    at("2026-11-02 10:00:06")
    running.publish_due(f.outlets(database, settings))
    assert f.feed(database) == []
    assert f.state(database, row.id)[0] is State.UNKNOWN


def test_a_worker_that_slept_between_marker_and_call_makes_no_call(
    database: Database, settings: Settings, row: Publication, at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A laptop that was closed for an hour: meanwhile somebody else may have concluded that it is not out."""
    real = running._call

    def late(work: running.Work, made: object) -> None:
        at("2026-11-02 11:00")
        real(work, made)  # type: ignore[arg-type]

    at("2026-11-02 10:00")
    monkeypatch.setattr(running, "_call", late)
    running.publish_due(f.outlets(database, settings))
    assert f.feed(database) == []
    assert f.state(database, row.id)[0] in (State.UNKNOWN, State.PUBLISHING)


def test_two_hours_late_on_a_dead_connection_is_missed_and_said(
    database: Database, settings: Settings, session: Session, row: Publication, on: Stage, at: At
) -> None:
    kept = session.get_one(Connection, on.world.profile)
    kept.way, kept.token_sealed, kept.broken_at = Way.API, "x", at("2026-11-02 09:50")
    session.commit()
    at("2026-11-02 11:00")
    assert f.tick(database, settings) == 0
    at("2026-11-02 12:00:01")
    f.tick(database, settings)
    assert f.state(database, row.id) == (State.MISSED, "late")


def test_nobody_waits_for_tomorrow_to_hear_that_a_channel_wants_peace_until_then(
    database: Database, settings: Settings, session: Session, row: Publication, at: At
) -> None:
    now = at("2026-11-02 10:00")
    move(session, SYSTEM, row, State.CLAIMED, now=now)
    full = Failure(Step.PREPARE, Sent.YES, "error", 400, code=4, wait=timedelta(hours=24))
    note_failure(session, row, full, now=now)
    session.commit()
    at("2026-11-02 12:00:02")
    f.tick(database, settings)
    assert f.state(database, row.id)[0] is State.MISSED
    with database.reader() as reading:
        assert Event.MISSED in reading.exec(select(Alert.event)).all()


def test_a_live_post_that_is_looked_after_keeps_no_other_one_waiting(
    database: Database, settings: Settings, session: Session, on: Stage, row: Publication, at: At
) -> None:
    """Its first comment may take a minute, or the worker may have died over it."""
    other = f.planned(session, on, at("2026-11-02 09:00"), at("2026-11-02 09:00") + SOON + SOON)
    session.commit()
    at("2026-11-02 10:00")
    f.tick(database, settings)
    with database.transaction() as writing:
        kept = writing.get_one(Publication, row.id)
        assert kept.state == State.PUBLISHED
        kept.claim, kept.lease_until = "x", at("2026-11-02 11:00") + timedelta(minutes=2)
    f.tick(database, settings)
    assert f.state(database, other.id)[0] is State.PUBLISHED


def test_while_a_film_is_sent_nobody_takes_it_for_given_up(
    database: Database, settings: Settings, row: Publication, at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = at("2026-11-02 10:00")
    seen = []

    def advance(_client: object, _post: object, made: dict[str, object]) -> Progress:
        if not made:
            return Progress({"upload": "x"}, lasts=timedelta(minutes=10))
        seen.append(f.row(database, row.id).lease_until)
        return Progress({}, wait=timedelta(minutes=1))

    monkeypatch.setattr(practice.PracticeClient, "advance", advance)
    running.publish_due(f.outlets(database, settings))
    assert seen == [now + timedelta(minutes=10)]
