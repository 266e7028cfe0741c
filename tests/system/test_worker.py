"""The clock goes on whatever a job does, and changes of the clock neither skip a period nor run it twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlmodel import select

from branding import worker
from branding.app import create_app
from branding.core import clock
from branding.core.db import Database
from branding.core.jobs import Job, JobRun, JobState
from branding.core.settings import Settings
from tests.takeovers import factories

PURGE = worker.Entry("accounts.purge", "branding.accounts.jobs:purge", "Prøve.", cron="30 4 * * *")


@pytest.mark.parametrize("sunday", ["2026-03-29", "2026-10-25", "2027-01-03"])
def test_a_daily_job_has_one_period_a_day_also_when_the_clock_changes(sunday: str) -> None:
    start = datetime.fromisoformat(sunday).replace(tzinfo=UTC) - timedelta(days=1)
    hours = [start + timedelta(hours=n) for n in range(72)]
    found = [worker.latest_period(PURGE, hour) for hour in hours]
    assert found == sorted(found) and all(period <= hour for period, hour in zip(found, hours, strict=True))
    assert len(set(found)) == 4
    assert {f"{clock.local(period):%H:%M}" for period in found} == {"04:30"}


def test_a_job_that_fails_is_written_down_and_may_run_again(
    app: Flask, database: Database, at: Callable[[str], datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    at("2026-11-22 05:00")
    runs: list[datetime] = []

    def fails(job: Job) -> None:
        runs.append(job.now)
        if len(runs) == 1:
            raise ZeroDivisionError("Anna Hemmelig")

    monkeypatch.setattr("branding.accounts.jobs.purge", fails)
    for expected in ("ZeroDivisionError", "", ""):
        worker.run(PURGE, app)
        with database.reader() as session:
            assert session.exec(select(JobState)).one().last_error == expected
    assert len(runs) == 2 and len(set(runs)) == 1  # the same period again, and no third time
    with database.reader() as session:
        assert len(session.exec(select(JobRun)).all()) == 1


def test_a_database_that_is_away_does_not_stop_the_clock(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    away = replace(settings, database_url="postgresql+psycopg://nobody:hemmelig@127.0.0.1:9/x")
    app = create_app(away)
    for entry in worker.timetable():
        worker.run(entry, app)
    assert "hemmelig" not in capsys.readouterr().err


def test_a_week_begins_and_ends_at_midnight_in_denmark(
    app: Flask, database: Database, at: Callable[[str], datetime]
) -> None:
    """23:30 UTC on Sunday is Monday here: the takeover is live, and the one before is over."""
    now = at("2026-10-01 09:00")
    with database.transaction() as session:
        takeover_id = factories.takeover(session, factories.world(session, now), now)
        host_id, _ = factories.invited(session, takeover_id, now)
        factories.accepted(session, host_id, now)
    advance = next(entry for entry in worker.timetable() if entry.name == "takeovers.advance")
    told = []
    for moment in ("2026-11-01 23:59", "2026-11-02 00:00", "2026-11-08 23:59", "2026-11-09 00:00"):
        at(moment)
        worker.run(advance, app)
        with database.reader() as session:
            told.append(str(factories.status(session, takeover_id)))
    assert told == ["accepted", "live", "live", "closed"]
