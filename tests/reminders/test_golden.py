"""Weeks 28 to 51 of 2022, walked day by day over the example: the list of reminders is exactly right.

``golden_2022.csv`` was read line by line against the rules and the two tables of 2022.  In it a week moves,
another is called off, the summer and the autumn holiday go by, and a post waits for approval over the night
of 30 October, on which the clock changes: 72 hours after Friday at 15 it is Monday at 14.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlmodel import select

from branding import demo
from branding.core.db import Database
from branding.outbox.models import OutboxMessage
from branding.reminders.models import ReminderSent
from tests.reminders.walking import FIRST, Walk, events_of_2022, every_day, karen_of
from tests.support.snapshot import once

GOLDEN = Path(__file__).parent / "golden_2022.csv"
HEADING = "when;rule;who;about;for;outcome"


@pytest.fixture
def walk(app: Flask, database: Database, at: Callable[[str], datetime]) -> Walk:
    """The example of that summer, all of it."""
    now = at(f"{FIRST} 00:05")
    with app.app_context(), database.transaction() as session:
        once(session, ("demo", now), lambda: demo.load(session, now))
        karen = karen_of(session)
    return Walk(app, database, karen)


def test_the_reminders_of_the_autumn_of_2022_are_exactly_those_of_the_list(walk: Walk) -> None:
    events = events_of_2022(walk.karen)
    for day in every_day():
        walk.on(day, events, late=False)
    rows = walk.rows()
    assert walk.look() == 0 and walk.rows() == rows, "run twice, it sends nothing twice"
    expected = GOLDEN.read_text("utf-8").splitlines()
    assert [HEADING, *rows] == expected


def test_a_worker_that_is_late_each_day_sends_nothing_twice_and_drops_what_helps_nobody(walk: Walk) -> None:
    for day in every_day()[:21]:
        walk.on(day, {}, late=True)
        assert walk.look() == 0
    with walk.database.reader() as session:
        keys = [row.key for row in session.exec(select(ReminderSent))]
        mails = [row.dedupe_key for row in session.exec(select(OutboxMessage))]
    assert len(keys) == len(set(keys)) and len(mails) == len(set(mails))


def test_a_worker_that_stood_still_for_three_weeks_floods_nobody(walk: Walk) -> None:
    walk.on(date(2022, 8, 15), {}, late=True)
    sent = [row for row in walk.rows() if row.endswith(";sent")]
    with walk.database.reader() as session:
        mails = [row for row in session.exec(select(OutboxMessage)) if row.dedupe_key.startswith("reminder")]
    assert len(mails) <= 8, "one to each person, and Monday's letters"
    assert not [row for row in sent if ";first-post" in row or ";no-post" in row]
