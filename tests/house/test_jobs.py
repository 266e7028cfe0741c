"""The timetable and the functions it names."""

from __future__ import annotations

from datetime import UTC, datetime

from apscheduler.triggers.cron import CronTrigger
from flask import Flask
from sqlmodel import select

from branding import worker
from branding.core import clock
from branding.core.db import Database
from branding.core.jobs import JobRun
from tests.house import sources
from tests.house.sources import PACKAGE


def test_every_line_of_the_timetable_calls_a_function_and_says_why() -> None:
    for entry in worker.timetable():
        assert callable(entry.function()), entry.call
        assert entry.purpose.endswith("."), entry.name
        assert bool(entry.every_seconds) != bool(entry.cron), entry.name


def test_every_public_job_function_is_in_the_timetable() -> None:
    called = {entry.call for entry in worker.timetable()}
    for path in PACKAGE.glob("*/jobs.py"):
        if path.parent.name == "core":
            continue
        for node in sources.tree(path).body:
            name = getattr(node, "name", "_")
            if not name.startswith("_"):
                assert f"branding.{path.parent.name}.jobs:{name}" in called, f"{path}: {name}"


def test_nothing_is_scheduled_in_the_hours_that_the_clock_change_skips_or_repeats() -> None:
    for entry in worker.timetable():
        trigger = entry.trigger()
        if isinstance(trigger, CronTrigger):
            hours = str(next(field for field in trigger.fields if field.name == "hour"))
            assert hours not in ("*", "2", "3"), entry.name


def test_every_job_runs_on_an_empty_database_and_once_a_period(app: Flask, database: Database) -> None:
    for entry in worker.timetable():
        worker.run(entry, app)
        worker.run(entry, app)
    with database.reader() as session:
        runs = [row.name for row in session.exec(select(JobRun))]
    assert sorted(runs) == sorted(entry.name for entry in worker.timetable() if entry.cron)


def test_the_latest_period_of_a_monthly_job_is_found() -> None:
    entry = worker.Entry("x", "a:b", "", cron="15 4 1 * *")
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    found = worker.latest_period(entry, now)
    assert clock.local(found).isoformat() == "2026-11-01T04:15:00+01:00"
