"""The pages of a person and of one answer: the story, and what is next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from branding.audit import queries as audit
from branding.consent.models import Consent, ConsentUse
from branding.consent.rules.timeline import told
from branding.consent.service import withdrawing
from branding.consent.service.evidence import keep
from branding.consent.values.answers import Asked, Signed
from branding.consent.values.records import Channel, EvidenceKind, FileKind, SignerRole
from branding.consent.values.timeline import Event, Step
from branding.core.actor import SYSTEM
from branding.core.clock import UTC
from branding.core.db import Database
from tests.consent import factories
from tests.support.client import InspectingClient

NOON = datetime(2026, 10, 12, 10, tzinfo=UTC)


@pytest.fixture
def now(at: Callable[[str], datetime]) -> datetime:
    return at("2026-10-12 10:00")


@given(st.lists(st.tuples(st.integers(-50, 50), st.sampled_from(Step))))
def test_a_story_holds_what_has_happened_the_newest_first(found: list[tuple[int, Step]]) -> None:
    events = [Event(NOON + timedelta(days=days), step) for days, step in found]
    story = told(events, NOON)
    assert sorted(story, key=repr) == sorted((e for e in events if e.at <= NOON), key=repr)
    assert all(a.at >= b.at for a, b in pairwise(story))


def test_at_the_same_instant_asking_comes_before_answering() -> None:
    story = told([Event(NOON, Step.YES), Event(NOON, Step.ASKED)], NOON)
    assert [event.step for event in story] == [Step.YES, Step.ASKED]


@pytest.fixture
def vega(database: Database, area: int, now: datetime) -> tuple[str, str]:
    """A citizen with a signed yes in use that nobody has checked; both ids."""
    with database.transaction() as session:
        subject_id = factories.citizen(session, area, now=now - timedelta(days=9))
        consent_id = factories.written(session, subject_id, now=now - timedelta(days=3))
        keep(session, consent_id, subject_id, FileKind.SIGNATURE, b"<svg/>", "image/svg+xml", now=now)
        session.add(
            ConsentUse(
                consent_id=consent_id, reference="p:1", channel=Channel.INSTAGRAM, label="Opslag 14. oktober",
                live_from=now - timedelta(days=1),
            )
        )  # fmt: skip
    return subject_id, consent_id


def test_the_page_says_why_not_and_what_is_next(
    client: InspectingClient, sign_in: Callable[..., int], area: int, vega: tuple[str, str]
) -> None:
    subject_id, consent_id = vega
    sign_in("coordinator", area)
    page = client.get(f"/consent/people/{subject_id}").text
    assert "På Instagram i dag:" in page and "Nej" in page
    assert f"/consent/verify/{consent_id}" in page and "Opslag 14. oktober" in page
    assert page.index("Sagde ja") < page.index("Sat på registret")


def test_an_answer_shows_what_it_covers_and_its_proof_to_those_who_may_see_it(
    client: InspectingClient, sign_in: Callable[..., int], area: int, vega: tuple[str, str]
) -> None:
    sign_in("coordinator", area)
    page = client.get(f"/consent/consents/{vega[1]}").text
    assert "Instagram" in page and "Borger, let læst, version 1" in page and "/consent/evidence/" in page


def test_the_one_button_is_the_step_of_the_board(
    client: InspectingClient, sign_in: Callable[..., int], database: Database, area: int, now: datetime
) -> None:
    """Who has taken a consent back is not asked again by a button, and a check of the own is another's."""
    with database.transaction() as session:
        new = factories.colleague(session, area, now=now, label="Ny")
        taken = factories.citizen(session, area, now=now, label="Emil")
        factories.written(session, taken, now=now - timedelta(days=3))
        withdrawing.withdraw_own(session, SYSTEM, taken, "takeover:1", None, now=now)
    me = sign_in("coordinator", area)
    with database.transaction() as session:
        mine = factories.citizen(session, area, now=now, label="Min")
        own = factories.written(
            session, mine, now=now - timedelta(days=3), asked=Asked("user", me, now - timedelta(days=3))
        )
    assert "Spørg om samtykke" in client.page(f"/consent/people/{new}").links()
    assert "Spørg om samtykke" not in client.page(f"/consent/people/{taken}").links()
    page = client.page(f"/consent/people/{mine}")
    assert "Venter på en anden" in page.text() and f"/consent/verify/{own}" not in page.links().values()
    assert client.page("/consents").text().count("Venter på en anden") == 1


