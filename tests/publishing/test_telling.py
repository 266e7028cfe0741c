"""Every event reaches somebody: one mail each, none twice, and none with a name or a caption."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlmodel import Session, select

from branding.accounts import service as accounts
from branding.core.actor import Role
from branding.outbox.models import OutboxMessage
from branding.publishing import letters
from branding.publishing.rules.telling import TOLD
from branding.publishing.service import telling
from branding.publishing.service.alerts import end_alerts, raise_alert
from branding.publishing.service.hand import find_package, hand_over
from branding.publishing.values.alerts import Event
from branding.publishing.values.letters import Item, Letter
from tests.drafts import factories as drafts
from tests.house.sources import PACKAGE, TEMPLATES
from tests.publishing import factories as f
from tests.publishing.test_plan_pages import due

At = Callable[[str], datetime]
MAILS = TEMPLATES / "publishing" / "mail"


def test_every_event_has_one_mail_and_a_reader() -> None:
    assert {path.stem for path in MAILS.glob("*.txt")} == {event.value for event in Event}
    assert set(TOLD) == set(Event) and all(TOLD.values())


@pytest.mark.parametrize("event", list(Event))
def test_every_event_is_raised_somewhere_and_tested(event: Event) -> None:
    code = "".join(path.read_text("utf-8") for path in (PACKAGE / "publishing" / "service").glob("*.py"))
    here = Path(__file__)
    tests = "".join(path.read_text("utf-8") for path in here.parent.rglob("test_*.py") if path != here)
    named = re.compile(rf"Event\.{event.name}\b")
    assert named.search(code), f"{event} has nobody who raises it"
    assert named.search(tests) or f'"{event.value}"' in tests, f"{event} has no test"


@pytest.mark.parametrize("event", list(Event))
def test_a_mail_says_what_to_do_in_danish_for_one_and_for_several(app: Flask, event: Event) -> None:
    one = Item("/publishing/x", "SOH", "mitsocial", due("2026-11-02 10:00"), None, 7)
    with app.app_context():
        single = letters.alert(Letter(event, "Anna Prøve", "a@example.dk", "da", (one,)))
        several = letters.alert(Letter(event, "Anna Prøve", "a@example.dk", "da", (one, one), is_host=True))
    assert single.subject and single.subject != several.subject
    assert "Hej Anna" in single.text and "http://127.0.0.1:8000/publishing/x" in single.text
    assert several.text.count("/publishing/x") == 2
    assert "\n\n\n" not in single.text + several.text


@pytest.fixture
def staff(session: Session, on: f.Stage, now: datetime) -> None:
    for name, role, area in (
        ("karen", Role.COMMUNICATIONS, None),
        ("klaus", Role.COORDINATOR, on.world.area),
        ("else", Role.COORDINATOR, on.world.other_area),
        ("adam", Role.ADMIN, None),
        ("dorte", Role.DPO, None),
    ):
        accounts.add_user(session, name.title(), f"{name}@example.dk", {(role, area)}, now=now)


def told(session: Session, now: datetime) -> dict[str, str]:
    """Subjects by address, of what is planned now."""
    session.commit()
    telling.tell(session, letters.alert, now=now)
    return {
        row.to_address: row.subject
        for row in session.exec(select(OutboxMessage))
        if row.dedupe_key.startswith("alert:")
    }


def test_each_event_goes_to_those_whom_it_is_for(
    session: Session, app: Flask, on: f.Stage, now: datetime, staff: None
) -> None:
    row = f.planned(session, on, now, due("2026-11-02 10:00"))
    raise_alert(session, Event.FAILED, "1", about=row, code="190/463", now=now)
    with app.app_context():
        found = told(session, now)
    assert set(found) == {"karen@example.dk", "klaus@example.dk"}
    assert not any(drafts.CAPTION[:12] in subject for subject in found.values())


def test_the_host_hears_that_the_post_is_out_and_admins_of_the_connection(
    session: Session, app: Flask, on: f.Stage, now: datetime, staff: None
) -> None:
    row = f.planned(session, on, now, due("2026-11-02 10:00"))
    raise_alert(session, Event.PUBLISHED, "1", about=row, now=now)
    raise_alert(session, Event.TOKEN_SOON, "1", profile_id=on.world.profile, code="days_7", now=now)
    raise_alert(session, Event.INCIDENT, "1", about=row, reference="incident:abc", now=now)
    with app.app_context():
        told(session, now)
        rows = [one for one in session.exec(select(OutboxMessage)) if one.dedupe_key.startswith("alert:")]
    assert any("Dit opslag er ude" in one.subject and "/my-week" in one.body for one in rows)
    assert any("adam" in one.to_address and "om 7 dage" in one.body for one in rows)
    assert any("dorte" in one.to_address and "/publishing/incidents/abc" in one.body for one in rows)


def test_several_of_a_kind_are_one_mail_and_nothing_is_told_twice(
    session: Session, app: Flask, on: f.Stage, now: datetime, staff: None
) -> None:
    for number in range(3):
        row = f.planned(session, on, now, due(f"2026-11-02 1{number}:00"))
        raise_alert(session, Event.MISSED, str(number), about=row, now=now)
    raise_alert(session, Event.PAUSED, "ended", now=now)
    end_alerts(session, Event.PAUSED, now=now)
    with app.app_context():
        found = told(session, now)
        assert found["karen@example.dk"].startswith("3 opslag") and len(found) == 2
        assert not telling.anything_to_tell(session, now=now)


def test_a_unit_without_a_coordinator_is_looked_after_by_communications(
    session: Session, app: Flask, on: f.Stage, now: datetime
) -> None:
    accounts.add_user(session, "Karen", "karen@example.dk", {(Role.COMMUNICATIONS, None)}, now=now)
    row = f.planned(session, on, now, due("2026-11-02 10:00"))
    raise_alert(session, Event.COLLEAGUE_LEFT, "1", about=row, now=now)
    with app.app_context():
        assert list(told(session, now)) == ["karen@example.dk"]


def test_each_reminder_to_post_by_hand_has_a_new_link(
    session: Session, app: Flask, on: f.Stage, now: datetime, at: At
) -> None:
    row = f.planned(session, on, now, due("2026-11-02 10:00"))
    row.state, row.planned_by = "claimed", row.author
    hand_over(session, row, now=now)
    with app.app_context():
        told(session, now)
    mail = next(one for one in session.exec(select(OutboxMessage)) if "/hand/" in one.body)
    token = re.search(r"/hand/([\w-]+)", mail.body)
    assert token and find_package(session, token[1]) is not None


def test_all_who_are_sent_the_same_package_have_a_link_that_opens(
    session: Session, app: Flask, on: f.Stage, now: datetime
) -> None:
    """The holder has left: communications is asked instead, and each of them can do it."""
    for name in ("karen", "kim"):
        accounts.add_user(session, name.title(), f"{name}@example.dk", {(Role.COMMUNICATIONS, None)}, now=now)
    row = f.planned(session, on, now, due("2026-11-02 10:00"))
    row.state, row.planned_by = "claimed", "user:999"
    hand_over(session, row, now=now)
    with app.app_context():
        assert set(told(session, now)) == {"karen@example.dk", "kim@example.dk"}
    bodies = [one.body for one in session.exec(select(OutboxMessage)) if "/hand/" in one.body]
    tokens = {found[1] for body in bodies if (found := re.search(r"/hand/([\w-]+)", body))}
    assert len(bodies) == 2 and len(tokens) == 1
    assert find_package(session, tokens.pop()) is not None


def test_whoever_has_no_address_or_no_account_is_stood_in_for(
    session: Session, app: Flask, on: f.Stage, now: datetime
) -> None:
    accounts.add_user(session, "Adam", "adam@example.dk", {(Role.ADMIN, None)}, now=now)
    row = f.planned(session, on, now, due("2026-11-02 10:00"))
    raise_alert(session, Event.COMMENTS, "1", about=row, reference="answers:user:999", now=now)
    raise_alert(session, Event.PUBLISHED, "1", about=row, now=now)
    row.author = "user:999"
    session.flush()
    with app.app_context():
        assert list(told(session, now)) == ["adam@example.dk"], "nobody is in communications"
    (mail,) = [one for one in session.exec(select(OutboxMessage)) if one.dedupe_key.startswith("alert:")]
    assert "kommentar" in mail.subject.lower()
