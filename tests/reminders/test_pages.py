"""Rules as people edit them, looking ahead, the log, one's own choices, and the links in mails."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import event
from sqlmodel import Session, select

from branding.accounts import queries as accounts
from branding.core import clock
from branding.core.actor import Actor, Role
from branding.core.db import Database
from branding.core.errors import RuleBroken
from branding.core.jobs import Job
from branding.core.settings import Settings
from branding.outbox.models import OutboxMessage
from branding.reminders import examples, jobs, letters
from branding.reminders.models import ReminderPassed, ReminderRule, ReminderSent
from branding.reminders.queries.rules import rule_by_id
from branding.reminders.service import editing
from branding.reminders.service.seeding import seed_rules
from branding.reminders.shipped import shipped_rules
from branding.reminders.values.choosing import Outcome
from branding.reminders.values.letters import Letter
from branding.reminders.values.triggers import MEANS, Trigger, Writer
from tests.support.client import InspectingClient
from tests.takeovers import factories as takeovers

At = Callable[[str], datetime]
KAREN = Actor("user", 1, "Karen", "karen@example.dk", frozenset({Role.COMMUNICATIONS}))


@pytest.fixture
def seeded(database: Database, at: At) -> dict[str, int]:
    """A slot of SOH in week 45 of 2026 without a host, and the rules; the ids of the rules by code."""
    now = at("2026-09-01 08:00")
    with database.transaction() as session:
        takeovers.world(session, now)
        seed_rules(session, now=now)
        return {row.code or "": row.id or 0 for row in session.exec(select(ReminderRule))}


@pytest.fixture
def reading(database: Database) -> Iterator[Session]:
    """A session that sees a new state after each ``rollback``."""
    with database.reader() as found:
        yield found


@pytest.fixture
def tick(app: Flask, database: Database, settings: Settings, at: At) -> Callable[[str], None]:
    """The job, twice: the second time does nothing."""

    def run(moment: str) -> None:
        now = at(moment)
        with app.app_context():
            for _ in range(2):
                jobs.remind(Job("reminders.remind", database, settings, now))

    return run


def mails(database: Database) -> list[OutboxMessage]:
    with database.reader() as session:
        found = session.exec(select(OutboxMessage).order_by(OutboxMessage.id))  # type: ignore[arg-type]
        return [one for one in found if one.dedupe_key.startswith("reminder")]


def fields(asked_id: int, reading: Session) -> dict[str, object]:
    rule = rule_by_id(reading, asked_id)
    asked = rule.asked
    return {
        "version": rule.version,
        "trigger": asked.trigger,
        "offset": asked.offset,
        "counted": asked.counted,
        "at": f"{asked.at:%H:%M}",
        "audiences": [one.value for one in asked.audiences],
        "channels": [one.value for one in asked.channels],
        "subject": asked.subject,
        "text": asked.text,
        "stale_hours": asked.stale_hours,
        "is_on": "y",
    }


def test_every_rule_that_is_shipped_can_be_saved_as_it_is(session: Session) -> None:
    for code, asked in shipped_rules().items():
        assert editing.add_rule(session, KAREN, asked, now=clock.now()), code
    assert {asked.trigger for asked in shipped_rules().values()} == set(Trigger)


def test_a_page_shows_every_rule_as_a_sentence(
    seeded: dict[str, int], client: InspectingClient, sign_in: Callable[..., int]
) -> None:
    sign_in("communications")
    text = client.page("/reminders").text("main")
    assert "Fredagen før kl. 09.00 · koordinatoren · mail" in text
    assert "4 uger før første dag kl. 08.00 · koordinatoren · mail" in text


def test_a_rule_is_previewed_saved_undone_and_taken_back_to_the_suggestion(
    seeded: dict[str, int],
    reading: Session,
    client: InspectingClient,
    sign_in: Callable[..., int],
) -> None:
    sign_in("communications")
    rule_id = seeded["no-host"]
    address, data = f"/reminders/rules/{rule_id}", fields(rule_id, reading)
    reading.rollback()
    data |= {"text": "Hej {name}, {unit} mangler en vært: {link}"}
    assert "Høskoven mangler en vært" in client.send(address, {**data, "preview": "1"}).text("main")
    assert rule_by_id(reading, rule_id).asked.text != data["text"], "not before it is saved"
    reading.rollback()
    client.send(address, data)
    reading.expire_all()
    assert rule_by_id(reading, rule_id).is_changed
    reading.rollback()
    client.send(f"{address}/undo")
    reading.expire_all()
    assert not rule_by_id(reading, rule_id).is_changed
    reading.rollback()
    client.send(f"{address}/undo")
    client.send(f"{address}/suggestion")
    reading.expire_all()
    assert rule_by_id(reading, rule_id).asked == shipped_rules()["no-host"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"offset": "3"}, "Vælg fra -84 til -1 dage"),
        ({"text": "Hej {navn}"}, "{navn} findes ikke her"),
        ({"text": "Hej {name"}, "mangler sin makker"),
        ({"at": "08:10"}, "helt kvarter"),
        ({"audiences": []}, "Vælg, hvem der får besked"),
        ({"subject": " "}, "Udfyld feltet"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(
    seeded: dict[str, int],
    reading: Session,
    client: InspectingClient,
    sign_in: Callable[..., int],
    change: dict[str, object],
    told: str,
) -> None:
    sign_in("communications")
    rule_id = seeded["no-host"]
    data = {**fields(rule_id, reading), **change}
    reading.rollback()
    assert told in client.send(f"/reminders/rules/{rule_id}", data, 400).text("main")


def test_the_second_of_two_editors_sees_both_versions(
    seeded: dict[str, int], reading: Session, client: InspectingClient, sign_in: Callable[..., int]
) -> None:
    sign_in("communications")
    rule_id = seeded["guide"]
    data = fields(rule_id, reading)
    reading.rollback()
    client.send(f"/reminders/rules/{rule_id}", {**data, "subject": "Først"})
    page = client.send(f"/reminders/rules/{rule_id}", {**data, "subject": "Sidst"}, 409)
    assert "Først" in page.text("main") and "Sidst" in page.text("main")


def test_a_rule_of_ones_own_comes_and_goes_and_a_shipped_one_is_only_turned_off(
    seeded: dict[str, int],
    database: Database,
    reading: Session,
    client: InspectingClient,
    sign_in: Callable[..., int],
) -> None:
    sign_in("communications")
    data = fields(seeded["no-host"], reading)
    reading.rollback()
    page = client.send("/reminders/rules/new/no_host", {**data, "offset": "-42", "version": "0"})
    assert "6 uger før første dag" in page.text("main")
    own = max(reading.exec(select(ReminderRule.id)).all(), key=lambda one: one or 0)
    reading.rollback()
    assert "6 uger før første" not in client.send(f"/reminders/rules/{own}/remove").text("main")
    assert "6 uger før første" in client.send(f"/reminders/rules/{own}/undo").text("main")
    with pytest.raises(RuleBroken), database.transaction() as session:
        editing.remove_rule(session, KAREN, seeded["guide"], now=clock.now())
    assert "slået fra" in client.send(f"/reminders/rules/{seeded['guide']}/off").text("main")


def test_what_is_due_is_sent_once_with_links_and_stands_in_the_log(
    seeded: dict[str, int],
    tick: Callable[[str], None],
    database: Database,
    client: InspectingClient,
    sign_in: Callable[..., int],
    at: At,
) -> None:
    sign_in("communications")
    assert "mangler en vært" in client.page("/reminders/coming?day=2026-09-28").text("main")
    tick("2026-10-05 08:00")
    tick("2026-10-05 08:05")
    mine = [mail for mail in mails(database) if "fundet en vært" in mail.body]
    assert len(mine) == 1 and "/slots/" in mine[0].body and mine[0].drop_after is not None
    at("2026-09-01 09:00")  # the sign-in ended long ago
    log = client.page("/reminders/sent").text("main")
    assert "Der er ikke fundet en vært" in log and "sendt" in log


def answer_address(database: Database) -> str:
    body = next(mail.body for mail in mails(database) if "fundet en vært" in mail.body)
    found = re.search(r"http://127\.0\.0\.1:8000(/reminders/answer/\S+)", body)
    assert found
    return found[1]


def test_later_comes_back_on_its_morning_and_looking_at_the_link_does_nothing(
    seeded: dict[str, int],
    tick: Callable[[str], None],
    database: Database,
    client: InspectingClient,
    sign_in: Callable[..., int],
) -> None:
    sign_in("communications")
    tick("2026-10-05 08:00")
    address = answer_address(database)
    client.page(address)
    client.send(f"{address}/later", {"later": "in_three_days"})
    tick("2026-10-07 08:00")
    before = len(mails(database))
    tick("2026-10-08 07:30")
    assert len(mails(database)) == before + 1


def test_not_me_tells_communications_and_goes_to_whom_was_named(
    seeded: dict[str, int],
    tick: Callable[[str], None],
    database: Database,
    reading: Session,
    client: InspectingClient,
    sign_in: Callable[..., int],
) -> None:
    first = sign_in("communications")
    sign_in("coordinator", 1)
    tick("2026-10-05 08:00")
    address = answer_address(database)
    page = client.page(address)
    assert "Ikke mig" in page.text("main")
    (sent, *_) = reading.exec(select(ReminderSent).where(ReminderSent.outcome == Outcome.SENT)).all()
    other = next(f"user:{one.id}" for one in accounts.people(reading) if f"user:{one.id}" != sent.recipient)
    reading.rollback()
    client.send(f"{address}/not-me", {"instead": other})
    assert reading.exec(select(ReminderPassed.instead)).one() == other and first
    reading.rollback()
    assert any("er til en anden" in mail.subject for mail in mails(database))
    client.send(f"{address}/not-me", {"instead": "user:999"}, 400)


def test_a_link_that_we_did_not_sign_opens_nothing(client: InspectingClient) -> None:
    assert client.get("/reminders/answer/NDI.abc").status_code == 404


def test_ones_own_choice_holds_and_duties_cannot_be_chosen_away(
    seeded: dict[str, int],
    tick: Callable[[str], None],
    database: Database,
    reading: Session,
    client: InspectingClient,
    sign_in: Callable[..., int],
    at: At,
) -> None:
    sign_in("communications")
    assert f'name="rule-{seeded["takedown-day"]}"' not in client.get("/reminders/mine").text
    client.send("/reminders/mine", {f"rule-{seeded['no-host']}": "off"})
    tick("2026-10-05 08:00")
    assert not [mail for mail in mails(database) if "fundet en vært" in mail.body]
    outcomes = set(reading.exec(select(ReminderSent.outcome)).all())
    assert Outcome.LEFT_OUT in outcomes
    reading.rollback()
    at("2026-09-01 09:00")
    client.send("/reminders/mine/mondays")
    tick("2026-10-26 07:30")
    assert any("Din uge" in mail.subject for mail in mails(database))


def test_readers_may_not_see_rules_and_may_choose_for_themselves(
    client: InspectingClient, sign_in: Callable[..., int]
) -> None:
    sign_in("reader")
    assert client.get("/reminders").status_code == 403
    client.page("/reminders/mine")


def test_nothing_to_look_at_takes_two_small_reads(
    app: Flask, database: Database, settings: Settings, seeded: dict[str, int], tick: Callable[[str], None]
) -> None:
    tick("2026-10-05 08:00")
    asked: list[str] = []

    def note(*arguments: object) -> None:
        asked.append(str(arguments[2]))

    event.listen(database.engine, "before_cursor_execute", note)
    with app.app_context():
        jobs.remind(Job("reminders.remind", database, settings, clock.now()))
    event.remove(database.engine, "before_cursor_execute", note)
    assert len([one for one in asked if one.startswith("SELECT")]) == 1


def test_every_rules_letter_fills_all_its_names(app: Flask, session: Session, at: At) -> None:
    at("2022-10-17 08:00")
    with app.test_request_context():
        for code, asked in shipped_rules().items():
            if MEANS[asked.trigger].writer is Writer.US and asked.trigger is not Trigger.WEEK:
                line = examples.example_of(asked, clock.today())
                mail = letters.bundle(session, "Prøveområdet", Letter(examples.READER, (line,)))
                assert "{" not in mail.subject + mail.text and "  " not in mail.subject, code
                assert mail.text.startswith("Hej Anna"), code


def test_a_subject_with_a_line_break_or_emoji_stays_one_line(session: Session) -> None:
    asked = replace(shipped_rules()["no-host"], subject="👩🏽‍🚒 {unit}\nBcc: x")
    rule_id = editing.add_rule(session, KAREN, asked, now=clock.now())
    assert rule_by_id(session, rule_id).asked.subject.startswith("👩🏽‍🚒")
