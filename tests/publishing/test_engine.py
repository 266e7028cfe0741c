"""From due to out, and everything that may come in between, on the practice profile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from branding.consent.models import ConsentUse, GateDecision
from branding.consent.service.withdrawing import withdraw
from branding.consent.values.records import Via
from branding.consent.values.withdrawals import NewWithdrawal
from branding.core.db import Database
from branding.core.errors import RuleBroken
from branding.core.settings import Settings
from branding.drafts.queries.drafts import draft_row
from branding.drafts.service import drafts as making
from branding.organisation.models import Profile
from branding.organisation.service import profiles
from branding.organisation.values import Channel, ProfileRequest
from branding.outbox.values import Mail
from branding.publishing.models import Alert, Publication
from branding.publishing.service import claiming, pausing, planning, practice, running
from branding.publishing.values.alerts import Event
from branding.publishing.values.calls import CallFailed, Failure, Sent, Step
from branding.publishing.values.states import State
from branding.takeovers.models import Takeover
from tests.consent import factories as consent
from tests.drafts import factories as drafts
from tests.publishing import factories as f

At = Callable[[str], datetime]
SOON = timedelta(hours=1)


@pytest.fixture
def row(session: Session, on: f.Stage, now: datetime) -> Publication:
    """A post due at 10:00 on the practice profile."""
    f.connect(session, on)
    found = f.planned(session, on, now, now + SOON)
    session.commit()
    return found


def events(database: Database) -> list[str]:
    with database.reader() as session:
        return list(session.exec(select(Alert.event).order_by(Alert.id)))  # type: ignore[arg-type]


def test_it_goes_out_at_its_minute_and_not_before(
    database: Database, settings: Settings, row: Publication, at: At
) -> None:
    at("2026-11-02 09:59")
    assert f.tick(database, settings) == 0 and f.feed(database) == []
    due = at("2026-11-02 10:00")
    assert f.tick(database, settings) == 1
    (post,) = f.feed(database)
    out = f.row(database, row.id)
    assert (out.state, out.external_id, out.published_at) == (State.PUBLISHED, post.id, due)
    assert out.permalink == f"/practice/{out.profile_id}/{post.id}"
    assert f.tick(database, settings) == 0 and len(f.feed(database)) == 1
    assert events(database) == [Event.PUBLISHED]


def test_the_gate_is_asked_in_the_claim_and_again_before_the_call(
    database: Database, settings: Settings, row: Publication, at: At
) -> None:
    at("2026-11-02 10:00")
    f.tick(database, settings)
    with database.reader() as session:
        stored = session.exec(select(GateDecision).where(GateDecision.stage == "publish")).all()
        kept = session.get(Publication, row.id)
    assert len(stored) == 2 and all(one.is_allowed for one in stored)
    assert kept is not None and kept.decision_id in {one.id for one in stored}


def test_a_post_that_is_out_cannot_be_changed_moved_or_thrown_away(
    database: Database, settings: Settings, on: f.Stage, row: Publication, at: At
) -> None:
    now = at("2026-11-02 10:00")
    f.tick(database, settings)
    with database.writer() as session:
        for act in (
            lambda: drafts.write(session, on.host, row.draft_id, now, caption="Andet"),
            lambda: making.drop(session, on.host, row.draft_id, now=now),
            lambda: making.plan_time(session, on.host, row.draft_id, None, 1, now=now),
        ):
            with pytest.raises(RuleBroken) as error:
                act()
            assert error.value.code == "is_out"
        version = f.row(database, row.id).version
        with pytest.raises(RuleBroken) as error:
            planning.move_to(session, f.KAREN, row.id, now, version, now=now)
        assert error.value.code == "on_its_way"


def _with_colleague(session: Session, on: f.Stage, now: datetime) -> tuple[Publication, str, str]:
    f.connect(session, on)
    someone = consent.colleague(session, on.world.area, now=now, label="Alma Prøve")
    answer = consent.oral(session, someone, target_ref=on.place, now=now)
    draft_id = drafts.with_person(session, on, now, someone, due_at=now + SOON)
    assert drafts.approve(session, on, draft_id, now).is_done
    planning.plan_approved(session, now=now)
    row = f.of_draft(session, draft_id)
    session.commit()
    return row, someone, answer


def _take_back(session: Session, subject_id: str, consent_id: str | None, now: datetime) -> None:
    new = NewWithdrawal(subject_id, now, consent_id, None, Via.EMPLOYEE)
    withdraw(session, drafts.COMMUNICATIONS, new, lambda told: Mail(told.email, "x", "x"), now=now)
    session.commit()


def test_what_rests_on_consents_says_so_to_the_register(
    database: Database, settings: Settings, session: Session, on: f.Stage, now: datetime, at: At
) -> None:
    row, _, answer = _with_colleague(session, on, now)
    due = at("2026-11-02 10:00")
    f.tick(database, settings)
    with database.reader() as reading:
        (use,) = reading.exec(select(ConsentUse)).all()
    assert (use.consent_id, use.reference, use.live_from) == (answer, f"draft:{row.draft_id}", due)
    assert f.row(database, row.id).remove_by is not None


def test_a_withdrawal_takes_a_waiting_post_out_at_the_next_sweep_and_says_why(
    database: Database, settings: Settings, session: Session, on: f.Stage, now: datetime, at: At
) -> None:
    row, someone, answer = _with_colleague(session, on, now)
    _take_back(session, someone, answer, at("2026-11-02 09:30"))
    assert f.sweep(database) == 1
    assert f.state(database, row.id) == (State.CANCELLED, "withdrawn")
    assert events(database) == [Event.TAKEN_OUT]
    at("2026-11-02 10:00")
    assert f.tick(database, settings) == 0 and f.feed(database) == []


def test_a_withdrawal_that_no_sweep_has_seen_stops_the_claim(
    database: Database, settings: Settings, session: Session, on: f.Stage, now: datetime, at: At
) -> None:
    row, someone, answer = _with_colleague(session, on, now)
    _take_back(session, someone, answer, at("2026-11-02 10:00"))
    f.tick(database, settings)
    assert f.state(database, row.id) == (State.CANCELLED, "withdrawn") and f.feed(database) == []
    with database.reader() as reading:
        last = reading.exec(select(GateDecision).where(GateDecision.stage == "publish")).one()
    assert not last.is_allowed


def test_a_withdrawal_between_the_claim_and_the_call_stops_it(
    database: Database,
    settings: Settings,
    session: Session,
    on: f.Stage,
    now: datetime,
    at: At,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """C14: before the final call it is stopped."""
    row, someone, answer = _with_colleague(session, on, now)
    due = at("2026-11-02 10:00")
    newest = practice.PracticeClient.newest

    def meanwhile(self: practice.PracticeClient, post: object) -> object:
        _take_back(session, someone, answer, due)
        return newest(self, post)  # type: ignore[arg-type]

    monkeypatch.setattr(practice.PracticeClient, "newest", meanwhile)
    f.tick(database, settings)
    assert f.state(database, row.id) == (State.CANCELLED, "withdrawn") and f.feed(database) == []


def test_the_crosspost_word_that_is_too_old_stops_a_post_with_people(
    database: Database, settings: Settings, session: Session, on: f.Stage, now: datetime, at: At
) -> None:
    row, _, _ = _with_colleague(session, on, now)
    with database.transaction() as writing:
        profile = writing.get(Profile, on.world.profile)
        assert profile is not None
        profile.shares_checked_at = now - timedelta(days=91)
    f.sweep(database)
    assert f.state(database, row.id) == (State.CANCELLED, "crosspost_not_covered")


def test_two_hours_late_a_person_is_asked_and_nothing_goes_out(
    database: Database, settings: Settings, row: Publication, at: At
) -> None:
    at("2026-11-02 12:01")
    f.tick(database, settings)
    assert f.state(database, row.id) == (State.MISSED, "late") and f.feed(database) == []
    assert events(database) == [Event.MISSED]


def test_a_cancelled_takeover_takes_its_posts_along(
    database: Database, settings: Settings, row: Publication, on: f.Stage, at: At
) -> None:
    with database.transaction() as session:
        takeover = session.get(Takeover, on.takeover)
        assert takeover is not None
        takeover.status = "cancelled"
    at("2026-11-02 10:00")
    f.tick(database, settings)
    assert f.state(database, row.id) == (State.CANCELLED, "takeover_ended")


@pytest.mark.parametrize("everywhere", [True, False])
def test_a_pause_stops_everything_and_what_was_missed_is_asked_about(
    database: Database, settings: Settings, row: Publication, at: At, everywhere: bool
) -> None:
    at("2026-11-02 09:50")
    with database.transaction() as session:
        where = None if everywhere else row.profile_id
        pause_id = pausing.pause(session, f.KAREN, where, "Sorg i huset", now=at("2026-11-02 09:50"))
    at("2026-11-02 10:00")
    assert f.tick(database, settings) == 0
    at("2026-11-02 10:30")
    with database.transaction() as session:
        assert pausing.resume(session, f.KAREN, pause_id, now=at("2026-11-02 10:30")) == 1
    assert f.tick(database, settings) == 0 and f.feed(database) == []
    assert f.state(database, row.id) == (State.MISSED, "paused")
    with database.transaction() as session:
        kept = session.get(Publication, row.id)
        assert kept is not None
        planning.move_to(session, f.KAREN, row.id, kept.due_at, kept.version, now=at("2026-11-02 10:31"))
    assert f.tick(database, settings) == 1 and len(f.feed(database)) == 1


def test_a_pause_of_another_profile_stops_nothing_here(
    database: Database, settings: Settings, row: Publication, at: At
) -> None:
    with database.transaction() as session:
        other = profiles.add_profile(
            session, drafts.COMMUNICATIONS, ProfileRequest(Channel.INSTAGRAM, "anden", "Anden"),
            now=at("2026-11-02 09:50"),
        )  # fmt: skip
        pausing.pause(session, f.KAREN, other, "Prøve", now=at("2026-11-02 09:50"))
    at("2026-11-02 10:00")
    assert f.tick(database, settings) == 1


class Fails:
    """A practice profile whose one call goes wrong, before or after the post is there."""

    def __init__(self, patch: pytest.MonkeyPatch, *failures: Failure | None, is_out: bool = False) -> None:
        self.left, self.is_out = list(failures), is_out
        real = practice.PracticeClient.publish

        def publish(client: practice.PracticeClient, post: object, made: object) -> object:
            failure = self.left.pop(0) if self.left else None
            if failure is None:
                return real(client, post, made)  # type: ignore[arg-type]
            if self.is_out:
                real(client, post, made)  # type: ignore[arg-type]
            raise CallFailed(failure)

        patch.setattr(practice.PracticeClient, "publish", publish)


TIMEOUT = Failure(Step.PUBLISH, Sent.MAYBE, "timeout")
REFUSED = Failure(Step.PUBLISH, Sent.NO, "refused")


def test_an_unclear_answer_is_looked_into_and_a_post_that_is_out_is_found(
    database: Database, settings: Settings, row: Publication, at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    Fails(monkeypatch, TIMEOUT, is_out=True)
    at("2026-11-02 10:00")
    running.publish_due(f.outlets(database, settings))
    assert f.state(database, row.id)[0] is State.UNKNOWN
    assert draft_row_out(database, row.draft_id)
    at("2026-11-02 10:00:06")
    f.tick(database, settings)
    assert f.state(database, row.id)[0] is State.PUBLISHED and len(f.feed(database)) == 1
    assert f.row(database, row.id).calls == 1


def test_a_post_that_is_proved_not_to_be_out_is_sent_again_once(
    database: Database, settings: Settings, row: Publication, at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    Fails(monkeypatch, TIMEOUT)
    at("2026-11-02 10:00")
    running.publish_due(f.outlets(database, settings))
    at("2026-11-02 10:00:06")
    f.tick(database, settings)
    assert f.state(database, row.id)[0] is State.NOT_PUBLISHED
    f.tick(database, settings)
    assert f.state(database, row.id)[0] is State.PUBLISHED and len(f.feed(database)) == 1


def test_proved_twice_not_to_be_out_a_person_decides(
    database: Database, settings: Settings, row: Publication, at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    Fails(monkeypatch, TIMEOUT, TIMEOUT)
    for second in (0, 6, 7, 14):
        at(f"2026-11-02 10:00:{second:02}")
        f.tick(database, settings)
    assert f.state(database, row.id) == (State.NEEDS_REVIEW, "twice_not_out")
    assert Event.UNCLEAR in events(database) and f.feed(database) == []


def test_what_was_surely_not_sent_is_tried_again_after_a_pause(
    database: Database, settings: Settings, row: Publication, at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    Fails(monkeypatch, REFUSED, REFUSED)
    at("2026-11-02 10:00")
    f.tick(database, settings)
    assert f.state(database, row.id)[0] is State.RETRY_WAIT and not draft_row_out(database, row.draft_id)
    at("2026-11-02 10:00:59")
    assert f.tick(database, settings) == 0
    at("2026-11-02 10:01")
    assert f.tick(database, settings) == 1
    at("2026-11-02 10:05")
    assert f.tick(database, settings) == 0  # the second pause is five minutes
    at("2026-11-02 10:06")
    assert f.tick(database, settings) == 1 and len(f.feed(database)) == 1


def test_a_worker_that_is_gone_before_the_call_is_followed_by_another(
    database: Database, settings: Settings, row: Publication, at: At
) -> None:
    now = at("2026-11-02 10:00")
    with database.transaction() as session:
        claimed = claiming.claim_next(session, now=now)
    assert claimed is not None and claimed.held is not None
    assert f.tick(database, settings) == 0  # it is held
    at("2026-11-02 10:03:01")
    assert f.tick(database, settings) == 1 and len(f.feed(database)) == 1


def test_a_worker_that_is_gone_in_the_call_leaves_a_post_that_nobody_repeats(
    database: Database, settings: Settings, row: Publication, at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """As if the process had ended."""

    def publish(*_: object) -> None:
        raise Killed

    at("2026-11-02 10:00")
    with monkeypatch.context() as patch:
        patch.setattr(practice.PracticeClient, "publish", publish)
        with pytest.raises(Killed):
            running.publish_due(f.outlets(database, settings))
    assert f.state(database, row.id)[0] is State.PUBLISHING
    assert f.tick(database, settings) == 0
    at("2026-11-02 10:03:01")  # the lease has run out

    assert running.publish_due(f.outlets(database, settings)) == 0
    assert f.state(database, row.id) == (State.UNKNOWN, "worker_lost")


def test_an_answer_that_comes_after_the_lease_is_still_worth_knowing(
    database: Database, settings: Settings, row: Publication, at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = practice.PracticeClient.publish

    def slow(client: practice.PracticeClient, post: object, made: object) -> object:
        placed = real(client, post, made)  # type: ignore[arg-type]
        now = at("2026-11-02 10:04")
        with database.transaction() as session:
            assert claiming.lost_to_unknown(session, now=now) == 1
        return placed

    monkeypatch.setattr(practice.PracticeClient, "publish", slow)
    at("2026-11-02 10:00")
    running.publish_due(f.outlets(database, settings))
    assert f.state(database, row.id)[0] is State.PUBLISHED and len(f.feed(database)) == 1


def test_an_error_of_ours_stops_no_other_post(
    database: Database, settings: Settings, session: Session, on: f.Stage, row: Publication, at: At,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    other = f.planned(session, on, at("2026-11-02 09:00"), at("2026-11-02 09:00") + SOON)
    session.commit()
    real, broken = running.post_of, min(row.id, other.id)

    def post_of(session: Session, outlets: object, publication: Publication) -> object:
        if publication.id == broken:
            raise ZeroDivisionError
        return real(session, outlets, publication)  # type: ignore[arg-type]

    monkeypatch.setattr(running, "post_of", post_of)
    at("2026-11-02 10:00")
    assert f.tick(database, settings) == 2 and len(f.feed(database)) == 1
    assert f.state(database, broken) == (State.RETRY_WAIT, "crash")


def draft_row_out(database: Database, draft_id: str) -> bool:
    with database.reader() as session:
        return draft_row(session, draft_id).out_at is not None