def test_a_mark_beside_a_witness_is_no_typed_name(
    client: InspectingClient, sign_in: Callable[..., int], database: Database, area: int, now: datetime
) -> None:
    with database.transaction() as session:
        subject_id = factories.citizen(session, area, now=now)
        signed = (
            Signed(SignerRole.SELF, EvidenceKind.TYPED, now),
            Signed(SignerRole.WITNESS, EvidenceKind.TYPED, now, "Viggo"),
        )
        consent_id = factories.written(session, subject_id, now=now, signatures=signed)
    sign_in("coordinator", area)
    rows = client.page(f"/consent/consents/{consent_id}").text()
    assert "Personen ved at pege, med et tegn eller med et ord" in rows
    assert "Vidne med skrevet navn" in rows


def test_the_check_names_the_form_as_people_do_and_leads_back_to_the_board(
    client: InspectingClient, sign_in: Callable[..., int], area: int, vega: tuple[str, str]
) -> None:
    sign_in("coordinator", area)
    page = client.page(f"/consent/verify/{vega[1]}")
    assert "Borger, let læst, version 1" in page.text() and "citizen_easy-1-da" not in page.text()
    for path in (f"/consent/verify/{vega[1]}", "/consent/shoots", "/consent/people/new", "/consent/paper"):
        (crumbs,) = client.page(path).with_class("breadcrumb")
        assert "/consents" in [link.get("href") for link in crumbs.iter("a")], path


def _asked(database: Database, client: InspectingClient, address: str) -> int:
    asked: list[str] = []

    def note(*about: Any) -> None:
        asked.append(about[2])

    event.listen(database.engine, "before_cursor_execute", note)
    client.get(address)
    event.remove(database.engine, "before_cursor_execute", note)
    return len(asked)


def test_many_answers_cost_no_more_queries_than_one(
    client: InspectingClient, sign_in: Callable[..., int], area: int, database: Database,
    vega: tuple[str, str], now: datetime,
) -> None:  # fmt: skip
    sign_in("coordinator", area)
    client.get(f"/consent/people/{vega[0]}")
    few = _asked(database, client, f"/consent/people/{vega[0]}")
    with database.transaction() as session:
        for number in range(2, 9):
            factories.written(session, vega[0], now=now, target_ref=f"takeover:{number}")
    assert _asked(database, client, f"/consent/people/{vega[0]}") == few


def test_every_look_at_a_person_goes_into_the_log(
    client: InspectingClient, sign_in: Callable[..., int], database: Database, area: int,
    vega: tuple[str, str], now: datetime,
) -> None:  # fmt: skip
    user_id = sign_in("coordinator", area)
    client.get(f"/consent/people/{vega[0]}")
    client.get(f"/consent/consents/{vega[1]}")
    with database.reader() as session:
        found = audit.entries_about(session, {"subject": [vega[0]], "consent": [vega[1]]})
    read = [(e.subject_kind, e.actor_id) for e in found if e.tag == "consent:subject:read"]
    assert read == [("subject", user_id), ("consent", user_id)]


def test_another_units_people_are_not_there(
    client: InspectingClient,
    sign_in: Callable[..., int],
    database: Database,
    area: int,
    vega: tuple[str, str],
) -> None:
    from tests.support import people

    other = people.make_area(database, "Specialområde Voksne", "SVO")
    sign_in("coordinator", other)
    assert client.get(f"/consent/people/{vega[0]}").status_code == 404
    assert client.get(f"/consent/consents/{vega[1]}").status_code == 404
    with database.reader() as session:
        found = audit.entries_about(session, {"subject": [vega[0]], "consent": [vega[1]]})
    assert not [e for e in found if e.tag == "consent:subject:read"]


@pytest.mark.parametrize("role", ["admin", "reader"])
def test_who_does_not_work_with_consents_sees_nobody(
    client: InspectingClient, sign_in: Callable[..., int], area: int, vega: tuple[str, str], role: str
) -> None:
    sign_in(role)
    assert client.get(f"/consent/people/{vega[0]}").status_code == 403


def test_a_case_number_is_noted_and_tidied(
    client: InspectingClient,
    sign_in: Callable[..., int],
    database: Database,
    vega: tuple[str, str],
    now: datetime,
) -> None:
    sign_in("communications")
    page = client.post(
        f"/consent/consents/{vega[1]}/journal", data={"reference": "  26/ 123 "}, follow_redirects=True
    )
    assert "Journalnummeret er skrevet ned." in page.text
    with database.reader() as session:
        assert session.get(Consent, vega[1]).journal_reference == "26/ 123"  # type: ignore[union-attr]
    long = client.post(
        f"/consent/consents/{vega[1]}/journal", data={"reference": "x" * 81}, follow_redirects=True
    )
    assert "højst 80 tegn" in long.text
