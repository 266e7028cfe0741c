"""Who is in a post sees it before others do, and a no to exactly this one stops it (decisions.md 5)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from branding.consent.values.reasons import Code
from branding.core.actor import Actor
from branding.core.errors import Missing, NotAllowed, RuleBroken
from branding.drafts.models import Preview
from branding.drafts.queries.drafts import draft_row
from branding.drafts.service import drafts, previews, standing
from branding.drafts.values.previews import PreviewLife
from branding.outbox.models import OutboxMessage
from tests.drafts import factories as f
from tests.support.client import InspectingClient

At = Callable[[str], datetime]
SignIn = Callable[..., int]


@pytest.fixture
def vega(session: Session, on: f.Stage) -> str:
    return f.citizen(session, on)


def _codes(session: Session, draft_id: str, now: datetime) -> frozenset[Code]:
    """What stands in the way of somebody else's approval."""
    rows = [draft_row(session, draft_id)]
    return standing.standings(session, rows, by="user:2", now=now)[draft_id].main.codes


def _answer(session: Session, on: f.Stage, draft_id: str, vega: str, now: datetime, **more: Any) -> str:
    version = draft_row(session, draft_id).version
    told = {"is_refused": False, "version": version, "now": now, **more}
    return previews.answer_in_person(session, on.coordinator, draft_id, vega, **told)


def test_a_citizen_must_have_seen_exactly_this_version(
    session: Session, on: f.Stage, now: datetime, vega: str
) -> None:
    draft_id = f.with_person(session, on, now, vega)
    assert _codes(session, draft_id, now) == {Code.PREVIEW_MISSING}
    assert not f.approve(session, on, draft_id, now).is_done
    _answer(session, on, draft_id, vega, now)
    assert _codes(session, draft_id, now) == frozenset()
    f.write(session, f.COMMUNICATIONS, draft_id, now, caption="Et komma mere, og ingen har set det.")
    assert _codes(session, draft_id, now) == {Code.PREVIEW_MISSING}


def test_a_no_to_this_one_stops_it_and_beats_the_wider_yes(
    session: Session, on: f.Stage, now: datetime, vega: str
) -> None:
    draft_id = f.with_person(session, on, now, vega)
    _answer(session, on, draft_id, vega, now, is_refused=True)
    assert Code.REFUSED in _codes(session, draft_id, now)
    assert not f.approve(session, on, draft_id, now).is_done
    other = f.with_person(session, on, now, vega)
    assert _codes(session, other, now) == {Code.PREVIEW_MISSING}


def test_what_was_changed_while_somebody_looked_is_shown_again(
    session: Session, on: f.Stage, now: datetime, vega: str
) -> None:
    draft_id = f.with_person(session, on, now, vega)
    seen = draft_row(session, draft_id).version
    f.write(session, f.COMMUNICATIONS, draft_id, now, caption="Noget andet")
    with pytest.raises(RuleBroken) as refused:
        _answer(session, on, draft_id, vega, now, version=seen)
    assert refused.value.code == "changed"


def test_only_who_is_in_the_post_is_shown_it(session: Session, on: f.Stage, now: datetime, vega: str) -> None:
    draft_id = f.with_person(session, on, now, vega)
    stranger = f.citizen(session, on, "Balder")
    with pytest.raises(Missing):
        _answer(session, on, draft_id, stranger, now)
    elsewhere = replace(on.coordinator, units=frozenset({on.world.other_area}))
    with pytest.raises(Missing):
        previews.make_link(session, elsewhere, draft_id, vega, now=now)
    reviewer = Actor("user", 9)
    with pytest.raises(NotAllowed):
        previews.make_link(session, reviewer, draft_id, vega, now=now)


def test_a_host_learns_nothing_of_somebody_who_is_only_named(
    session: Session, on: f.Stage, now: datetime, vega: str
) -> None:
    draft_id = f.begun(session, on, now)
    f.write(session, on.host, draft_id, now, caption="Vega bager boller i dag.")
    with pytest.raises(Missing):
        previews.make_link(session, on.host, draft_id, vega, now=now)
    assert previews.make_link(session, on.coordinator, draft_id, vega, now=now)


def test_a_link_opens_until_it_is_answered_replaced_changed_or_old(
    session: Session, on: f.Stage, now: datetime, vega: str
) -> None:
    draft_id = f.with_person(session, on, now, vega)
    first = previews.make_link(session, on.coordinator, draft_id, vega, now=now)
    token = previews.make_link(session, on.coordinator, draft_id, vega, now=now)

    def life(of: str, at: datetime = now) -> PreviewLife | None:
        opened = previews.open_link(session, of, now=at)
        return opened.life if opened else None

    assert [life(first), life(token), life("andet")] == [PreviewLife.CLOSED, PreviewLife.OPEN, None]
    last = now + previews.LINK_LASTS
    assert life(token, last - timedelta(seconds=1)) == PreviewLife.OPEN and life(token, last) == "closed"
    previews.answer_by_link(session, token, is_refused=False, now=now)
    assert life(token) == PreviewLife.ANSWERED
    with pytest.raises(RuleBroken):
        previews.answer_by_link(session, token, is_refused=False, now=now)
    previews.answer_by_link(session, token, is_refused=True, now=now)
    assert Code.REFUSED in _codes(session, draft_id, now)
    f.write(session, f.COMMUNICATIONS, draft_id, now, caption="Ny tekst")
    assert life(token) == PreviewLife.CHANGED
    drafts.drop(session, on.host, draft_id, now=now)
    assert life(token) == PreviewLife.CLOSED
    assert {one.token_hash for one in session.exec(select(Preview))}.isdisjoint({first, token})


