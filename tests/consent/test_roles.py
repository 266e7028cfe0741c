"""Who sees which person: every route of consent with rows that exist, for every role (issue, T1, T2).

``tests/house/test_routes.py`` tries the doors; here the rooms behind them have people in them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from werkzeug.routing import Rule

from branding.audit import queries as audit
from branding.consent.service import representations, requests, rights, shoots, withdrawing
from branding.consent.service.evidence import keep
from branding.consent.sniffing import accept
from branding.consent.values.people import Mandate
from branding.consent.values.records import FileKind, Target
from branding.consent.values.register import NewRepresentation
from branding.consent.values.requests import About, NewRequest, NewShoot, Offered
from branding.consent.values.rights import NewRight, Right
from branding.core.actor import Actor, Role
from branding.core.db import Database
from tests.consent import factories
from tests.support import people
from tests.support.client import InspectingClient

#: Roles that see no person and no evidence, wherever they ask.
BLIND = ("admin", "reader")
#: Pages without a person: rules, forms and figures, which the policy table alone decides on.
IMPERSONAL = (
    "/consent/policy",
    "/consent/assessments",
    "/consent/time-limits",
    "/consent/forms",
    "/consent/oversight",
)
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82"
)


@dataclass(frozen=True)
class Rows:
    """One of everything, in one unit; ``ids`` by the name of the route's parameter."""

    unit_id: int
    ids: dict[str, str]


@pytest.fixture
def now(at: Callable[[str], datetime]) -> datetime:
    return at("2026-10-12 10:00")


@pytest.fixture
def rows(database: Database, area: int, now: datetime) -> Rows:
    earlier = now - timedelta(days=2)
    karen = Actor("user", 1, roles=frozenset({Role.COMMUNICATIONS, Role.DPO}))
    with database.transaction() as session:
        vega = factories.citizen(session, area, now=earlier)
        consent = factories.written(session, vega, now=earlier)
        scan = accept(PNG)
        proof = keep(session, consent, vega, FileKind.SCAN, scan.content, scan.mime, now=earlier)
        about = About(Target.TAKEOVER, "takeover:1", "Takeover i uge 42")
        asked = requests.ask(session, karen, NewRequest(vega, about), now=earlier)
        shoot = NewShoot(area, "Sommerfest", date(2026, 10, 12), Offered())
        right = NewRepresentation(
            Mandate.GUARDIAN_PERSONAL, "Værge", True, date(2026, 10, 1), date(2026, 1, 1)
        )
        ids = {
            "subject_id": vega,
            "consent_id": consent,
            "evidence_id": proof,
            "request_id": asked,
            "shoot_id": shoots.add_shoot(session, karen, shoot, now=earlier),
            "representation_id": representations.add_representation(session, karen, vega, right, now=earlier),
            "message_id": withdrawing.leave_message(session, "Vega vil ikke", area, _no_mail, now=earlier),
            "wish_id": rights.note_wish(
                session,
                karen,
                vega,
                NewRight(Right.ACCESS, date(2026, 10, 1)),
                today=date(2026, 10, 12),
                now=earlier,
            ),
        }
    return Rows(area, ids)


def _no_mail(told: object) -> None:
    raise AssertionError(f"nobody is there to be told: {told}")


def personal_routes(app: Flask) -> list[Rule]:
    """Every route of consent that is about a person, and not opened by a secret."""
    return [
        rule
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/consent") and not rule.rule.startswith(IMPERSONAL)
    ]


def call(client: InspectingClient, rule: Rule, rows: Rows) -> int:
    address = rule.rule
    for name, value in rows.ids.items():
        address = address.replace(f"<id:{name}>", value)
    assert "<" not in address, f"no row for {rule.rule}"
    method = "GET" if "GET" in (rule.methods or set()) else "POST"
    return client.open(address, method=method).status_code


def is_about_one(rule: Rule) -> bool:
    return "<id:" in rule.rule


