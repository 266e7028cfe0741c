"""A year's content plan on paper and 5,000 rows in a workbook, and what the page asks of the database."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from statistics import median

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session

from branding.core.text import say
from branding.reports.rules.content_plan import Line, Outcome, content_plan_report
from branding.reports.values.orders import Form
from branding.reports.values.report import Report
from branding.reports.writing import written
from tests.bench.test_plan_bench import plain, plant
from tests.support.client import InspectingClient

__all__ = ["plain"]
pytestmark = pytest.mark.bench

NOW = datetime(2026, 10, 1, 9, tzinfo=UTC)
CHANNELS = ("LinkedIn", "Instagram", "Facebook", "Intranet", "Presse og fagmedier", "Messer", "Skolebesøg")
MOST_QUERIES = 30


def year(rows: int) -> Report:
    first = date(2026, 1, 1)
    lines = [
        Line(
            first + timedelta(days=at * 364 // rows), first + timedelta(days=at * 364 // rows + at % 3),
            CHANNELS[at % len(CHANNELS)], f"Sådan arbejder vi med hjerneskade, del {at}", say("Takeover"),
            "SOH", "Ledere og fagfolk", "Mette Prøve", say("done"), tuple(Outcome)[at % 3],
            "https://example.dk/nyt" if at % 4 else "",
        )
        for at in range(rows)
    ]  # fmt: skip
    return content_plan_report(lines, first, date(2026, 12, 31), (), NOW.date())


@pytest.mark.parametrize(
    ("form", "rows", "wanted"), [(Form.PDF, 1000, 1000), (Form.XLSX, 5000, 500), (Form.CSV, 5000, 500)]
)
def test_a_year_as_a_file(
    app: Flask, form: Form, rows: int, wanted: int, capsys: pytest.CaptureFixture[str]
) -> None:
    report, times, size = year(rows), [], 0
    with app.app_context():
        for _ in range(2):
            started = time.perf_counter()
            size = len(written(report, form, "Socialområdet", now=NOW))
            times.append((time.perf_counter() - started) * 1000)
    with capsys.disabled():
        print(
            f"\nA report of {rows} rows as {form}: {min(times):.0f} ms (wanted {wanted}), "
            f"{size / 1024:.0f} KiB",
            end="",
        )


def test_the_page_of_a_year_asks_a_fixed_number_of_questions(
    session: Session,
    plain: FlaskClient,
    client: InspectingClient,
    queries: list[str],
    capsys: pytest.CaptureFixture[str],
    sign_in: Callable[..., int],
) -> None:
    plant(session)
    for kind in ("content-plan", "takeovers", "consent", "strategy"):
        times, count = [], 0
        for _ in range(2):
            queries.clear()
            started = time.perf_counter()
            assert plain.get(f"/reports/{kind}?from=2026-01-01&to=2026-12-31").status_code == 200
            times.append((time.perf_counter() - started) * 1000)
            count = len([sql for sql in queries if not sql.startswith(("BEGIN", "PRAGMA"))])
        with capsys.disabled():
            print(f"\nThe page of a year, {kind}: {median(times):.0f} ms, {count} queries", end="")
        assert count <= MOST_QUERIES, queries
