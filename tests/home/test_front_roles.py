"""The front page for each role: what one does something about, in few queries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import event, update
from sqlmodel import Session, col

from branding import demo
from branding.accounts import queries as accounts
from branding.accounts import service as accounts_service
from branding.core.actor import Role
from branding.core.db import Database
from branding.home.rules.oversight import rights_waiting
from branding.home.rules.roles import parts_of
from branding.home.values import Part
from branding.plan.queries import gaps
from branding.rotation.models import Plan
from branding.takeovers.models import Host
from branding.takeovers.values import TakeoverStatus
from tests.home import rows
from tests.plan import factories as plan
from tests.support.client import InspectingClient
from tests.support.snapshot import once

At = Callable[[str], datetime]
SignIn = Callable[..., int]
CARDS = {
    "Indholdsplan",
    "Plan mod mål",
    "Jeres uger",
    "Denne uge på alle kanaler",
    "Den nyeste rapport",
    "Databeskyttelse",
}


@pytest.fixture
def spring(session: Session, at: At) -> plan.World:
    """A turn of the area this week, a weekly format with open slots, and an activity that is late."""
    at("2026-03-09 09:00")
    on = plan.world(session, datetime(2026, 1, 1, tzinfo=UTC))
    plan.weekly(session, on, "2026-03-02")
    plan.activity(session, on, "2026-03-03")
    rotation = rows.add_plan(session, rows.add_profile(session))
    slot = rows.add_slot(session, rotation, on.area, 2026, 11)
    rows.add_takeover(session, slot, date(2026, 3, 9), date(2026, 3, 15))
    session.commit()
    return on


@pytest.mark.parametrize(
    ("role", "cards"),
    [
        ("communications", {"Indholdsplan", "Plan mod mål"}),
        ("coordinator", {"Indholdsplan", "Jeres uger"}),
        ("reader", {"Denne uge på alle kanaler", "Plan mod mål", "Den nyeste rapport"}),
        ("dpo", {"Databeskyttelse"}),
        ("admin", set()),
    ],
)
def test_each_role_has_its_own_cards(
    client: InspectingClient, sign_in: SignIn, spring: plan.World, role: str, cards: set[str]
) -> None:
    sign_in(role, spring.area if role == "coordinator" else None)
    found = {"".join(one.itertext()).strip() for one in client.page("/").all("h2")}
    assert found & CARDS == cards


def test_communications_sees_what_is_late_and_fills_the_nearest_slot(
    client: InspectingClient, sign_in: SignIn, spring: plan.World, session: Session
) -> None:
    sign_in("communications")
    page = client.page("/")
    assert "1 aktivitet er forsinket" in page.text("main")
    assert "åbne pladser i de næste seks uger" in page.text("main")
    first = gaps(session, date(2026, 3, 9))[0]
    session.rollback()
    (fill, *_) = [
        one.get("href") or "" for one in page.all("a") if "/activities/new" in (one.get("href") or "")
    ]
    assert f"on={first.on.isoformat()}" in fill and client.get(fill).status_code == 200


def test_what_comes_back_is_counted_and_a_thing_that_is_done_is_late_no_more(
    client: InspectingClient, sign_in: SignIn, spring: plan.World
) -> None:
    sign_in("communications")
    text = client.page("/").text("main")
    assert "1 aktivitet er forsinket" in text and "den seneste gang" in text and "0 af 1" in text
    late = next(
        one.get("href") or ""
        for one in client.page("/").all("a")
        if "/activities/1" in (one.get("href") or "")
    )
    assert client.post(f"{late}/done", data={"seen_at": ""}).status_code == 303
    assert "forsinket" not in client.page("/").text("main")


@pytest.mark.parametrize("role", ["communications", "coordinator", "reader", "dpo", "admin"])
def test_no_role_needs_more_than_twelve_queries_the_first_time_too(
    app: Flask, client: InspectingClient, database: Database, at: At, role: str
) -> None:
    """On the example, where there are posts today, consents to fix, gaps and alarms."""
    now = at("2022-10-31 09:00")
    with app.app_context(), database.transaction() as session:
        once(session, ("demo", now), lambda: demo.load(session, now))
        person = next(one for one in demo.PEOPLE if one.role == role)
        user = accounts.find_user_by_email(session, person.email)
        assert user is not None
        token = accounts_service.open_session(session, user.id or 0, device="Prøve", now=now)
    with client.session_transaction() as cookie:
        cookie["sign_in"] = token
    said: list[str] = []
    event.listen(database.engine, "before_cursor_execute", listener := lambda *a: said.append(a[2]))
    client.get("/")
    event.remove(database.engine, "before_cursor_execute", listener)
    asked = [one for one in said if not one.startswith(("BEGIN", "PRAGMA", "SET"))]
    assert len(asked) <= 12, asked


def test_a_new_organisation_is_told_what_comes_first(
    client: InspectingClient, sign_in: SignIn, at: At
) -> None:
    at("2026-03-09 09:00")
    sign_in("communications")
    steps = client.page("/").text("main")
    for words in (
        "De første skridt",
        "Enheder, der har tur",
        "En profil at låne ud",
        "Påmindelser, så ingen",
    ):
        assert words in steps
    sign_in("reader")
    assert "De første skridt" not in client.page("/").text("main")


def test_roles_share_their_parts_and_watchers_have_none() -> None:
    both = parts_of({Role.COORDINATOR, Role.READER})
    assert both == {Part.TODAY, Part.MINE, Part.GAPS, Part.WEEK, Part.GOALS, Part.REPORT}
    assert parts_of({Role.DPO, Role.ADMIN}) == {Part.OVERSIGHT} and not parts_of({Role.ADMIN})


def test_a_right_that_is_late_is_said_before_those_that_are_not() -> None:
    assert not rights_waiting(0, 0)
    late, open_ = rights_waiting(3, 1)
    assert str(late.text).startswith("1 person waits") and str(open_.text).startswith("2 people have asked")
    assert [str(one.text)[:1] for one in rights_waiting(2, 2)] == ["2"]


def test_a_leaders_no_is_told_however_far_ahead_and_a_plans_own_holiday_without_a_turn(
    client: InspectingClient, sign_in: SignIn, spring: plan.World, session: Session
) -> None:
    """Takeovers beyond the next weeks are not read, so they are asked about for themselves."""
    other = rows.add_plan(session, 1, "Pilot")
    rows.add_holiday(session, 2026, 13, "personaledag", other)
    slot = rows.add_slot(session, 1, spring.area, 2026, 40)
    takeover = rows.add_takeover(
        session, slot, date(2026, 9, 28), date(2026, 10, 4), TakeoverStatus.HOST_FOUND, "Mette Prøve"
    )
    session.execute(update(Host).where(col(Host.takeover_id) == takeover).values(leader_answer="no"))
    session.commit()
    sign_in("communications")
    text = client.page("/").text("main")
    assert "Lederen siger nej til Mette Prøve" in text and "Personaledag" in text
    session.execute(update(Plan).where(col(Plan.id) == other).values(status="archived"))
    session.commit()
    assert "Personaledag" not in client.page("/").text("main")