@pytest.mark.parametrize("role", BLIND)
def test_who_does_not_work_with_consents_sees_no_person_and_no_evidence(
    app: Flask, client: InspectingClient, sign_in: Callable[..., int], rows: Rows, role: str
) -> None:
    sign_in(role)
    for rule in personal_routes(app):
        assert call(client, rule, rows) == 403, rule.rule


def test_a_coordinator_of_another_unit_finds_nobody(
    app: Flask, client: InspectingClient, sign_in: Callable[..., int], database: Database, rows: Rows
) -> None:
    other = people.make_area(database, "Specialområde Voksne", "SVO")
    sign_in("coordinator", other)
    for rule in personal_routes(app):
        if is_about_one(rule):
            assert call(client, rule, rows) in (403, 404), rule.rule


def test_lists_of_another_coordinator_name_nobody(
    app: Flask, client: InspectingClient, sign_in: Callable[..., int], database: Database, rows: Rows
) -> None:
    other = people.make_area(database, "Specialområde Voksne", "SVO")
    sign_in("coordinator", other)
    for rule in personal_routes(app):
        if not is_about_one(rule) and "GET" in (rule.methods or set()):
            page = client.get(rule.rule)
            assert "Vega" not in page.text and "Sommerfest" not in page.text, rule.rule


def test_the_own_coordinator_reaches_every_room_of_the_role(
    app: Flask, client: InspectingClient, sign_in: Callable[..., int], rows: Rows
) -> None:
    sign_in("coordinator", rows.unit_id)
    refused = {rule.endpoint for rule in personal_routes(app) if call(client, rule, rows) in (403, 404, 500)}
    only_officer = {"rights_page", "answer_wish", "reopen_wish", "hand_out", "erase_page", "note_journal"}
    assert refused == {f"consent.{name}" for name in only_officer}


def test_every_reading_of_evidence_leaves_a_row_and_a_refused_one_reads_nothing(
    client: InspectingClient, sign_in: Callable[..., int], database: Database, rows: Rows
) -> None:
    evidence, consent = rows.ids["evidence_id"], rows.ids["consent_id"]
    for role in BLIND:
        sign_in(role)
        client.post(f"/consent/evidence/{evidence}/file")
        client.get(f"/consent/evidence/{evidence}/picture")
        client.get(f"/consent/consents/{consent}/proof.pdf")
    assert readings(database, evidence, consent) == []
    klaus = sign_in("coordinator", rows.unit_id)
    assert client.post(f"/consent/evidence/{evidence}/file").data
    assert client.get(f"/consent/evidence/{evidence}/picture").data
    assert client.get(f"/consent/consents/{consent}/proof.pdf").data.startswith(b"%PDF")
    found = readings(database, evidence, consent)
    assert len(found) >= 3 and {actor for _, actor in found} == {klaus}


def test_the_officer_says_why_before_anything_opens(
    client: InspectingClient, sign_in: Callable[..., int], database: Database, rows: Rows
) -> None:
    evidence, consent = rows.ids["evidence_id"], rows.ids["consent_id"]
    dorte = sign_in("dpo")
    assert client.post(f"/consent/evidence/{evidence}/file").status_code == 400
    assert readings(database, evidence, consent) == []
    assert client.post(f"/consent/evidence/{evidence}/file", data={"reason": "Klage"}).status_code == 200
    assert readings(database, evidence, consent) == [("Klage", dorte)]


def readings(database: Database, evidence_id: str, consent_id: str) -> list[tuple[str, int | None]]:
    """Reason and reader of each time the evidence was opened."""
    with database.reader() as session:
        found = audit.entries_about(session, {"evidence": [evidence_id], "consent": [consent_id]})
    return [
        (next((str(after) for name, _, after in one.changes if name == "reason"), ""), one.actor_id)
        for one in found
        if one.tag == "consent:evidence:read"
    ]
