"""Twenty thousand people with sixty thousand consents: the board's queries are asserted, its time printed."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from statistics import median
from typing import Any

import pytest
from sqlalchemy import insert
from sqlmodel import Session

from branding.consent.models import (
    Consent,
    ConsentScope,
    ConsentUse,
    FormVersion,
    Signature,
    Subject,
    Withdrawal,
)
from branding.core.actor import SYSTEM
from branding.organisation import service as organisation
from branding.organisation.values import UnitRequest
from tests.support.client import InspectingClient

pytestmark = pytest.mark.bench

PEOPLE, EACH, ROUNDS = 20_000, 3, 7
MOST_QUERIES, LOG_QUERIES = 12, 3
NAMES = ("Alma", "Bo", "Carl", "Ditte", "Emil", "Freja", "Gorm", "Hanne", "Ida", "Jens")


@pytest.fixture
def register(session: Session, at: Callable[[str], datetime]) -> None:
    """Sixty units; each person has answered for three takeovers, some of it over, withdrawn or unchecked."""
    now = at("2026-10-12 09:00")
    units = []
    for area in range(6):
        area_id = organisation.add_unit(session, SYSTEM, UnitRequest(f"Område {area}", f"O{area}"), now=now)
        for n in range(9):
            units.append(
                organisation.add_unit(session, SYSTEM, UnitRequest(f"Afdeling {n}", "", area_id), now=now)
            )
    session.add(
        FormVersion(id="f", audience="other", number=1, language="da", sha256="0" * 64, published_at=now)
    )
    session.flush()
    subjects = [_subject(n, units[n % len(units)], now) for n in range(PEOPLE)]
    session.execute(insert(Subject), subjects)
    consents = [_consent(n, part, now) for n in range(PEOPLE) for part in range(EACH) if n % 9]
    extra = [_consent(n, part, now) for n in range(1, PEOPLE, 3) for part in range(EACH, EACH + 1)]
    session.execute(insert(Consent), consents + extra)
    session.execute(insert(ConsentScope), [_scope(row["id"]) for row in consents + extra])
    session.execute(insert(Signature), [_signature(row) for row in consents + extra])
    session.execute(insert(Withdrawal), [_withdrawal(n, now) for n in range(0, PEOPLE, 40)])
    session.execute(insert(ConsentUse), [_use(row["id"], now) for row in consents[::20]])
    session.commit()


def _id(*parts: int) -> str:
    """Spread like a random one, so that no index is in the order of writing."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def _subject(n: int, unit_id: int, now: datetime) -> dict[str, Any]:
    label = f"{NAMES[n % len(NAMES)]} {n}"
    return {
        "id": _id(n),
        "kind": "citizen" if n % 3 else "colleague",
        "also_citizen": False,
        "label": label,
        "search_key": label.casefold(),
        "sort_key": label.casefold(),
        "unit_id": unit_id,
        "contact_sealed": "",
        "route": "self",
        "hold": "none",
        "made_at": now,
        "version": 1,
    }


def _consent(n: int, part: int, now: datetime) -> dict[str, Any]:
    signed = now - timedelta(days=300 - part * 90 + n % 60)
    return {
        "id": _id(n, part + 1),
        "subject_id": _id(n),
        "form_id": "f",
        "is_refusal": n % 17 == 0,
        "target": "takeover",
        "target_ref": f"takeover:{n % 50 + part * 100}",
        "target_label": f"Takeover i uge {n % 50}",
        "evidence": "drawn" if n % 3 else "oral",
        "told_instagram": True,
        "clear_answer": True,
        "asked_by_kind": "user",
        "asked_by_id": 1,
        "asked_at": signed,
        "place": "Høskoven",
        "asker_has_power": False,
        "power_reason": "",
        "signed_at": signed,
        "recorded_at": signed,
        "recorded_by_kind": "user",
        "recorded_by_id": 1,
        "valid_from": signed,
        "expires_at": signed + timedelta(days=180),
        "verified_at": signed if n % 11 else None,
        "verified_by_kind": "user",
        "verified_by_id": 2,
        "art6": "6(1)(a)",
        "art9": "9(2)(a)",
        "text_sha256": "0" * 64,
        "shown": {"unit": "Høskoven", "controller": "Region Prøve", "until": "1. april 2027"},
        "invalidated_why": "",
        "journal_reference": "",
    }


def _scope(consent_id: str) -> dict[str, Any]:
    return {
        "consent_id": consent_id,
        "channel": "instagram",
        "formats": ["feed", "story"],
        "purposes": ["recruiting"],
        "media": ["photo"],
        "may_name": False,
        "may_voice": False,
        "may_be_paid": False,
    }


def _signature(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "consent_id": row["id"],
        "role": "self",
        "method": row["evidence"],
        "signed_at": row["signed_at"],
        "name_sealed": "",
    }


def _withdrawal(n: int, now: datetime) -> dict[str, Any]:
    return {
        "id": _id(n, 99),
        "subject_id": _id(n),
        "channels": None,
        "received_at": now,
        "registered_at": now,
        "via": "link",
        "registered_by_kind": "subject",
    }


def _use(consent_id: str, now: datetime) -> dict[str, Any]:
    return {
        "consent_id": consent_id,
        "reference": f"publication:{consent_id[:6]}",
        "channel": "instagram",
        "label": "Opslag",
        "url": "",
        "live_from": now - timedelta(days=3),
    }


def test_the_board_of_twenty_thousand_people(
    client: InspectingClient,
    sign_in: Callable[..., int],
    register: None,
    queries: list[str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    sign_in("communications")
    client.application.test_client_class = None  # the inspection is not what is timed
    plain = client.application.test_client()
    with client.session_transaction() as mine, plain.session_transaction() as theirs:
        theirs.update(mine)
    for address in (
        "/consents",
        "/consents?tab=expiring&kind=citizen&q=alma",
        "/consents?page=200",
        "/consents?week=2026-W42",
    ):
        times, count = [], 0
        for _ in range(ROUNDS):
            queries.clear()
            started = time.process_time()  # others may be at work on this machine
            answer = plain.get(address)
            times.append((time.process_time() - started) * 1000)
            count = len([sql for sql in queries if not sql.startswith(("BEGIN", "PRAGMA"))])
        with capsys.disabled():
            print(f"\n{address}: {median(times):.0f} ms, {count} queries", end="")
        assert answer.status_code == 200
        # A search goes into the log too, in audit's own transaction after the page is made.
        logged = LOG_QUERIES if "q=" in address else 0
        assert count <= MOST_QUERIES + logged + ("week=" in address)
