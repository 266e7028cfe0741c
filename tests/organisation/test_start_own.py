from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlmodel import Session

from branding.accounts import queries as accounts
from branding.core.actor import Role
from branding.organisation import queries
from tests.organisation.factories import area, organisation
from tests.support.client import InspectingClient

SignInAs = Callable[..., int]
FORM = {
    "name": "Kommune Prøve",
    "handle": "@KommuneProeve",
    "admin_name": "Eva Egen",
    "admin_email": "eva@example.dk",
    "password": "tre gule ænder flyver",
    "confirm": "Slet eksemplerne",
}


@pytest.fixture
def demo(session: Session) -> int:
    """A demo with one area."""
    organisation(session, is_demo=True)
    return area(session)


def test_an_administrator_starts_an_own_organisation_and_is_signed_in(
    client: InspectingClient, sign_in: SignInAs, session: Session, demo: int
) -> None:
    sign_in("admin")
    assert client.page("/start-own").text("h1") == "Start jeres egen"
    assert client.post("/start-own", data=FORM).status_code == 303
    found = queries.find_organisation(session)
    assert found is not None
    assert (found.name, found.is_demo) == ("Kommune Prøve", False)
    assert [profile.handle for profile in queries.profiles(session)] == ["kommuneproeve"]
    people = accounts.people(session)
    session.rollback()
    assert [(person.email, person.roles) for person in people] == [
        ("eva@example.dk", {Role.ADMIN, Role.COMMUNICATIONS})
    ]
    assert "eva@example.dk" in client.page("/account").text()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("confirm", "ja"),
        ("password", "for kort"),
        ("handle", "med mellemrum"),
        ("admin_email", "x"),
        ("name", ""),
    ],
)
def test_a_refused_form_leaves_the_example_as_it_was(
    client: InspectingClient, sign_in: SignInAs, session: Session, demo: int, field: str, value: str
) -> None:
    sign_in("admin")
    page = client.send("/start-own", {**FORM, field: value}, 400)
    assert page.with_class("form-error-message")
    assert queries.unit_by_id(session, demo).name == "SOH"


def test_communications_reads_who_can_do_it_and_cannot(
    client: InspectingClient, sign_in: SignInAs, session: Session, demo: int
) -> None:
    sign_in("communications")
    page = client.page("/start-own")
    assert "Det kan en administrator" in page.text()
    assert "password" not in page.source
    client.send("/start-own", FORM, 403)
    assert queries.unit_by_id(session, demo)


def test_a_real_organisation_cannot_be_emptied(
    client: InspectingClient, sign_in: SignInAs, session: Session
) -> None:
    organisation(session)
    area(session)
    sign_in("admin")
    assert client.page("/start-own").text("h1") == "Organisation"
    client.send("/start-own", FORM, 400)
    assert len(queries.units(session)) == 1
