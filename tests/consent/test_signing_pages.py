"""Adding a person, asking, and answering on the device, as people do it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime

import pytest
from sqlmodel import Session, col, select

from branding.consent import vault
from branding.consent.models import Consent, ConsentRequest, ConsentScope, Evidence, Signature, Subject
from branding.consent.service import signing
from branding.consent.values.records import EvidenceKind
from branding.consent.values.requests import Given
from branding.core.db import Database
from branding.core.errors import RuleBroken
from branding.organisation import service as organisation
from tests.consent.factories import colleague
from tests.support.client import InspectingClient
from tests.support.html import Page, text_of

DRAWN = json.dumps({"width": 600, "height": 220, "strokes": [[[10, 10], [60, 90], [120, 20], [200, 100]]]})


@pytest.fixture
def now(at: Callable[[str], datetime], database: Database) -> datetime:
    moment = at("2026-11-23 10:00")
    with database.transaction() as session:
        organisation.set_up_organisation(session, "Prøveområdet", now=moment)
    return moment


@pytest.fixture
def coordinator(now: datetime, area: int, sign_in: Callable[..., int]) -> int:
    return sign_in("coordinator", area)


def added(client: InspectingClient, area: int, label: str = "Vega", **facts: object) -> str:
    """A citizen by the pages; returns the id."""
    data = {"label": label, "unit_id": area, "route": "self", **facts}
    response = client.post("/consent/people/new?kind=citizen", data=data)
    assert response.status_code == 303, Page(response.get_data(as_text=True)).text()
    return re.findall("[0-9a-f]{32}", response.location)[0]


def asked(client: InspectingClient, subject_id: str, **facts: object) -> str:
    """A question about a new shoot; returns the request's id."""
    data = {
        "about": "new",
        "title": "Sommerfest",
        "media": "photo",
        "channels": "instagram",
        "name": "y",
        **facts,
    }
    response = client.post(f"/consent/people/{subject_id}/ask", data=data)
    assert response.status_code == 303, Page(response.get_data(as_text=True)).text()
    return re.findall("[0-9a-f]{32}", response.location)[0]


def opened(client: InspectingClient, request_id: str) -> str:
    """The address that opens on the unit's own device."""
    return str(client.post(f"/consent/requests/{request_id}/sign-here").location)


def answers(page: Page, **facts: str) -> dict[str, str]:
    fields = page.fields()
    lines = {e.get("name") or "": "yes" for e in page.all("input") if e.get("type") == "radio"}
    return {**fields, **lines, "answer": "yes", **facts}


def only(session: Session, table: type) -> object:
    return session.exec(select(table)).one()


def test_a_citizen_signs_on_the_device_and_the_answer_is_recorded_with_its_evidence(
    client: InspectingClient, coordinator: int, area: int, database: Database
) -> None:
    subject_id = added(client, area)
    link = opened(client, asked(client, subject_id))
    page = client.page(link)
    assert "Må vi vise et billede af dig?" in page.text("h1")
    assert not [e for e in page.all("input") if e.get("checked") is not None]
    look = client.send(link, answers(page, strokes=DRAWN))
    assert "Er det rigtigt?" in look.text("h1")
    done = client.send(link, {**look.fields(), "step": "send"})
    assert "Tak" in done.text("h1")
    assert "24. nov." in done.text()
    with database.reader() as session:
        consent = session.exec(select(Consent)).one()
        assert (consent.evidence, consent.is_refusal, consent.recorded_by_kind) == ("drawn", False, "subject")
        assert consent.art9 == "9(2)(a)" and consent.told_instagram and consent.verified_at is None
        scope = session.exec(select(ConsentScope)).one()
        assert (scope.channel, scope.media, scope.may_name, scope.may_voice) == (
            "instagram",
            ["photo"],
            True,
            False,
        )
        assert [row.role for row in session.exec(select(Signature))] == ["self"]
        kept = session.exec(select(Evidence).order_by(col(Evidence.kind))).all()
        assert [row.kind for row in kept] == ["record", "signature"]
        record = json.loads(_read(session, consent.subject_id, kept[0]))
        assert record["parts"][0]["choices"] == {"photo": True, "instagram": True, "name": True}
        assert "address" not in record["parts"][0] and "Du bestemmer selv." in record["parts"][0]["words"]
        assert _read(session, consent.subject_id, kept[1]).startswith(b"<svg")
    assert client.get(link).status_code == 410


def _read(session: Session, subject_id: str, row: Evidence) -> bytes:
    file = vault.PutAway(row.file_name, row.wrapped_key, row.size, row.sha256)
    return vault.read(session, subject_id, row.id, file)


def test_a_typed_name_is_enough_and_nothing_is_lost_when_something_is_missing(
    client: InspectingClient, coordinator: int, area: int
) -> None:
    link = opened(client, asked(client, added(client, area)))
    page = client.page(link)
    wrong = answers(page, name="Vega Prøve")
    del wrong["choice_photo"]
    again = client.send(link, wrong, status=400)
    assert "Noget mangler" in again.text()
    assert again.fields()["name"] == "Vega Prøve"
    unsigned = client.send(link, answers(page), status=400)
    assert "Tegn din underskrift, eller skriv dit navn." in unsigned.text()
    look = client.send(link, answers(page, name="Vega Prøve"))
    back = client.send(link, {**look.fields(), "step": "back"})
    assert back.fields()["choice_photo"] == "yes"


