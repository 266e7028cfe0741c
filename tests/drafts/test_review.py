"""The review screen: one other person approves, sends back, lets wait, and puts a comma right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from branding.consent.models import GateDecision
from branding.drafts.models import Draft, DraftComment, DraftVersion
from branding.drafts.queries.drafts import contents_of, draft_row
from branding.drafts.service import saving
from branding.drafts.values.drafts import DraftState
from branding.media.models import MediaItem, MediaPerson
from branding.media.service import people
from branding.media.values.items import Answer, FaceState
from tests.drafts import factories as f
from tests.support.client import InspectingClient

At = Callable[[str], datetime]
SignIn = Callable[..., int]


@pytest.fixture
def desk(session: Session, on: f.Stage, client: InspectingClient, sign_in: SignIn) -> InspectingClient:
    """A coordinator of the area who has made nothing of it."""
    session.commit()
    sign_in("coordinator", on.world.area, name="Kirsten Prøve")
    return client


def _press(client: InspectingClient, draft_id: str, do: str, **changed: Any) -> Any:
    """Fetch the screen and press a button, with what the person wrote."""
    page = client.page(f"/posts/{draft_id}")
    fields = fields_of(page)
    return client.send(f"/posts/{draft_id}", {**fields, "do": do, **changed})


def fields_of(page: Any) -> dict[str, str]:
    """What the form sends, fields that stand elsewhere on the page included."""
    found = {}
    for one in page.all("*"):
        if one.get("form") == "review" and one.get("name"):
            found[one.get("name")] = one.get("value") or "".join(one.itertext())
    form = next(one for one in page.all("form") if one.get("id") == "review")
    for one in form.iter("input"):
        found[one.get("name")] = one.get("value") or ""
    return found


def _row(session: Session, draft_id: str) -> Draft:
    """As it is now, without holding on to the database."""
    session.rollback()
    row = draft_row(session, draft_id)
    session.expunge(row)
    session.rollback()
    return row


def _kept(session: Session, draft_id: str) -> list[tuple[bool, list[str]]]:
    """What the gate answered when somebody wanted to approve."""
    query = select(GateDecision).where(
        GateDecision.reference == f"draft:{draft_id}", GateDecision.stage == "approve"
    )
    return [(row.is_allowed, [one["code"] for one in row.reasons]) for row in session.exec(query)]


def test_a_good_post_takes_one_screen_and_one_press(
    session: Session, on: f.Stage, now: datetime, desk: InspectingClient
) -> None:
    draft_id = f.submitted(session, on, now, due_at=now + timedelta(days=1))
    session.commit()
    page = desk.page(f"/posts/{draft_id}")
    assert "Alt er i orden" in page.text() and "Godkend og planlæg" in page.text()
    assert "i morgen kl. 09.00" in page.text() and f.CAPTION in page.text()
    after = _press(desk, draft_id, "approve")
    assert "Opslaget er godkendt" in after.text()
    row = _row(session, draft_id)
    assert row.state == DraftState.APPROVED and row.approved_by == row.confirmed_by != row.author


def test_after_a_decision_the_next_post_comes_up_and_the_press_can_be_undone(
    session: Session, on: f.Stage, now: datetime, desk: InspectingClient
) -> None:
    first = f.submitted(session, on, now, due_at=now + timedelta(days=1))
    second = f.submitted(session, on, now, due_at=now + timedelta(days=2))
    session.commit()
    page = _press(desk, first, "approve")
    assert page.path == f"/posts/{second}" and "Her er det næste" in page.source
    desk.send(f"/posts/{first}/resume", page.fields("/resume"))
    row = _row(session, first)
    assert (row.state, row.approved_hash) == (DraftState.SUBMITTED, "")


def test_it_is_sent_back_with_a_word_and_never_without(
    session: Session, on: f.Stage, now: datetime, desk: InspectingClient
) -> None:
    draft_id = f.submitted(session, on, now)
    session.commit()
    response = desk.post(
        f"/posts/{draft_id}", data={**fields_of(desk.page(f"/posts/{draft_id}")), "do": "return", "note": " "}
    )
    assert response.status_code == 400 and "Skriv, hvad der skal være anderledes" in response.get_data(
        as_text=True
    )
    assert _row(session, draft_id).state == DraftState.SUBMITTED
    _press(desk, draft_id, "return", note="Kan vi få et lysere billede?")
    assert _row(session, draft_id).state == DraftState.RETURNED
    (note,) = session.exec(select(DraftComment))
    assert note.is_note and not note.is_internal and note.text == "Kan vi få et lysere billede?"


def test_a_post_can_wait_and_is_taken_up_again(
    session: Session, on: f.Stage, now: datetime, desk: InspectingClient
) -> None:
    draft_id = f.submitted(session, on, now)
    session.commit()
    _press(desk, draft_id, "hold")
    assert _row(session, draft_id).state == DraftState.ON_HOLD
    page = desk.page(f"/posts/{draft_id}")
    desk.send(f"/posts/{draft_id}/resume", page.fields("/resume"))
    assert _row(session, draft_id).state == DraftState.SUBMITTED


def test_a_comma_is_put_right_while_approving(
    session: Session, on: f.Stage, now: datetime, desk: InspectingClient
) -> None:
    item = f.picture(session, on, now)
    draft_id = f.submitted(session, on, now, items=(item,))
    session.commit()
    _press(
        desk, draft_id, "approve", caption="En god formiddag.", **{f"alt-{item}": "To hænder og et snørebånd"}
    )
    row = _row(session, draft_id)
    content = contents_of(session, [row])[draft_id]
    assert row.state == DraftState.APPROVED
    assert (content.caption, content.pictures[0].alt) == ("En god formiddag.", "To hænder og et snørebånd")
    versions = session.exec(select(DraftVersion).where(DraftVersion.draft_id == draft_id)).all()
    assert sorted((one.number, one.is_closed) for one in versions) == [(1, True), (2, True)]


def test_what_the_reviewer_writes_is_judged_too_and_kept_when_it_is_refused(
    session: Session, on: f.Stage, now: datetime, desk: InspectingClient
) -> None:
    draft_id = f.submitted(session, on, now)
    session.commit()
    page = _press(desk, draft_id, "approve", caption="I dag kom en beboer med skizofreni forbi.")
    assert "Opslaget er ikke godkendt" in page.source
    row = _row(session, draft_id)
    assert row.state == DraftState.SUBMITTED
    assert "skizofreni" in contents_of(session, [row])[draft_id].caption


def test_a_post_that_was_changed_meanwhile_is_not_approved_unseen(
    session: Session, on: f.Stage, now: datetime, desk: InspectingClient
) -> None:
    draft_id = f.submitted(session, on, now)
    session.commit()
    fields = fields_of(desk.page(f"/posts/{draft_id}"))
    f.write(session, f.COMMUNICATIONS, draft_id, now, place="Høskoven")
    session.commit()
    response = desk.post(f"/posts/{draft_id}", data={**fields, "do": "approve"})
    assert response.status_code == 409 and _row(session, draft_id).state == DraftState.SUBMITTED
    f.write(session, f.COMMUNICATIONS, draft_id, now, caption="En andens tekst")
    session.commit()
    response = desk.post(f"/posts/{draft_id}", data={**fields, "do": "approve", "caption": "Min tekst"})
    text = response.get_data(as_text=True)
    assert response.status_code == 409 and "En andens tekst" in text and "Min tekst" in text


def test_what_the_gate_denies_has_no_button_and_a_forged_press_is_kept_as_a_no(
    session: Session, on: f.Stage, now: datetime, desk: InspectingClient
) -> None:
    item = f.picture(session, on, now)
    draft_id = f.submitted(session, on, now, items=(item,))
    people.add_box(session, on.coordinator, on.place, item, f.BOX, now=now)
    session.get_one(MediaItem, item).is_nobody = False
    saving.media_changed(session, f.COMMUNICATIONS, draft_id, now=now)
    session.commit()
    page = desk.page(f"/posts/{draft_id}")
    values = {one.get("value") for one in page.all("button")}
    assert "approve" not in values and "return" in values
    assert "Kan ikke godkendes endnu" in page.text()
    after = _press(desk, draft_id, "approve")
    assert "Opslaget er ikke godkendt" in after.source
    assert _row(session, draft_id).state == DraftState.SUBMITTED
    ((is_allowed, codes),) = _kept(session, draft_id)
    assert not is_allowed and "no_declaration" in codes


def test_the_author_sees_the_same_page_without_the_buttons(
    session: Session, on: f.Stage, now: datetime, client: InspectingClient, sign_in: SignIn
) -> None:
    session.commit()
    me = sign_in("coordinator", on.world.area)
    own = replace(on.coordinator, id=me)
    draft_id = f.begun(session, on, now, actor=own)
    assert f.send(session, on, draft_id, now, own).is_done
    session.commit()
    page = client.page(f"/posts/{draft_id}")
    assert not [one for one in page.all("form") if one.get("id") == "review"]
    assert "en anden koordinator godkender det" in page.text()
    version, base = _row(session, draft_id).version, _base(session, draft_id)
    session.rollback()
    forged = {"do": "approve", "version": str(version), "caption": f.CAPTION, "base": base}
    response = client.post(f"/posts/{draft_id}", data=forged)
    assert response.status_code == 400
    assert _row(session, draft_id).state == DraftState.SUBMITTED


def _base(session: Session, draft_id: str) -> str:
    return saving.base_of(
        contents_of(session, [draft_row(session, draft_id)])[draft_id], ("caption", "pictures")
    )


def test_faces_that_no_program_counted_are_counted_here(
    session: Session, on: f.Stage, now: datetime, desk: InspectingClient
) -> None:
    item = f.picture(session, on, now, faces=FaceState.UNAVAILABLE)
    draft_id = f.submitted(session, on, now, items=(item,))
    session.commit()
    page = desk.page(f"/posts/{draft_id}")
    assert "Hvor mange ansigter ser du" in page.text()
    refused = _press(desk, draft_id, "approve", **{f"faces-{item}": "1"})
    assert "ikke godkendt" in refused.source and _row(session, draft_id).state == DraftState.SUBMITTED
    assert session.get_one(MediaItem, item).faces_by_hand == 1


def test_with_none_counted_it_is_approved(
    session: Session, on: f.Stage, now: datetime, desk: InspectingClient
) -> None:
    item = f.picture(session, on, now, faces=FaceState.UNAVAILABLE)
    draft_id = f.submitted(session, on, now, items=(item,))
    session.commit()
    _press(desk, draft_id, "approve", **{f"faces-{item}": "0"})
    assert _row(session, draft_id).state == DraftState.APPROVED


def test_a_number_that_is_none_says_so(
    session: Session, on: f.Stage, now: datetime, desk: InspectingClient
) -> None:
    item = f.picture(session, on, now, faces=FaceState.UNAVAILABLE)
    draft_id = f.submitted(session, on, now, items=(item,))
    session.commit()
    fields = fields_of(desk.page(f"/posts/{draft_id}"))
    response = desk.post(f"/posts/{draft_id}", data={**fields, "do": "approve", f"faces-{item}": "to"})
    assert response.status_code == 400 and "Skriv med tal" in response.get_data(as_text=True)


def test_who_is_hidden_is_confirmed_in_words_and_may_still_say_that_is_me(
    session: Session, on: f.Stage, now: datetime, desk: InspectingClient
) -> None:
    item = f.picture(session, on, now)
    draft_id = f.begun(session, on, now, items=(item,), nobody=False)
    person = people.add_unrecognisable(session, on.host, on.place, item, "set bagfra", now=now)
    assert f.send(session, on, draft_id, now).is_done
    session.commit()
    text = desk.page(f"/posts/{draft_id}").text()
    assert "en person kan ikke genkendes, fordi: set bagfra" in text
    _press(desk, draft_id, "approve")
    assert _row(session, draft_id).state == DraftState.APPROVED
    me = f.me(session, on)
    session.rollback()
    page = desk.page(f"/posts/{draft_id}")
    assert "Siger nogen: det er mig?" in page.text()
    desk.send(f"/posts/{draft_id}/somebody/{item}/{person}", {**page.fields("/somebody/"), "subject_id": me})
    session.expire_all()
    assert session.get_one(MediaPerson, person).answer == Answer.PERSON
    assert _row(session, draft_id).state == DraftState.SUBMITTED


def test_the_second_time_the_screen_shows_what_was_changed(
    session: Session, on: f.Stage, now: datetime, desk: InspectingClient
) -> None:
    draft_id = f.submitted(session, on, now)
    session.commit()
    assert not desk.page(f"/posts/{draft_id}").with_class("diff")
    _press(desk, draft_id, "return", note="Skriv lidt mere")
    f.write(session, on.host, draft_id, now, caption=f.CAPTION.replace("helt almindelig", "god"))
    assert f.send(session, on, draft_id, now).is_done
    session.commit()
    page = desk.page(f"/posts/{draft_id}")
    (gone,), (new,) = page.all("del"), page.all("ins")
    assert "helt almindelig" in "".join(gone.itertext()) and "god" in "".join(new.itertext())


def test_the_keys_are_listed_and_can_be_switched_off(
    session: Session, on: f.Stage, now: datetime, desk: InspectingClient
) -> None:
    draft_id, _ = f.submitted(session, on, now), f.submitted(session, on, now)
    session.commit()
    page = desk.page(f"/posts/{draft_id}")
    keys = {one.get("data-key") for one in page.all("*") if one.get("data-key")}
    assert keys == {"a", "r", "h", "j"}
    assert {"".join(one.itertext()) for one in page.all("kbd")} == {"A", "R", "H", "J"}
    assert any(one.get("id") == "keys-on" for one in page.all("input"))


def test_what_the_author_put_aside_is_said_to_whoever_confirms_it(
    session: Session, on: f.Stage, now: datetime, desk: InspectingClient
) -> None:
    item = f.picture(session, on, now)
    draft_id = f.begun(session, on, now, items=(item,))
    box = people.add_box(session, on.host, on.place, item, f.BOX, now=now)
    people.answer_box(session, on.host, on.place, item, box, Answer.NOT_A_FACE, now=now)
    people.explain_mismatch(session, on.host, on.place, item, "En plakat på væggen", now=now)
    assert f.send(session, on, draft_id, now).is_done
    session.commit()
    said = desk.page(f"/posts/{draft_id}").text()
    assert "Billede 1: Der er flere ansigter end personer, fordi: En plakat på væggen" in said
    assert "Billede 1: Det, vi fandt i midten, er ikke et ansigt." in said


def test_a_time_that_has_passed_is_chosen_anew_with_the_approval(
    session: Session, on: f.Stage, at: At, now: datetime, desk: InspectingClient
) -> None:
    first, second = (f.submitted(session, on, now, due_at=now + timedelta(hours=1)) for _ in range(2))
    session.commit()
    later = at("2026-11-03 12:00")
    page = desk.page(f"/posts/{first}")
    assert "Tiden er gået. Vælg en ny." in page.text() and "Godkend og planlæg" not in page.text("form")
    (time,) = [one for one in page.all("input") if one.get("name") == "time"]
    assert time.get("value") == "10:00" and "2026-11-04" in page.source
    sent = {**fields_of(page), "do": "approve"}
    over = desk.post(f"/posts/{first}", data={**sent, "day": "2026-11-03", "time": "11:00"})
    assert over.status_code == 400 and _row(session, first).state == DraftState.SUBMITTED
    desk.send(f"/posts/{first}", {**sent, "day": "2026-11-04", "time": "10:00"})
    row = _row(session, first)
    assert row.state == DraftState.APPROVED and row.due_at is not None
    assert row.due_at == later + timedelta(hours=22)
    _press(desk, second, "approve", day="", time="")
    row = _row(session, second)
    assert row.state == DraftState.APPROVED and row.due_at is None


def test_the_author_is_told_who_can_approve_and_can_take_it_back(
    session: Session, on: f.Stage, now: datetime, client: InspectingClient, sign_in: SignIn
) -> None:
    session.commit()
    own = replace(on.coordinator, id=sign_in("coordinator", on.world.area))
    draft_id = f.begun(session, on, now, actor=own)
    assert f.send(session, on, draft_id, now, own).is_done
    session.commit()
    page = client.page(f"/posts/{draft_id}")
    assert "bed en kollega om at sende et link" in page.text() and "Bed en anden godkende" not in page.text()
    client.send(f"/posts/{draft_id}/take-back", page.fields("/take-back"))
    assert _row(session, draft_id).state == DraftState.WRITING


def test_every_picture_can_be_seen_large_and_is_confirmed_in_its_order(
    session: Session, on: f.Stage, now: datetime, desk: InspectingClient
) -> None:
    items = f.picture(session, on, now), f.picture(session, on, now)
    draft_id = f.begun(session, on, now, items=items, nobody=False)
    people.declare_nobody(session, on.host, on.place, items[0], now=now)
    people.add_unrecognisable(session, on.host, on.place, items[1], "set bagfra", now=now)
    assert f.send(session, on, draft_id, now).is_done
    session.commit()
    page = desk.page(f"/posts/{draft_id}")
    large = [one for one in page.all("a") if one.get("target") == "_blank"]
    assert [item in str(one.get("href")) for item, one in zip(items, large, strict=True)] == [True, True]
    text = page.text()
    assert text.index("Billede 1: ingen kan genkendes") < text.index(
        "Billede 2: en person kan ikke genkendes"
    )
    (hidden,) = page.with_class("confirm-hidden")
    assert items[1] in str(hidden.find("img").get("src"))
