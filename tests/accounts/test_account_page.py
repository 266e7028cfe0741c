from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlmodel import Session, select

from branding.accounts import queries, service
from branding.accounts.models import SignIn
from branding.accounts.values import Method
from branding.core import clock
from branding.core.db import Database
from tests.accounts.factories import EMAIL, PASSWORD, person
from tests.support.client import InspectingClient

NEW = "fire blå heste løber"


@pytest.fixture
def enter(client: InspectingClient, session: Session) -> Callable[..., int]:
    """Sign in as a person, from a password or from a link."""

    def come_in(method: Method = Method.PASSWORD, password: str | None = PASSWORD) -> int:
        user_id = person(session, password=password)
        token = service.open_session(session, user_id, device="Prøve", now=clock.now(), method=method)
        session.commit()
        with client.session_transaction() as cookie:
            cookie["sign_in"] = token
        return user_id

    return come_in


def elsewhere(database: Database, user_id: int) -> int:
    """Sign the same person in on another device; returns the sign-in's id."""
    with database.transaction() as session:
        token = service.open_session(session, user_id, device="Firefox · Mac", now=clock.now())
        found = queries.find_signed_in(session, token, clock.now())
    assert found
    return found.sign_in_id


def is_open(database: Database, sign_in_id: int) -> bool:
    with database.reader() as session:
        return session.exec(select(SignIn).where(SignIn.id == sign_in_id)).one().ended_at is None


def test_name_and_language_are_changed(client: InspectingClient, enter: Callable[..., int]) -> None:
    enter()
    fields = client.page("/account").fields("")
    page = client.send("/account", {**fields, "name": "Anna  Ny", "language": "en"})
    assert page.text("h1") == "My account"
    assert "Anna Ny" in page.source


def test_a_stale_account_form_shows_both_versions(
    client: InspectingClient, enter: Callable[..., int]
) -> None:
    enter()
    fields = client.page("/account").fields("")
    client.send("/account", {**fields, "name": "Anna Først"})
    page = client.send("/account", {**fields, "name": "Anna Sidst"}, 409)
    assert "Anna Først" in page.text()
    assert "Anna Sidst" in page.text()


def test_a_new_password_needs_the_present_one_and_ends_other_sign_ins(
    client: InspectingClient, database: Database, enter: Callable[..., int]
) -> None:
    user_id = enter()
    other = elsewhere(database, user_id)
    wrong = client.send("/account/password", {"current": "forkert kodeord", "password": NEW}, 400)
    assert "nuværende adgangskode" in wrong.text()
    assert NEW not in wrong.source
    assert is_open(database, other)
    client.send("/account/password", {"current": PASSWORD, "password": NEW})
    assert not is_open(database, other)
    assert client.get("/account").status_code == 200, "the device that did it stays signed in"
    with database.transaction() as session:
        assert service.sign_in(session, EMAIL, NEW, device="", now=clock.now())


def test_whoever_came_by_a_link_may_replace_a_forgotten_password(
    client: InspectingClient, enter: Callable[..., int]
) -> None:
    enter(Method.LINK)
    page = client.page("/account/password")
    assert "current" not in page.fields("")
    assert client.send("/account/password", {"password": NEW}).text("h1") == "Min konto"


def test_an_hour_after_the_link_the_present_password_is_asked_for_again(
    client: InspectingClient, enter: Callable[..., int], at: Callable[[str], datetime]
) -> None:
    at("2022-10-17 09:00")
    enter(Method.LINK)
    at("2022-10-17 10:00")
    assert "current" in client.page("/account/password").fields("")
    client.send("/account/password", {"password": NEW}, 400)


def test_a_first_password_needs_no_present_one(client: InspectingClient, enter: Callable[..., int]) -> None:
    enter(password=None)
    assert client.page("/account/password").text("h1") == "Vælg en adgangskode"
    assert client.post("/account/password", data={"password": NEW}).status_code == 303


def test_a_poor_new_password_is_refused(client: InspectingClient, enter: Callable[..., int]) -> None:
    enter()
    page = client.send("/account/password", {"current": PASSWORD, "password": "for kort"}, 400)
    assert "mindst 12 tegn" in page.text()


def test_one_device_is_signed_out(
    client: InspectingClient, database: Database, enter: Callable[..., int]
) -> None:
    other = elsewhere(database, enter())
    assert "Firefox · Mac" in client.page("/account").text()
    client.send(f"/account/sign-ins/{other}/end")
    assert not is_open(database, other)
    assert "Firefox · Mac" not in client.page("/account").text()


def test_all_other_devices_are_signed_out(
    client: InspectingClient, database: Database, enter: Callable[..., int]
) -> None:
    other = elsewhere(database, enter())
    page = client.send("/account/sign-ins/end-others")
    assert "Én anden enhed er logget ud" in page.text()
    assert not is_open(database, other)


def test_ending_the_device_in_hand_leads_to_sign_in(
    client: InspectingClient, session: Session, enter: Callable[..., int]
) -> None:
    user_id = enter()
    mine = queries.open_sign_ins(session, user_id, clock.now())[0].id
    session.rollback()
    assert client.send(f"/account/sign-ins/{mine}/end").text("h1") == "Log ind"


def test_somebody_elses_sign_in_does_not_exist(
    client: InspectingClient, database: Database, enter: Callable[..., int]
) -> None:
    enter()
    with database.transaction() as session:
        stranger = service.add_user(
            session, "Bo", "bo@example.dk", queries.grants_of(session, 1), now=clock.now()
        )
    theirs = elsewhere(database, stranger)
    client.send(f"/account/sign-ins/{theirs}/end", status=404)
    assert is_open(database, theirs)
