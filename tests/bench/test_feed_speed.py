"""A year of two plans as a calendar file: its time is printed, its questions are asserted elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from statistics import median

import pytest
from sqlmodel import Session

from branding.core.isoweek import weeks_of
from branding.takeovers import calendar_file
from tests.home import rows
from tests.support.client import InspectingClient
from tests.takeovers.test_feeds import made_address

pytestmark = pytest.mark.bench

ROUNDS, UNITS = 15, 8


def test_the_calendar_of_a_year(
    client: InspectingClient,
    sign_in: Callable[..., int],
    session: Session,
    at: Callable[[str], datetime],
    capsys: pytest.CaptureFixture[str],
) -> None:
    at("2026-01-05 08:05")
    profile = rows.add_profile(session)
    units = [rows.add_area(session, f"SO{n}", n + 1) for n in range(UNITS)]
    plan = rows.add_plan(session, profile)
    for week in weeks_of(2026):
        rows.add_slot(
            session, plan, units[week.number % UNITS], 2026, week.number, topic="Hverdagen på stedet"
        )
    session.commit()
    sign_in("communications")
    address = made_address(client)
    client.application.test_client_class = None
    plain, first, times = client.application.test_client(), list[float](), list[float]()
    plain.get(address)  # brings the library in
    for _ in range(ROUNDS):
        calendar_file._event.cache_clear()
        for kept in (first, times):
            started = time.perf_counter()
            answer = plain.get(address)
            kept.append((time.perf_counter() - started) * 1000)
    assert answer.status_code == 200
    assert answer.data.count(b"BEGIN:VEVENT") == 53
    with capsys.disabled():
        told = f"{median(times):.1f} ms, {median(first):.1f} ms when every turn is new"
        print(f"\nICS of a year (53 turns): {told}, {len(answer.data) / 1024:.0f} KiB", end="")
