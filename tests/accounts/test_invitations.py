from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from branding.accounts import queries, service
from branding.accounts.values import Grant, PersonRequest
from branding.core import clock
from branding.core.actor import Actor, Role
from branding.core.errors import Missing, NotAllowed, RuleBroken
from branding.outbox.models import OutboxMessage
from tests.accounts.factories import PASSWORD, Letterbox, admin, person
from tests.support.client import InspectingClient

At = Callable[[str], datetime]
REQUEST = PersonRequest("Bodil  Prøve", "Bodil@Example.dk", frozenset({Grant(Role.COMMUNICATIONS)}))


@pytest.fixture
def letters() -> Letterbox:
    return Letterbox()


@pytest.fixture
def invited(session: Session, letters: Letterbox, at: At) -> int:
    now = at("2022-10-17 09:00")
    user_id = service.invite(session, admin(session), REQUEST, letters, now=now)
    session.commit()
    return user_id


def test_an_invited_person_chooses_a_password_and_is_in(
    client: InspectingClient, session: Session, invited: int, letters: Letterbox
) -> None:
    address = f"/invitations/{letters.tokens[0]}"
    assert client.page(address).text("h1") == "Velkommen, Bodil"
    assert client.post(address, data={"password": PASSWORD}).status_code == 303
    assert "bodil@example.dk" in client.page("/account").text()
    joined = queries.person(session, invited)
    session.rollback()
    assert joined.has_password
    assert not joined.is_invited
    client.post("/sign-out")
    client.page(address, 410)
    signed_in = client.post("/sign-in", data={"email": "bodil@example.dk", "password": PASSWORD})
    assert signed_in.status_code == 303


def test_an_invited_person_may_do_without_a_password(
    client: InspectingClient, session: Session, invited: int, letters: Letterbox
) -> None:
    assert client.post(f"/invitations/{letters.tokens[0]}/without-password").status_code == 303
    assert "Du har ingen adgangskode" in client.page("/account").text()


def test_a_refused_password_leaves_the_invitation_open(
    client: InspectingClient, invited: int, letters: Letterbox
) -> None:
    address = f"/invitations/{letters.tokens[0]}"
    refused = client.send(address, {"password": "for kort"}, 400)
    assert "mindst 12 tegn" in refused.text()
    assert client.send(address, {"password": "bodil prøve"}, 400)
    assert client.post(address, data={"password": PASSWORD}).status_code == 303


def test_an_invitation_works_for_seven_days(
    client: InspectingClient, invited: int, letters: Letterbox, at: At
) -> None:
    at("2022-10-24 08:59")
    client.page(f"/invitations/{letters.tokens[0]}")
    at("2022-10-24 09:00")
    client.page(f"/invitations/{letters.tokens[0]}", 410)
    assert client.post(f"/invitations/{letters.tokens[0]}", data={"password": PASSWORD}).status_code == 410


def test_sending_it_again_kills_the_earlier_link_and_its_waiting_mail(
    session: Session, invited: int, letters: Letterbox
) -> None:
    later = clock.now() + timedelta(hours=1)
    service.send_invitation_again(session, admin(session, "to@example.dk"), invited, letters, now=later)
    first, second = letters.tokens
    assert queries.find_link(session, first, later) is None
    assert queries.find_link(session, second, later)
    mails = session.exec(select(OutboxMessage).order_by(OutboxMessage.id)).all()  # type: ignore[arg-type]
    assert [mail.status for mail in mails] == ["cancelled", "waiting"]


def test_a_withdrawn_invitation_leaves_nothing_behind(
    session: Session, invited: int, letters: Letterbox
) -> None:
    now = clock.now()
    service.withdraw_invitation(session, admin(session, "to@example.dk"), invited, now=now)
    assert queries.find_link(session, letters.tokens[0], now) is None
    with pytest.raises(Missing):
        queries.person(session, invited)
    assert session.exec(select(OutboxMessage)).one().status == "cancelled"


def test_an_invitation_that_was_taken_cannot_be_sent_again_or_withdrawn(
    session: Session, invited: int, letters: Letterbox
) -> None:
    now, somebody = clock.now(), admin(session, "to@example.dk")
    service.accept_invitation(session, letters.tokens[0], None, device="", now=now)
    with pytest.raises(RuleBroken):
        service.send_invitation_again(session, somebody, invited, letters, now=now)
    with pytest.raises(RuleBroken):
        service.withdraw_invitation(session, somebody, invited, now=now)


def test_an_address_is_invited_once(session: Session, invited: int, letters: Letterbox) -> None:
    with pytest.raises(RuleBroken) as error:
        service.invite(session, admin(session, "to@example.dk"), REQUEST, letters, now=clock.now())
    assert error.value.field == "email"
    assert len(letters.tokens) == 1


def test_only_administrators_invite(session: Session, letters: Letterbox) -> None:
    user_id = person(session)
    reader = Actor("user", user_id, roles=frozenset({Role.COMMUNICATIONS, Role.DPO}))
    with pytest.raises(NotAllowed):
        service.invite(session, reader, REQUEST, letters, now=clock.now())


def test_the_first_person_can_both_let_people_in_and_plan(session: Session) -> None:
    user_id = service.create_first_admin(session, "Adam", "adam@example.dk", PASSWORD, clock.now())
    assert queries.person(session, user_id).roles == {Role.ADMIN, Role.COMMUNICATIONS}


def test_the_first_administrator_is_made_once(session: Session) -> None:
    service.create_first_admin(session, "Adam", "adam@example.dk", PASSWORD, clock.now())
    with pytest.raises(RuleBroken):
        service.create_first_admin(session, "Eva", "eva@example.dk", PASSWORD, clock.now())
