"""Five thousand posts: the calendar's queries, size and time, with room for a slow machine."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from statistics import median

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session

from branding.core.ids import new_id
from branding.core.isoweek import Week
from branding.drafts.models import Draft
from branding.publishing.models import Publication
from branding.publishing.values.states import State
from tests.home import rows
from tests.support.client import InspectingClient

pytestmark = pytest.mark.bench

POSTS, ROUNDS = 5000, 7
MOST_QUERIES, MOST_KIB = 12, 120
YEAR_MS, MONTH_MS = 80, 150


def plant(session: Session, first: datetime, every: timedelta) -> None:
    """Publications as the engine leaves them, evenly over a period; each week has its host."""
    profile, area = rows.add_profile(session), rows.add_area(session, "SOH", 1)
    plan = rows.add_plan(session, profile)
    for week in range(1, 53):
        slot, this = rows.add_slot(session, plan, area, 2026, week), Week(2026, week)
        rows.add_takeover(session, slot, this.monday, this.sunday, host="Vært Prøve")
    for number in range(POSTS):
        due_at = first + number * every
        draft = Draft(
            id=new_id(), unit_id=area, kind="daily", author="user:1", made_at=due_at, changed_at=due_at,
            state="approved", state_since=due_at, due_at=due_at,
        )  # fmt: skip
        session.add(draft)
        session.add(
            Publication(
                id=new_id(), draft_id=draft.id, channel="instagram", profile_id=profile, unit_id=area,
                title="En helt almindelig formiddag på arbejdet", kind="daily", author="user:1",
                version_hash="0" * 64, state=State.PUBLISHED if number % 2 else State.SCHEDULED,
                state_since=due_at, due_at=due_at, next_attempt_at=due_at, planned_by="system:",
                planned_at=due_at, made={}, before=[], left=[], consents=[],
            )
        )  # fmt: skip
    session.commit()


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


def measured(plain: FlaskClient, address: str, queries: list[str]) -> tuple[float, int, float]:
    times, size, count = [], 0, 0
    for _ in range(ROUNDS):
        queries.clear()
        started = time.perf_counter()
        answer = plain.get(address)
        times.append((time.perf_counter() - started) * 1000)
        assert answer.status_code == 200
        size = len(answer.data)
        count = len([sql for sql in queries if not sql.startswith(("BEGIN", "PRAGMA"))])
    return median(times), count, size / 1024


def test_a_year_with_five_thousand_posts(
    session: Session, plain: FlaskClient, queries: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    plant(session, datetime(2026, 1, 1, 6, tzinfo=UTC), timedelta(minutes=104))
    for address in ("/calendar/month/2026/6", "/calendar/week/2026/25", "/calendar/list/2026"):
        took, count, size = measured(plain, address, queries)
        with capsys.disabled():
            print(f"\n5000 posts a year, {address}: {took:.0f} ms, {count} queries, {size:.0f} KiB", end="")
        assert count <= MOST_QUERIES and size <= MOST_KIB
        assert took <= YEAR_MS * 2  # a busy machine is no fault of the page


def test_a_month_with_five_thousand_posts(
    session: Session, plain: FlaskClient, queries: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    plant(session, datetime(2026, 6, 1, 6, tzinfo=UTC), timedelta(minutes=8))
    for address in ("/calendar/month/2026/6", "/calendar/week/2026/25"):
        took, count, size = measured(plain, address, queries)
        with capsys.disabled():
            print(
                f"\n5000 posts in a month, {address}: {took:.0f} ms, {count} queries, {size:.0f} KiB", end=""
            )
        assert count <= MOST_QUERIES and size <= MOST_KIB
        assert took <= MONTH_MS * 2
