"""The example data, whatever today is: long years, holidays, New Year, and the minutes around midnight."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image
from sqlmodel import Session

from branding import demo
from branding.audit import service as audit
from branding.consent.queries.retention import known_subject_ids
from branding.consent.rules.standing import BEST_FIRST
from branding.consent.service import standings
from branding.core import clock
from branding.core.db import Database
from branding.core.isoweek import Week
from branding.rotation import queries as rotation
from branding.takeovers import queries as takeovers
from branding.takeovers.values import TakeoverStatus, TakeoverView

#: Danish wall-clock times, each with what is odd about it.
MOMENTS = (
    "2026-12-30 09:00",  # week 53
    "2027-01-01 00:00",  # 1 January, still week 53 of 2026
    "2027-01-03 23:59",  # the last minute of week 53, a Sunday
    "2027-01-04 00:00",  # the first of week 1
    "2021-01-01 12:00",  # week 53 of 2020, before any year of the holiday table
    "2025-12-31 23:59",  # in the Christmas holiday, week 1 of the next year
    "2024-12-30 00:01",  # Monday of week 1 of 2025, in the old year
    "2026-10-12 08:00",  # efterårsferie
    "2026-07-06 10:00",  # the first week of the long summer holiday
    "2026-07-30 10:00",  # the last
    "2026-08-09 22:30",  # the Sunday after: the turn before lies six weeks back
    "2026-08-16 23:30",  # a week later still
    "2026-02-11 07:00",  # vinterferie
    "2026-10-25 02:30",  # the hour that comes twice, a Sunday
    "2026-03-29 03:00",  # the hour after the one that is missing, a Sunday
    "2026-11-22 23:59",  # Sunday night: already 22:59 in UTC
    "2026-11-23 00:01",  # Monday, while UTC still has Sunday
    "2026-06-29 00:30",  # the same in summer, two hours apart
    "2022-10-12 09:00",  # inside the year, and the own holiday, of the imported tables
    "2022-04-20 09:00",  # inside the pilot's weeks
    "2028-02-29 12:00",  # a leap day, after the holiday table's years
    "2026-08-31 09:00",  # half a year from here is a day that is missing
)


@pytest.fixture(autouse=True)
def _small_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """The posts of the demo with pictures that cost nothing: what today is changes none of them."""
    small = BytesIO()
    Image.new("RGB", (400, 500), "white").save(small, "JPEG")
    monkeypatch.setattr("branding.demo.posts.picture", lambda name: small.getvalue() + name.encode())


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_demo_is_whole_whatever_day_it_is(
    app: Flask, database: Database, at: Callable[[str], datetime], moment: str
) -> None:
    now = at(moment)
    with app.app_context():
        assert demo.load_if_empty(database)
    with database.reader() as session:
        assert audit.verify(session).holds
        around = timedelta(weeks=60)
        found = takeovers.takeovers_between(session, clock.today() - around, clock.today() + around)
        _check_takeovers(session, found)
        _check_stories(session, found)
        _check_imported_tables(session)
        _check_board(session, now)


def _check_takeovers(session: Session, found: list[TakeoverView]) -> None:
    """One is closed, one live, one invited and one without a host."""
    this = Week.of(clock.today())
    assert [takeover.status for takeover in found] == [
        TakeoverStatus.CLOSED,
        TakeoverStatus.LIVE,
        TakeoverStatus.INVITED,
        TakeoverStatus.PLANNED,
    ]
    closed, live, invited, without = found
    assert closed.ends_on < this.monday
    assert (live.starts_on, live.ends_on) == (this.monday, this.sunday)
    assert this.sunday < invited.starts_on < without.starts_on and not without.hosts
    assert takeovers.find_host_actor(session, demo.HOST_TOKEN, clock.today()) is not None


def _check_stories(session: Session, found: list[TakeoverView]) -> None:
    """Each step comes after the one before, and a host is invited before the first day."""
    for takeover in found:
        events = takeovers.events_of(session, takeover.id)
        moments = [event.at for event in events]
        assert moments == sorted(moments) and moments[-1] <= clock.now()
        for event in events:
            if event.status_after in (TakeoverStatus.INVITED, TakeoverStatus.ACCEPTED):
                assert clock.local(event.at).date() < takeover.starts_on


def _check_imported_tables(session: Session) -> None:
    """The roll-out's own holiday in weeks 41 and 42 belongs to that plan, also when today lies in it."""
    imported = next(plan for plan in rotation.plans(session) if plan.name == "Alle specialområder 2022")
    weeks = [slot.block.label for slot in rotation.slots_of_plan(session, imported.id)]
    own = [h.week for h in rotation.holiday_weeks_of(session, imported.id) if h.plan_id == imported.id]
    assert weeks == ["33-34", "35-36", "37-38", "39-40", "43-44", "45-46", "47-48", "49-50"]
    assert own == [Week(2022, 41), Week(2022, 42)]


def _check_board(session: Session, now: datetime) -> None:
    """Every word is there.  Half a year is not as long from August as from February: one still ends soon."""
    found = standings.standings(session, known_subject_ids(session), now=now).values()
    assert {one.state for one in found} == set(BEST_FIRST)
    assert {one.allowed for one in found} == {True, False}
