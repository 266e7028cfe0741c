"""What is sealed and does not open is said to be so; the rest of the page stands, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from sqlmodel import Session, select

from branding.consent.models import Representation, Signature, Subject
from branding.consent.service.representations import add_representation
from branding.consent.values.people import Mandate
from branding.consent.values.register import NewRepresentation
from branding.core.actor import Actor, Role
from branding.core.db import Database
from branding.core.key_store import KeyStore
from branding.core.sealed import CannotOpen
from tests.consent import factories
from tests.support.client import InspectingClient

STAFF = Actor("user", 7, roles=frozenset({Role.COMMUNICATIONS}))
GONE = "kan ikke læses"
DAY = date(2026, 10, 1)


@pytest.fixture
def vega(
    database: Database, area: int, at: Callable[[str], datetime], sign_in: Callable[..., int]
) -> tuple[str, str]:
    """A citizen whose contact, guardian and signature were swapped for what was sealed about others."""
    now = at("2026-10-12 10:00")
    with database.transaction() as session:
        subject_id = factories.citizen(session, area, now=now, email="vega@example.dk")
        guardian = NewRepresentation(Mandate.GUARDIAN_PERSONAL, "Gerda", True, DAY, DAY)
        add_representation(session, STAFF, subject_id, guardian, now=now)
        consent_id = factories.written(session, subject_id, now=now)
        _swap(session, subject_id)
    sign_in("communications")
    return subject_id, consent_id


def _swap(session: Session, subject_id: str) -> None:
    subject, held = session.get_one(Subject, subject_id), session.exec(select(Representation)).one()
    signature = session.exec(select(Signature)).one()
    signature.name_sealed, held.contact_sealed, subject.contact_sealed = (
        subject.contact_sealed,
        signature.name_sealed,
        held.contact_sealed,
    )


def test_the_pages_of_the_person_say_what_cannot_be_read(
    client: InspectingClient, vega: tuple[str, str]
) -> None:
    subject_id, consent_id = vega
    for address in (
        f"/consent/people/{subject_id}",
        f"/consent/people/{subject_id}/edit",
        f"/consent/verify/{consent_id}",
    ):
        assert GONE in client.page(address).text(), address
    for address in (f"/consent/consents/{consent_id}", f"/consent/people/{subject_id}/rights", "/consents"):
        client.page(address)


def test_who_gets_access_is_told_what_cannot_be_read(client: InspectingClient, vega: tuple[str, str]) -> None:
    found = client.post(f"/consent/people/{vega[0]}/hand-out", data={"format": "json"}).get_json()
    assert found["subject"]["is_unreadable"] and "email" not in found["subject"]
    assert found["representations"][0]["is_unreadable"]
    assert found["consents"][0]["signatures"][0]["is_unreadable"]
    assert client.post(f"/consent/people/{vega[0]}/hand-out").mimetype == "application/pdf"


def test_a_change_of_the_name_leaves_what_does_not_open_as_it_is(
    client: InspectingClient, vega: tuple[str, str], database: Database
) -> None:
    address, before = f"/consent/people/{vega[0]}/edit", _sealed(database)
    client.send(address, {**client.page(address).fields(), "label": "Vega B"})
    assert _sealed(database) == before and before
    client.send(address, {**client.page(address).fields(), "email": "ny@example.dk"})
    page = client.page(address)
    assert page.fields()["email"] == "ny@example.dk" and "Mail og telefon: kan ikke" not in page.text()


def test_under_another_master_key_nothing_new_is_kept_and_the_form_says_so(
    client: InspectingClient, vega: tuple[str, str], database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(store: KeyStore, name: str) -> bytes:
        raise CannotOpen("InvalidTag")

    monkeypatch.setattr(KeyStore, "key", refuse)
    address, before = f"/consent/people/{vega[0]}/edit", _sealed(database)
    form = client.page(address).fields()
    page = client.send(address, {**form, "email": "ny@example.dk"}, status=400)
    assert "Personens nøgle kan ikke åbnes" in page.text()
    assert _sealed(database) == before


def _sealed(database: Database) -> str:
    with database.reader() as session:
        return session.exec(select(Subject.contact_sealed)).one()
