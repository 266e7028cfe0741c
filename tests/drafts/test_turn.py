"""Whose turn a post is, told on each step: before a change takes it back, and after one has."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlmodel import Session

from branding.core.clock import at_local
from branding.drafts.service import reviewing
from branding.drafts.values.drafts import DraftState
from branding.drafts.values.kinds import PostKind
from branding.media.models import MediaPerson
from branding.media.service import people
from branding.media.values import Answer
from tests.drafts import factories
from tests.drafts.factories import MONDAY
from tests.drafts.pages import At, hidden, host_in
from tests.support.client import InspectingClient

NOW = "2026-11-02 08:00"
APPROVED = "Opslaget er godkendt. Retter du i det, skal det godkendes igen."
SENT = "Opslaget er sendt. Retter du i det, skal du sende det igen."


@pytest.mark.parametrize(
    ("make", "state", "warning", "after"),
    [
        (factories.approved, DraftState.APPROVED, APPROVED, "efter at det blev godkendt. Send det igen"),
        (factories.submitted, DraftState.SUBMITTED, SENT, "ikke længere sendt til godkendelse"),
    ],
)
def test_each_step_says_what_a_change_does_and_only_a_change_does_it(
    session: Session,
    client: InspectingClient,
    at: At,
    make: Callable[..., str],
    state: DraftState,
    warning: str,
    after: str,
) -> None:
    stage = host_in(session, client, at(NOW))
    draft_id = make(session, stage, at(NOW))
    session.commit()
    post = f"/my-week/posts/{draft_id}"
    for name in ("pictures", "people", "text"):
        assert warning in client.page(f"{post}/{name}").text(), name
    item = factories.seen(session, draft_id).content.item_ids[0]
    session.rollback()
    form = hidden(client.page(f"{post}/text"), "mark-")
    form |= {"caption": factories.CAPTION, f"alt-{item}": factories.ALT}
    client.send(f"{post}/text", form | {"do": "next"})
    assert factories.seen(session, draft_id).state is state
    session.rollback()
    answer = client.post(f"{post}/text/save", data=form | {"caption": "Noget andet"}).get_json()
    assert answer["turn"] == "writing"
    for name in ("pictures", "people", "text", "send"):
        page = client.page(f"{post}/{name}").text()
        assert after in page and warning not in page, name


def test_the_receipt_promises_only_what_is_ahead(session: Session, client: InspectingClient, at: At) -> None:
    stage = host_in(session, client, at(NOW))
    due = at_local(MONDAY, 10)
    ready = factories.approved(session, stage, at(NOW), due_at=due)
    sent = factories.submitted(session, stage, at(NOW), due_at=due)
    session.commit()
    page = client.page(f"/my-week/posts/{ready}/sent").text()
    assert "Det kommer ud omkring" in page and "ser på" not in page
    assert "kommer det ud omkring" in client.page(f"/my-week/posts/{sent}/sent").text()
    at("2026-11-02 12:00")
    for one in (ready, sent):
        assert "ud omkring" not in client.page(f"/my-week/posts/{one}/sent").text()


def test_a_held_post_waits_and_nobody_is_said_to_read_it(
    session: Session, client: InspectingClient, at: At
) -> None:
    stage = host_in(session, client, at(NOW))
    draft_id = factories.submitted(session, stage, at(NOW))
    row = factories.row_of(session, draft_id)
    reviewing.hold(session, stage.coordinator, draft_id, "", row.version, now=at(NOW))
    session.commit()
    page = client.page(f"/my-week/posts/{draft_id}/sent").text()
    assert "Vi venter lidt med det. Du hører fra os." in page
    assert "kommer det ud" not in page and "læser det" not in page


def test_nobody_is_not_green_while_a_face_is_unanswered(
    session: Session, client: InspectingClient, at: At
) -> None:
    stage = host_in(session, client, at(NOW))
    item = factories.picture(session, stage, at(NOW))
    draft_id = factories.begun(session, stage, at(NOW), items=(item,))
    session.commit()
    address = f"/my-week/posts/{draft_id}/people"
    assert "Sig for hvert ansigt" not in client.page(address).text()
    face = MediaPerson(id="a" * 32, item_id=item, box=[0.1, 0.1, 0.2, 0.2], found_by="detector", certainty=99,
                       made_at=at(NOW))  # fmt: skip
    session.add(face)
    session.commit()
    assert "Sig for hvert ansigt herunder, hvad det er." in client.page(address).text()
    people.answer_box(session, stage.host, stage.place, item, face.id, Answer.NOT_A_FACE, now=at(NOW))
    session.commit()
    assert "Sig for hvert ansigt" not in client.page(address).text()


def test_the_same_lack_of_several_pictures_is_one_line_with_a_link_to_each(
    session: Session, client: InspectingClient, at: At
) -> None:
    stage = host_in(session, client, at(NOW))
    items = tuple(factories.picture(session, stage, at(NOW)) for _ in range(3))
    draft_id = factories.begun(session, stage, at(NOW), items=items)
    content = factories.seen(session, draft_id).content
    for item in items:
        content = content.with_picture(item, alt="")
    factories.write(session, stage.host, draft_id, at(NOW), pictures=content.pictures)
    session.commit()
    post = f"/my-week/posts/{draft_id}"
    page = client.page(f"{post}/send")
    assert "Billede 1, 2 og 3:" in page.text()
    assert [page.links()[n] for n in "123"] == [f"{post}/text#alt-{item}" for item in items]


def test_a_finding_is_told_gone_when_its_word_is_gone(
    session: Session, client: InspectingClient, at: At
) -> None:
    stage = host_in(session, client, at(NOW))
    draft_id = factories.begun(session, stage, at(NOW))
    session.commit()
    address = f"/my-week/posts/{draft_id}/text"
    item = factories.seen(session, draft_id).content.item_ids[0]
    session.rollback()
    words = hidden(client.page(address), "mark-") | {f"alt-{item}": factories.ALT}
    number = client.post(f"{address}/save", data=words | {"caption": "Ring på 20 30 40 50"}).get_json()
    assert len(number["findings"]) == 1
    page = client.page(address)
    assert "Slet det, eller skriv, hvorfor det må stå der." in page.text()
    words = hidden(page, "mark-") | {f"alt-{item}": factories.ALT}
    gone = client.post(f"{address}/save", data=words | {"caption": "Ring endelig"}).get_json()
    assert gone["findings"] == []


def test_a_story_has_no_first_comment_and_staff_choose_no_day_for_themselves(
    session: Session, client: InspectingClient, at: At, sign_in: Callable[..., int]
) -> None:
    stage = host_in(session, client, at(NOW))
    story = factories.begun(session, stage, at(NOW), kind=PostKind.STORY)
    session.commit()
    assert "ørste kommentar" not in client.page(f"/my-week/posts/{story}/text").text()
    assert "I vælger dagen" in client.page(f"/my-week/posts/{story}/send").text()
    sign_in("communications")
    page = client.page(f"/posts/{story}/send").text()
    assert "Ingen dag endnu" in page and "I vælger dagen" not in page


def test_a_reason_says_something(session: Session, client: InspectingClient, at: At) -> None:
    stage = host_in(session, client, at(NOW))
    item = factories.picture(session, stage, at(NOW))
    draft_id = factories.begun(session, stage, at(NOW), items=(item,), nobody=False)
    session.commit()
    address = f"/my-week/posts/{draft_id}/people/{item}"
    page = client.send(address, {"do": "because", "because": "bagfra"}, status=400)
    assert "mindst 10 bogstaver" in page.text()
    assert "set bagfra" in client.send(address, {"do": "because", "because": "set bagfra"}).text()
