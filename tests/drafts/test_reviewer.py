"""A named person without an account: one post, by a link that can be closed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from branding.drafts.models import DraftComment, ReviewLink
from branding.drafts.queries.drafts import draft_row
from branding.drafts.service import reviewing
from branding.drafts.service.comments import NewComment, add_comment
from branding.drafts.values.drafts import DraftState
from branding.outbox.models import OutboxMessage
from tests.drafts import factories as f
from tests.drafts.test_review import fields_of
from tests.support.client import InspectingClient

At = Callable[[str], datetime]
SignIn = Callable[..., int]


@pytest.fixture
def draft_id(session: Session, on: f.Stage, now: datetime) -> str:
    found = f.submitted(session, on, now)
    session.commit()
    return found


@pytest.fixture
def link(session: Session, on: f.Stage, draft_id: str, client: InspectingClient, sign_in: SignIn) -> str:
    """What the mail to Bo holds; the browser is then nobody's."""
    sign_in("coordinator", on.world.area)
    page = client.page(f"/posts/{draft_id}")
    sent = client.send(
        f"/posts/{draft_id}/reviewers",
        {**page.fields("/reviewers"), "name": "Bo Prøve", "email": "bo@example.dk"},
    )
    assert "på vej til Bo Prøve" in sent.source and "Luk linket" in sent.text()
    (mail,) = session.exec(select(OutboxMessage).where(OutboxMessage.to_address == "bo@example.dk"))
    assert f.CAPTION not in mail.body
    found = re.search(r"/review/[\w-]+", mail.body)
    session.rollback()
    client.delete_cookie("stafet")
    assert found
    return found[0]


def _state(session: Session, draft_id: str) -> str:
    session.rollback()
    state = draft_row(session, draft_id).state
    session.rollback()
    return state


def test_a_look_uses_nothing_up_and_one_press_approves(
    session: Session, draft_id: str, link: str, client: InspectingClient
) -> None:
    for _ in range(2):
        page = client.page(link)
    assert "Hej Bo" in page.text() and f.CAPTION in page.text()
    assert _state(session, draft_id) == DraftState.SUBMITTED
    after = client.send(link, {**fields_of(page), "do": "approve"})
    assert "Opslaget er godkendt" in after.text()
    assert draft_row(session, draft_id).approved_by.startswith("reviewer:")


def test_a_note_sends_it_back(session: Session, draft_id: str, link: str, client: InspectingClient) -> None:
    page = client.page(link)
    client.send(link, {**fields_of(page), "do": "return", "note": "Lidt kortere?"})
    assert _state(session, draft_id) == DraftState.RETURNED
    (note,) = session.exec(select(DraftComment))
    assert note.made_by.startswith("reviewer:") and not note.is_internal


def test_it_opens_no_other_page_and_shows_nothing_for_colleagues(
    session: Session, on: f.Stage, now: datetime, draft_id: str, link: str, client: InspectingClient
) -> None:
    add_comment(session, on.coordinator, draft_id, NewComment("Kun os", is_internal=True), now=now)
    other = f.submitted(session, on, now)
    other_item = f.seen(session, other).content.item_ids[0]
    session.commit()
    page = client.page(link)
    assert "Kun os" not in page.source and not [href for href in page.links().values() if "/posts" in href]
    assert client.get(f"{link}/pictures/{other_item}").status_code == 404
    assert client.get(f"/posts/{draft_id}").status_code == 303


def test_a_closed_and_an_old_link_say_whom_to_ask(
    session: Session, on: f.Stage, at: At, now: datetime, draft_id: str, link: str, client: InspectingClient
) -> None:
    item = f.seen(session, draft_id).content.item_ids[0]
    session.rollback()
    at("2026-11-09 09:00")
    assert "Linket er lukket" in client.page(link, 410).text()
    at("2026-11-03 09:00")
    assert client.page(link)
    (row,) = session.exec(select(ReviewLink))
    row.revoked_at = now + timedelta(days=1)
    session.commit()
    assert "Linket er lukket" in client.page(link, 410).text()
    assert client.get(f"{link}/pictures/{item}").status_code == 404
    assert "Vi kender ikke linket" in client.page("/review/ukendt", 404).text()
    assert client.post(link, data={"do": "approve"}).status_code == 410


def test_the_link_is_closed_from_the_screen(
    session: Session, on: f.Stage, draft_id: str, link: str, client: InspectingClient, sign_in: SignIn
) -> None:
    sign_in("communications")
    page = client.page(f"/posts/{draft_id}")
    client.send(f"/posts/{draft_id}/reviewers/1/close", page.fields("/close"))
    assert "Linket er lukket" in client.page(link, 410).text()
    assert client.post(f"/posts/{draft_id}/reviewers/99/close").status_code == 404


def test_a_name_and_an_address_are_needed(
    session: Session, on: f.Stage, draft_id: str, client: InspectingClient, sign_in: SignIn
) -> None:
    sign_in("coordinator", on.world.area)
    response = client.post(f"/posts/{draft_id}/reviewers", data={"name": "Bo", "email": "bo"})
    assert response.status_code == 400 and "mailadresse" in response.get_data(as_text=True)
    assert session.exec(select(ReviewLink)).all() == []


def test_a_post_on_hold_says_so_and_is_not_approved_by_the_link(
    session: Session, on: f.Stage, now: datetime, draft_id: str, link: str, client: InspectingClient
) -> None:
    fields = fields_of(client.page(link))
    reviewing.hold(session, on.coordinator, draft_id, "", draft_row(session, draft_id).version, now=now)
    session.commit()
    page = client.page(link)
    assert "Opslaget er sat på pause" in page.text() and "approve" not in {
        one.get("value") for one in page.all("button")
    }
    assert client.post(link, data={**fields, "do": "approve"}).status_code == 400
    assert _state(session, draft_id) == DraftState.ON_HOLD
