"""Approved posts get their time; the gate is asked for it, and people can move them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from branding.consent.models import GateDecision
from branding.consent.values.records import Channel
from branding.core.db import Database
from branding.core.errors import Conflict, Missing, NotAllowed, RuleBroken
from branding.drafts.queries.drafts import draft_row
from branding.drafts.queries.going_out import approved_without_time
from branding.drafts.service import clearing
from branding.drafts.service import drafts as making
from branding.publishing.models import Alert, Publication
from branding.publishing.service import forgetting, planning
from branding.publishing.values.alerts import Event
from branding.publishing.values.states import State, Way
from tests.consent import factories as consent
from tests.drafts import factories as drafts
from tests.publishing import factories as f

HOUR = timedelta(hours=1)


def test_an_approved_post_is_planned_once_for_its_own_time(
    session: Session, on: f.Stage, now: datetime
) -> None:
    row = f.planned(session, on, now, now + HOUR)
    assert (row.state, row.due_at, row.profile_id) == (State.SCHEDULED, now + HOUR, on.world.profile)
    assert row.version_hash == draft_row(session, row.draft_id).approved_hash
    assert row.planned_by == draft_row(session, row.draft_id).approved_by
    assert planning.plan_approved(session, now=now) == 0 and not planning.anything_to_plan(session, now=now)
    stored = session.exec(select(GateDecision).where(GateDecision.stage == "schedule")).all()
    assert [one.is_allowed for one in stored] == [True] and row.decision_id == stored[0].id


def test_a_post_without_a_time_waits_for_one(session: Session, on: f.Stage, now: datetime) -> None:
    drafts.approved(session, on, now)
    assert planning.plan_approved(session, now=now) == 0


def test_a_post_whose_time_had_passed_when_it_was_approved_waits_for_another(
    session: Session, on: f.Stage, now: datetime
) -> None:
    """The button said "approve", not "approve and plan": nobody meant it to go out this moment."""
    late = drafts.submitted(session, on, now, due_at=now + HOUR)
    assert drafts.approve(session, on, late, now + 2 * HOUR).is_done
    assert planning.plan_approved(session, now=now + 2 * HOUR) == 0
    assert [one.id for one in approved_without_time(session, [on.takeover])] == [late]


def test_moving_keeps_the_approval_and_the_posts_own_time_follows(
    session: Session, on: f.Stage, now: datetime
) -> None:
    row = f.planned(session, on, now, now + HOUR)
    done = planning.move_to(session, f.KAREN, row.id, now + 3 * HOUR, row.version, now=now)
    draft = draft_row(session, row.draft_id)
    assert done.is_done and row.due_at == draft.due_at == now + 3 * HOUR
    assert draft.state == "approved" and row.state == State.SCHEDULED


def test_a_time_outside_the_takeover_is_refused(session: Session, on: f.Stage, now: datetime) -> None:
    row = f.planned(session, on, now, now + HOUR)
    with pytest.raises(RuleBroken) as error:
        planning.move_to(session, f.KAREN, row.id, now + timedelta(days=40), row.version, now=now)
    assert error.value.code == "outside_takeover"


def test_a_time_after_the_tokens_end_is_refused(session: Session, on: f.Stage, now: datetime) -> None:
    f.connect(session, on, Way.API, token_expires_at=now + 2 * HOUR)
    row = f.planned(session, on, now, now + HOUR)
    with pytest.raises(RuleBroken) as error:
        planning.move_to(session, f.KAREN, row.id, now + 3 * HOUR, row.version, now=now)
    assert error.value.code == "token_ends"


def test_a_time_after_a_consents_end_is_a_no_that_is_kept(
    session: Session, on: f.Stage, now: datetime
) -> None:
    someone = consent.colleague(session, on.world.area, now=now, label="Alma Prøve")
    consent.oral(session, someone, target_ref=on.place, lasts_until=now.date(), now=now)
    draft_id = drafts.with_person(session, on, now, someone, due_at=now + HOUR)
    assert drafts.approve(session, on, draft_id, now).is_done
    planning.plan_approved(session, now=now)
    row = f.of_draft(session, draft_id)
    done = planning.move_to(session, f.KAREN, row.id, now + 24 * HOUR, row.version, now=now)
    assert not done.is_done and done.decision is not None
    assert [one.code for one in done.decision.reasons] == ["expired"]
    assert row.due_at == now + HOUR


def test_the_same_hour_and_the_same_words_are_warned_of(session: Session, on: f.Stage, now: datetime) -> None:
    f.planned(session, on, now, now + HOUR)
    other = f.planned(session, on, now, now + 4 * HOUR)
    assert len(planning.warnings(session, other, other.due_at)) == 1  # the same words
    assert len(planning.warnings(session, other, now + HOUR + timedelta(minutes=59))) == 2
    assert len(planning.warnings(session, other, now + 2 * HOUR)) == 1


def test_a_post_that_is_changed_after_it_was_planned_leaves_the_plan_and_comes_back_when_approved(
    database: Database, session: Session, on: f.Stage, now: datetime
) -> None:
    row = f.planned(session, on, now, now + HOUR)
    session.commit()
    drafts.write(session, on.coordinator, row.draft_id, now, caption="Noget andet")
    session.commit()
    later = now + timedelta(minutes=5)
    assert f.sweep(database) == 1
    session.expire_all()
    assert (row.state, row.code) == (State.CANCELLED, "content_changed")
    alerts = session.exec(select(Alert)).all()
    assert [one.event for one in alerts] == [Event.TAKEN_OUT]
    assert drafts.approve(session, on, row.draft_id, later, actor=drafts.COMMUNICATIONS).is_done
    assert planning.plan_approved(session, now=later) == 1
    assert row.state == State.SCHEDULED


def test_taken_off_by_a_person_it_stays_off_until_somebody_gives_it_a_time(
    session: Session, on: f.Stage, now: datetime
) -> None:
    row = f.planned(session, on, now, now + HOUR)
    planning.take_off(session, f.KAREN, row.id, row.version, now=now)
    assert (row.state, row.code) == (State.CANCELLED, "by_person")
    assert planning.plan_approved(session, now=now) == 0
    assert planning.move_to(session, f.KAREN, row.id, row.due_at, row.version, now=now).is_done
    assert row.state == State.SCHEDULED


def test_the_second_of_two_planners_is_told(session: Session, on: f.Stage, now: datetime) -> None:
    row = f.planned(session, on, now, now + HOUR)
    seen = row.version
    planning.move_to(session, f.KAREN, row.id, now + 2 * HOUR, seen, now=now)
    with pytest.raises(Conflict):
        planning.move_to(session, f.KAREN, row.id, now + 3 * HOUR, seen, now=now)


def test_whoever_may_not_plan_is_refused(session: Session, on: f.Stage, now: datetime) -> None:
    row = f.planned(session, on, now, now + HOUR)
    with pytest.raises(NotAllowed):
        planning.move_to(session, on.host, row.id, now + 2 * HOUR, row.version, now=now)
    stranger = drafts.Stage(on.world, on.takeover, on.host, on.token).coordinator
    elsewhere = type(stranger)("user", 9, "X", roles=stranger.roles, units=frozenset({999}))
    with pytest.raises(Missing):
        planning.take_off(session, elsewhere, row.id, row.version, now=now)


def test_a_post_approved_anew_while_it_waits_is_planned_as_it_is_now(
    session: Session, on: f.Stage, now: datetime
) -> None:
    """Also when pictures of the earlier version lie ready at the channel: those are never sent."""
    row = f.planned(session, on, now, now + HOUR)
    row.state, row.made = State.READY, {"container": "1"}
    later = now + timedelta(minutes=1)
    drafts.write(session, on.coordinator, row.draft_id, later, caption="Noget andet")
    assert drafts.approve(session, on, row.draft_id, later, actor=drafts.COMMUNICATIONS).is_done
    assert planning.plan_approved(session, now=later) == 1
    assert (row.state, row.made) == (State.SCHEDULED, {})
    assert row.version_hash == draft_row(session, row.draft_id).approved_hash


def test_a_channel_on_which_the_organisation_has_no_profile_stops_no_other(
    session: Session, on: f.Stage, now: datetime
) -> None:
    draft_id = drafts.begun(session, on, now, due_at=now + HOUR)
    drafts.write(session, on.host, draft_id, now, channels=(Channel.INSTAGRAM, Channel.LINKEDIN))
    assert drafts.send(session, on, draft_id, now).is_done
    assert drafts.approve(session, on, draft_id, now).is_done
    assert planning.plan_approved(session, now=now) == 1
    assert f.of_draft(session, draft_id).channel == Channel.INSTAGRAM


def test_a_post_that_was_in_the_plan_and_is_thrown_away_is_cleared_out_like_any_other(
    database: Database, session: Session, on: f.Stage, now: datetime
) -> None:
    row = f.planned(session, on, now, now + HOUR)
    kept = f.planned(session, on, now, now + HOUR)
    draft_id = row.draft_id
    making.drop(session, on.host, draft_id, now=now)
    session.commit()
    assert f.sweep(database) == 1
    later = now + timedelta(days=31)
    with database.transaction() as writing:
        assert clearing.clear(writing, now=later) == 0  # and stops nobody else's
    with database.transaction() as writing:
        assert forgetting.forget_cleared(writing, now=later) == 1
        assert clearing.clear(writing, now=later) == 1
    with database.reader() as reading:
        assert list(reading.exec(select(Publication.id))) == [kept.id]
