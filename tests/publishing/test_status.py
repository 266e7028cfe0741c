"""Whether everything runs: heartbeat, overdue posts, jobs in words, and figures for monitoring."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlmodel import Session, select

from branding.core.db import Database
from branding.core.jobs import JobState
from branding.core.settings import Settings
from branding.publishing.models import Alert
from branding.publishing.queries.status import timetable
from branding.publishing.service.watching import watch
from branding.publishing.values.alerts import Event
from branding.publishing.values.purposes import PURPOSES
from tests.publishing import factories as f
from tests.publishing.test_plan_pages import due
from tests.support.client import InspectingClient

At = Callable[[str], datetime]


def test_every_job_is_said_in_words_that_are_translated() -> None:
    assert {str(entry["purpose"]) for entry in timetable()} == {text.msgid for text in PURPOSES}


def beat(database: Database, now: datetime) -> None:
    with database.transaction() as session:
        for entry in timetable():
            session.add(JobState(name=str(entry["name"]), last_ok_at=now))


def test_a_worker_that_says_nothing_is_red(
    client: InspectingClient, sign_in: Callable[..., int], database: Database, at: At
) -> None:
    now = at("2026-11-02 09:00")
    beat(database, now - timedelta(minutes=1))
    sign_in("admin")
    assert "Alt kører" in client.page("/publishing/status").text("main")
    at("2026-11-02 09:10")
    text = client.page("/publishing/status").text("main")
    assert "Intet bliver sendt lige nu" in text and "står stille" in text
    sign_in("reader")
    assert client.get("/publishing/status").status_code == 403


def test_monitoring_reads_figures_without_signing_in(
    session: Session, client: InspectingClient, on: f.Stage, now: datetime, database: Database, at: At
) -> None:
    f.connect(session, on)
    f.planned(session, on, now, due("2026-11-02 10:00"))
    session.commit()
    beat(database, now)
    at("2026-11-02 10:06")
    told = client.get("/health").get_json()["publishing"]
    assert (
        told["overdue"] == 1
        and told["is_alive"] is False
        and told["oldest_due_at"].startswith("2026-11-02T09:00")
    )


def test_what_goes_nowhere_is_said_once_and_ends_when_it_moves(
    session: Session, on: f.Stage, now: datetime, database: Database, settings: Settings, at: At,
    client: InspectingClient, sign_in: Callable[..., int],
) -> None:  # fmt: skip
    f.connect(session, on)
    row = f.planned(session, on, now, due("2026-11-02 10:00"))
    session.commit()
    assert watch(database, now=at("2026-11-02 10:04")) == 0
    assert (
        watch(database, now=at("2026-11-02 10:06")) == 1 and watch(database, now=at("2026-11-02 10:07")) == 1
    )
    sign_in("communications")
    assert "forsinket" in client.page("/publishing").text("main")
    assert "1 opslag er forsinket" in client.page("/").text("main")
    f.tick(database, settings)
    assert watch(database, now=at("2026-11-02 10:08")) == 0
    with database.reader() as read:
        (alert,) = read.exec(select(Alert).where(Alert.event == Event.OVERDUE)).all()
        assert alert.ended_at is not None and alert.publication_id == row.id
