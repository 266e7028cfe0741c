"""The moment and the place of most tests about posts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlmodel import Session

from tests.drafts import factories


@pytest.fixture
def now(at: Callable[[str], datetime]) -> datetime:
    """A Monday morning, which stands still."""
    return at("2026-11-02 09:00")


@pytest.fixture
def on(session: Session, now: datetime) -> factories.Stage:
    return factories.stage(session, now)
