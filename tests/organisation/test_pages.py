from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import pytest
from sqlmodel import Session

from branding.core import clock
from branding.organisation import queries, service
from branding.organisation.values import Channel, ProfileRequest
from tests.organisation.factories import COMMUNICATIONS, area, department, organisation
from tests.support.client import InspectingClient

SignIn = Callable[..., int]
READ = ("/organisation", "/organisation/professions", "/organisation/profiles")
MANAGE = (
    "/organisation/areas/new",
    "/organisation/import",
    "/organisation/professions/new",
    "/organisation/profiles/new",
    "/organisation/contact",
)


@pytest.fixture
def unit_ids(session: Session) -> tuple[int, int]:
    organisation(session)
    soh = area(session, "Specialområde Hjerneskade", "SOH")
    return soh, department(session, soh)


@pytest.mark.parametrize("address", READ)
def test_everybody_on_the_staff_sees_the_organisation(
    client: InspectingClient, sign_in: SignIn, unit_ids: tuple[int, int], address: str
) -> None:
    sign_in("reader")
    page = client.page(address)
    assert not any("new" in link or "import" in link for link in page.links().values())


@pytest.mark.parametrize("address", MANAGE)
@pytest.mark.parametrize("role", ["reader", "dpo", "coordinator"])
def test_others_cannot_change_it(
    client: InspectingClient, sign_in: SignIn, unit_ids: tuple[int, int], role: str, address: str
) -> None:
    sign_in(role, unit_ids[0] if role == "coordinator" else None)
    assert client.get(address).status_code == 403
    assert client.post(address).status_code == 403
    for unit_id in unit_ids:
        assert client.post(f"/organisation/units/{unit_id}/archive").status_code == 403


@pytest.mark.parametrize("address", MANAGE)
def test_a_stranger_is_asked_to_sign_in(client: InspectingClient, address: str) -> None:
    assert client.get(address).headers["Location"].startswith("/sign-in")


def test_a_unit_is_added_renamed_and_the_change_undone(
    client: InspectingClient, sign_in: SignIn, session: Session
) -> None:
    sign_in("communications")
    client.send("/organisation/areas/new", {"name": "Specialområde Voksne", "short_name": "SVO"})
    svo = queries.units(session)[0].id
    session.rollback()
    client.send(f"/organisation/areas/{svo}/departments/new", {"name": "Elbæk", "area_id": svo})
    fields = client.page(f"/organisation/units/{svo}").fields("")
    page = client.send(f"/organisation/units/{svo}", {**fields, "name": "Voksne", "colour": "7"})
    assert "Voksne" in page.text()
    undone = client.send(f"/organisation/units/{svo}/undo/2")
    assert "Specialområde Voksne" in undone.text()
    client.send(f"/organisation/units/{svo}/undo/2", status=400)


def test_a_refused_unit_keeps_what_was_typed(
    client: InspectingClient, sign_in: SignIn, unit_ids: tuple[int, int]
) -> None:
    sign_in("communications")
    page = client.send("/organisation/areas/new", {"name": "Nyt", "short_name": "soh"}, 400)
    assert "Der er allerede en enhed med det kortnavn" in page.text()
    assert page.fields("")["name"] == "Nyt"


def test_a_stale_unit_form_shows_both_versions(
    client: InspectingClient, sign_in: SignIn, unit_ids: tuple[int, int]
) -> None:
    sign_in("communications")
    address = f"/organisation/units/{unit_ids[1]}"
    fields = client.page(address).fields("")
    client.send(address, {**fields, "name": "Høskoven Først"})
    page = client.send(address, {**fields, "name": "Høskoven Sidst"}, 409)
    assert "Høskoven Først" in page.text()
    assert "Høskoven Sidst" in page.text()


def test_a_unit_is_put_away_and_taken_out_again(
    client: InspectingClient, sign_in: SignIn, unit_ids: tuple[int, int]
) -> None:
    sign_in("communications")
    page = client.send(f"/organisation/units/{unit_ids[1]}/archive")
    assert f"/organisation/units/{unit_ids[1]}/restore" in page.source
    assert "1 enhed er lagt væk" in page.text()
    assert "i brug igen" in client.send(f"/organisation/units/{unit_ids[1]}/restore").text()


def test_units_that_are_not_there_are_missing(
    client: InspectingClient, sign_in: SignIn, unit_ids: tuple[int, int]
) -> None:
    sign_in("communications")
    client.page("/organisation/units/999", 404)
    client.page(f"/organisation/areas/{unit_ids[1]}/departments/new", 404)
    client.send("/organisation/profiles/999/archive", status=404)


