"""Duties that people decided: what they replace, what taking one back leaves, what is never deleted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from branding.consent.models import Subject
from branding.core import clock
from branding.core.db import Database
from branding.core.errors import RuleBroken
from branding.core.ids import new_id
from branding.core.settings import Settings
from branding.publishing.models import Alert, Publication, Takedown
from branding.publishing.queries.down import view
from branding.publishing.queries.publications import publication_row
from branding.publishing.service import deleting, incidents, live, takedowns, taking_down
from branding.publishing.values.down import INCIDENT, Duty, Need
from branding.publishing.values.states import State
from tests.drafts import factories as drafts
from tests.publishing import factories as f

At = Callable[[str], datetime]


@pytest.fixture
def post(
    database: Database, settings: Settings, session: Session, on: drafts.Stage, now: datetime, at: At
) -> tuple[Publication, str, str]:
    """Out on the practice profile since 10:00, with a colleague in it."""
    f.connect(session, on)
    return f.out(database, settings, session, on, at)


@pytest.fixture
def review(database: Database, session: Session, post: tuple[Publication, str, str]) -> Takedown:
    """Somebody must decide whether it may stay."""
    hold(session, post[1], "dispute")
    live.sweep_live(database, now=clock.now())
    (duty,) = f.open_duties(database)
    return duty


def hold(session: Session, subject_id: str, value: str) -> None:
    person = session.get(Subject, subject_id)
    assert person is not None
    person.hold = value
    session.add(person)
    session.commit()


def want_down(session: Session, publication_id: str) -> str:
    found = taking_down.want_down(session, f.KAREN, publication_id, now=clock.now())
    session.commit()
    return found


def delete(database: Database, settings: Settings) -> int:
    return deleting.take_down_due(f.outlets(database, settings))


def test_a_wish_that_is_taken_back_does_not_answer_what_others_must_decide(
    database: Database, session: Session, post: tuple[Publication, str, str], review: Takedown, at: At
) -> None:
    """Otherwise whoever may take down could decide with two taps that a post stays."""
    at("2026-11-05 10:00")
    takedown_id = want_down(session, post[0].id)
    taking_down.undo_want(session, f.KAREN, takedown_id, now=clock.now())
    session.commit()
    (duty,) = f.open_duties(database)
    assert (duty.id, duty.duty, duty.code, duty.due_at) == (review.id, "review", "hold", review.due_at)
    assert duty.grounds == review.grounds and duty.next_attempt_at is None
    assert live.sweep_live(database, now=clock.now()) == 0


def test_a_wish_in_the_place_of_a_question_waits_its_two_minutes(
    database: Database,
    settings: Settings,
    session: Session,
    post: tuple[Publication, str, str],
    review: Takedown,
    at: At,
) -> None:
    want_down(session, post[0].id)
    assert delete(database, settings) == 0
    at("2026-11-02 10:03")
    assert delete(database, settings) == 1


def test_a_wish_stands_when_what_stood_before_it_is_put_right(
    database: Database, settings: Settings, session: Session, post: tuple[Publication, str, str], at: At
) -> None:
    hold(session, post[1], "other")
    live.sweep_live(database, now=clock.now())
    at("2026-11-17 00:05")
    live.sweep_live(database, now=clock.now())
    (duty,) = f.open_duties(database)
    assert (duty.duty, duty.code) == ("takedown", "hold")
    want_down(session, post[0].id)
    hold(session, post[1], "none")
    assert live.sweep_live(database, now=clock.now()) == 0
    (duty,) = f.open_duties(database)
    assert duty.code == "own_wish" and duty.due_at <= clock.now() + timedelta(days=2)


def test_a_wish_cannot_be_taken_back_once_something_went_wrong(
    database: Database, session: Session, post: tuple[Publication, str, str]
) -> None:
    takedown_id = want_down(session, post[0].id)
    row, now = publication_row(session, post[0].id), clock.now()
    need = Need(Duty.TAKEDOWN, INCIDENT, now + timedelta(hours=2))
    assert taking_down.want(session, f.KAREN, row, need, delete_at=now, now=now) == takedown_id
    session.commit()
    with pytest.raises(RuleBroken):
        taking_down.undo_want(session, f.KAREN, takedown_id, now=now)


def test_a_question_is_never_answered_by_deleting(
    database: Database,
    settings: Settings,
    session: Session,
    post: tuple[Publication, str, str],
    review: Takedown,
) -> None:
    """Somebody says of the wrong post that it is gone: the channel is asked, and the post stays."""
    assert taking_down.say_gone(session, f.KAREN, review.id, now=clock.now())
    session.commit()
    delete(database, settings)
    (duty,) = f.open_duties(database)
    assert (duty.said_by, duty.next_attempt_at) == ("", None)
    assert f.row(database, post[0].id).state == State.PUBLISHED and len(f.feed(database)) == 1


def test_a_takedown_that_becomes_a_question_is_not_deleted(
    database: Database,
    settings: Settings,
    session: Session,
    post: tuple[Publication, str, str],
) -> None:
    row, now = publication_row(session, post[0].id), clock.now()
    need = Need(Duty.TAKEDOWN, "hold", now + timedelta(days=1))
    duty = takedowns.begin(session, row, need, grounds=["hold::"], now=now)
    later = Need(Duty.REVIEW, "hold", now + timedelta(days=9))
    takedowns.strengthen(session, row, duty, later, grounds=["hold::"], now=now)
    assert duty.next_attempt_at is None


def test_an_earlier_deadline_is_deleted_earlier(session: Session, post: tuple[Publication, str, str]) -> None:
    row, now = publication_row(session, post[0].id), clock.now()
    need = Need(Duty.TAKEDOWN, "no_consent", now + timedelta(days=9))
    duty = takedowns.begin(session, row, need, grounds=["a"], now=now)
    sooner = Need(Duty.TAKEDOWN, "no_consent", now + timedelta(days=1))
    takedowns.strengthen(session, row, duty, sooner, grounds=["a"], now=now)
    assert duty.next_attempt_at is not None and duty.next_attempt_at < sooner.due_at


def test_a_post_that_the_channel_cannot_be_asked_about_is_left_to_a_person_at_once(
    database: Database, session: Session, post: tuple[Publication, str, str]
) -> None:
    """It is out, and which post it is nobody knows: nothing deletes it by itself."""
    row = publication_row(session, post[0].id)
    row.state, row.external_id = State.PUBLISHED_NO_ID, ""
    session.add(row)
    now = clock.now()
    duty_id = taking_down.recognised(session, f.KAREN, row.id, now=now)
    told = session.exec(select(Alert).where(Alert.reference == f"takedown:{duty_id}")).one()
    duty = session.get(Takedown, duty_id)
    assert duty is not None and not view(duty, row).is_by_itself and told.due_at == now


@pytest.mark.parametrize("state", [State.SCHEDULED, State.HANDED, State.MISSED, State.READY])
def test_what_went_wrong_does_not_go_out_on_the_other_channel(
    database: Database, session: Session, post: tuple[Publication, str, str], state: State
) -> None:
    other = twin(session, post[0], state)
    incidents.report(session, f.KAREN, post[0].id, "", now=clock.now())
    session.commit()
    assert f.state(database, other) == (State.CANCELLED, "incident")


def test_who_can_be_recognised_comes_down_on_every_channel(
    database: Database, session: Session, post: tuple[Publication, str, str]
) -> None:
    other = twin(session, post[0], State.PUBLISHED)
    taking_down.recognised(session, f.KAREN, post[0].id, now=clock.now())
    session.commit()
    assert {one.publication_id for one in f.open_duties(database)} == {post[0].id, other}


def twin(session: Session, row: Publication, state: State) -> str:
    """The same post on Facebook."""
    same = row.model_dump(exclude={"id", "channel", "state", "external_id", "permalink"})
    other = Publication(**same, id=new_id(), channel="facebook", state=state)
    session.add(other)
    session.commit()
    return other.id
