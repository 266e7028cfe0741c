"""The proof of an answer: what is in it, that it can be checked, and that making one is logged."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pikepdf
import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from sqlmodel import Session

from branding.consent import proof, texts
from branding.consent.models import Consent
from branding.consent.queries.wording import blanks
from branding.consent.rules import proving as rules
from branding.consent.service import evidence, proving
from branding.consent.values.proof import Verdict
from branding.consent.values.records import FileKind
from branding.core import clock
from branding.core.actor import Actor, Role
from branding.core.db import Database
from branding.core.errors import Missing
from tests.consent.factories import citizen, written
from tests.consent.test_verifying import logged
from tests.support.client import InspectingClient

STAFF = Actor("user", 901, roles=frozenset({Role.COMMUNICATIONS}))
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30" '
    b'width="90" height="30" fill="none" stroke="#111"><polyline points="0,0 9,9 80,20"/></svg>'
)
KEY = "k" * 64


@pytest.fixture
def now(at: Callable[[str], datetime]) -> datetime:
    return at("2026-10-12 09:00")


def jpeg() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (800, 1100), "white").save(made, "JPEG")
    return made.getvalue()


def signed(session: Session, area: int, now: datetime) -> str:
    """A citizen's yes with a drawing, a photographed form and the words as they were shown."""
    subject_id = citizen(session, area, now=now)
    text = texts.form("citizen_easy-1-da")
    shown = {**blanks(session, area, clock.today().replace(year=2027)), "choices": "photo instagram"}
    words = text.asking(["photo", "instagram"]).filled(shown)
    consent_id = written(session, subject_id, now=now, shown=shown, text_sha256=words.words_sha256)
    evidence.keep(session, consent_id, subject_id, FileKind.SIGNATURE, SVG, "image/svg+xml", now=now)
    evidence.keep(
        session, consent_id, subject_id, FileKind.SCAN, jpeg(), "image/jpeg", source=b"raw", now=now
    )
    return consent_id


def made(session: Session, app: Flask, consent_id: str, now: datetime) -> bytes:
    gathered = proving.gather(session, STAFF, consent_id, {901: "Karen Prøve"}, now=now)
    with app.test_request_context():
        return proving.seal(session, proof.proof(gathered))


def test_the_same_proof_is_the_same_bytes(session: Session, app: Flask, area: int, now: datetime) -> None:
    consent_id = signed(session, area, now)
    session.commit()
    assert made(session, app, consent_id, now) == made(session, app, consent_id, now)


def test_the_record_says_everything_in_plain_data(session: Session, area: int, now: datetime) -> None:
    record = proving.gather(session, STAFF, signed(session, area, now), {}, now=now).record
    assert record["person"] == "Vega"
    assert record["answer"] == "yes"
    assert record["signatures"][0]["name"] == "Vega"
    assert record["form"]["sha256"] == texts.form("citizen_easy-1-da").sha256
    assert any("Instagram" in line for line in record["form"]["words"])
    assert [one["kind"] for one in record["files"]] == ["scan", "signature"]
    assert record["files"][0]["source_sha256"] != record["files"][0]["sha256"]
    assert record["basis"] == {"article_6": "6(1)(a)", "article_9": "9(2)(a)"}
    assert "yes" in {one["step"] for one in record["events"]}
    assert "expired" not in {one["step"] for one in record["events"]}


def test_the_pdf_is_tagged_titled_and_carries_its_record(
    session: Session, app: Flask, area: int, now: datetime
) -> None:
    consent_id = signed(session, area, now)
    session.commit()
    content = made(session, app, consent_id, now)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) in ("da", "en")
        assert "record.json" in pdf.attachments
        assert len(pdf.pages) >= 2
    assert (
        rules.check(KEY, content).record
        == proving.gather(session, STAFF, consent_id, {901: "Karen Prøve"}, now=now).record
    )


def test_the_file_is_genuine_until_one_bit_of_it_changes(
    session: Session, app: Flask, area: int, now: datetime
) -> None:
    consent_id = signed(session, area, now)
    session.commit()
    content = made(session, app, consent_id, now)
    found = rules.check(KEY, content)
    assert found.verdict is Verdict.GENUINE
    assert found.code.count("-") == 5
    for place in (0, len(content) // 2, len(content) - 40):
        changed = bytearray(content)
        changed[place] ^= 1
        assert rules.check(KEY, bytes(changed)).verdict is not Verdict.GENUINE
    assert rules.check("x" * 64, content).verdict is Verdict.CHANGED
    assert rules.check(KEY, content + b"more").verdict is Verdict.CHANGED
    assert rules.check(KEY, b"%PDF-1.7\n%%EOF").verdict is Verdict.NOT_OURS


@given(st.binary(max_size=300))
def test_any_file_can_be_asked_about(content: bytes) -> None:
    assert rules.check(KEY, content).verdict is not Verdict.GENUINE
    assert rules.check(KEY, rules.sealed(KEY, content)).verdict is Verdict.GENUINE


def test_the_code_changes_with_anything_in_the_record() -> None:
    first = {"about": "x", "person": "Vega", "list": [1, 2]}
    assert rules.code_of(KEY, first) == rules.code_of(KEY, dict(reversed(first.items())))
    assert rules.code_of(KEY, first) != rules.code_of(KEY, {**first, "person": "Vege"})
    assert rules.code_of(KEY, first) != rules.code_of("y" * 64, first)


def test_a_picture_that_is_damaged_leaves_the_rest(
    session: Session, app: Flask, area: int, now: datetime
) -> None:
    consent_id = signed(session, area, now)
    folder: Path = session.info["uploads"]
    for path in (folder / "evidence").iterdir():
        path.write_bytes(b"gone")
    gathered = proving.gather(session, STAFF, consent_id, {}, now=now)
    assert gathered.pictures == ()
    assert len(gathered.left_out) == 2


def test_the_proof_of_another_unit_is_not_there(session: Session, area: int, now: datetime) -> None:
    consent_id = signed(session, area, now)
    elsewhere = Actor("user", 2, roles=frozenset({Role.COORDINATOR}), units=frozenset({area + 1000}))
    with pytest.raises(Missing):
        proving.gather(session, elsewhere, consent_id, {}, now=now)


def test_making_a_proof_is_a_reading_and_the_dpo_says_why(
    client: InspectingClient, database: Database, area: int, now: datetime, sign_in: Callable[..., int]
) -> None:
    with database.transaction() as session:
        consent_id = signed(session, area, now)
    sign_in("coordinator", area)
    response = client.get(f"/consent/consents/{consent_id}/proof.pdf")
    assert response.mimetype == "application/pdf"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["Cache-Control"] == "no-store"
    sign_in("dpo")
    assert client.get(f"/consent/consents/{consent_id}/proof.pdf").status_code == 303
    client.send(f"/consent/consents/{consent_id}/proof", {"reason": ""}, 400)
    response = client.post(f"/consent/consents/{consent_id}/proof", data={"reason": "Stikprøve"})
    assert response.data.startswith(b"%PDF")
    assert logged(database) == [(consent_id, None), (consent_id, "Stikprøve")]


def test_what_was_removed_cannot_be_proved_any_more(
    client: InspectingClient, database: Database, area: int, now: datetime, sign_in: Callable[..., int]
) -> None:
    with database.transaction() as session:
        consent_id = signed(session, area, now)
        session.get(Consent, consent_id).purged_at = now  # type: ignore[union-attr]
    sign_in("coordinator", area)
    assert client.post(f"/consent/consents/{consent_id}/proof").status_code == 400