def test_a_no_is_one_button_and_blocks_what_was_asked_for(
    client: InspectingClient, coordinator: int, area: int, database: Database
) -> None:
    request_id = asked(client, added(client, area))
    link = opened(client, request_id)
    page = client.page(link)
    look = client.send(link, {**page.fields(), "answer": "no"})
    assert "Du siger nej tak" in look.text("h1")
    done = client.send(link, {**look.fields(), "step": "send"})
    assert "Vi bruger ingen billeder" in done.text()
    with database.reader() as session:
        consent = session.exec(select(Consent)).one()
        assert consent.is_refusal and consent.evidence == "click_authenticated"
        assert [row.channel for row in session.exec(select(ConsentScope))] == ["instagram"]
    assert "nej tak" in client.page(f"/consent/requests/{request_id}").text()


def test_no_in_every_place_is_a_no(
    client: InspectingClient, coordinator: int, area: int, database: Database
) -> None:
    link = opened(client, asked(client, added(client, area)))
    page = client.page(link)
    look = client.send(link, answers(page, name="Vega", choice_instagram="no"))
    client.send(link, {**look.fields(), "step": "send"})
    with database.reader() as session:
        assert session.exec(select(Consent)).one().is_refusal


def test_two_devices_at_once_give_one_answer(
    client: InspectingClient, coordinator: int, area: int, database: Database
) -> None:
    request_id = asked(client, added(client, area))
    first, second = opened(client, request_id), opened(client, request_id)
    looks = [client.send(link, answers(client.page(link), name="Vega")) for link in (first, second)]
    client.send(first, {**looks[0].fields(), "step": "send"})
    late = client.send(second, {**looks[1].fields(), "step": "send"}, status=410)
    assert "Der er svaret" in late.text("h1")
    with database.reader() as session:
        assert len(session.exec(select(Consent)).all()) == 1


def test_a_link_for_the_own_phone_notes_the_device_and_one_on_the_units_own_does_not(
    client: InspectingClient, coordinator: int, area: int, database: Database
) -> None:
    request_id = asked(client, added(client, area))
    shown = client.send(f"/consent/requests/{request_id}/link")
    link = re.findall(r"/sign/[\w-]+", shown.text())[0]
    look = client.send(link, answers(client.page(link), name="Vega"))
    client.send(link, {**look.fields(), "step": "send"})
    with database.reader() as session:
        row = session.exec(select(Evidence).where(Evidence.kind == "record")).one()
        part = json.loads(_read(session, session.exec(select(Subject)).one().id, row))["parts"][0]
    assert part["address"] == "127.0.0.1" and part["user_agent"]


def test_person_and_guardian_sign_one_after_the_other_and_nothing_counts_before(
    client: InspectingClient, coordinator: int, area: int, database: Database
) -> None:
    subject_id = added(client, area, route="self_guardian")
    form = {
        "mandate": "guardian_personal",
        "name": "Gerda Prøve",
        "covers_images": "y",
        "seen_on": "2026-11-20",
        "valid_from": "2026-01-01",
    }
    client.send(f"/consent/people/{subject_id}/representations/new", form)
    request_id = asked(client, subject_id)
    link = opened(client, request_id)
    page = client.page(link)
    assert "Du har en værge." in page.text()
    look = client.send(link, answers(page, name="Vega"))
    first = client.send(link, {**look.fields(), "step": "send"})
    assert "Nu er det Gerda Prøves tur" in first.text()
    with database.reader() as session:
        assert not session.exec(select(Consent)).all()
        assert "Vega" not in session.exec(select(ConsentRequest)).one().partial_sealed
    page = client.page(link)
    assert "den, du er værge for" in page.text("h1")
    assert "Nu er det Gerda Prøves tur" in page.text()
    look = client.send(link, answers(page, strokes=DRAWN, choice_name="no"))
    done = client.send(link, {**look.fields(), "step": "send"})
    assert "Tak" in done.text("h1")
    with database.reader() as session:
        assert sorted(row.role for row in session.exec(select(Signature))) == ["guardian", "self"]
        assert session.exec(select(ConsentScope)).one().may_name is False
        assert session.exec(select(ConsentRequest)).one().partial_sealed == ""


def test_who_cannot_write_answers_with_a_witness(
    client: InspectingClient, coordinator: int, area: int, database: Database
) -> None:
    link = opened(client, asked(client, added(client, area)))
    look = client.send(link, answers(client.page(link), by_mark="y", choice_instagram="no"))
    client.send(link, {**look.fields(), "step": "send"})
    page = client.page(link)
    assert "vidne" in page.text("h1")
    seen = page.with_class("sign-answers")[0]
    assert [text_of(e) for e in seen.iter("strong")] == ["Ja", "Nej", "Ja"]
    look = client.send(link, {**page.fields(), "answer": "yes", "name": "Vibe Prøve"})
    client.send(link, {**look.fields(), "step": "send"})
    with database.reader() as session:
        assert sorted(row.role for row in session.exec(select(Signature))) == ["self", "witness"]


