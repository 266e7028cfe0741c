"""A small organisation with Stafet's rules, and the job that looks at them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from flask import Flask
from sqlmodel import Session, select

from branding.core.db import Database
from branding.core.jobs import Job
from branding.core.settings import Settings
from branding.reminders import jobs
from branding.reminders.models import ReminderRule
from branding.reminders.service.seeding import seed_rules
from tests.takeovers import factories as takeovers

At = Callable[[str], datetime]


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
