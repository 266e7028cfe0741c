"""The nights on which clocks change, and week 53: what is due in Danish time goes out once, on time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session

from branding.core import clock
from branding.core.clock import COPENHAGEN
from branding.core.db import Database
from branding.core.settings import Settings
from branding.publishing.values.states import State
from branding.takeovers.models import Takeover
from tests.publishing import factories as f

At = Callable[[str], datetime]
#: Danish wall time, which of two equal ones, and the instant that it is.
NIGHTS = [
    ("autumn, before the change", datetime(2026, 10, 25, 2, 30, tzinfo=COPENHAGEN, fold=0), 0),
    ("autumn, after the change", datetime(2026, 10, 25, 2, 30, tzinfo=COPENHAGEN, fold=1), 1),
    ("spring, just before the gap", datetime(2027, 3, 28, 1, 59, tzinfo=COPENHAGEN), 0),
    ("spring, just after the gap", datetime(2027, 3, 28, 3, 0, tzinfo=COPENHAGEN), 0),
    ("new year's eve in week 53", datetime(2026, 12, 31, 23, 59, tzinfo=COPENHAGEN), 0),
]


@pytest.mark.parametrize(("night", "wall", "fold"), NIGHTS, ids=[night for night, *_ in NIGHTS])
def test_it_goes_out_once_and_at_that_instant(
    session: Session, database: Database, settings: Settings, on: f.Stage, now: datetime, at: At,
    night: str, wall: datetime, fold: int,
) -> None:  # fmt: skip
    due = wall.astimezone(UTC)
    _give_the_night(session, on, wall.date())
    f.connect(session, on)
    clock.read_from(lambda: due - timedelta(hours=3))
    row = f.planned(session, on, clock.now(), due)
    session.commit()
    seen = []
    for minutes in range(-90, 100, 10):
        moment = due + timedelta(minutes=minutes)
        clock.read_from(lambda moment=moment: moment)  # type: ignore[misc]
        f.tick(database, settings)
        seen.append((minutes, len(f.feed(database))))
    assert [count for minutes, count in seen if minutes < 0] == [0] * 9
    assert [count for minutes, count in seen if minutes >= 0] == [1] * 10
    out = f.row(database, row.id)
    assert (out.state, out.published_at) == (State.PUBLISHED, due)


def test_the_two_half_past_twos_of_october_are_an_hour_apart() -> None:
    first, second = (wall.astimezone(UTC) for _, wall, _ in NIGHTS[:2])
    assert second - first == timedelta(hours=1)


def test_a_clock_that_goes_back_publishes_nothing_twice(
    session: Session, database: Database, settings: Settings, on: f.Stage, now: datetime, at: At
) -> None:
    f.connect(session, on)
    row = f.planned(session, on, now, now + timedelta(hours=1))
    session.commit()
    for moment in ("10:00", "09:00", "10:00", "08:00", "10:30", "11:59", "10:01"):
        at(f"2026-11-02 {moment}")
        f.tick(database, settings)
        f.sweep(database)
    assert len(f.feed(database)) == 1 and f.state(database, row.id)[0] is State.PUBLISHED


def _give_the_night(session: Session, on: f.Stage, day: date) -> None:
    """The takeover lies around that night."""
    takeover = session.get(Takeover, on.takeover)
    assert takeover is not None
    takeover.starts_on, takeover.ends_on = day - timedelta(days=1), day + timedelta(days=1)
    session.flush()