def test_links_that_are_unknown_or_over_say_so_kindly(
    client: InspectingClient, coordinator: int, area: int, at: Callable[[str], datetime]
) -> None:
    client.page("/sign/unknown", status=404)
    request_id = asked(client, added(client, area))
    link = opened(client, request_id)
    client.send(f"/consent/requests/{request_id}/cancel")
    assert "Linket er lukket" in client.page(link, status=410).text("h1")
    client.send(f"/consent/requests/{request_id}/resume")
    client.page(link)
    at("2026-12-24 10:00")
    client.page(link, status=410)


def test_the_page_is_danish_like_its_text_whatever_language_staff_have_chosen(
    client: InspectingClient, coordinator: int, area: int
) -> None:
    link = opened(client, asked(client, added(client, area)))
    client.post("/language", data={"language": "en", "back": "/"})
    page = client.page(link)
    assert page.root.get("lang") == "da" and "Skriv under" in page.text()
    assert "Noget mangler" in client.send(link, page.fields(), status=400).text()


def test_yes_and_no_are_alike(client: InspectingClient, coordinator: int, area: int) -> None:
    page = client.page(opened(client, asked(client, added(client, area))))
    buttons = {e.get("value"): e.get("class") for e in page.all("button") if e.get("name") == "answer"}
    assert set(buttons) == {"yes", "no"} and len(set(buttons.values())) == 1
    assert all(len(pair.findall("div")) == 2 for pair in page.with_class("yes-no-pair"))


def test_a_witness_who_cannot_leaves_the_answer_open_for_another(
    client: InspectingClient, coordinator: int, area: int, database: Database
) -> None:
    link = opened(client, asked(client, added(client, area)))
    look = client.send(link, answers(client.page(link), by_mark="y"))
    client.send(link, {**look.fields(), "step": "send"})
    page = client.page(link)
    assert "Jeg kan ikke være vidne" in page.text() and "Nej tak" not in page.text()
    for step in ("look", "send"):
        other = client.send(link, {**page.fields(), "answer": "no", "step": step})
        assert other.text("h1") == "Spørg en anden om at være vidne"
    with database.reader() as session:
        assert not session.exec(select(Consent)).all()
    look = client.send(link, {**client.page(link).fields(), "answer": "yes", "name": "Vibe Prøve"})
    client.send(link, {**look.fields(), "step": "send"})
    with database.reader() as session:
        assert not session.exec(select(Consent)).one().is_refusal


def test_the_service_takes_no_witness_for_a_no(
    client: InspectingClient, coordinator: int, area: int, database: Database, now: datetime
) -> None:
    link = opened(client, asked(client, added(client, area)))
    look = client.send(link, answers(client.page(link), by_mark="y"))
    client.send(link, {**look.fields(), "step": "send"})
    with database.transaction() as session:
        found = signing.find_open(session, link.rpartition("/")[2], now=now)
        assert found is not None
        with pytest.raises(RuleBroken) as broken:
            signing.refuse(session, found, Given("witness", {}, EvidenceKind.CLICK), now=now)
    assert broken.value.code == "witness"


def test_what_a_colleague_signs_is_used_when_somebody_else_has_looked_at_it(
    client: InspectingClient, coordinator: int, area: int, database: Database, now: datetime
) -> None:
    with database.transaction() as session:
        alma = colleague(session, area, now=now)
    link = opened(client, asked(client, alma))
    look = client.send(link, answers(client.page(link), name="Alma"))
    done = client.send(link, {**look.fields(), "step": "send"})
    assert "Vi bruger det, når en anden har set det efter." in done.text()
    assert "tidligst" not in done.text()


def test_a_guardian_whose_right_ended_midway_no_longer_stands_on_the_answer(
    client: InspectingClient, coordinator: int, area: int, database: Database, at: Callable[[str], datetime]
) -> None:
    subject_id = added(client, area, route="self_guardian")
    first, second = (
        {"mandate": "guardian_personal", "name": name, "covers_images": "y"}
        | {"seen_on": "2026-11-20", "valid_from": "2026-01-01"}
        for name in ("Gerda Prøve", "Gorm Prøve")
    )
    rights = f"/consent/people/{subject_id}/representations"
    for guardian in (first, second):
        client.send(f"{rights}/new", guardian)
    link = opened(client, asked(client, subject_id))
    for _ in range(2):
        look = client.send(link, answers(client.page(link), name="Prøve"))
        client.send(link, {**look.fields(), "step": "send"})
    page = client.page(f"/consent/people/{subject_id}/edit")
    held = [address for address in page.links().values() if address.startswith(f"{rights}/")]
    signed = next(one for one in held if "new" not in one)
    client.send(f"{signed}/end")
    look = client.send(link, answers(client.page(link), name="Gorm Prøve"))
    client.send(link, {**look.fields(), "step": "send"})
    with database.reader() as session:
        assert sorted(row.role for row in session.exec(select(Signature))) == ["guardian", "self"]