def test_beside_the_citizen_there_is_the_post_and_yes_and_no_alike(
    session: Session, on: f.Stage, now: datetime, vega: str, client: InspectingClient, sign_in: SignIn
) -> None:
    draft_id = f.with_person(session, on, now, vega)
    session.commit()
    sign_in("coordinator", on.world.area)
    page = client.page(f"/posts/{draft_id}")
    assert "Vega skal se opslaget" in page.text()
    shown = client.page(page.links()["Vis opslaget Vega"])
    text = shown.text()
    assert f.CAPTION in text and "Vega" not in text and "Anna" not in text
    yes, no = (one for one in shown.all("button") if one.get("name") == "answer")
    assert yes.get("class") == no.get("class")
    thanks = client.send(shown.path, {**shown.fields(), "answer": "yes"})
    assert "Giv telefonen tilbage" in thanks.text()
    assert "Alt er i orden" in client.page(f"/posts/{draft_id}").text()


def test_the_host_shows_it_beside_the_citizen_too(
    session: Session, on: f.Stage, now: datetime, vega: str, client: InspectingClient
) -> None:
    draft_id = f.with_person(session, on, now, vega)
    session.commit()
    client.get(f"/host/{on.token}")
    shown = client.page(f"/my-week/posts/{draft_id}/show/{vega}")
    client.send(shown.path, {**shown.fields(), "answer": "no"})
    assert Code.REFUSED in _codes(session, draft_id, now)


def _link(client: InspectingClient, draft_id: str, vega: str) -> str:
    page = client.send(f"/posts/{draft_id}/show/{vega}/link", {})
    found = re.search(r"/preview/([\w-]+)", page.source)
    assert found and page.with_class("sign-code")
    return f"/preview/{found[1]}"


def test_by_link_a_look_uses_nothing_up_and_the_answer_is_the_persons_own(
    session: Session, on: f.Stage, now: datetime, vega: str, client: InspectingClient, sign_in: SignIn
) -> None:
    draft_id = f.with_person(session, on, now, vega)
    session.commit()
    sign_in("coordinator", on.world.area)
    link = _link(client, draft_id, vega)
    client.delete_cookie("stafet")
    for _ in range(3):
        page = client.page(link)
        assert f.CAPTION in page.text() and "Vega" not in page.text()
    thanks = client.send(link, {**page.fields(), "answer": "yes"})
    assert "Du sagde, at opslaget er fint" in thanks.text()
    (row,) = session.exec(select(Preview))
    assert row.answered_at == now and not row.is_refused and not row.is_in_person
    session.rollback()
    client.send(link, {**thanks.fields(), "answer": "no"})
    after = client.page(link)
    assert "bliver ikke vist" in after.text() and not [b for b in after.all("button") if b.get("name")]


def test_a_no_is_told_to_the_author_and_the_coordinator_and_names_nobody(
    session: Session, on: f.Stage, now: datetime, vega: str, client: InspectingClient, sign_in: SignIn
) -> None:
    draft_id = f.with_person(session, on, now, vega)
    session.commit()
    sign_in("coordinator", on.world.area, name="Kirsten Prøve")
    link = _link(client, draft_id, vega)
    client.send(link, {**client.page(link).fields(), "answer": "no"})
    rows = [one for one in session.exec(select(OutboxMessage)) if one.dedupe_key.startswith("preview-no:")]
    assert {row.to_address.split("@")[0][:4] for row in rows} == {"anna", "coor"}
    for row in rows:
        assert "Vega" not in row.subject + row.body and f.CAPTION not in row.body and vega not in row.body


def test_a_person_with_a_mail_address_gets_the_link_there(
    session: Session, on: f.Stage, now: datetime, vega: str, client: InspectingClient, sign_in: SignIn
) -> None:
    other = f.Stored(session, on.world.area).citizen("Ida", seen=False, email="ida@example.dk")
    item = f.picture(session, on, now)
    draft_id = f.begun(session, on, now, items=(item,), nobody=False)
    f.people.name_person(session, on.host, on.place, item, other, now=now)
    session.commit()
    sign_in("coordinator", on.world.area)
    page = client.send(f"/posts/{draft_id}/show/{other}/link", {})
    assert "også på vej på mail" in page.text() and "ida@example.dk" not in page.source
    (mail,) = session.exec(select(OutboxMessage).where(OutboxMessage.to_address == "ida@example.dk"))
    assert "/preview/" in mail.body and "Ida" not in mail.body + mail.subject


@pytest.mark.parametrize("how", ["changed", "closed", "unknown"])
def test_a_link_that_does_not_open_says_what_to_do_and_shows_no_picture(
    session: Session,
    on: f.Stage,
    at: At,
    now: datetime,
    vega: str,
    client: InspectingClient,
    sign_in: SignIn,
    how: str,
) -> None:
    draft_id = f.with_person(session, on, now, vega)
    item = f.seen(session, draft_id).content.item_ids[0]
    session.commit()
    sign_in("coordinator", on.world.area)
    link = _link(client, draft_id, vega) if how != "unknown" else "/preview/ukendt"
    if how == "changed":
        f.write(session, f.COMMUNICATIONS, draft_id, now, caption="Ny tekst")
        session.commit()
        assert "Opslaget er ændret" in client.page(link).text()
        assert f.CAPTION not in client.page(link).source
    if how == "closed":
        at("2026-11-17 09:00")
        assert "Linket er lukket" in client.page(link, 410).text()
    if how == "unknown":
        assert "Vi kender ikke linket" in client.page(link, 404).text()
    assert client.get(f"{link}/pictures/{item}").status_code == 404
