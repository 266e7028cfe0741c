"""Live posts whose consents end: duties, deadlines, deleting, proof, and what people decide."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from sqlmodel import Session, select

from branding.consent.models import Consent, ConsentUse, GateDecision, Subject
from branding.core import clock
from branding.core.actor import Actor, Role
from branding.core.db import Database
from branding.core.errors import NotAllowed, RuleBroken
from branding.core.settings import Settings
from branding.publishing.models import Publication, Takedown
from branding.publishing.service import deleting, live, refusals, settling, taking_down
from branding.publishing.service.moving import move
from branding.publishing.service.practice import PracticeClient
from branding.publishing.values.alerts import Event
from branding.publishing.values.calls import CallFailed, Can, Failure, Sent, Step
from branding.publishing.values.down import Proof
from branding.publishing.values.states import State, Way
from tests.consent import factories as consent
from tests.drafts import factories as drafts
from tests.publishing import factories as f
from tests.support.client import InspectingClient

At = Callable[[str], datetime]
DPO = Actor("user", 1, "Dorte", roles=frozenset({Role.DPO}))


@pytest.fixture
def post(
    database: Database, settings: Settings, session: Session, on: drafts.Stage, now: datetime, at: At
) -> tuple[Publication, str, str]:
    """Out on the practice profile since 10:00, with a colleague in it."""
    f.connect(session, on)
    return f.out(database, settings, session, on, at)


@pytest.fixture
def by_hand(session: Session, post: tuple[Publication, str, str]) -> Publication:
    """The same, where only a person can take it down."""
    post[0].way, post[0].external_id = Way.HAND, ""
    session.add(post[0])
    session.commit()
    return post[0]


def sweep(database: Database) -> int:
    return live.sweep_live(database, now=clock.now())


def delete(database: Database, settings: Settings) -> int:
    return deleting.take_down_due(f.outlets(database, settings))


def hold(session: Session, subject_id: str, value: str) -> None:
    person = session.get(Subject, subject_id)
    assert person is not None
    person.hold = value
    session.add(person)
    session.commit()


def is_in_use(database: Database) -> bool:
    with database.reader() as session:
        return any(use.live_until is None for use in session.exec(select(ConsentUse)))


def test_a_post_whose_consents_hold_is_left_alone(
    database: Database, settings: Settings, post: tuple[Publication, str, str]
) -> None:
    assert sweep(database) == 0 and f.open_duties(database) == []


def test_a_withdrawal_becomes_a_task_and_the_channel_is_asked_to_delete(
    database: Database, settings: Settings, session: Session, post: tuple[Publication, str, str], at: At
) -> None:
    row, someone, answer = post
    said_at = at("2026-11-02 11:00")
    f.take_back(session, someone, answer, said_at)
    assert sweep(database) == 1 and sweep(database) == 0
    (duty,) = f.open_duties(database)
    assert (duty.duty, duty.code) == ("takedown", "withdrawn") and duty.decision_id
    assert clock.local(duty.due_at).date() == date(2026, 11, 3)
    assert delete(database, settings) == 1 and f.feed(database) == []
    assert f.state(database, row.id) == (State.REMOVED, "withdrawn") and not is_in_use(database)
    assert f.open_duties(database) == [] and Event.TAKEDOWN not in f.alerts(database)
    assert sweep(database) == 0 and delete(database, settings) == 0


def test_by_hand_people_are_told_at_once_and_somebody_says_that_it_is_gone(
    database: Database, session: Session, post: tuple[Publication, str, str], by_hand: Publication, at: At
) -> None:
    f.take_back(session, post[1], post[2], at("2026-11-02 11:00"))
    sweep(database)
    (duty,) = f.open_duties(database)
    assert duty.next_attempt_at is None and f.alerts(database)[-1] == Event.TAKEDOWN
    now = at("2026-11-02 13:00")
    assert not taking_down.say_gone(session, f.KAREN, duty.id, now=now)
    session.commit()
    done = session.get(Takedown, duty.id)
    assert done is not None and (done.proof, done.done_by, done.done_at) == (Proof.SAID, "user:1", now)
    assert f.state(database, by_hand.id) == (State.REMOVED, "withdrawn") and not is_in_use(database)
    assert Event.TAKEDOWN not in f.alerts(database)


def test_what_is_late_is_told_to_the_data_protection_officer_once(
    database: Database, session: Session, post: tuple[Publication, str, str], by_hand: Publication, at: At
) -> None:
    f.take_back(session, post[1], post[2], at("2026-11-02 11:00"))
    sweep(database)
    at("2026-11-04 00:01")
    sweep(database)
    sweep(database)
    assert f.alerts(database).count(Event.TAKEDOWN_LATE) == 1


def test_yes_again_does_not_bring_the_post_back(
    database: Database,
    session: Session,
    on: drafts.Stage,
    post: tuple[Publication, str, str],
    by_hand: Publication,
    at: At,
) -> None:
    """C12."""
    f.take_back(session, post[1], post[2], at("2026-11-02 11:00"))
    sweep(database)
    consent.oral(session, post[1], target_ref=on.place, now=at("2026-11-02 12:00"))
    session.commit()
    sweep(database)
    assert [duty.code for duty in f.open_duties(database)] == ["withdrawn"]


def test_a_withdrawal_that_met_the_call_becomes_a_task_when_it_is_over(
    database: Database, session: Session, post: tuple[Publication, str, str], at: At
) -> None:
    """C14: while the call is under way nothing is done; afterwards at once."""
    row, someone, answer = post
    row.state = State.PUBLISHING
    session.add(row)
    f.take_back(session, someone, answer, at("2026-11-02 11:00"))
    assert sweep(database) == 0
    settling.note_unclear(session, row, code="timeout", now=clock.now())
    session.commit()
    assert sweep(database) == 1
    assert [duty.code for duty in f.open_duties(database)] == ["withdrawn"]


def test_a_duty_about_a_post_that_is_not_there_ends(
    database: Database, session: Session, post: tuple[Publication, str, str], at: At
) -> None:
    row, someone, answer = post
    row.state = State.NEEDS_REVIEW
    session.add(row)
    f.take_back(session, someone, answer, at("2026-11-02 11:00"))
    sweep(database)
    move(session, f.KAREN, row, State.CANCELLED, code="not_published", now=clock.now())
    session.commit()
    assert sweep(database) == 1 and f.open_duties(database) == []


def test_the_last_day_takes_it_down(
    database: Database, settings: Settings, session: Session, post: tuple[Publication, str, str], at: At
) -> None:
    """C9, R56: told on the working day before, deleted shortly before the day begins."""
    row = post[0]
    row.remove_by = date(2026, 11, 9)
    session.add(row)
    session.commit()
    at("2026-11-06 08:00")
    assert sweep(database) == 1 and delete(database, settings) == 0
    at("2026-11-08 23:05")
    assert delete(database, settings) == 1
    assert f.state(database, row.id) == (State.REMOVED, "remove_by")


def test_a_consent_that_ran_out_and_was_given_anew_lets_the_post_stay(
    database: Database, session: Session, post: tuple[Publication, str, str], by_hand: Publication, at: At
) -> None:
    answer = session.get(Consent, post[2])
    assert answer is not None
    before, answer.expires_at = answer.expires_at, at("2026-11-02 11:00")
    session.add(answer)
    session.commit()
    sweep(database)
    assert [duty.code for duty in f.open_duties(database)] == ["expired"]
    answer.expires_at = before
    session.add(answer)
    session.commit()
    sweep(database)
    assert f.open_duties(database) == [] and Event.TAKEDOWN not in f.alerts(database)


def test_a_hold_is_looked_at_and_may_be_kept_with_a_reason(
    database: Database, session: Session, post: tuple[Publication, str, str], at: At
) -> None:
    hold(session, post[1], "dispute")
    sweep(database)
    (duty,) = f.open_duties(database)
    assert duty.duty == "review" and f.alerts(database)[-1] == Event.REVIEW_LIVE
    coordinator = Actor(
        "user", 2, "Bo", roles=frozenset({Role.COORDINATOR}), units=frozenset({post[0].unit_id})
    )
    with pytest.raises(NotAllowed):
        taking_down.may_stay(session, coordinator, duty.id, "Fordi", now=clock.now())
    with pytest.raises(RuleBroken):
        taking_down.may_stay(session, DPO, duty.id, " ", now=clock.now())
    taking_down.may_stay(session, DPO, duty.id, "Aftalt med Alma.", now=clock.now())
    session.commit()
    kept = session.get(Takedown, duty.id)
    assert kept is not None and "Alma" not in kept.because_sealed
    assert taking_down.because_of(session, kept) == "Aftalt med Alma."
    assert sweep(database) == 0 and f.open_duties(database) == []


def test_nobody_answers_for_a_fortnight_and_it_comes_down(
    database: Database, settings: Settings, session: Session, post: tuple[Publication, str, str], at: At
) -> None:
    hold(session, post[1], "other")
    sweep(database)
    at("2026-11-17 00:05")
    assert sweep(database) == 1
    (duty,) = f.open_duties(database)
    assert duty.duty == "takedown" and delete(database, settings) == 0
    at("2026-11-17 23:00")
    assert delete(database, settings) == 1 and f.feed(database) == []


def test_a_hold_that_is_lifted_ends_the_question(
    database: Database, session: Session, post: tuple[Publication, str, str]
) -> None:
    hold(session, post[1], "other")
    sweep(database)
    hold(session, post[1], "none")
    assert sweep(database) == 1 and f.open_duties(database) == []


def test_a_story_is_over_after_a_day(
    database: Database, session: Session, post: tuple[Publication, str, str], at: At
) -> None:
    row = post[0]
    row.kind = "story"
    session.add(row)
    session.commit()
    at("2026-11-03 09:59")
    assert sweep(database) == 0
    over = at("2026-11-03 10:00")
    assert sweep(database) == 1
    gone = f.row(database, row.id)
    assert (gone.state, gone.code, gone.removed_at) == (State.REMOVED, "story_over", over)
    assert not is_in_use(database)


# Somebody wants it down


def test_own_wish_can_be_taken_back_for_two_minutes(
    database: Database, settings: Settings, session: Session, post: tuple[Publication, str, str], at: At
) -> None:
    now = clock.now()
    takedown_id = taking_down.want_down(session, f.KAREN, post[0].id, now=now)
    session.commit()
    assert delete(database, settings) == 0
    taking_down.undo_want(session, f.KAREN, takedown_id, now=now)
    session.commit()
    at("2026-11-02 10:05")
    assert delete(database, settings) == 0 and len(f.feed(database)) == 1
    again = taking_down.want_down(session, f.KAREN, post[0].id, now=clock.now())
    session.commit()
    at("2026-11-02 10:08")
    assert delete(database, settings) == 1 and f.feed(database) == []
    with pytest.raises(RuleBroken):
        taking_down.undo_want(session, f.KAREN, again, now=clock.now())


def test_somebody_can_be_recognised_after_all(
    database: Database, settings: Settings, session: Session, post: tuple[Publication, str, str]
) -> None:
    """A14: as if nobody had ever said yes."""
    row = post[0]
    taking_down.recognised(session, f.KAREN, row.id, now=clock.now())
    session.commit()
    (duty,) = f.open_duties(database)
    with database.reader() as reading:
        assert reading.get(GateDecision, duty.decision_id) is not None
    assert sweep(database) == 0 and delete(database, settings) == 1
    assert f.state(database, row.id) == (State.REMOVED, "no_consent_after_all")


def test_a_colleague_who_left_is_told_once_and_the_post_stays(
    database: Database, session: Session, post: tuple[Publication, str, str], at: At
) -> None:
    """E2."""
    person = session.get(Subject, post[1])
    assert person is not None
    person.left_on = date(2026, 11, 3)
    session.add(person)
    session.commit()
    at("2026-11-05 07:15")
    assert live.tell_of_colleagues(database, now=clock.now()) == 1
    assert live.tell_of_colleagues(database, now=clock.now()) == 0
    assert sweep(database) == 0 and Event.COLLEAGUE_LEFT in f.alerts(database)
    taking_down.colleague_stays(session, f.KAREN, post[0].id, now=clock.now())
    session.commit()
    assert Event.COLLEAGUE_LEFT not in f.alerts(database)


def test_proof_that_cannot_be_purged_because_a_post_is_up_is_said(
    database: Database, session: Session, post: tuple[Publication, str, str], by_hand: Publication, at: At
) -> None:
    """H3: the purge refuses, and the alarm names the post."""
    f.take_back(session, post[1], post[2], at("2026-11-02 11:00"))
    sweep(database)
    late = at("2027-02-01 07:15")
    assert refusals.tell_of_refusals(database, now=late) == 1
    assert refusals.tell_of_refusals(database, now=late) == 0
    assert Event.TAKEDOWN_LATE in f.alerts(database)


# Deleting, never twice blindly


def _fail(times: int, monkeypatch: pytest.MonkeyPatch, *, done: bool) -> list[str]:
    """Deleting answers with a cut line; ``done``: it was carried out all the same."""
    calls: list[str] = []
    real = PracticeClient.delete

    def broken(self: PracticeClient, external_id: str) -> None:
        calls.append(external_id)
        if len(calls) <= times:
            if done:
                real(self, external_id)
            raise CallFailed(Failure(Step.DELETE, Sent.MAYBE, "dropped"))
        real(self, external_id)

    monkeypatch.setattr(PracticeClient, "delete", broken)
    return calls


def test_after_an_unclear_answer_the_channel_is_asked_before_it_is_deleted_again(
    database: Database,
    settings: Settings,
    session: Session,
    post: tuple[Publication, str, str],
    at: At,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls = _fail(1, monkeypatch, done=True)
    f.take_back(session, post[1], post[2], at("2026-11-02 11:00"))
    sweep(database)
    delete(database, settings)
    assert f.row(database, post[0].id).state == State.PUBLISHED
    at("2026-11-02 11:05")
    delete(database, settings)
    assert f.row(database, post[0].id).state == State.REMOVED and len(calls) == 1


def test_what_cannot_be_deleted_is_left_to_a_person(
    database: Database,
    settings: Settings,
    session: Session,
    post: tuple[Publication, str, str],
    at: At,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(PracticeClient, "can", frozenset({Can.LIST}))
    f.take_back(session, post[1], post[2], at("2026-11-02 11:00"))
    sweep(database)
    assert delete(database, settings) == 1
    (duty,) = f.open_duties(database)
    assert duty.next_attempt_at is None and Event.TAKEDOWN in f.alerts(database)


def test_somebody_says_that_it_is_gone_and_the_channel_says_no(
    database: Database,
    settings: Settings,
    session: Session,
    post: tuple[Publication, str, str],
    at: At,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(PracticeClient, "can", frozenset({Can.LIST}))
    f.take_back(session, post[1], post[2], at("2026-11-02 11:00"))
    sweep(database)
    delete(database, settings)
    (duty,) = f.open_duties(database)
    session.expire_all()
    assert taking_down.say_gone(session, f.KAREN, duty.id, now=clock.now())
    session.commit()
    delete(database, settings)
    (duty,) = f.open_duties(database)
    assert duty.said_by == "" and f.row(database, post[0].id).state == State.PUBLISHED


# Pages


def test_the_list_and_the_task_say_why_by_when_and_how(
    database: Database,
    session: Session,
    client: InspectingClient,
    sign_in: Callable[..., int],
    post: tuple[Publication, str, str],
    by_hand: Publication,
    at: At,
) -> None:
    f.take_back(session, post[1], post[2], at("2026-11-02 11:00"))
    sweep(database)
    (duty,) = f.open_duties(database)
    sign_in("communications")
    assert "trukket" in client.page("/publishing/takedowns").text("main")
    page = client.page(f"/publishing/takedowns/{duty.id}").text("main")
    assert "Alma" in page and "3. nov." in page
    refused = client.send(f"/publishing/takedowns/{duty.id}/gone", status=400)
    assert refused.text("main")
    client.send(f"/publishing/takedowns/{duty.id}/gone", {"looked": "y"})
    assert f.row(database, by_hand.id).state == State.REMOVED


def test_a_reader_of_elsewhere_does_not_see_the_task(
    database: Database,
    session: Session,
    client: InspectingClient,
    sign_in: Callable[..., int],
    on: drafts.Stage,
    post: tuple[Publication, str, str],
    by_hand: Publication,
    at: At,
) -> None:
    f.take_back(session, post[1], post[2], at("2026-11-02 11:00"))
    sweep(database)
    (duty,) = f.open_duties(database)
    sign_in("coordinator", on.world.other_area)
    client.page(f"/publishing/takedowns/{duty.id}", status=404)
    assert "trukket" not in client.page("/publishing/takedowns").text("main")


def test_take_it_down_and_it_is_said_how_far_it_is(
    database: Database,
    client: InspectingClient,
    sign_in: Callable[..., int],
    post: tuple[Publication, str, str],
) -> None:
    sign_in("communications")
    client.page(f"/publishing/{post[0].id}/down")
    client.send(f"/publishing/{post[0].id}/down")
    (duty,) = f.open_duties(database)
    assert duty.code == "own_wish"
    client.send(f"/publishing/takedowns/{duty.id}/undo")
    assert f.open_duties(database) == []
    client.page(f"/publishing/{post[0].id}/recognised")


def test_a_review_is_kept_on_its_page(
    database: Database,
    session: Session,
    client: InspectingClient,
    sign_in: Callable[..., int],
    post: tuple[Publication, str, str],
) -> None:
    hold(session, post[1], "dispute")
    sweep(database)
    (duty,) = f.open_duties(database)
    sign_in("dpo")
    client.page(f"/publishing/takedowns/{duty.id}")
    client.send(f"/publishing/takedowns/{duty.id}/stay", {"because": ""}, status=400)
    client.send(f"/publishing/takedowns/{duty.id}/stay", {"because": "Aftalt"})
    assert f.open_duties(database) == []
    client.page(f"/publishing/takedowns/{duty.id}")


def test_what_can_still_be_put_right_is_deleted_only_before_the_deadline(
    database: Database,
    settings: Settings,
    session: Session,
    client: InspectingClient,
    sign_in: Callable[..., int],
    post: tuple[Publication, str, str],
    at: At,
) -> None:
    """A defect that somebody may mend within the day: people are told at once, and nothing is deleted yet."""
    answer = session.get(Consent, post[2])
    assert answer is not None
    answer.invalidated_at = at("2026-11-02 11:00")
    session.add(answer)
    session.commit()
    sweep(database)
    (duty,) = f.open_duties(database)
    assert (duty.duty, duty.code) == ("takedown", "no_consent") and Event.TAKEDOWN in f.alerts(database)
    assert delete(database, settings) == 0
    sign_in("communications")
    client.page(f"/publishing/takedowns/{duty.id}")
    taking_down.want_down(session, f.KAREN, post[0].id, now=clock.now())
    session.commit()
    at("2026-11-02 11:03")
    assert delete(database, settings) == 1 and f.feed(database) == []
