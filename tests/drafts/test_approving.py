"""Sending and approving: the gate's answer is asked and kept, and nobody approves what it denies."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import event
from sqlmodel import Session, col, select

from branding.consent.models import GateDecision
from branding.consent.values.gate import Code
from branding.consent.values.reasons import Remedy
from branding.consent.values.records import Channel, MediaKind
from branding.core.actor import Actor, Role
from branding.core.db import Database
from branding.core.errors import Conflict, Missing, NotAllowed, RuleBroken
from branding.drafts.models import Draft, DraftComment
from branding.drafts.queries.drafts import draft_row
from branding.drafts.queries.facts import judged
from branding.drafts.service import drafts, reviewing, saving, standing, submitting
from branding.drafts.service.review_links import ask, find_reviewer, revoke
from branding.drafts.values.drafts import DraftState
from branding.drafts.values.kinds import PostKind
from branding.media.models import MediaItem
from branding.media.service import people
from branding.media.values.items import Answer, FaceState
from branding.organisation.service import profiles
from tests.drafts import factories as f


def _kept(session: Session) -> list[tuple[str, bool]]:
    rows = session.exec(select(GateDecision).order_by(col(GateDecision.asked_at), col(GateDecision.stage)))
    return [(row.stage, row.is_allowed) for row in rows]


def _standing(session: Session, draft_id: str, now: datetime) -> standing.Standing:
    return standing.standings(session, [draft_row(session, draft_id)], now=now)[draft_id]


def test_a_good_post_is_sent_and_approved_by_somebody_else(
    session: Session, on: f.Stage, now: datetime
) -> None:
    draft_id = f.submitted(session, on, now)
    row = draft_row(session, draft_id)
    assert (row.state, row.declared_by) == (DraftState.SUBMITTED, f"host:{on.host.id}")
    outcome = f.approve(session, on, draft_id, now)
    assert outcome.is_done and outcome.standing.main.allowed
    assert (row.state, row.approved_by, row.confirmed_by) == (DraftState.APPROVED, "user:2", "user:2")
    facts = judged(session, [row], now=now)[draft_id].facts.draft
    assert facts.approved_hash == facts.version_hash
    assert _kept(session) == [("approve", True), ("submit", True)]


def test_nothing_is_sent_before_each_picture_is_declared(
    session: Session, on: f.Stage, now: datetime
) -> None:
    draft_id = f.begun(session, on, now, nobody=False)
    outcome = f.send(session, on, draft_id, now)
    assert not outcome.is_done and Code.NO_DECLARATION in outcome.standing.main.codes
    assert outcome.standing.main.reasons[0].remedy is Remedy.FIX_YOURSELF
    assert draft_row(session, draft_id).state == DraftState.WRITING
    assert _kept(session) == [("submit", False)]


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"caption": " "}, "no_text"), ({"caption": "x" * 2300}, "too_long"), ({"pictures": ()}, "no_picture")],
)
def test_what_the_author_lacks_stops_it(
    session: Session, on: f.Stage, now: datetime, fields: dict[str, object], code: str
) -> None:
    draft_id = f.begun(session, on, now)
    f.write(session, on.host, draft_id, now, **fields)
    outcome = f.send(session, on, draft_id, now)
    assert not outcome.is_done and code in {one.code for one in outcome.standing.stops}


def test_each_picture_needs_its_words(session: Session, on: f.Stage, now: datetime) -> None:
    item = f.picture(session, on, now)
    draft_id = f.begun(session, on, now, items=(item,))
    saving.change(session, on.host, draft_id, lambda content: content.with_picture(item, alt=""), now=now)
    stops = f.send(session, on, draft_id, now).standing.stops
    assert [(one.code, one.item_id, one.step) for one in stops] == [("alt", item, "text")]
    saving.change(
        session, on.host, draft_id,
        lambda content: content.with_picture(item, decorative_because="Et mønster"), now=now,
    )  # fmt: skip
    assert f.send(session, on, draft_id, now).is_done


def test_a_word_about_a_diagnosis_needs_a_reason(session: Session, on: f.Stage, now: datetime) -> None:
    draft_id = f.begun(session, on, now)
    f.write(session, on.host, draft_id, now, caption="I dag lavede vi mad med en, der har skizofreni.")
    stops = f.send(session, on, draft_id, now).standing.stops
    assert len(stops) == 1 and stops[0].step == "text"
    f.write(session, on.host, draft_id, now, reasons={stops[0].code: "Det er et kursus om diagnosen."})
    assert f.send(session, on, draft_id, now).is_done


def test_the_author_approves_nothing_of_the_own(session: Session, on: f.Stage, now: datetime) -> None:
    draft_id = f.begun(session, on, now, actor=on.coordinator)
    assert f.send(session, on, draft_id, now, on.coordinator).is_done
    with pytest.raises(RuleBroken) as refused:
        f.approve(session, on, draft_id, now, on.coordinator)
    assert refused.value.code == "own_post"
    assert f.approve(session, on, draft_id, now, f.COMMUNICATIONS).is_done


def test_who_sent_it_for_the_host_does_not_approve_it(session: Session, on: f.Stage, now: datetime) -> None:
    draft_id = f.begun(session, on, now)
    assert f.send(session, on, draft_id, now, on.coordinator).is_done
    with pytest.raises(RuleBroken):
        f.approve(session, on, draft_id, now, on.coordinator)


def test_only_those_with_the_right_approve(session: Session, on: f.Stage, now: datetime) -> None:
    draft_id = f.submitted(session, on, now)
    elsewhere = replace(on.coordinator, units=frozenset({on.world.other_area}))
    reader = Actor("user", 9, roles=frozenset({Role.READER}))
    for actor, error in ((on.host, NotAllowed), (elsewhere, Missing), (reader, NotAllowed)):
        with pytest.raises(error):
            f.approve(session, on, draft_id, now, actor)


def test_what_was_not_seen_is_not_approved(session: Session, on: f.Stage, now: datetime) -> None:
    draft_id = f.submitted(session, on, now)
    seen = draft_row(session, draft_id).version
    f.write(session, f.COMMUNICATIONS, draft_id, now, caption="En anden tekst")
    with pytest.raises(Conflict):
        reviewing.approve(session, on.coordinator, draft_id, reviewing.Approve(seen), now=now)


def test_a_face_nobody_answers_for_stops_the_approval_and_the_no_is_kept(
    session: Session, on: f.Stage, now: datetime
) -> None:
    item = f.picture(session, on, now, faces=FaceState.UNAVAILABLE)
    draft_id = f.submitted(session, on, now, items=(item,))
    outcome = f.approve(session, on, draft_id, now)
    assert not outcome.is_done and outcome.standing.main.codes == {Code.FACE_COUNT_MISMATCH}
    assert draft_row(session, draft_id).state == DraftState.SUBMITTED
    assert ("approve", False) in _kept(session)
    outcome = f.approve(session, on, draft_id, now, **{item: 1})
    assert not outcome.is_done
    assert f.approve(session, on, draft_id, now, **{item: 0}).is_done


def test_the_hosts_own_yes_is_one_tap(session: Session, on: f.Stage, now: datetime) -> None:
    item = f.picture(session, on, now)
    draft_id = f.begun(session, on, now, items=(item,), nobody=False)
    people.name_person(session, on.host, on.place, item, f.me(session, on), now=now)
    assert f.send(session, on, draft_id, now).is_done
    assert f.approve(session, on, draft_id, now).is_done


def test_the_hosts_name_in_the_text_is_the_hosts_own_yes_too(
    session: Session, on: f.Stage, now: datetime
) -> None:
    item = f.picture(session, on, now)
    draft_id = f.begun(session, on, now, items=(item,), nobody=False, kind=PostKind.HERE_I_AM)
    people.name_person(session, on.host, on.place, item, f.me(session, on), now=now)
    f.write(session, on.host, draft_id, now, caption="Hej, jeg hedder Anna, og jeg er pædagog.")
    assert f.send(session, on, draft_id, now).is_done
    assert f.approve(session, on, draft_id, now).is_done


def test_somebody_nobody_knows_stops_it(session: Session, on: f.Stage, now: datetime) -> None:
    item = f.picture(session, on, now)
    draft_id = f.begun(session, on, now, items=(item,), nobody=False)
    box = people.add_box(session, on.host, on.place, item, f.BOX, now=now)
    people.answer_box(session, on.host, on.place, item, box, Answer.UNKNOWN, now=now)
    assert Code.UNKNOWN_PERSON in f.send(session, on, draft_id, now).standing.main.codes


def test_not_recognisable_is_confirmed_by_the_approval(session: Session, on: f.Stage, now: datetime) -> None:
    item = f.picture(session, on, now)
    draft_id = f.begun(session, on, now, items=(item,), nobody=False)
    box = people.add_box(session, on.host, on.place, item, f.BOX, now=now)
    people.answer_box(
        session, on.host, on.place, item, box, Answer.NOT_RECOGNISABLE, because="Kun ryggen", now=now
    )
    assert f.send(session, on, draft_id, now).is_done
    row = draft_row(session, draft_id)
    before = judged(session, [row], now=now)[draft_id].facts.draft
    assert [one.confirmed_by for one in before.depictions] == [""]
    assert f.approve(session, on, draft_id, now).is_done
    after = judged(session, [row], now=now)[draft_id].facts.draft
    assert [one.confirmed_by for one in after.depictions] == ["user:2"]
    assert _standing(session, draft_id, now).main.allowed


def test_a_change_of_the_people_makes_the_declaration_stale(
    session: Session, on: f.Stage, now: datetime
) -> None:
    draft_id = f.submitted(session, on, now)
    f.write(session, on.coordinator, draft_id, now, place="Høskoven")
    outcome = f.approve(session, on, draft_id, now)
    assert not outcome.is_done and Code.DECLARATION_STALE in outcome.standing.main.codes
    submitting.declare(session, on.host, draft_id, now=now)
    assert f.approve(session, on, draft_id, now).is_done


def test_an_approval_holds_for_what_was_approved_only(session: Session, on: f.Stage, now: datetime) -> None:
    draft_id = f.approved(session, on, now)
    f.write(session, on.coordinator, draft_id, now, caption="Noget andet")
    facts = judged(session, [draft_row(session, draft_id)], now=now)[draft_id].facts.draft
    assert facts.approved_hash not in ("", facts.version_hash)
    assert not facts.approved_by or facts.approved_by == "user:2"


def test_a_profile_that_may_share_elsewhere_needs_consent_for_that(
    session: Session, on: f.Stage, now: datetime
) -> None:
    profiles.attest_sharing(session, f.COMMUNICATIONS, on.world.profile, shares_to_facebook=True, now=now)
    item = f.picture(session, on, now)
    draft_id = f.begun(session, on, now, items=(item,), nobody=False)
    people.name_person(session, on.host, on.place, item, f.me(session, on), now=now)
    assert Code.CROSSPOST_NOT_COVERED in f.send(session, on, draft_id, now).standing.main.codes


def test_a_no_for_facebook_does_not_stop_instagram(session: Session, on: f.Stage, now: datetime) -> None:
    item = f.picture(session, on, now)
    draft_id = f.begun(session, on, now, items=(item,), nobody=False)
    people.name_person(session, on.host, on.place, item, f.me(session, on), now=now)
    f.write(session, on.host, draft_id, now, channels=(Channel.INSTAGRAM, Channel.FACEBOOK))
    assert f.send(session, on, draft_id, now).is_done
    outcome = f.approve(session, on, draft_id, now)
    assert outcome.is_done
    answers = outcome.standing.answers
    assert answers[Channel.INSTAGRAM].allowed and not answers[Channel.FACEBOOK].allowed
    assert _kept(session).count(("approve", False)) == 1


def test_a_film_with_sound_tells_who_is_heard(session: Session, on: f.Stage, now: datetime) -> None:
    item = f.picture(session, on, now, kind=MediaKind.VIDEO, faces=FaceState.UNAVAILABLE)
    draft_id = f.begun(session, on, now, items=(item,), kind=PostKind.REEL)
    assert Code.VOICE_NOT_COVERED in f.send(session, on, draft_id, now).standing.main.codes
    people.set_heard(session, on.host, on.place, item, set(), now=now)
    assert f.send(session, on, draft_id, now).is_done


def test_sent_back_with_a_word_is_the_authors_again(session: Session, on: f.Stage, now: datetime) -> None:
    draft_id = f.submitted(session, on, now)
    row = draft_row(session, draft_id)
    with pytest.raises(RuleBroken):
        reviewing.send_back(session, on.coordinator, draft_id, "  ", row.version, now=now)
    reviewing.send_back(session, on.coordinator, draft_id, "Skriv lidt mere.", row.version, now=now)
    assert row.state == DraftState.RETURNED
    note = session.exec(select(DraftComment)).one()
    assert (note.text, note.is_internal, note.is_note) == ("Skriv lidt mere.", False, True)
    assert f.send(session, on, draft_id, now).is_done


def test_holding_hides_the_reason_from_the_host_and_can_be_undone(
    session: Session, on: f.Stage, now: datetime
) -> None:
    draft_id = f.submitted(session, on, now)
    row = draft_row(session, draft_id)
    reviewing.hold(session, on.coordinator, draft_id, "Vi venter på ledelsen.", row.version, now=now)
    assert row.state == DraftState.ON_HOLD and session.exec(select(DraftComment)).one().is_internal
    reviewing.resume(session, on.coordinator, draft_id, now=now)
    assert f.approve(session, on, draft_id, now).is_done
    reviewing.resume(session, on.coordinator, draft_id, now=now)
    assert (row.state, row.approved_hash) == (DraftState.SUBMITTED, "")


def test_a_named_person_approves_one_post_by_a_link(session: Session, on: f.Stage, now: datetime) -> None:
    draft_id, other = f.submitted(session, on, now), f.submitted(session, on, now)
    token = ask(session, on.coordinator, draft_id, "Bo Prøve", "bo@example.dk", now=now)
    found = find_reviewer(session, token, now=now)
    assert found and found[1] == draft_id
    with pytest.raises(Missing):
        f.approve(session, on, other, now, found[0])
    assert f.approve(session, on, draft_id, now, found[0]).is_done
    assert draft_row(session, draft_id).approved_by.startswith("reviewer:")
    assert find_reviewer(session, token, now=now + timedelta(days=8)) is None
    revoke(session, on.coordinator, draft_id, found[0].id or 0, now=now)
    assert find_reviewer(session, token, now=now) is None
    assert find_reviewer(session, "andet", now=now) is None


def test_the_author_does_not_choose_the_reviewer(session: Session, on: f.Stage, now: datetime) -> None:
    draft_id = f.begun(session, on, now, actor=on.coordinator)
    with pytest.raises(RuleBroken):
        ask(session, on.coordinator, draft_id, "Min ven", "ven@example.dk", now=now)


def test_a_thrown_away_post_is_not_approved(session: Session, on: f.Stage, now: datetime) -> None:
    draft_id = f.submitted(session, on, now)
    drafts.drop(session, on.host, draft_id, now=now)
    with pytest.raises(RuleBroken):
        f.approve(session, on, draft_id, now)


def test_a_picture_that_is_gone_stops_it(session: Session, on: f.Stage, now: datetime) -> None:
    item = f.picture(session, on, now)
    draft_id = f.submitted(session, on, now, items=(item,))
    session.get_one(MediaItem, item).dropped_at = now
    session.flush()
    outcome = f.approve(session, on, draft_id, now)
    assert not outcome.is_done and Code.NO_DECLARATION in outcome.standing.main.codes


def test_many_drafts_are_judged_in_a_fixed_number_of_queries(
    session: Session, database: Database, on: f.Stage, now: datetime
) -> None:
    def queries(rows: list[Draft]) -> int:
        said: list[str] = []
        event.listen(database.engine, "before_cursor_execute", listener := lambda *a: said.append(a[2]))
        judged(session, rows, now=now)
        event.remove(database.engine, "before_cursor_execute", listener)
        return len(said)

    item = f.picture(session, on, now)
    first = f.begun(session, on, now, items=(item,), nobody=False)
    people.name_person(session, on.host, on.place, item, f.me(session, on), now=now)
    rows = [draft_row(session, first)]
    session.flush()
    one = queries(rows)
    rows += [draft_row(session, f.begun(session, on, now)) for _ in range(5)]
    session.flush()
    assert queries(rows) == one


def test_a_civil_registration_number_is_never_explained_away(
    session: Session, on: f.Stage, now: datetime
) -> None:
    draft_id = f.begun(session, on, now)
    f.write(session, on.host, draft_id, now, caption="Ring på 010190-1234 og hør mere.")
    (stop,) = f.send(session, on, draft_id, now).standing.stops
    f.write(session, on.host, draft_id, now, reasons={stop.code: "Det er mit eget."})
    assert [one.code for one in f.send(session, on, draft_id, now).standing.stops] == [stop.code]


def test_a_strange_co_author_needs_a_reason(session: Session, on: f.Stage, now: datetime) -> None:
    draft_id = f.begun(session, on, now)
    f.write(session, on.host, draft_id, now, collaborators=("fremmed.konto",))
    (stop,) = f.send(session, on, draft_id, now).standing.stops
    assert stop.step == "text"
    f.write(session, on.host, draft_id, now, collaborators=("proeve",))
    assert f.send(session, on, draft_id, now).is_done


def test_whoever_made_the_post_is_not_its_reviewer_by_another_door(
    session: Session, on: f.Stage, now: datetime
) -> None:
    draft_id = f.submitted(session, on, now)
    with pytest.raises(RuleBroken) as refused:
        ask(session, on.coordinator, draft_id, "Anna igen", " ANNA@example.dk ", now=now)
    assert refused.value.field == "email"


def test_a_count_that_the_program_finished_meanwhile_stands(
    session: Session, on: f.Stage, now: datetime
) -> None:
    """The reviewer's page was made while the faces were still being counted."""
    item = f.picture(session, on, now, faces=FaceState.WAITING)
    draft_id = f.submitted(session, on, now, items=(item,))
    session.get_one(MediaItem, item).face_state = FaceState.COUNTED
    session.flush()
    assert f.approve(session, on, draft_id, now, **{item: 7}).is_done
