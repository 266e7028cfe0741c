"""The year wheel with 52 weeks, eight units and two plans: queries and size are asserted, time is printed."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from statistics import median

import pytest
from sqlmodel import Session

from branding.core.isoweek import Week
from tests.home import rows
from tests.support.client import InspectingClient

pytestmark = pytest.mark.bench

UNITS, PLANS, OFF = 8, 2, (7, 15, 28, 29, 30, 42, 52)
MOST_QUERIES, MOST_KIB, ROUNDS = 12, 120, 7


@pytest.fixture
def full_year(session: Session, at: Callable[[str], datetime]) -> None:
    """Every week of 2022 that is no holiday, in both plans, with takeover and host."""
    at("2022-10-31 08:05")
    units = [rows.add_area(session, f"SO{n}", n + 1) for n in range(UNITS)]
    for number in range(PLANS):
        plan = rows.add_plan(session, rows.add_profile(session, f"profil{number}"), f"Plan {number}")
        for week in (n for n in range(1, 53) if n not in OFF):
            unit = units[(week + number) % UNITS]
            slot = rows.add_slot(session, plan, unit, 2022, week, topic="En hverdag på stedet")
            this = Week(2022, week)
            rows.add_takeover(session, slot, this.monday, this.sunday, host="Vært Prøve")
    for week in OFF:
        rows.add_holiday(session, 2022, week, "Ferie")
    session.commit()


def test_wheel_of_eight_units_and_two_plans(
    client: InspectingClient,
    sign_in: Callable[..., int],
    full_year: None,
    queries: list[str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    sign_in("communications")
    client.application.test_client_class = None  # the inspection is not what is timed
    plain = client.application.test_client()
    with client.session_transaction() as mine, plain.session_transaction() as theirs:
        theirs.update(mine)
    for address in ("/calendar/wheel/2022", "/calendar/wheel/2022.pdf"):
        times = []
        for _ in range(ROUNDS):
            queries.clear()
            started = time.perf_counter()
            answer = plain.get(address)
            times.append((time.perf_counter() - started) * 1000)
        count = len([sql for sql in queries if not sql.startswith(("BEGIN", "PRAGMA"))])
        with capsys.disabled():
            size = len(answer.data) / 1024
            print(f"\n{address}: {median(times):.0f} ms, {count} queries, {size:.0f} KiB", end="")
        assert answer.status_code == 200
        assert count <= MOST_QUERIES
        assert len(answer.data) <= MOST_KIB * 1024
