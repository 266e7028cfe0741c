"""A takeover in weeks 45-46 of 2026, on the morning before it begins."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from sqlmodel import Session

from tests.drafts import factories as drafts
from tests.support import simulated as simulator


@pytest.fixture
def now(at: Callable[[str], datetime]) -> datetime:
    return at("2026-11-02 09:00")


@pytest.fixture
def on(session: Session, now: datetime) -> drafts.Stage:
    return drafts.stage(session, now)


@pytest.fixture(scope="session")
def _simulator() -> Iterator[simulator.Simulated]:
    with simulator.running() as found:
        yield found


@pytest.fixture
def simulated(_simulator: simulator.Simulated) -> simulator.Simulated:
    """The channels, played on a real socket; as at the start."""
    _simulator.reset()
    return _simulator
