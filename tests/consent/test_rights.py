"""What people may ask of us: seeing everything, with the log, and an answer within a month."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pikepdf
import pytest
from flask import Flask
from sqlmodel import Session

from branding.audit import queries as audit
from branding.audit.service import record
from branding.consent.models import ConsentUse
from branding.consent.queries import rights as queries
from branding.consent.queries.gate_facts import person_facts
from branding.consent.service import rights
from branding.consent.service.decisions import decide
from branding.consent.service.evidence import keep
from branding.consent.values.gate import DepictionFacts, DraftFacts, GateFacts, Stage, Visibility
from branding.consent.values.people import Hold
from branding.consent.values.records import Channel, FileKind, Format, Purpose
from branding.consent.values.rights import NewRight, Right
from branding.consent.views import papers
from branding.core.actor import Actor, Role
from branding.core.db import Database
from branding.core.errors import Missing, NotAllowed, RuleBroken
from tests.consent import factories
from tests.support.client import InspectingClient

DPO = Actor("user", 7, roles=frozenset({Role.DPO}))


@pytest.fixture
def now(at: Callable[[str], datetime]) -> datetime:
    return at("2026-10-12 10:00")


@pytest.fixture
def vega(database: Database, area: int, now: datetime) -> str:
    """A citizen with a signed yes in use, whose proof a coordinator has opened."""
    with database.transaction() as session:
        subject_id = factories.citizen(session, area, now=now, email="vega@example.dk")
        consent_id = factories.written(session, subject_id, now=now)
        evidence_id = keep(
            session, consent_id, subject_id, FileKind.SIGNATURE, b"<svg/>", "image/svg+xml", now=now
        )
        session.add(
            ConsentUse(
                consent_id=consent_id, reference="p:1", channel=Channel.INSTAGRAM, label="Opslag 14. oktober",
                url="https://example.dk/p/1", live_from=now,
            )
        )  # fmt: skip
        record(session, DPO, "consent:evidence:read", "evidence", evidence_id,
               changes={"reason": (None, "Klage")}, now=now)  # fmt: skip
    return subject_id


def test_everything_is_there_and_no_secret_is(session: Session, vega: str) -> None:
    found = queries.everything_about(session, vega)
    assert found.subject["label"] == "Vega" and found.subject["email"] == "vega@example.dk"
    (consent,) = found.consents
    assert consent["scopes"][0]["channel"] == "instagram"
    assert consent["signatures"][0]["name"] == "Vega"
    assert consent["files"][0]["sha256"]
    assert found.shown[0]["label"] == "Opslag 14. oktober"
    text = repr(found)
    assert "wrapped_key" not in text and "token_hash" not in text and "v1." not in text


def test_the_log_says_who_opened_the_proof_and_why(session: Session, vega: str) -> None:
    (reading,) = [
        one for one in queries.everything_about(session, vega).log if one.tag == "consent:evidence:read"
    ]
    assert (reading.actor_id, reading.reason) == (7, "Klage")


def test_the_log_of_one_person_says_nothing_of_another(
    session: Session, area: int, vega: str, now: datetime
) -> None:
    other = factories.citizen(session, area, now=now, label="Nor")
    assert [one.tag for one in queries.everything_about(session, other).log] == ["consent:subject:added"]


def test_a_decision_tells_nothing_of_the_others_in_the_picture(
    session: Session, area: int, vega: str, now: datetime
) -> None:
    other = factories.citizen(session, area, now=now, label="Nor", hold=Hold.PROTECTED_ADDRESS)
    seen = tuple(DepictionFacts("m", Visibility.RECOGNISABLE, one) for one in (vega, other))
    draft = DraftFacts("p:1", "v", "p", "host:5", Format.FEED, Purpose.RECRUITING, depictions=seen)
    facts = GateFacts(draft, person_facts(session, [vega, other], now=now))
    decide(session, DPO, "p:1", facts, Channel.INSTAGRAM, stage=Stage.APPROVE, now=now)
    (decision,) = queries.everything_about(session, vega).decisions
    assert vega in repr(decision) and decision["reasons"]
    assert other not in repr(decision) and "protected" not in repr(decision)


def test_the_paper_speaks_in_words(app: Flask, session: Session, vega: str, now: datetime) -> None:
    with app.test_request_context():
        facts = papers.access_facts(queries.everything_about(session, vega), {7: "Dorte"}, "SOH", "", now)
    text = repr(facts)
    assert "med tegnet underskrift" in text and "Instagram" in text and "12. apr. 2027" in text
    for code in ("drawn", "instagram'", "datetime", "{'id'", "00.00.00", "6(1)(a)"):
        assert code not in text


def test_handing_out_is_written_in_the_log(session: Session, vega: str, now: datetime) -> None:
    rights.hand_out(session, DPO, vega, now=now)
    assert audit.latest_at(session, "consent:subject:exported", "subject", vega) == now


def test_an_answer_is_due_within_a_month(session: Session, vega: str, now: datetime) -> None:
    new = NewRight(Right.ACCESS, date(2026, 8, 31))
    wish_id = rights.note_wish(session, DPO, vega, new, today=date(2026, 10, 12), now=now)
    (wish,) = queries.wishes_of(session, vega)
    assert wish.due_on == date(2026, 9, 30)
    assert [one.id for one, _ in queries.open_wishes(session)] == [wish_id]
    rights.answer_wish(session, DPO, vega, wish_id, now=now)
    assert not queries.open_wishes(session)
    rights.reopen_wish(session, DPO, vega, wish_id, now=now)
    assert queries.open_wishes(session)


def test_a_wish_from_the_future_is_refused(session: Session, vega: str, now: datetime) -> None:
    new = NewRight(Right.ACCESS, date(2026, 10, 13))
    with pytest.raises(RuleBroken, match="future"):
        rights.note_wish(session, DPO, vega, new, today=date(2026, 10, 12), now=now)


def test_a_wish_is_answered_on_its_own_person_only(
    session: Session, area: int, vega: str, now: datetime
) -> None:
    new = NewRight(Right.ACCESS, date(2026, 10, 12))
    wish_id = rights.note_wish(session, DPO, vega, new, today=date(2026, 10, 12), now=now)
    other = factories.citizen(session, area, now=now, label="Nor")
    with pytest.raises(Missing):
        rights.answer_wish(session, DPO, other, wish_id, now=now)


def test_a_coordinator_does_not_hand_out(session: Session, area: int, vega: str, now: datetime) -> None:
    karl = Actor("user", 2, roles=frozenset({Role.COORDINATOR}), units=frozenset({area}))
    with pytest.raises(NotAllowed):
        rights.hand_out(session, karl, vega, now=now)


def test_the_file_is_a_tagged_pdf_in_danish(
    client: InspectingClient, sign_in: Callable[..., int], vega: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    sign_in("dpo")
    answer = client.post(f"/consent/people/{vega}/hand-out", data={"format": "pdf"})
    assert answer.headers["Content-Disposition"].startswith("attachment")
    path = tmp_path_factory.mktemp("pdf") / "a.pdf"
    path.write_bytes(answer.data)
    with pikepdf.open(path) as pdf:
        assert pdf.Root.MarkInfo.Marked and str(pdf.Root.Lang).startswith("da")
        assert pdf.docinfo["/Title"] == "Det har vi gemt om dig"


def test_the_machine_readable_file_holds_the_same(
    client: InspectingClient, sign_in: Callable[..., int], vega: str
) -> None:
    sign_in("communications")
    found = json.loads(client.post(f"/consent/people/{vega}/hand-out", data={"format": "json"}).data)
    assert found["subject"]["label"] == "Vega"
    assert any(line["reason"] == "Klage" for line in found["log"])


def test_wishes_are_written_down_answered_and_undone_on_the_page(
    client: InspectingClient, sign_in: Callable[..., int], vega: str
) -> None:
    sign_in("dpo")
    page = client.post(
        f"/consent/people/{vega}/rights",
        data={"kind": "access", "received_on": "2026-10-10"},
        follow_redirects=True,
    )
    assert "svar senest 10. nov. 2026" in page.text
    refused = client.post(f"/consent/people/{vega}/rights", data={"received_on": "2026-10-10"})
    assert refused.status_code == 400 and "Vælg en." in refused.text


def test_erasing_is_refused_while_a_post_is_up_and_done_after(
    client: InspectingClient, sign_in: Callable[..., int], database: Database, vega: str, now: datetime
) -> None:
    sign_in("dpo")
    assert "Opslag 14. oktober" in client.get(f"/consent/people/{vega}/erase").text
    with database.transaction() as session:
        use = session.get(ConsentUse, 1)
        assert use
        use.live_until = now + timedelta(hours=1)
    refused = client.post(f"/consent/people/{vega}/erase")
    assert refused.status_code == 400 and "Sæt kryds" in refused.text
    assert client.post(f"/consent/people/{vega}/erase", data={"understood": "y"}).status_code == 303
    assert client.get(f"/consent/people/{vega}").status_code == 404
    with database.reader() as session:
        assert not session.info["key_store"].holds(vega)


def test_nothing_of_a_person_is_in_the_address(
    client: InspectingClient, sign_in: Callable[..., int], vega: str
) -> None:
    sign_in("dpo")
    answer = client.post(f"/consent/people/{vega}/hand-out", data={"format": "pdf"})
    assert "Vega" not in answer.headers["Content-Disposition"]
