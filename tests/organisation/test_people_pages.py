from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlmodel import Session, select

from branding.accounts import queries as accounts
from branding.accounts.values import Grant
from branding.core.actor import Role
from branding.outbox.models import OutboxMessage
from tests.organisation.factories import area, department
from tests.support.client import InspectingClient
from tests.support.html import text_of

SignIn = Callable[..., int]
BODIL = {"name": "Bodil Prøve", "email": "bodil@example.dk"}


def find(session: Session, email: str = "bodil@example.dk") -> int:
    session.rollback()
    found = accounts.find_user_by_email(session, email)
    user_id = found.id if found else 0
    session.rollback()
    return user_id or 0


@pytest.mark.parametrize("role", ["communications", "reader", "dpo"])
def test_only_administrators_see_people(client: InspectingClient, sign_in: SignIn, role: str) -> None:
    user_id = sign_in(role)
    for address in ("/people", "/people/new", f"/people/{user_id}"):
        assert client.get(address).status_code == 403
    for name in ("deactivate", "reactivate", "end-sign-ins", "withdraw", "invitation"):
        assert client.post(f"/people/{user_id}/{name}").status_code == 403


def test_a_coordinator_is_invited_for_an_area(
    client: InspectingClient, sign_in: SignIn, session: Session
) -> None:
    soh = area(session)
    sign_in("admin", name="Adam Admin")
    page = client.send("/people/new", {**BODIL, "roles": ["coordinator"], "areas": [str(soh)]})
    assert "Bodil Prøve er inviteret på mail" in page.text()
    grants = accounts.grants_of(session, find(session))
    mail = session.exec(select(OutboxMessage)).one()
    subject, body = mail.subject, mail.body
    session.rollback()
    assert grants == {Grant(Role.COORDINATOR, soh)}
    assert subject == "Du er inviteret til Stafet"
    assert "Adam Admin har inviteret dig" in body
    address = next(line for line in body.splitlines() if line.startswith("http"))
    client.post("/sign-out")
    assert client.page(address.removeprefix("http://127.0.0.1:8000")).text("h1") == "Velkommen, Bodil"


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({}, "mindst én rolle"),
        ({"roles": ["coordinator"]}, "Vælg det specialområde"),
        ({"roles": ["reader"], "areas": ["1"]}, "Kun koordinatorer"),
        ({"roles": ["nothing"]}, "der er vist"),
        ({"roles": ["coordinator"], "areas": ["2"]}, "der er vist"),
    ],
)
def test_roles_that_make_no_sense_are_refused_beside_the_field(
    client: InspectingClient, sign_in: SignIn, session: Session, chosen: dict[str, object], words: str
) -> None:
    department(session, area(session))
    sign_in("admin")
    page = client.send("/people/new", {**BODIL, **chosen}, 400)
    assert any(words in text_of(part) for part in page.with_class("form-error-message"))
    assert page.fields("")["name"] == "Bodil Prøve"
    assert find(session) == 0


def test_an_invitation_is_sent_again_and_withdrawn(
    client: InspectingClient, sign_in: SignIn, session: Session
) -> None:
    sign_in("admin")
    client.send("/people/new", {**BODIL, "roles": ["reader"]})
    user_id = find(session)
    assert "Inviteret, men ikke været inde endnu" in client.page(f"/people/{user_id}").text()
    assert "tidligere link virker ikke" in client.send(f"/people/{user_id}/invitation").text()
    assert "trukket tilbage" in client.send(f"/people/{user_id}/withdraw").text()
    client.page(f"/people/{user_id}", 404)


def test_roles_are_changed_and_a_stale_form_is_told(
    client: InspectingClient, sign_in: SignIn, session: Session
) -> None:
    soh = area(session)
    sign_in("admin")
    client.send("/people/new", {**BODIL, "roles": ["reader"]})
    address = f"/people/{find(session)}"
    fields = {**BODIL, "version": "1"}
    page = client.send(address, {**fields, "roles": ["coordinator", "dpo"], "areas": [str(soh)]})
    assert "Koordinator" in page.text()
    both = client.send(address, {**fields, "roles": ["reader"]}, 409)
    assert "En anden har ændret brugeren" in both.text()


def test_somebody_is_shut_out_with_a_way_back(
    client: InspectingClient, sign_in: SignIn, session: Session
) -> None:
    other = sign_in("reader", name="Rita Læser")
    sign_in("admin")
    page = client.send(f"/people/{other}/deactivate")
    assert f"/people/{other}/reactivate" in page.source
    assert "Kontoen er lukket" in client.page(f"/people/{other}").text()
    assert "kan logge ind igen" in client.send(f"/people/{other}/reactivate").text()


def test_an_administrator_ends_somebodys_sign_ins(client: InspectingClient, sign_in: SignIn) -> None:
    other = sign_in("reader")
    sign_in("admin")
    assert "Prøve" in client.page(f"/people/{other}").text()
    assert "Logget ud på én enhed" in client.send(f"/people/{other}/end-sign-ins").text()
    assert "ikke logget ind nogen steder" in client.page(f"/people/{other}").text()


def test_the_last_administrator_is_kept(client: InspectingClient, sign_in: SignIn) -> None:
    me = sign_in("admin")
    refused = client.send(f"/people/{me}/deactivate", status=400)
    assert "mindst én administrator" in refused.text()
    fields = client.page(f"/people/{me}").fields("")
    page = client.send(f"/people/{me}", {**fields, "roles": ["reader"]}, 400)
    assert "mindst én administrator" in page.text()