def test_a_file_is_shown_before_it_is_saved(
    client: InspectingClient, sign_in: SignIn, session: Session
) -> None:
    sign_in("communications")
    data = "Specialområde;Kortnavn;Afdeling\nSpecialområde Hjerneskade;SOH;Høskoven\n".encode("cp1252")
    shown = client.send("/organisation/import", {"file": (BytesIO(data), "enheder.csv")})
    assert "Intet er gemt endnu" in shown.text()
    assert queries.units(session) == []
    session.rollback()
    saved = client.send("/organisation/import/save", shown.fields("save"))
    assert "Tilføjet: 1 specialområde og 1 afdeling" in saved.text()
    again = client.send("/organisation/import/save", shown.fields("save"))
    assert "intet er ændret" in again.text()


def test_a_faulty_table_shows_the_cell_and_no_way_to_save(client: InspectingClient, sign_in: SignIn) -> None:
    sign_in("communications")
    page = client.send("/organisation/import", {"pasted": "Område\tAfdeling\n\tLøs afdeling\n"}, 400)
    assert "hvilket specialområde" in page.text()
    assert "import/save" not in page.source
    client.send("/organisation/import/save", {"text": "Område\tAfdeling\n\tLøs afdeling\n"}, 400)


@pytest.mark.parametrize("data", [{}, {"pasted": "hej"}, {"file": (BytesIO(b"PK\x03\x04"), "x.xlsx")}])
def test_what_is_no_table_gets_a_message(
    client: InspectingClient, sign_in: SignIn, data: dict[str, object]
) -> None:
    sign_in("communications")
    assert client.send("/organisation/import", data, 400).with_class("form-error-message")


def test_professions_are_kept(client: InspectingClient, sign_in: SignIn, session: Session) -> None:
    sign_in("communications")
    client.send("/organisation/professions/new", {"name": "SOSU"})
    found = queries.professions(session)[0].id
    session.rollback()
    address = f"/organisation/professions/{found}"
    renamed = client.send(address, {**client.page(address).fields(""), "name": "SOSU-assistent"})
    assert "SOSU-assistent" in renamed.text()
    assert "er lagt væk" in client.send(f"{address}/archive").text()
    assert "i brug igen" in client.send(f"{address}/restore").text()
    client.send("/organisation/professions/new", {"name": "sosu-assistent"}, 400)


def test_profiles_are_kept(client: InspectingClient, sign_in: SignIn, session: Session) -> None:
    sign_in("communications")
    found = service.add_profile(
        session, COMMUNICATIONS, ProfileRequest(Channel.INSTAGRAM, "mitsocial", "Mit social"), now=clock.now()
    )
    session.commit()
    address = f"/organisation/profiles/{found}"
    changed = client.send(address, {**client.page(address).fields(""), "handle": "@socialmidt"})
    assert "@socialmidt" in changed.text()
    assert "er lagt væk" in client.send(f"{address}/archive").text()
    assert "i brug igen" in client.send(f"{address}/restore").text()
    refused = client.send(address, {**client.page(address).fields(""), "handle": "mit social"}, 400)
    assert "højst 30" in refused.text()


def test_whom_hosts_call_is_kept(
    client: InspectingClient, sign_in: SignIn, unit_ids: tuple[int, int]
) -> None:
    sign_in("communications")
    fields = client.page("/organisation/contact").fields("")
    client.send("/organisation/contact", {**fields, "contact_phone": "12 34 56 78"})
    assert client.page("/organisation/contact").fields("")["contact_phone"] == "12 34 56 78"
    client.send("/organisation/contact", {**fields, "contact_phone": "87 65 43 21"}, 409)
    client.send("/organisation/contact", {**fields, "contact_email": "ikke en adresse"}, 400)


def test_somebody_says_whether_the_profile_shares_by_itself(
    client: InspectingClient, sign_in: SignIn, session: Session, at: Callable[[str], datetime]
) -> None:
    now = at("2026-11-02 09:00")
    found = service.add_profile(
        session, COMMUNICATIONS, ProfileRequest(Channel.INSTAGRAM, "proeve", "Prøve"), now=now
    )
    session.commit()
    sign_in("communications")
    address = f"/organisation/profiles/{found}"
    page = client.page(address)
    assert "ingen har set efter endnu" in page.text()
    said = client.send(f"{address}/sharing", {**page.fields("/sharing"), "shares": "yes"})
    assert "Ja, den deler" in said.text()
    at("2026-11-03 09:00")
    later = client.send(f"{address}/sharing", {**said.fields("/sharing"), "shares": "no"})
    assert "Nej, den deler ikke" in later.text()
    (undo,) = [one.get("action") for one in later.all("form") if "/sharing/undo" in (one.get("action") or "")]
    back = client.send(undo or "")
    assert "Ja, den deler" in back.text() and "man. 2. nov." in back.text()
    at("2027-01-31 08:59")
    sign_in("communications")
    assert "Ja, den deler" in client.page(address).text()
    at("2027-01-31 09:00")
    assert "det er længe siden" in client.page(address).text()
    newer = f"{address}/sharing/undo?shares=no&checked=2030-01-01T00:00:00%2B00:00"
    assert client.post(newer).status_code == 400
