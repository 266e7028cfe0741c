"""Nobody is the second person of the own post, by whichever door; and what was approved stays what it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from branding.consent.rules.gate import may_publish
from branding.consent.values.gate import Code, Decision, Stage
from branding.consent.values.records import Channel
from branding.core.clock import at_local
from branding.core.errors import RuleBroken
from branding.drafts.queries.drafts import draft_row
from branding.drafts.queries.facts import judged
from branding.drafts.service import drafts, review_links, reviewing, saving, standing, versions
from branding.drafts.values.drafts import DraftState, Start
from branding.drafts.values.kinds import PostKind
from branding.media.models import MediaItem
from branding.media.service import people
from branding.media.values.items import Answer
from branding.takeovers.models import Takeover
from branding.takeovers.values import TakeoverStatus
from tests.drafts import factories as f
from tests.drafts.test_telling import waiting, write
from tests.support.client import InspectingClient
from tests.takeovers import factories as takeovers

At = Callable[[str], datetime]
SignIn = Callable[..., int]
LATER = timedelta(minutes=5)


def _to_go_out(session: Session, draft_id: str, now: datetime) -> Decision:
    """The gate's answer to whoever would plan the post, whatever its state says."""
    one = judged(session, [draft_row(session, draft_id)], now=now)[draft_id]
    return may_publish(one.facts, Channel.INSTAGRAM, stage=Stage.SCHEDULE, at=now + timedelta(days=1))


def test_a_host_with_an_account_does_not_approve_by_it(session: Session, on: f.Stage, now: datetime) -> None:
    draft_id = f.submitted(session, on, now)
    with pytest.raises(RuleBroken) as refused:
        f.approve(session, on, draft_id, now, replace(on.coordinator, email="ANNA@example.dk"))
    assert refused.value.code == "own_post"


def test_whoever_asked_a_reviewer_and_sent_the_post_later_gets_no_approval_by_that_link(
    session: Session, on: f.Stage, now: datetime
) -> None:
    draft_id = f.submitted(session, on, now)
    token = review_links.ask(session, on.coordinator, draft_id, "Bo", "bo@example.dk", now=now)
    drafts.take_back(session, on.coordinator, draft_id, now=now)
    assert f.send(session, on, draft_id, now, on.coordinator).is_done
    found = review_links.find_reviewer(session, token, now=now)
    assert found
    with pytest.raises(RuleBroken) as refused:
        f.approve(session, on, draft_id, now, found[0])
    assert refused.value.code == "own_post"


def test_whoever_said_what_a_face_is_does_not_confirm_it(
    session: Session, on: f.Stage, now: datetime
) -> None:
    item = f.picture(session, on, now)
    draft_id = f.begun(session, on, now, items=(item,), nobody=False)
    box = people.add_box(session, on.host, on.place, item, f.BOX, now=now)
    people.answer_box(session, on.coordinator, on.place, item, box, Answer.NOT_RECOGNISABLE,
                      because="Kun ryggen", now=now)  # fmt: skip
    assert f.send(session, on, draft_id, now).is_done
    with pytest.raises(RuleBroken) as refused:
        f.approve(session, on, draft_id, now)
    assert refused.value.code == "four_eyes"
    assert f.approve(session, on, draft_id, now, f.COMMUNICATIONS).is_done


def _take_back(session: Session, on: f.Stage, draft_id: str, now: datetime) -> None:
    drafts.take_back(session, on.host, draft_id, now=now)


def _drop(session: Session, on: f.Stage, draft_id: str, now: datetime) -> None:
    drafts.drop(session, on.host, draft_id, now=now)


def _move_in_time(session: Session, on: f.Stage, draft_id: str, now: datetime) -> None:
    due = at_local(f.MONDAY + timedelta(days=2), 10)
    drafts.plan_time(session, on.host, draft_id, due, draft_row(session, draft_id).version, now=now)


def _change_and_restore(session: Session, on: f.Stage, draft_id: str, now: datetime) -> None:
    before = draft_row(session, draft_id).number
    f.write(session, on.host, draft_id, now, caption="Noget andet")
    versions.restore(session, on.host, draft_id, before, now=now)


@pytest.mark.parametrize("act", [_take_back, _drop, _move_in_time, _change_and_restore])
def test_an_approval_that_was_lost_is_void_for_the_gate_too(
    session: Session,
    on: f.Stage,
    now: datetime,
    act: Callable[[Session, f.Stage, str, datetime], None],
) -> None:
    draft_id = f.approved(session, on, now)
    assert _to_go_out(session, draft_id, now).allowed
    act(session, on, draft_id, now + LATER)
    assert Code.NOT_APPROVED in _to_go_out(session, draft_id, now + LATER).codes


def test_taking_back_twice_changes_nothing_and_keeps_a_note_in_sight(
    session: Session, on: f.Stage, now: datetime
) -> None:
    draft_id = f.submitted(session, on, now)
    row = draft_row(session, draft_id)
    reviewing.send_back(session, on.coordinator, draft_id, "Skriv mere.", row.version, now=now)
    before = row.version
    drafts.take_back(session, on.host, draft_id, now=now)
    assert (row.state, row.version) == (DraftState.RETURNED, before)


def test_nobody_is_told_of_an_approval_that_the_author_took_back(
    session: Session, on: f.Stage, now: datetime
) -> None:
    draft_id = f.submitted(session, on, now)
    wanted = reviewing.Approve(draft_row(session, draft_id).version)
    assert reviewing.approve(session, on.coordinator, draft_id, wanted, write, now=now).is_done
    assert len(waiting(session)) == 1
    drafts.take_back(session, on.host, draft_id, now=now + LATER)
    assert waiting(session) == []


