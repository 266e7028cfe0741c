from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from branding.accounts import queries, service
from branding.accounts.models import MagicLink
from branding.core import clock
from branding.core.errors import Missing
from branding.outbox.models import OutboxMessage
from branding.web.limits import limiter
from tests.accounts.factories import EMAIL, Letterbox, admin, person
from tests.support.client import InspectingClient

At = Callable[[str], datetime]


def link_in_mail(session: Session) -> str:
    session.rollback()
    mail = session.exec(select(OutboxMessage).order_by(OutboxMessage.id.desc())).first()  # type: ignore[union-attr]
    body = mail.body if mail else ""
    session.rollback()  # the page needs the write lock
    address = next(line for line in body.splitlines() if line.startswith("http"))
    return address.removeprefix("http://127.0.0.1:8000")


def test_a_mailed_link_lets_in_once(client: InspectingClient, session: Session) -> None:
    person(session)
    assert client.send("/sign-in/link", {"email": EMAIL}).text("h1") == "Se i din mail"
    address = link_in_mail(session)
    assert client.page(address).text("h1") == "Velkommen tilbage"
    assert client.post(address).status_code == 303
    assert client.page("/account").text("h1") == "Min konto"
    client.post("/sign-out")
    assert client.post(address).status_code == 410
    assert client.page(address, 410).text("h1") == "Linket virker ikke længere"


def test_looking_at_a_link_does_not_use_it_up(client: InspectingClient, session: Session) -> None:
    person(session)
    client.send("/sign-in/link", {"email": EMAIL})
    address = link_in_mail(session)
    for _ in range(3):
        client.get(address)
    session.rollback()
    assert session.exec(select(MagicLink)).one().used_at is None
    session.rollback()
    assert client.get("/account").status_code == 303
    assert client.post(address).status_code == 303


def test_a_link_works_for_fifteen_minutes(client: InspectingClient, session: Session, at: At) -> None:
    at("2022-10-17 09:00")
    person(session)
    client.send("/sign-in/link", {"email": EMAIL})
    address = link_in_mail(session)
    at("2022-10-17 09:15")
    assert client.post(address).status_code == 410


def test_the_answer_is_the_same_for_an_unknown_address(client: InspectingClient, session: Session) -> None:
    person(session)
    known = client.post("/sign-in/link", data={"email": EMAIL})
    unknown = client.post("/sign-in/link", data={"email": "ukendt@example.dk"})
    assert known.headers["Location"] == unknown.headers["Location"]
    assert known.get_data() == unknown.get_data()
    session.rollback()
    assert [mail.to_address for mail in session.exec(select(OutboxMessage))] == [EMAIL]


def test_a_fourth_mail_within_a_quarter_is_not_sent_and_not_talked_about(
    client: InspectingClient, session: Session, at: At
) -> None:
    at("2022-10-17 09:00")
    person(session)
    for minute in range(5):
        at(f"2022-10-17 09:0{minute}")
        assert client.send("/sign-in/link", {"email": EMAIL}).text("h1") == "Se i din mail"
    session.rollback()
    assert len(session.exec(select(OutboxMessage)).all()) == 3
    session.rollback()
    at("2022-10-17 09:16")
    client.send("/sign-in/link", {"email": EMAIL})
    session.rollback()
    assert len(session.exec(select(OutboxMessage)).all()) == 4


def test_the_link_works_while_the_password_is_locked_and_unlocks_it(
    client: InspectingClient, session: Session, at: At
) -> None:
    at("2022-10-17 09:00")
    person(session)
    for second in range(6):
        at(f"2022-10-17 09:00:0{second}")
        answer = client.post("/sign-in", data={"email": EMAIL, "password": "forkert kodeord"})
    assert "link på mail" in answer.get_data(as_text=True)
    at("2022-10-17 09:01")
    client.send("/sign-in/link", {"email": EMAIL})
    assert client.post(link_in_mail(session)).status_code == 303
    client.post("/sign-out")
    at("2022-10-17 09:02")
    answer = client.post("/sign-in", data={"email": EMAIL, "password": "tre gule ænder flyver"})
    assert answer.status_code == 303


def test_a_link_goes_on_to_the_page_that_was_asked_for_and_never_to_another_site(
    client: InspectingClient, session: Session
) -> None:
    person(session)
    client.send("/sign-in/link", {"email": EMAIL, "next": "/account"})
    assert client.post(link_in_mail(session)).headers["Location"] == "/account"
    client.post("/sign-out")
    client.send("/sign-in/link", {"email": EMAIL, "next": "//evil.example"})
    address = link_in_mail(session)
    assert "evil" not in address
    assert client.post(f"{address}?next=https://evil.example").headers["Location"] == "/"


def test_the_mail_is_in_the_language_of_its_reader(client: InspectingClient, session: Session) -> None:
    person(session, language="en")
    client.send("/sign-in/link", {"email": EMAIL})
    session.rollback()
    mail = session.exec(select(OutboxMessage)).one()
    assert mail.subject == "Your link to Stafet"
    assert mail.body.startswith("Hi Anna")


def test_a_link_of_somebody_who_was_shut_out_is_dead(session: Session) -> None:
    user_id, letters = person(session), Letterbox()
    service.ask_for_link(session, EMAIL, letters, now=clock.now())
    service.deactivate(session, admin(session), user_id, now=clock.now())
    with pytest.raises(Missing):
        service.follow_link(session, letters.tokens[0], device="", now=clock.now())
    service.ask_for_link(session, EMAIL, letters, now=clock.now())
    assert len(letters.tokens) == 1


def test_a_sign_in_link_is_no_invitation(client: InspectingClient, session: Session) -> None:
    person(session)
    letters = Letterbox()
    service.ask_for_link(session, EMAIL, letters, now=clock.now())
    session.commit()
    client.page(f"/invitations/{letters.tokens[0]}", 410)
    assert client.post(f"/invitations/{letters.tokens[0]}/without-password").status_code == 410


def test_old_links_and_sign_ins_are_purged_after_a_month(session: Session, at: At) -> None:
    start = at("2022-10-01 09:00")
    user_id = person(session)
    service.open_session(session, user_id, device="", now=start)
    service.ask_for_link(session, EMAIL, Letterbox(), now=start)
    assert service.purge(session, now=start + timedelta(days=29)) == 0
    assert service.purge(session, now=start + timedelta(days=31)) == 1
    assert service.purge(session, now=start + timedelta(days=45)) == 1
    assert queries.open_sign_ins(session, user_id, start) == []


def test_guessing_secrets_is_slowed_down(
    client: InspectingClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limiter, "enabled", True)
    answers = [client.post(f"/sign-in/link/guess{n}").status_code for n in range(31)]
    assert answers == [410] * 30 + [429]
