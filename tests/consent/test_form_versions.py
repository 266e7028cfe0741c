"""Versions of the forms: what rests on them, retiring, recalling and taking both back (G1-G4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from branding.consent import texts
from branding.consent.models import FormVersion
from branding.consent.queries import oversight
from branding.consent.service import erasing, forms_in_use, withdrawing
from branding.consent.values.withdrawals import NewWithdrawal, Told
from branding.core.actor import SYSTEM, Actor, Role
from branding.core.db import Database
from branding.core.errors import Missing, NotAllowed
from branding.outbox.values import Mail
from tests.consent import factories
from tests.support.client import InspectingClient
from tests.support.html import Page

DPO = Actor("user", 7, roles=frozenset({Role.DPO}))
EASY = "citizen_easy-1-da"


@pytest.fixture
def now(at: Callable[[str], datetime]) -> datetime:
    return at("2026-10-12 10:00")


def _mail(told: Told) -> Mail:
    return Mail(told.email, "Et samtykke er trukket tilbage", told.subject_id)


def row(session: Session, form_id: str = EASY) -> FormVersion:
    found = session.get(FormVersion, form_id)
    assert found
    return found


def test_answers_are_counted_by_the_version_they_rest_on(session: Session, area: int, now: datetime) -> None:
    vega = factories.citizen(session, area, now=now)
    factories.written(session, vega, now=now)
    factories.written(session, vega, now=now, target_ref="takeover:2")
    factories.written(session, vega, now=now + timedelta(hours=1), target_ref="takeover:2")
    found = oversight.form_in_use(session, EASY, now + timedelta(hours=2))
    assert (found.given, found.standing) == (3, 2)
    assert oversight.form_in_use(session, EASY, now + timedelta(days=400)).standing == 0
    assert oversight.form_in_use(session, "youth-1-da", now).given == 0


def test_what_was_taken_back_with_everything_or_erased_no_longer_stands(
    session: Session, area: int, now: datetime
) -> None:
    vega, nor = (factories.citizen(session, area, now=now, label=label) for label in ("Vega", "Nor"))
    for person in (vega, nor):
        factories.written(session, person, now=now)
    later = now + timedelta(hours=1)
    assert oversight.form_in_use(session, EASY, later).standing == oversight.counts(session, later)[1] == 2
    withdrawing.withdraw(session, SYSTEM, NewWithdrawal(vega, later), _mail, now=later)
    again = factories.written(session, vega, now=later + timedelta(hours=1))
    assert again and oversight.form_in_use(session, EASY, later).standing == 2
    erasing.erase(session, SYSTEM, nor, now=later)
    assert oversight.form_in_use(session, EASY, later + timedelta(hours=2)).standing == 1
    assert oversight.counts(session, later + timedelta(hours=2)) == (1, 1)


def test_a_recall_is_written_once_and_can_be_taken_back(session: Session, now: datetime) -> None:
    forms_in_use.recall(session, DPO, EASY, now=now)
    forms_in_use.recall(session, DPO, EASY, now=now + timedelta(days=1))
    assert row(session).recalled_at == now
    forms_in_use.restore(session, DPO, EASY, now=now + timedelta(days=1))
    assert row(session).recalled_at is None and row(session).accepted_until is None


def test_retiring_closes_the_version_for_new_answers(session: Session, now: datetime) -> None:
    forms_in_use.retire(session, DPO, EASY, now=now)
    assert row(session).accepted_until == now and row(session).recalled_at is None


def test_only_the_data_protection_officer_takes_a_form_out_of_use(session: Session, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        forms_in_use.recall(session, Actor("user", 1, roles=frozenset({Role.COMMUNICATIONS})), EASY, now=now)


def test_a_form_that_was_never_shipped_is_missing(session: Session, now: datetime) -> None:
    with pytest.raises(Missing):
        forms_in_use.recall(session, DPO, "citizen_easy-99-da", now=now)


def test_a_changed_file_is_noticed(session: Session, area: int, now: datetime) -> None:
    factories.written(session, factories.citizen(session, area, now=now), now=now)
    assert not oversight.form_in_use(session, EASY, now).is_changed
    row(session).sha256 = "0" * 64
    session.flush()
    assert oversight.form_in_use(session, EASY, now).is_changed


def test_everybody_reads_the_words_and_the_officer_recalls(
    client: InspectingClient, sign_in: Callable[..., int], database: Database, now: datetime
) -> None:
    sign_in("reader")
    assert "Borger, let læst" in client.get("/consent/forms").text
    page = client.get(f"/consent/forms/{EASY}")
    assert "Du må gerne sige nej." in page.text and "Tilbagekald" not in page.text
    assert "Vi hedder [enheden]." in page.text
    for form_id in texts.forms():
        assert "{" not in Page(client.get(f"/consent/forms/{form_id}").text).text("article")
    assert client.post(f"/consent/forms/{EASY}/recall").status_code == 403
    assert client.get("/consent/forms/nothing").status_code == 404
    sign_in("dpo")
    page = client.post(f"/consent/forms/{EASY}/recall", follow_redirects=True)
    assert "Ingen svar på den tæller" in page.text and "Fortryd" in page.text
    page = client.post(f"/consent/forms/{EASY}/restore", follow_redirects=True)
    assert "Ingen svar på den tæller" not in page.text