def test_sending_back_is_undone_only_until_the_author_has_begun(
    session: Session, on: f.Stage, now: datetime
) -> None:
    draft_id = f.submitted(session, on, now)
    row = draft_row(session, draft_id)
    reviewing.send_back(session, on.coordinator, draft_id, "Skriv mere.", row.version, now=now)
    reviewing.resume(session, on.coordinator, draft_id, now=now)
    assert row.state == DraftState.SUBMITTED
    reviewing.send_back(session, on.coordinator, draft_id, "Skriv mere.", row.version, now=now)
    f.write(session, on.host, draft_id, now + LATER, caption="Halvt skre")
    with pytest.raises(RuleBroken) as refused:
        reviewing.resume(session, on.coordinator, draft_id, now=now + LATER)
    assert refused.value.code == "not_waiting"


def test_another_host_of_the_days_takes_the_post_back_by_changing_it(
    session: Session, on: f.Stage, now: datetime
) -> None:
    draft_id = f.submitted(session, on, now)
    other, _ = takeovers.invited(session, on.takeover, now, email="bente@example.dk")
    takeovers.accepted(session, other, now)
    f.write(session, takeovers.as_host(other, on.world.area), draft_id, now, caption="Noget andet")
    assert draft_row(session, draft_id).state == DraftState.WRITING


def test_an_idea_is_not_sent_and_so_never_approved(session: Session, on: f.Stage, now: datetime) -> None:
    new = Start(PostKind.DAILY, unit_id=on.world.area, caption=f.CAPTION)
    draft_id = drafts.start(session, on.coordinator, new, now=now)
    item = f.picture(session, on, now)
    session.get_one(MediaItem, item).place = f"draft:{draft_id}"
    session.flush()
    saving.add_pictures(session, on.coordinator, draft_id, item, now=now)
    saving.change(session, on.coordinator, draft_id, lambda one: one.with_picture(item, alt=f.ALT), now=now)
    people.declare_nobody(session, on.coordinator, f"draft:{draft_id}", item, now=now)
    with pytest.raises(RuleBroken) as refused:
        f.send(session, on, draft_id, now, on.coordinator)
    assert refused.value.code == "idea"


@pytest.mark.parametrize("status", [TakeoverStatus.CANCELLED, TakeoverStatus.CLOSED])
def test_nothing_is_sent_or_approved_in_a_takeover_that_has_ended(
    session: Session, on: f.Stage, now: datetime, status: TakeoverStatus
) -> None:
    begun, sent = f.begun(session, on, now), f.submitted(session, on, now)
    session.get_one(Takeover, on.takeover).status = status
    session.flush()
    with pytest.raises(RuleBroken) as refused:
        f.send(session, on, begun, now, f.COMMUNICATIONS)
    assert refused.value.code == "takeover_ended"
    with pytest.raises(RuleBroken) as refused:
        f.approve(session, on, sent, now)
    assert refused.value.code == "takeover_ended"


def test_a_post_whose_takeover_was_moved_gets_a_new_day_before_it_is_approved(
    session: Session, on: f.Stage, now: datetime
) -> None:
    draft_id = f.submitted(session, on, now, due_at=at_local(f.MONDAY + timedelta(days=2), 10))
    takeover = session.get_one(Takeover, on.takeover)
    takeover.starts_on, takeover.ends_on = takeover.starts_on + 5 * f.WEEK, takeover.ends_on + 5 * f.WEEK
    session.flush()
    with pytest.raises(RuleBroken) as refused:
        f.approve(session, on, draft_id, now)
    assert refused.value.code == "outside_takeover"
    row = draft_row(session, draft_id)
    due = at_local(f.MONDAY + 5 * f.WEEK, 10)
    drafts.plan_time(session, on.coordinator, draft_id, due, row.version, now=now)
    assert f.approve(session, on, draft_id, now).is_done


def test_what_is_said_of_a_picture_in_one_post_counts_in_the_other_that_shows_it(
    session: Session, on: f.Stage, now: datetime
) -> None:
    item = f.picture(session, on, now)
    first = f.approved(session, on, now, items=(item,))
    f.begun(session, on, now, items=(item,), nobody=False)
    people.name_person(session, on.host, on.place, item, f.me(session, on), now=now + LATER)
    found = standing.standings(session, [draft_row(session, first)], now=now + LATER)[first]
    assert Code.DECLARATION_STALE in found.main.codes
    assert not _to_go_out(session, first, now + LATER).allowed


def test_an_approved_post_that_must_not_go_out_is_not_green_in_any_list(
    session: Session, client: InspectingClient, at: At, sign_in: SignIn
) -> None:
    now = at("2026-11-02 08:00")
    on = f.stage(session, now)
    item = f.picture(session, on, now)
    due = at_local(f.MONDAY + timedelta(days=1), 10)
    draft_id = f.approved(session, on, now, items=(item,), due_at=due)
    session.commit()
    assert client.get(f"/host/{on.token}").status_code == 303
    assert "godkendt" in client.page("/my-week").text()
    people.name_person(session, on.host, on.place, item, f.me(session, on), now=now)
    session.commit()
    for path in ("/my-week", f"/my-week/posts/{draft_id}/sent", f"/my-week/posts/{draft_id}/send"):
        text = client.page(path).text()
        assert "kan ikke komme ud lige nu" in text or "stoppet" in text, path
        assert "Opslaget er godkendt. Hvis" not in text
    sign_in("communications")
    for path in ("/posts?tab=approved", f"/takeovers/{on.takeover}/posts", f"/posts/{draft_id}"):
        assert "stoppet" in client.page(path).text(), path
