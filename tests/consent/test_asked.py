"""How far asking about one thing has come: the word is the standing today, wherever it is shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import Session

from branding.consent.models import Consent
from branding.consent.service import requests, withdrawing
from branding.consent.service.shoots import add_shoot
from branding.consent.service.standings import asked_about
from branding.consent.values.people import Kind
from branding.consent.values.policies import Openness, PolicyKind
from branding.consent.values.records import Channel, Target
from branding.consent.values.requests import About, AskedState, NewRequest, NewShoot, Offered
from branding.core.actor import SYSTEM, Actor, Role
from branding.core.db import Database
from tests.consent import factories
from tests.consent.worlds import NOW, TAKEOVER, Stored
from tests.support.client import InspectingClient
from tests.support.html import text_of

At = Callable[[str], datetime]
STAFF = Actor("user", 7, roles=frozenset({Role.COMMUNICATIONS}))


@pytest.fixture
def world(session: Session, at: At) -> Stored:
    at("2026-10-12 10:00")
    found = Stored(session)
    found.policy(PolicyKind.CITIZEN, Openness.ALLOWED)
    return found


def _ask(world: Stored, subject_id: str, when: datetime = NOW) -> str:
    about = About(Target.TAKEOVER, TAKEOVER, "Takeover")
    return requests.ask(world.session, SYSTEM, NewRequest(subject_id, about), now=when)


def _asked(world: Stored) -> dict[str, AskedState]:
    world.session.flush()
    return {one.label: one.state for one in asked_about(world.session, Target.TAKEOVER, TAKEOVER, now=NOW)}


def test_each_person_stands_as_the_rules_say(world: Stored) -> None:
    world.signed(world.person(Kind.CITIZEN, "Alma"))
    world.signed(world.person(Kind.CITIZEN, "Bo"), verified=None)
    world.signed(world.person(Kind.CITIZEN, "Carl"), refusal=True)
    withdrawn, elsewhere = world.person(Kind.CITIZEN, "Ditte"), world.person(Kind.CITIZEN, "Emil")
    for one in (withdrawn, elsewhere):
        world.signed(one)
    world.withdraw(withdrawn, NOW - timedelta(days=1))
    world.withdraw(elsewhere, NOW - timedelta(days=1), channels=[Channel.FACEBOOK])
    world.signed(world.person(Kind.CITIZEN, "Freja"), until=date(2026, 10, 5))
    world.said(world.person(Kind.COLLEAGUE, "Hanne"))
    world.signed(world.person(Kind.CITIZEN, "Ida"), ref="takeover:99")
    _ask(world, world.person(Kind.CITIZEN, "Johan"))
    assert _asked(world) == {
        "Alma": AskedState.YES,
        "Bo": AskedState.TO_VERIFY,
        "Carl": AskedState.NO,
        "Ditte": AskedState.WITHDRAWN,
        "Emil": AskedState.YES,
        "Freja": AskedState.EXPIRED,
        "Hanne": AskedState.YES,
        "Johan": AskedState.WAITING,
    }


def test_a_yes_on_a_form_that_was_recalled_and_an_old_no_are_asked_again(world: Stored) -> None:
    world.signed(world.person(Kind.CITIZEN, "Alma"))
    no = world.signed(world.person(Kind.OTHER, "Bo"), refusal=True)
    world.session.get_one(Consent, no).expires_at = NOW - timedelta(days=1)
    world.form("citizen_easy-1-da", recalled_at=NOW - timedelta(days=1))
    assert _asked(world) == {"Alma": AskedState.EXPIRED, "Bo": AskedState.EXPIRED}


def test_a_newer_question_counts_for_more_than_the_answer_before_it(world: Stored) -> None:
    alma = world.person(Kind.CITIZEN, "Alma")
    consent_id = world.signed(alma, until=date(2026, 10, 5))
    request_id = _ask(world, alma)
    (one,) = asked_about(world.session, Target.TAKEOVER, TAKEOVER, now=NOW)
    assert (one.state, one.request_id, one.consent_id) == (AskedState.WAITING, request_id, consent_id)


def test_an_answer_that_was_found_defective_is_as_if_nobody_had_asked(world: Stored) -> None:
    found = world.signed(world.person(Kind.CITIZEN, "Alma"))
    world.session.get_one(Consent, found).invalidated_at = NOW - timedelta(days=1)
    assert _asked(world) == {}


def test_many_people_cost_no_more_queries_than_one(world: Stored) -> None:
    asked: list[str] = []

    def note(*about: Any) -> None:
        asked.append(about[2])

    def count() -> int:
        world.session.flush()
        world.session.expire_all()
        asked.clear()
        asked_about(world.session, Target.TAKEOVER, TAKEOVER, now=NOW)
        return len(asked)

    engine = world.session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    world.signed(world.person(Kind.CITIZEN, "Alma"))
    few = count()
    for number in range(5):
        world.signed(world.person(Kind.CITIZEN, f"Person {number}"))
    many = count()
    event.remove(engine, "before_cursor_execute", note)
    assert many == few <= 10


def test_the_list_of_a_shoot_says_where_people_stand_today(
    client: InspectingClient, sign_in: Callable[..., int], database: Database, area: int, at: At
) -> None:
    """Who has taken the yes back, and whose yes has run out, stand with no green yes."""
    now, last = at("2026-10-12 10:00"), date(2026, 10, 20)
    with database.transaction() as session:
        new = NewShoot(area, "Sommerfest", now.date(), Offered(), lasts_until=date(2026, 12, 1))
        shoot_id = add_shoot(session, STAFF, new, now=now)
        about = About(Target.SHOOT, shoot_id, "Sommerfest")
        people = [factories.colleague(session, area, now=now, label=one) for one in ("Alma", "Bo", "Carl")]
        for subject_id, until in zip(people, (last, None, None), strict=True):
            factories.oral(
                session, subject_id, now=now, target=Target.SHOOT, target_ref=shoot_id, lasts_until=until
            )
        dorte = factories.colleague(session, area, now=now, label="Dorte")
        requests.ask(session, SYSTEM, NewRequest(dorte, about), now=now)
    sign_in("coordinator", area)
    shown = _words(client, shoot_id)
    assert {name: word for name, word in shown.items() if name != "Dorte"} == dict.fromkeys(
        ("Alma", "Bo", "Carl"), "ja"
    )
    assert shown["Dorte"].startswith("venter på svar")
    now = at("2026-10-21 10:00")
    with database.transaction() as session:
        withdrawing.withdraw_own(session, SYSTEM, people[1], shoot_id, None, now=now)
    sign_in("coordinator", area)
    shown = _words(client, shoot_id)
    assert (shown["Alma"], shown["Bo"], shown["Carl"]) == ("udløbet", "trukket tilbage", "ja")


def _words(client: InspectingClient, shoot_id: str) -> dict[str, str]:
    found = {}
    for row in client.page(f"/consent/shoots/{shoot_id}").with_class("spread"):
        status = next(one for one in row.iter("span") if "status" in (one.get("class") or "").split())
        found[text_of(next(row.iter("a")))] = text_of(status)
    return found
