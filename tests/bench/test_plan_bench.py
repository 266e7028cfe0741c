"""A year of a thousand activities: the plan's queries, size and time, with room for a slow machine."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from statistics import median

import pytest
from flask.testing import FlaskClient
from sqlalchemy import insert
from sqlmodel import Session

from branding.core.isoweek import Week
from branding.plan.models import Activity
from tests.home import rows as home
from tests.plan import factories as f
from tests.support.client import InspectingClient

pytestmark = pytest.mark.bench

ACTIVITIES, POSTS, ROUNDS = 1000, 700, 7
MOST_QUERIES, PAGE_MS = 12, 80


@pytest.fixture
def plain(
    client: InspectingClient, sign_in: Callable[..., int], at: Callable[[str], datetime]
) -> FlaskClient:
    """A browser whose pages are not inspected: that is not what is timed."""
    at("2026-06-15 09:00")
    sign_in("communications")
    client.application.test_client_class = None
    found = client.application.test_client()
    with client.session_transaction() as mine, found.session_transaction() as theirs:
        theirs.update(mine)
    return found


def plant(session: Session) -> None:
    """A year of activities on two channels, a weekly format, and its slots mostly filled."""
    on = f.world(session, datetime(2026, 1, 1, tzinfo=UTC))
    weekly = f.weekly(session, on, "2026-01-05")
    tuesday, now = date(2026, 1, 6), datetime(2026, 1, 1, tzinfo=UTC)
    rows = []
    for number in range(ACTIVITIES):
        day = date(2026, 1, 1) + timedelta(days=number * 364 // ACTIVITIES)
        slot = tuesday + timedelta(weeks=number) if number < 40 else None
        rows.append({
            "title": f"Aktivitet {number}", "channel_id": (on.linkedin, on.press)[number % 2],
            "kind": "post",
            "starts_on": day, "ends_on": day + timedelta(days=number % 10 == 0), "unit_id": on.area,
            "audience": "Ledere", "goal": "Kendskab", "responsible_name": "Mette Prøve", "link": "",
            "note": "",
            "status": "done" if number % 3 else "planned", "status_before": "", "batch": "", "version": 1,
            "format_id": weekly if slot else None, "slot_on": slot, "made_at": now, "changed_at": now,
        })  # fmt: skip
    session.execute(insert(Activity), rows)
    _layers(session, on.area)
    session.commit()


def _layers(session: Session, area: int) -> None:
    """A takeover each week with its host, and two posts a day."""
    profile = home.add_profile(session)
    plan = home.add_plan(session, profile)
    for number in range(1, 53):
        slot, week = home.add_slot(session, plan, area, 2026, number), Week(2026, number)
        home.add_takeover(session, slot, week.monday, week.sunday, host="Vært Prøve")
    for number in range(POSTS):
        due_at = datetime(2026, 1, 1, 8, tzinfo=UTC) + number * timedelta(hours=12)
        f.post(session, area, profile, due_at, "En helt almindelig formiddag på arbejdet")


def test_a_year_of_a_thousand_activities(
    session: Session, plain: FlaskClient, queries: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    plant(session)
    for view in ("month", "board", "list"):
        times, count, size = [], 0, 0
        for _ in range(ROUNDS):
            queries.clear()
            started = time.perf_counter()
            answer = plain.get(f"/content-plan?view={view}&year=2026&month=6")
            times.append((time.perf_counter() - started) * 1000)
            assert answer.status_code == 200
            size = len(answer.data)
            count = len([sql for sql in queries if not sql.startswith(("BEGIN", "PRAGMA"))])
        with capsys.disabled():
            print(
                f"\n{ACTIVITIES} activities a year, {view}: {median(times):.0f} ms (wanted {PAGE_MS}), "
                f"{count} queries, {size / 1024:.0f} KiB",
                end="",
            )
        assert count <= MOST_QUERIES, queries
