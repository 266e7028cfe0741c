"""What the data protection officer sees: findings, readings, what goes when, and the two documents."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from string import Formatter

import pikepdf
import pytest

from branding.audit.service import record
from branding.consent import documents
from branding.consent.models import Assessment, ConsentRules, ConsentUse
from branding.consent.service import blanks, rights
from branding.consent.values.records import Channel
from branding.consent.values.rights import NewRight, Right
from branding.core import files
from branding.core.actor import SYSTEM, Actor, Role
from branding.core.db import Database
from tests.consent import factories
from tests.support.client import InspectingClient

DPO = Actor("user", 7, roles=frozenset({Role.DPO}))


@pytest.fixture
def now(at: Callable[[str], datetime]) -> datetime:
    return at("2026-10-12 10:00")


def test_an_empty_house_says_that_nothing_needs_an_eye(
    client: InspectingClient, sign_in: Callable[..., int], database: Database, area: int, now: datetime
) -> None:
    with database.transaction() as session:
        session.add(ConsentRules(controller="Regionen", dpo_contact="dpo@example.dk"))
    sign_in("dpo")
    page = client.get("/consent/oversight").text
    assert "Intet lige nu" in page and "Ingen har åbnet noget." in page


def test_findings_stand_on_the_page_until_they_are_dealt_with(
    client: InspectingClient, sign_in: Callable[..., int], database: Database, area: int, now: datetime
) -> None:
    with database.transaction() as session:
        early = now - timedelta(days=300)
        vega = factories.citizen(session, area, now=early)
        over = factories.written(session, vega, now=early)
        session.add(ConsentUse(consent_id=over, reference="p:1", channel=Channel.INSTAGRAM, live_from=early))
        nor = factories.citizen(session, area, now=now, label="Nor")
        factories.written(session, nor, now=now - timedelta(days=4))
        wish = NewRight(Right.ACCESS, date(2026, 9, 1))
        rights.note_wish(session, DPO, nor, wish, today=date(2026, 10, 12), now=now)
        session.add(
            Assessment(
                id="a" * 32, reference="26/77", decided_by="Direktøren", decided_on=date(2025, 11, 1),
                review_on=date(2026, 11, 1), kinds=["citizen"], purposes=["recruiting"],
                channels=["instagram"],
                answers={}, made_at=now,
            )
        )  # fmt: skip
        record(
            session,
            SYSTEM,
            "consent:subject:read",
            "subject",
            nor,
            changes={"reason": (None, "Klage")},
            now=now,
        )
    sign_in("dpo")
    page = client.get("/consent/oversight").text
    for words in (
        "et opslag er stadig oppe",
        "Bevis, som ingen har tjekket",
        "Vil se, hvad vi har gemt",
        "26/77",
        "Klage",
    ):
        assert words in page
    assert "Formularerne siger ikke" in page
    # Names stand where somebody was read about, and nowhere else.
    assert page.count("Nor") == 1 and "Vega" not in page


def test_what_goes_within_a_month_is_told_before_it_goes(
    client: InspectingClient, sign_in: Callable[..., int], database: Database, area: int, now: datetime
) -> None:
    with database.transaction() as session:
        early = now - timedelta(days=230)
        factories.written(session, factories.citizen(session, area, now=early), now=early)
    sign_in("dpo")
    page = client.get("/consent/oversight").text
    assert "udløbet" in page.split("Slettes de næste 30 dage")[1]
    assert "expired" in client.get("/consent/oversight/retention").text


def test_files_for_spreadsheets_run_nothing(
    client: InspectingClient, sign_in: Callable[..., int], database: Database, area: int, now: datetime
) -> None:
    with database.transaction() as session:
        record(
            session,
            SYSTEM,
            "consent:subject:read",
            "subject",
            "x",
            changes={"reason": (None, "=1+1")},
            now=now,
        )
    sign_in("dpo")
    answer = client.get("/consent/oversight/readings")
    assert answer.data.startswith("\ufeff".encode()) and "'=1+1" in answer.text
    assert "citizen_easy-1-da" in client.get("/consent/oversight/forms").text


@pytest.mark.parametrize("role", ["admin", "communications", "coordinator", "reader"])
def test_nobody_else_oversees(
    client: InspectingClient, sign_in: Callable[..., int], area: int, role: str, now: datetime
) -> None:
    sign_in(role, area if role == "coordinator" else None)
    assert client.get("/consent/oversight").status_code == 403
    assert client.get("/consent/oversight/documents/dpia").status_code == 403


@pytest.mark.parametrize("name", documents.NAMES)
def test_the_documents_are_filled_from_the_settings(
    database: Database, area: int, now: datetime, name: str
) -> None:
    path = files.shipped("templates") / "consent" / "documents" / f"{name.replace('-', '_')}-da.toml"
    asked_for = {field for _, field, _, _ in Formatter().parse(path.read_text("utf-8")) if field}
    with database.reader() as session:
        known = blanks.of_documents(session, now=now)
    assert asked_for <= set(known)
    words = repr(documents.document(name, known))
    assert "ingen vurdering" in words and "vises kun efter en gældende vurdering" in words


@pytest.mark.parametrize("name", documents.NAMES)
def test_the_documents_are_a_page_and_a_tagged_pdf(
    client: InspectingClient, sign_in: Callable[..., int], area: int, name: str, now: datetime,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:  # fmt: skip
    sign_in("dpo")
    assert client.get(f"/consent/oversight/documents/{name}").status_code == 200
    path = tmp_path_factory.mktemp("pdf") / "a.pdf"
    path.write_bytes(client.get(f"/consent/oversight/documents/{name}.pdf").data)
    with pikepdf.open(path) as pdf:
        assert pdf.Root.MarkInfo.Marked and str(pdf.Root.Lang) == "da"
    assert client.get("/consent/oversight/documents/other").status_code == 404
