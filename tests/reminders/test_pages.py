"""Rules as people edit them, looking ahead, the log, and one's own choices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import event
from sqlmodel import Session, select

from branding.core import clock
from branding.core.actor import Actor, Role
from branding.core.db import Database
from branding.core.errors import RuleBroken
from branding.core.jobs import Job
from branding.core.settings import Settings
from branding.reminders import examples, jobs, letters
from branding.reminders.models import ReminderRule, ReminderSent
from branding.reminders.queries.log import names_of
from branding.reminders.queries.rules import rule_by_id
from branding.reminders.service import editing
from branding.reminders.shipped import shipped_rules
from branding.reminders.values.choosing import Outcome
from branding.reminders.values.letters import Letter
from branding.reminders.values.triggers import MEANS, Trigger, Writer
from tests.reminders.factories import mails
from tests.support.client import InspectingClient
from tests.takeovers import factories as takeovers

At = Callable[[str], datetime]
KAREN = Actor("user", 1, "Karen", "karen@example.dk", frozenset({Role.COMMUNICATIONS}))


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
        ({"offset": "3"}, "Fra 1 til 84 dage før"),
        ({"text": "Hej {navn}"}, "{navn} findes ikke her"),
        ({"text": "Hej {name"}, "mangler sin makker"),
        ({"at": "08:10"}, "helt kvarter"),
        ({"audiences": []}, "Vælg, hvem der får besked"),
        ({"subject": " "}, "Udfyld feltet"),
        ({"offset": "9" * 5000}, "helt tal"),
        ({"text": "x" * 10_000}, "4000"),
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


def test_a_coordinator_sees_what_is_coming_in_the_own_area_and_nobody_elses_hosts(
    seeded: dict[str, int], client: InspectingClient, sign_in: Callable[..., int], session: Session, at: At
) -> None:
    now = at("2026-10-20 09:00")
    world = takeovers.World(1, 2, 3, 1, 1, 1)
    takeovers.invited(session, takeovers.takeover(session, world, now), now)
    session.commit()
    sign_in("coordinator", world.area)
    at("2026-10-20 09:01")
    assert "Anna Prøve" in client.page("/reminders/coming").text("main")
    sign_in("coordinator", world.other_area)
    text = client.page("/reminders/coming").text("main")
    assert "Anna Prøve" not in text and "Hjerneskade" not in text
    sign_in("communications")
    assert "Anna Prøve" in client.page("/reminders/coming").text("main")


def test_who_gets_no_mondays_letter_cannot_keep_anything_for_it(
    seeded: dict[str, int], client: InspectingClient, sign_in: Callable[..., int]
) -> None:
    sign_in("dpo")
    page = client.page("/reminders/mine")
    assert "kun i mandagsbrevet" not in page.text("main") and "vurdering" in page.text("main")
    sign_in("coordinator", 1)
    assert "kun i mandagsbrevet" in client.page("/reminders/mine").text("main")
    told = client.send("/reminders/mine/mondays").text()
    assert "14 slags" in told, "those that reach a coordinator and can wait, and no host's"


def test_a_version_that_is_no_number_is_a_conflict_and_no_error(
    seeded: dict[str, int], reading: Session, client: InspectingClient, sign_in: Callable[..., int]
) -> None:
    sign_in("communications")
    data = fields(seeded["guide"], reading)
    reading.rollback()
    for version in ("9" * 5000, "²", "-1", ""):
        client.send(f"/reminders/rules/{seeded['guide']}", {**data, "version": version}, 409)


def test_the_log_names_everybody_in_a_fixed_number_of_queries(session: Session, at: At) -> None:
    now = at("2026-10-05 08:00")
    world = takeovers.world(session, now)
    takeover_id = takeovers.takeover(session, world, now)
    hosts = [takeovers.invited(session, takeover_id, now, email=f"{name}@example.dk")[0] for name in "abc"]
    refs = [*(f"host:{host_id}" for host_id in hosts), "host:999", f"leader:{world.area}"]
    asked: list[str] = []
    event.listen(session.connection(), "before_cursor_execute", lambda *told: asked.append(told[2]))
    names = names_of(session, refs)
    assert [names[ref] for ref in refs[:3]] == ["Anna Prøve"] * 3 and "host:999" not in names
    assert len([one for one in asked if one.startswith("SELECT")]) == 2, asked


def test_before_and_after_are_chosen_and_nobody_writes_a_minus(
    seeded: dict[str, int], reading: Session, client: InspectingClient, sign_in: Callable[..., int]
) -> None:
    sign_in("communications")
    rule_id = seeded["no-host"]
    data = fields(rule_id, reading)
    reading.rollback()
    shown = client.page(f"/reminders/rules/{rule_id}").source
    assert 'value="-' not in shown and "Fra 1 til 84 dage før" in shown
    client.send(f"/reminders/rules/{rule_id}", {**data, "offset": "21", "side": "before"})
    reading.expire_all()
    assert rule_by_id(reading, rule_id).asked.offset == -21


def test_what_is_late_stands_under_its_own_heading_and_not_on_a_day_that_is_over(
    seeded: dict[str, int], client: InspectingClient, sign_in: Callable[..., int], session: Session, at: At
) -> None:
    now = at("2026-10-20 09:00")
    world = takeovers.World(1, 2, 3, 1, 1, 1)
    takeovers.invited(session, takeovers.takeover(session, world, now), now)
    session.commit()
    at("2026-10-24 10:00")
    sign_in("communications")
    text = client.page("/reminders/coming").text("main")
    assert "Sendes snarest" in text and "fredag den 23. oktober" not in text
