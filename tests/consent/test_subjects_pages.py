"""The register by its pages: kinds, birthdays, duplicates, two editors, and who may sign."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from sqlmodel import select

from branding.audit.models import AuditValue
from branding.consent.models import Representation, Subject
from branding.core.db import Database
from branding.organisation import service as organisation
from tests.consent.test_signing_pages import added
from tests.support.client import InspectingClient
from tests.support.people import make_area


@pytest.fixture(autouse=True)
def coordinator(
    at: Callable[[str], datetime], database: Database, area: int, sign_in: Callable[..., int]
) -> int:
    moment = at("2026-11-23 10:00")
    with database.transaction() as session:
        organisation.set_up_organisation(session, "Prøveområdet", now=moment)
    return sign_in("coordinator", area)


def subject(database: Database, subject_id: str) -> Subject:
    with database.reader() as session:
        found = session.get(Subject, subject_id)
    assert found is not None
    return found


def test_first_comes_the_kind_and_then_only_what_it_needs(client: InspectingClient) -> None:
    page = client.page("/consent/people/new")
    assert len([one for one in page.links().values() if "kind=" in one]) == 3
    assert "Hvem skriver under" in client.page("/consent/people/new?kind=citizen").text()
    colleague = client.page("/consent/people/new?kind=colleague").text()
    assert "Hvem skriver under" not in colleague and "også borger" in colleague


def test_of_a_child_two_birthdays_are_kept_and_custody_holders_sign(
    client: InspectingClient, area: int, database: Database
) -> None:
    facts = {"is_minor": "y", "born_day": "3", "born_month": "5", "born_year": "2014"}
    row = subject(database, added(client, area, **facts))
    assert (row.turns_15_on, row.turns_18_on) == (date(2029, 5, 3), date(2032, 5, 3))
    assert row.route == "custody"


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"label": ""}, "Udfyld"),
        ({"label": "010203-1234"}, "CPR"),
        ({"is_minor": "y"}, "Skriv fødselsdagen med tal"),
        ({"is_minor": "y", "born_day": "31", "born_month": "2", "born_year": "2014"}, "Skriv fødselsdagen"),
        ({"is_minor": "y", "born_day": "1", "born_month": "2", "born_year": "1990"}, "fyldt 18"),
        ({"is_minor": "y", "born_day": "1", "born_month": "2", "born_year": "2030"}, "ligge før i dag"),
        ({"email": "nonsense"}, "anna@example.dk"),
    ],
)
def test_what_is_wrong_with_a_person_is_said(
    client: InspectingClient, area: int, facts: dict[str, str], says: str
) -> None:
    data = {"label": "Vega", "unit_id": area, "route": "self", **facts}
    assert says in client.send("/consent/people/new?kind=citizen", data, status=400).text()


def test_somebody_of_the_same_name_is_pointed_out_once(
    client: InspectingClient, area: int, database: Database
) -> None:
    added(client, area)
    data = {"label": "vega", "unit_id": area, "route": "self"}
    page = client.send("/consent/people/new?kind=citizen", data, status=400)
    assert "Der er allerede en med det navn" in page.text()
    client.post("/consent/people/new?kind=citizen", data={**data, "is_somebody_else": "y"})
    with database.reader() as session:
        assert len(session.exec(select(Subject)).all()) == 2


def test_contact_details_are_sealed_and_names_stay_out_of_the_log(
    client: InspectingClient, area: int, database: Database
) -> None:
    subject_id = added(client, area, email="vega@example.dk")
    assert "vega@" not in subject(database, subject_id).contact_sealed
    page = client.page(f"/consent/people/{subject_id}/edit")
    assert page.fields()["email"] == "vega@example.dk"
    client.post(
        f"/consent/people/{subject_id}/edit", data={**page.fields(), "label": "Viggo", "hold": "dispute"}
    )
    assert subject(database, subject_id).label == "Viggo"
    with database.reader() as session:
        values = [(row.field, row.before, row.after) for row in session.exec(select(AuditValue))]
    assert ("hold", "none", "dispute") in values
    assert not [one for one in values if "Vega" in str(one) or "Viggo" in str(one) or "@" in str(one)]


def test_the_second_of_two_editors_is_told(client: InspectingClient, area: int, database: Database) -> None:
    subject_id = added(client, area)
    first = client.page(f"/consent/people/{subject_id}/edit").fields()
    client.post(f"/consent/people/{subject_id}/edit", data={**first, "label": "Viggo"})
    page = client.send(f"/consent/people/{subject_id}/edit", {**first, "label": "Vibe"}, status=409)
    assert "Viggo" in page.text() and "Vibe" in page.text()
    assert subject(database, subject_id).label == "Viggo"


def test_another_units_people_are_not_there(
    client: InspectingClient,
    area: int,
    database: Database,
    sign_in: Callable[..., int],
    at: Callable[[str], datetime],
) -> None:
    subject_id = added(client, area)
    at("2026-11-23 10:01")
    sign_in("coordinator", make_area(database, "Specialområde Voksne", "SVO"))
    for page in ("edit", "ask", "representations/new"):
        client.page(f"/consent/people/{subject_id}/{page}", status=404)
    data = {"label": "Vega", "unit_id": area, "route": "self"}
    client.send("/consent/people/new?kind=citizen", data, status=400)


def representation(**facts: str) -> dict[str, str]:
    usual = {
        "mandate": "guardian_personal",
        "name": "Gerda Prøve",
        "covers_images": "y",
        "seen_on": "2026-11-20",
        "valid_from": "2026-01-01",
    }
    return {**usual, **facts}


def test_a_guardian_in_money_matters_is_kept_and_cannot_sign(
    client: InspectingClient, area: int, database: Database
) -> None:
    subject_id = added(client, area, route="self_guardian")
    address = f"/consent/people/{subject_id}/representations/new"
    page = client.send(address, representation(mandate="guardian_financial"))
    assert "kan ikke bruges til at skrive under" in page.text()
    with database.reader() as session:
        row = session.exec(select(Representation)).one()
    assert not row.covers_images and "Gerda" not in row.contact_sealed
    ask = client.send(
        f"/consent/people/{subject_id}/ask",
        {"about": "new", "title": "Fest", "media": "photo", "channels": "instagram"},
        status=400,
    )
    assert "Skriv først ind, hvem der må skrive under" in ask.text()


def test_a_right_ends_and_two_editors_are_told(
    client: InspectingClient, area: int, database: Database
) -> None:
    subject_id = added(client, area, route="self_guardian")
    client.send(f"/consent/people/{subject_id}/representations/new", representation())
    with database.reader() as session:
        row = session.exec(select(Representation)).one()
    address = f"/consent/people/{subject_id}/representations/{row.id}"
    fields = client.page(address).fields()
    client.send(address, {**fields, "name": "Grethe Prøve"})
    assert "Grethe" in client.send(address, {**fields, "name": "Gro"}, status=409).text()
    client.send(f"{address}/end")
    assert "gælder ikke nu" in client.page(f"/consent/people/{subject_id}/edit").text()
    wrong = representation(valid_until="2025-01-01", seen_on="2027-01-01")
    client.send(f"/consent/people/{subject_id}/representations/new", wrong, status=400)
    client.page(f"/consent/people/{'f' * 32}/representations/{row.id}", status=404)


def test_birthdays_stay_when_a_person_is_changed_before_and_after_the_eighteenth(
    client: InspectingClient,
    area: int,
    database: Database,
    at: Callable[[str], datetime],
    sign_in: Callable[..., int],
) -> None:
    facts = {"is_minor": "y", "born_day": "3", "born_month": "5", "born_year": "2009"}
    subject_id = added(client, area, **facts)
    address = f"/consent/people/{subject_id}/edit"
    client.post(address, data={**client.page(address).fields(), "label": "Viggo"})
    row = subject(database, subject_id)
    assert (row.label, row.turns_18_on, row.route) == ("Viggo", date(2027, 5, 3), "custody")
    at("2027-05-03 08:00")
    sign_in("coordinator", area)
    fields = client.page(address).fields()
    assert "is_minor" not in fields
    client.post(address, data={**fields, "label": "Vagn"})
    row = subject(database, subject_id)
    assert (row.label, row.turns_18_on, row.route) == ("Vagn", date(2027, 5, 3), "self")
