"""Paper: forms to print, found again by their code, photographed and written down."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime

import pikepdf
import pytest
from PIL import Image
from sqlmodel import select

from branding.consent import texts
from branding.consent.models import BlankForm, Consent, ConsentRequest, ConsentScope, Evidence, Signature
from branding.core.db import Database
from branding.organisation import service as organisation
from tests.consent.test_signing_pages import added, asked
from tests.support.client import InspectingClient


@pytest.fixture(autouse=True)
def coordinator(
    at: Callable[[str], datetime], database: Database, area: int, sign_in: Callable[..., int]
) -> int:
    moment = at("2026-11-23 10:00")
    with database.transaction() as session:
        organisation.set_up_organisation(session, "Prøveområdet", now=moment)
    return sign_in("coordinator", area)


def photograph() -> io.BytesIO:
    content = io.BytesIO()
    Image.new("RGB", (400, 600), "white").save(content, "JPEG")
    content.seek(0)
    return content


def ticked(**facts: object) -> dict[str, object]:
    return {
        "signed_on": "2026-11-23",
        "answer": "yes",
        "self:photo": "yes",
        "self:instagram": "yes",
        "self:name": "no",
        "self:name_written": "",
        "pages": [(photograph(), "ark.jpg")],
        **facts,
    }


def code_of(database: Database) -> str:
    with database.reader() as session:
        return session.exec(select(ConsentRequest)).one().code


def test_the_paper_is_tagged_and_carries_the_code(
    client: InspectingClient, area: int, database: Database
) -> None:
    request_id = asked(client, added(client, area))
    response = client.get(f"/consent/requests/{request_id}/paper.pdf")
    assert response.mimetype == "application/pdf"
    document = pikepdf.open(io.BytesIO(response.data))
    assert document.Root.MarkInfo.Marked and document.Root.Lang == "da"


def test_a_photographed_paper_becomes_a_consent_that_somebody_else_must_check(
    client: InspectingClient, area: int, database: Database
) -> None:
    request_id = asked(client, added(client, area))
    client.page(f"/consent/requests/{request_id}/scan")
    done = client.send(f"/consent/requests/{request_id}/scan", ticked())
    assert "Gemt. Nu skal en anden se på arket" in done.text()
    with database.reader() as session:
        consent = session.exec(select(Consent)).one()
        assert (consent.evidence, consent.recorded_by_kind, consent.verified_at) == ("paper", "user", None)
        assert session.exec(select(ConsentScope)).one().may_name is False
        assert sorted(row.kind for row in session.exec(select(Evidence))) == ["record", "scan"]


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"self:photo": ""}, "Vælg ja eller nej i hver linje"),
        ({"signed_on": "2026-11-24"}, "fremtiden"),
        ({"signed_on": "2026-11-20"}, "før personen blev spurgt"),
        ({"pages": []}, "Læg mellem 1 og 8 sider ind."),
        ({"pages": [(io.BytesIO(b"<svg/>"), "x.jpg")]}, ""),
        ({"by_mark": "y"}, "Skriv vidnets navn."),
    ],
)
def test_what_is_missing_on_the_paper_is_said_and_nothing_is_saved(
    client: InspectingClient, area: int, database: Database, facts: dict[str, object], says: str
) -> None:
    request_id = asked(client, added(client, area))
    page = client.send(f"/consent/requests/{request_id}/scan", ticked(**facts), status=400)
    assert says in page.text()
    with database.reader() as session:
        assert not session.exec(select(Consent)).all()


def test_a_no_on_paper_needs_no_ticks(client: InspectingClient, area: int, database: Database) -> None:
    request_id = asked(client, added(client, area))
    client.send(
        f"/consent/requests/{request_id}/scan",
        {"signed_on": "2026-11-23", "answer": "no", "pages": [(photograph(), "ark.jpg")]},
    )
    with database.reader() as session:
        assert session.exec(select(Consent)).one().is_refusal


def test_a_witness_stands_on_the_paper_of_who_cannot_write(
    client: InspectingClient, area: int, database: Database
) -> None:
    request_id = asked(client, added(client, area))
    client.send(f"/consent/requests/{request_id}/scan", ticked(by_mark="y", witness="Vibe Prøve"))
    with database.reader() as session:
        assert sorted(row.role for row in session.exec(select(Signature))) == ["self", "witness"]


def test_the_code_finds_the_question_however_it_is_typed(
    client: InspectingClient, area: int, database: Database
) -> None:
    request_id = asked(client, added(client, area))
    code = code_of(database)
    response = client.post("/consent/paper", data={"code": f" {code[:3].lower()}-{code[3:]}"})
    assert response.location.endswith(f"/consent/requests/{request_id}/scan")
    assert "Intet ark har den kode" in client.send("/consent/paper", {"code": "ZZZ-ZZZ"}, status=400).text()


def test_blank_forms_of_a_shoot_get_a_name_when_they_come_back(
    client: InspectingClient, area: int, database: Database
) -> None:
    data = {
        "title": "Sommerfest",
        "held_on": "2026-11-23",
        "unit_id": area,
        "media": "photo",
        "channels": "instagram",
    }
    made = client.post("/consent/shoots/new", data=data)
    address = made.location
    printed = client.post(f"{address}/blanks", data={"kind": "citizen", "count": "3"})
    assert printed.mimetype == "application/pdf"
    with database.reader() as session:
        codes = [row.code for row in session.exec(select(BlankForm))]
    assert len(codes) == 3
    assert "skriv navnet" in client.send("/consent/paper", {"code": codes[0]}, status=400).text()
    found = client.post("/consent/paper", data={"code": codes[0], "label": "Vega"})
    again = client.post("/consent/paper", data={"code": codes[0]})
    assert found.location == again.location
    answer = {"signed_on": "2026-11-23", "answer": "yes", "self:photo": "yes", "self:instagram": "yes"}
    client.send(found.location, {**answer, "pages": [(photograph(), "ark.jpg")]})
    assert "1 person indtil nu" in client.page(address).text()


def test_a_blank_form_keeps_the_words_that_were_printed(
    client: InspectingClient, area: int, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = {"title": "Fest", "held_on": "2026-11-23", "unit_id": area, "media": "photo"}
    address = client.post("/consent/shoots/new", data={**data, "channels": "instagram"}).location
    client.post(f"{address}/blanks", data={"kind": "citizen", "count": "1"})
    with database.reader() as session:
        code = session.exec(select(BlankForm.code)).one()
    newer = texts.form("citizen_full-1-da")
    monkeypatch.setattr(texts, "newest", lambda _: newer)
    client.post("/consent/paper", data={"code": code, "label": "Vega"})
    assert code_of(database) == code
    with database.reader() as session:
        assert session.exec(select(ConsentRequest)).one().form_id == "citizen_easy-1-da"
