"""The scheduler: APScheduler is the clock, the database decides who runs what.

Any number of workers may run: a period of a job belongs to whoever inserts
its ``job_run`` row first, and ticks claim their items row by row.
"""

from __future__ import annotations

import logging
import tomllib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib import import_module

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger
from flask import Flask
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlmodel import Session, col

from branding.core import clock, files, log
from branding.core.db import Database
from branding.core.jobs import Job, JobRun, JobState

#: How often a tick that goes well is written down: a heartbeat, not a diary.
_HEARTBEAT = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timetable: a tick has ``every_seconds``, a period job has ``cron``."""

    name: str
    call: str
    purpose: str
    every_seconds: int | None = None
    cron: str | None = None

    def function(self) -> Callable[[Job], None]:
        module, _, name = self.call.partition(":")
        found: Callable[[Job], None] = getattr(import_module(module), name)
        return found

    def trigger(self) -> CronTrigger | IntervalTrigger:
        if self.every_seconds:
            return IntervalTrigger(seconds=self.every_seconds, timezone=clock.COPENHAGEN)
        return CronTrigger.from_crontab(self.cron, timezone=clock.COPENHAGEN)


def timetable() -> list[Entry]:
    """Every job, as written in ``schedules/jobs.toml``."""
    with (files.shipped("schedules") / "jobs.toml").open("rb") as file:
        return [Entry(**entry) for entry in tomllib.load(file)["job"]]


def start(app: Flask) -> BackgroundScheduler:
    """Start the clock in the background; the caller shuts it down.

    Jobs run inside the application's context, because some of them write mails from templates.
    """
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a tick that is still at work is nothing to say
    scheduler = BackgroundScheduler(
        timezone=clock.COPENHAGEN,
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    for entry in timetable():
        scheduler.add_job(
            partial(run, entry, app),
            entry.trigger(),
            id=entry.name,
            # A worker that was down at a job's time does the work when it comes up again.
            next_run_time=clock.now() + timedelta(seconds=2),
        )
    scheduler.start()
    return scheduler


def run(entry: Entry, app: Flask) -> None:
    """Run one entry now; an error is written down and never stops the clock."""
    now, stafet = clock.now(), app.extensions["stafet"]
    database = stafet.database
    due = now if entry.every_seconds else latest_period(entry, now)
    try:
        if entry.cron and not _take(database, entry.name, due, now):
            return
        with app.app_context():
            entry.function()(Job(entry.name, database, stafet.settings, due))
        _note(database, entry.name, now)
    except Exception as error:  # noqa: BLE001 - whatever a job does, the clock goes on
        log.failure("worker.job_failed", error, job=entry.name)
        with suppress(SQLAlchemyError):  # the database may be what is away
            _give_back(entry, database, due)
            _note(database, entry.name, now, error=type(error).__name__)


def latest_period(entry: Entry, now: datetime) -> datetime:
    """The latest moment up to now at which a cron job was due, in UTC."""
    trigger = entry.trigger()
    reach = timedelta(hours=1)
    while reach < timedelta(days=800):
        moment, latest = (now - reach).astimezone(clock.COPENHAGEN), None
        while (moment := trigger.get_next_fire_time(None, moment)) and moment <= now:
            latest, moment = moment, moment + timedelta(seconds=1)
        if latest is not None:
            found: datetime = latest.astimezone(UTC)
            return found
        reach *= 8
    raise ValueError(f"{entry.name} is never due")


def _take(database: Database, name: str, due: datetime, now: datetime) -> bool:
    """Whether this process is the one to run this period."""
    try:
        with database.transaction() as session:
            session.add(JobRun(name=name, scheduled_for=due, started_at=now))
    except IntegrityError:
        return False
    return True


def _give_back(entry: Entry, database: Database, due: datetime) -> None:
    """A period that failed may be tried again at the next tick of the clock."""
    if entry.cron is None:
        return
    with database.transaction() as session:
        session.execute(
            delete(JobRun).where(col(JobRun.name) == entry.name, col(JobRun.scheduled_for) == due)
        )


def _note(database: Database, name: str, now: datetime, *, error: str = "") -> None:
    with database.reader() as session:
        state = session.get(JobState, name)
        if (
            not error
            and state
            and state.last_ok_at
            and now - state.last_ok_at < _HEARTBEAT
            and not state.last_error
        ):
            return
    with database.transaction() as session:
        _write(session, name, now, error)


def _write(session: Session, name: str, now: datetime, error: str) -> None:
    state = session.get(JobState, name) or JobState(name=name)
    state.last_error = error
    if error:
        state.last_failed_at = now
    else:
        state.last_ok_at = now
    session.add(state)
