"""Ten years of sixty units: the calendar's queries and size are asserted, its time is printed."""

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

AREAS, DEPARTMENTS, YEARS, OFF = 6, 9, range(2018, 2028), (7, 15, 28, 29, 30, 42, 52)
MOST_QUERIES, MOST_KIB, ROUNDS = 12, 120, 7


@pytest.fixture
def decade(session: Session, at: Callable[[str], datetime]) -> None:
    """Sixty units; in each area an afdeling has each week that is no holiday, with its takeover and host."""
    at("2022-10-31 08:05")
    profile = rows.add_profile(session)
    for area_number in range(AREAS):
        area = rows.add_area(session, f"SO{area_number}", area_number + 1)
        plan = rows.add_plan(session, profile, f"Plan {area_number}", area)
        units = [rows.add_department(session, area, f"Afdelingen ved Skoven {n}") for n in range(DEPARTMENTS)]
        for year in YEARS:
            for week in (n for n in range(1, 53) if n not in OFF):
                slot = rows.add_slot(
                    session, plan, units[week % DEPARTMENTS], year, week, topic="Dagen hos os"
                )
                this = Week(year, week)
                rows.add_takeover(session, slot, this.monday, this.sunday, host="Vært Prøve")
    for year in YEARS:
        for week in OFF:
            rows.add_holiday(session, year, week, "Ferie")
    session.commit()


def test_year_and_month_of_ten_years_and_sixty_units(
    client: InspectingClient,
    sign_in: Callable[..., int],
    decade: None,
    queries: list[str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    sign_in("communications")
    client.application.test_client_class = None  # the inspection is not what is timed
    plain = client.application.test_client()
    with client.session_transaction() as mine, plain.session_transaction() as theirs:
        theirs.update(mine)
    for address in ("/calendar/year/2022", "/calendar/month/2022/10", "/calendar/week/2022/44", "/"):
        times, size, count = [], 0, 0
        for _ in range(ROUNDS):
            queries.clear()
            started = time.perf_counter()
            answer = plain.get(address)
            times.append((time.perf_counter() - started) * 1000)
            size, count = (
                len(answer.data),
                len([sql for sql in queries if not sql.startswith(("BEGIN", "PRAGMA"))]),
            )
            assert count <= MOST_QUERIES, "the first time too"
        with capsys.disabled():
            print(f"\n{address}: {median(times):.0f} ms, {count} queries, {size / 1024:.0f} KiB", end="")
        assert answer.status_code == 200
        assert size <= MOST_KIB * 1024
