"""The tick: mails that have not left are taken back with their reason, one faulty letter keeps nobody's from
leaving, and two workers tell nobody twice."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from flask import Flask
from sqlmodel import Session, select

from branding.core import clock
from branding.core.db import Database
from branding.core.isoweek import Week
from branding.core.jobs import Job
from branding.core.settings import Settings
from branding.outbox.values import Mail
from branding.reminders import jobs, letters
from branding.reminders.models import ReminderSent
from branding.reminders.service import reminding
from branding.reminders.values.choosing import Outcome, Reason
from branding.reminders.values.letters import Letter
from branding.rotation import service as rotation
from branding.rotation.values.requests import MoveRequest
from branding.takeovers.service import moves
from tests.reminders.conftest import At
from tests.reminders.factories import mails
from tests.takeovers.factories import COMMUNICATIONS

Tick = Callable[[str], None]


@pytest.fixture
def waiting(seeded: dict[str, int], tick: Tick, sign_in: Callable[..., int], database: Database) -> Database:
    """Four weeks before the slot there is no host; the mail about that has not left: the server is away."""
    sign_in("communications")
    tick("2026-10-05 08:00")
    assert states(database) == [("waiting", "Specialområde Hjerneskade mangler en vært i uge 45")]
    return database


def states(database: Database) -> list[tuple[str, str]]:
    """The mails about hosts; Monday's letters are told apart."""
    return [(one.status, one.subject) for one in mails(database) if "vært" in one.subject]


def log(database: Database) -> list[tuple[str, str]]:
    with database.reader() as session:
        rows = session.exec(select(ReminderSent).order_by(ReminderSent.id))  # type: ignore[arg-type]
        return [(row.outcome, row.reason) for row in rows if row.occasion.startswith("slot:")]


def test_a_mail_that_has_not_left_stays_as_long_as_it_is_so(waiting: Database, tick: Tick) -> None:
    tick("2026-10-05 09:00")
    assert [status for status, _ in states(waiting)] == ["waiting"]


def test_it_is_taken_back_when_the_reason_is_gone(waiting: Database, tick: Tick) -> None:
    with waiting.transaction() as session:
        rotation.remove_slot(session, COMMUNICATIONS, 1, now=clock.now())
    tick("2026-10-05 09:00")
    assert [status for status, _ in states(waiting)] == ["cancelled"]
    assert log(waiting) == [(Outcome.LEFT_OUT, Reason.TAKEN_BACK)]


def test_it_is_told_again_at_its_new_time_when_the_plan_moves(waiting: Database, tick: Tick) -> None:
    with waiting.transaction() as session:
        now, wanted = clock.now(), Week(2026, 48)
        plan = rotation.plan_move(session, COMMUNICATIONS, 1, wanted)
        moves.move_slot(session, COMMUNICATIONS, MoveRequest(1, wanted, plan.stamp), now=now)
    tick("2026-10-05 09:00")
    assert [status for status, _ in states(waiting)] == ["cancelled"]
    tick("2026-10-26 08:00")
    assert [subject.rpartition(" ")[2] for _, subject in states(waiting)] == ["45", "48"]
    assert log(waiting) == [(Outcome.LEFT_OUT, Reason.TAKEN_BACK), (Outcome.SENT, Reason.NONE)]


def test_one_letter_that_cannot_be_written_keeps_nobody_elses_from_leaving(
    seeded: dict[str, int],
    tick: Tick,
    sign_in: Callable[..., int],
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    faulty = f"user:{sign_in('communications')}"
    sign_in("coordinator", 1)
    write = letters.bundle

    def sometimes(session: Session, name: str, letter: Letter) -> Mail:
        if letter.to.ref == faulty:
            raise ValueError("no such word")
        return write(session, name, letter)

    monkeypatch.setattr(letters, "bundle", sometimes)
    tick("2026-10-19 08:00")
    assert len(states(database)) == 1 == log(database).count((Outcome.SENT, Reason.NONE))
    monkeypatch.setattr(letters, "bundle", write)
    tick("2026-10-19 08:15")
    assert len(states(database)) == 2, "and it is told as soon as it can be"


def test_two_workers_at_the_same_moment_tell_nobody_twice_and_neither_fails(
    seeded: dict[str, int],
    app: Flask,
    settings: Settings,
    database: Database,
    sign_in: Callable[..., int],
    at: At,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Both have seen that something is due before either of them writes."""
    sign_in("communications")
    sign_in("coordinator", 1)
    now, look = at("2026-10-19 08:00"), reminding.anything_due
    both, failed = threading.Barrier(2, timeout=20), list[BaseException]()

    def seen(session: Session, *, now: datetime) -> bool:
        found = look(session, now=now)
        both.wait()
        return found

    monkeypatch.setattr(reminding, "anything_due", seen)
    url = database.engine.url.render_as_string(hide_password=False)

    def work() -> None:
        own = Database.of(replace(settings, database_url=url))
        try:
            with app.app_context():
                jobs.remind(Job("reminders.remind", own, settings, now))
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test names it
            failed.append(error)
        finally:
            own.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert not failed and not both.broken
    assert len(states(database)) == 2 == log(database).count((Outcome.SENT, Reason.NONE))
