"""What whoever checks a proof reads: who signed how, by which right, and what was said no to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlmodel import Session

from branding.consent import proof
from branding.consent.models import ConsentRequest, Withdrawal
from branding.consent.queries import evidence as queries
from branding.consent.service import proving
from branding.consent.service.representations import add_representation
from branding.consent.values.answers import Signed
from branding.consent.values.people import Mandate
from branding.consent.values.records import EvidenceKind, SignerRole
from branding.consent.values.register import NewRepresentation
from branding.consent.values.requests import Offered
from branding.core.actor import Actor, Role
from branding.core.db import Database
from branding.core.ids import new_id
from tests.consent.factories import citizen, written
from tests.support.client import InspectingClient

STAFF = Actor("user", 901, roles=frozenset({Role.COMMUNICATIONS}))
MARK = "ved at pege, med et tegn eller med et ord"
TYPED = EvidenceKind.TYPED


@pytest.fixture
def now(at: Callable[[str], datetime]) -> datetime:
    return at("2026-11-22 14:17")


def marked(session: Session, area: int, now: datetime) -> str:
    """A yes by a mark, with a witness."""
    signatures = (
        Signed(SignerRole.SELF, TYPED, now),
        Signed(SignerRole.WITNESS, TYPED, now, "Vibe Prøve"),
    )
    person = citizen(session, area, now=now)
    return written(session, person, now=now, evidence=TYPED, signatures=signatures)


def test_a_mark_is_never_called_a_typed_name(
    client: InspectingClient, database: Database, area: int, now: datetime, sign_in: Callable[..., int]
) -> None:
    with database.transaction() as session:
        consent_id = marked(session, area, now)
        plain = written(session, citizen(session, area, now=now, label="Bo"), now=now)
    sign_in("communications")
    told = client.page(f"/consent/verify/{consent_id}").text("main")
    assert f"Personen {MARK}" in told and "Vidne: Vibe Prøve med skrevet navn" in told
    assert MARK not in client.page(f"/consent/verify/{plain}").text("main")


def test_the_proof_says_the_mark_too(session: Session, app: Flask, area: int, now: datetime) -> None:
    record = proving.gather(session, STAFF, marked(session, area, now), {}, now=now).record
    with app.test_request_context():
        lines = [proof._signature(one) for one in record["signatures"]]
        facts = dict(tuple(line) for line in proof._facts(record))
    assert [line[2] for line in lines] == [MARK, "med skrevet navn"]
    assert facts["Hvordan"] == MARK


def test_the_name_on_the_register_stands_beside_the_name_that_was_written(
    client: InspectingClient, database: Database, area: int, now: datetime, sign_in: Callable[..., int]
) -> None:
    with database.transaction() as session:
        person = citizen(session, area, now=now, turns_15_on=date(2030, 1, 1), turns_18_on=date(2033, 1, 1))
        new = NewRepresentation(Mandate.CUSTODY, "Mor Karlsen", True, date(2026, 11, 22), date(2026, 1, 1))
        right = add_representation(session, STAFF, person, new, now=now)
        signatures = (Signed(SignerRole.CUSTODY, TYPED, now, "Navn 1", right),)
        consent_id = written(session, person, now=now, evidence=TYPED, signatures=signatures)
    sign_in("communications")
    told = client.page(f"/consent/verify/{consent_id}").text("main")
    assert "Skrevet ind: Mor Karlsen, set 22. nov. 2026 · Skrev: Navn 1" in told


def test_what_was_said_no_to_is_told_with_the_yes(
    client: InspectingClient, database: Database, area: int, now: datetime, sign_in: Callable[..., int]
) -> None:
    with database.transaction() as session:
        person = citizen(session, area, now=now)
        offered = Offered.from_json(
            {"channels": ["instagram", "facebook"], "media": ["photo", "video"], "name": True}
        )
        row = ConsentRequest(
            id=new_id(), subject_id=person, form_id="citizen_easy-1-da", target="takeover",
            target_ref="takeover:1", target_label="Takeover", offered=offered.to_json(),
            lasts_until=date(2027, 3, 1), asked_by_kind="system", asked_at=now, code="ABCDEF",
            expires_at=now + timedelta(days=9),
        )  # fmt: skip
        first = written(session, person, now=now)
        session.add(row)
        session.flush()
        consent_id = written(session, person, now=now, request_id=row.id)
        assert queries.said_no_to(session, consent_id) == ("facebook", "name")
        assert queries.said_no_to(session, first) == ()
    sign_in("communications")
    told = client.page(f"/consent/verify/{consent_id}").text("main")
    assert "Har sagt nej til: Facebook, fornavn" in told


def test_the_proof_begins_with_that_it_no_longer_counts(
    session: Session, app: Flask, area: int, now: datetime
) -> None:
    person = citizen(session, area, now=now)
    consent_id = written(session, person, now=now - timedelta(days=1))
    taken = Withdrawal(
        id=new_id(), subject_id=person, consent_id=consent_id, received_at=now, registered_at=now,
        via="link", registered_by_kind="subject",
    )  # fmt: skip

    def first(at: datetime) -> list[str]:
        record = proving.gather(session, STAFF, consent_id, {}, now=at).record
        with app.test_request_context():
            return proof._facts(record)[0]

    assert first(now)[0] == "Hvem"
    assert first(now + timedelta(days=400))[0] == "Udløbet"
    session.add(taken)
    session.flush()
    assert first(now) == ["Trukket tilbage", "22. nov. 2026 kl. 14.17.00"]
