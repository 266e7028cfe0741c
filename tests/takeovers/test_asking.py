"""Who may be seen in a takeover: asked, not asked, and asking with the takeover as what it is for."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session, select

from branding.accounts import service as accounts
from branding.consent.models import Consent, ConsentRequest, PublicationPolicy, Subject
from branding.consent.service.withdrawing import withdraw
from branding.consent.values.people import Hold
from branding.consent.values.records import Channel
from branding.consent.values.withdrawals import NewWithdrawal, Told
from branding.core.actor import SYSTEM, Role
from branding.core.db import Database
from branding.outbox.values import Mail
from tests.consent import factories as consents
from tests.support.client import InspectingClient
from tests.support.people import make_area
from tests.takeovers import factories
from tests.takeovers.factories import World

NOW = datetime(2026, 10, 1, 9, tzinfo=UTC)


@pytest.fixture
def takeover_id(session: Session, at: Callable[[str], datetime], sign_in: Callable[..., int]) -> int:
    at("2026-10-01 11:00")
    world: World = factories.world(session, NOW)
    made = factories.takeover(session, world, NOW, starts_on=date(2026, 11, 2))
    consents.citizen(session, world.area, now=NOW, label="Viggo")
    session.commit()
    sign_in("coordinator", world.area)
    return made


def test_a_new_person_is_asked_for_this_takeover(
    client: InspectingClient, takeover_id: int, database: Database
) -> None:
    page = client.page(f"/takeovers/{takeover_id}/consents")
    assert "Viggo" in page.text()
    links = client.page(f"/takeovers/{takeover_id}/consents/new").links()
    citizen = next(address for address in links.values() if address.endswith("kind=citizen"))
    fields = client.page(citizen).fields()
    ask = client.post(citizen, data={**fields, "label": "Vega"}).location
    page = client.page(ask)
    assert "Takeover i uge 45, Specialområde Hjerneskade" in page.text()
    answer = client.post(ask, data={**page.fields(), "media": "photo", "channels": "instagram"})
    assert re.search("/consent/requests/[0-9a-f]{32}$", answer.location)
    with database.reader() as session:
        row = session.exec(select(ConsentRequest)).one()
    assert (row.target, row.target_ref) == ("takeover", f"takeover:{takeover_id}")
    assert "venter på svar" in client.page(f"/takeovers/{takeover_id}/consents").text()


def test_the_takeover_leads_there(client: InspectingClient, takeover_id: int) -> None:
    links = client.page(f"/takeovers/{takeover_id}").links()
    assert f"/takeovers/{takeover_id}/consents" in links.values()


def test_each_answer_has_its_word(client: InspectingClient, takeover_id: int, session: Session) -> None:
    ref = f"takeover:{takeover_id}"
    unit = client.page(f"/takeovers/{takeover_id}/consents/new?kind=citizen").fields()["unit_id"]
    vega, alma = (
        consents.citizen(session, int(unit), now=NOW, label="Vega"),
        consents.colleague(session, int(unit), now=NOW, label="Alma"),
    )
    no = consents.citizen(session, int(unit), now=NOW, label="Nej")
    consents.written(session, vega, now=NOW, target_ref=ref)
    consents.oral(session, alma, now=NOW, target_ref=ref)
    consents.written(session, no, now=NOW, target_ref=ref, is_refusal=True)
    session.commit()
    words = client.page(f"/takeovers/{takeover_id}/consents").text()
    for said in ("Vega ja, skal ses efter af en anden", "Alma ja", "Nej nej tak"):
        assert said in words


def told(words: Told) -> Mail:
    return Mail(words.email, "Trukket tilbage", "Se personens side.")


def test_a_yes_that_shows_nobody_is_never_a_plain_yes(
    client: InspectingClient, takeover_id: int, session: Session, database: Database
) -> None:
    other = make_area(database, "Specialområde Autisme", "SAU")
    ref = f"takeover:{takeover_id}"
    unit = int(client.page(f"/takeovers/{takeover_id}/consents/new?kind=citizen").fields()["unit_id"])
    thinks, back, held, away = (
        consents.citizen(session, unit, now=NOW, label="Tove"),
        consents.colleague(session, unit, now=NOW, label="Bo"),
        consents.colleague(session, unit, now=NOW, label="Hans"),
        consents.colleague(session, other, now=NOW, label="Fremmed"),
    )
    yes = consents.written(session, thinks, now=NOW, target_ref=ref)
    consent = session.get(Consent, yes)
    assert consent is not None
    consent.verified_at, consent.verified_by_kind, consent.verified_by_id = NOW, "user", 900
    for one in (back, held, away):
        consents.oral(session, one, now=NOW, target_ref=ref)
    only = NewWithdrawal(back, NOW, channels=frozenset({Channel.INSTAGRAM}))
    withdraw(session, SYSTEM, only, told, now=NOW)
    person = session.get(Subject, held)
    assert person is not None
    person.hold = Hold.DISPUTE
    session.commit()
    page = client.page(f"/takeovers/{takeover_id}/consents")
    words = page.text()
    assert "Tove Enheden mangler en vurdering" in words
    assert "Bo trukket tilbage" in words
    assert "Hans Må ikke vises for tiden" in words
    assert "Fremmed" not in words
    session.add(PublicationPolicy(kind="citizen", openness="allowed", changed_at=NOW))
    session.commit()
    assert "Tove Har stadig betænkningstid" in client.page(f"/takeovers/{takeover_id}/consents").text()


def test_a_colleague_is_written_down_from_the_page_that_asks(
    client: InspectingClient, takeover_id: int, session: Session
) -> None:
    unit = int(client.page(f"/takeovers/{takeover_id}/consents/new?kind=citizen").fields()["unit_id"])
    alma = consents.colleague(session, unit, now=NOW, label="Alma")
    session.commit()
    ask = client.page(f"/takeovers/{takeover_id}/consents/{alma}")
    spoken = ask.links()["Kollegaen har svaret mundtligt"]
    assert spoken == f"/takeovers/{takeover_id}/colleagues/new?subject={alma}"
    assert client.page(spoken).fields()["subject_id"] == alma
    assert spoken in client.page(f"/consents/{alma}/ask").links().values()
    closed = client.page(f"/consent/oral/new?subject={alma}").links()
    assert closed["Til takeovers"] == f"/consents/{alma}/ask"
    assert client.page("/consent/oral/new").links()["Til takeovers"] == "/takeovers"


def test_who_may_read_every_takeover_sees_no_people_of_other_units(
    client: InspectingClient, takeover_id: int, database: Database, at: Callable[[str], datetime]
) -> None:
    other = make_area(database, "Specialområde Autisme", "SAU")
    subject_id = re.findall("[0-9a-f]{32}", str(client.page(f"/takeovers/{takeover_id}/consents").links()))[0]
    moment = at("2026-10-01 11:01")
    with database.transaction() as session:
        both = {(Role.READER, None), (Role.COORDINATOR, other)}
        user = accounts.add_user(session, "Kim", "kim@example.dk", both, now=moment)
        token = accounts.open_session(session, user, device="Prøve", now=moment)
    with client.session_transaction() as cookie:
        cookie["sign_in"] = token
    client.page(f"/takeovers/{takeover_id}")
    for end in ("", "/new?kind=citizen", f"/{subject_id}"):
        client.page(f"/takeovers/{takeover_id}/consents{end}", status=404)


def test_what_it_is_for_is_danish_whoever_asks(
    client: InspectingClient, takeover_id: int, database: Database
) -> None:
    client.post("/language", data={"language": "en", "back": "/"})
    links = client.page(f"/takeovers/{takeover_id}/consents").links().values()
    ask = next(one for one in links if re.search("/consents/[0-9a-f]{32}$", one))
    client.post(ask, data={**client.page(ask).fields(), "media": "photo", "channels": "instagram"})
    with database.reader() as session:
        label = session.exec(select(ConsentRequest.target_label)).one()
    assert label == "Takeover i uge 45, Specialområde Hjerneskade"
