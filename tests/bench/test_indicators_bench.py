"""How quickly a map of 300 indicators is judged (issue 6: at most 12 queries and 80 ms)."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import insert
from sqlmodel import Session

from branding.core.actor import SYSTEM
from branding.core.db import Database
from branding.indicators import queries as indicators
from branding.indicators.models import Indicator, IndicatorReading
from branding.indicators.values.measures import Measure
from branding.plan.models import Activity
from branding.plan.service import channels
from branding.plan.values import ChannelKind, ChannelRequest
from tests.indicators import factories as f

pytestmark = pytest.mark.bench

COUNT, ACTIVITIES = 300, 1000
TODAY = date(2022, 11, 14)


def test_a_map_with_300_indicators(
    session: Session, database: Database, queries: list[str], at: Callable[[str], datetime]
) -> None:
    now = at("2022-11-14 09:00")
    _fill(session, now)
    session.commit()
    times = []
    for _ in range(9):
        with database.reader() as reading:
            queries.clear()
            started = time.perf_counter()
            found = indicators.strategy_map(reading, TODAY)
            times.append(1000 * (time.perf_counter() - started))
            sent = len([one for one in queries if one.startswith("SELECT")])
    with database.reader() as reading:
        started = time.perf_counter()
        quarter = indicators.standings(reading, date(2022, 7, 1), date(2022, 9, 30))
        follow_up = 1000 * (time.perf_counter() - started)
    assert len(list(found.all_indicators())) == COUNT
    print(
        f"\n{COUNT} indicators of every measure judged over {ACTIVITIES} activities: "
        f"{statistics.median(times):.1f} ms, {sent} queries (limits 80 ms, 12); "
        f"a quarter's {len(quarter)} periods in {follow_up:.0f} ms"
    )


def _fill(session: Session, now: datetime) -> None:
    initiative = f.small_map(session, now)["initiative"]
    channel = channels.add_channel(session, SYSTEM, ChannelRequest(ChannelKind.LINKEDIN, "LinkedIn"), now=now)
    measures, kinds = list(Measure), ("week", "weeks", "month", "quarter", "year")
    session.execute(
        insert(Indicator),
        [
            {"id": n, "initiative_id": initiative, "place": n, "name": f"Prøve {n}", "kind": "at_least",
             "target": "3", "period": kinds[n % 5], "every": 1 + n % 5 % 2, "begins_on": f.BEGINS,
             "measure": measures[n % len(measures)], "counts": "linkedin"}
            for n in range(1, COUNT + 1)
        ],
    )  # fmt: skip
    session.execute(
        insert(IndicatorReading),
        [
            {"indicator_id": n, "starts_on": date(2022, month, 1), "ends_on": date(2022, month, 28),
             "value": "2", "made_by": "user:1", "made_at": now}
            for n in range(1, COUNT + 1, 9) for month in range(1, 11)
        ],
    )  # fmt: skip
    days = [date(2022, 1, 1) + timedelta(days=n % 315) for n in range(ACTIVITIES)]
    session.execute(
        insert(Activity),
        [
            {"title": "Opslag", "channel_id": channel, "kind": "post", "starts_on": day, "ends_on": day,
             "done_on": day, "status": "done", "initiative_ref": f"initiative:{initiative}", "made_at": now,
             "changed_at": now}
            for day in days
        ],
    )  # fmt: skip
