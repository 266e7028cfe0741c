"""Whether profiles share their posts: asked 14 days ahead, again when it is too old, ended when said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session

from branding.core import clock
from branding.core.db import Database
from branding.core.settings import Settings
from branding.organisation.models import Profile
from branding.publishing.models import Connection
from branding.publishing.service import attesting
from branding.publishing.values.alerts import Event
from branding.publishing.values.states import Way
from tests.drafts import factories as drafts
from tests.publishing import factories as f

At = Callable[[str], object]


@pytest.fixture
def profile(session: Session, on: drafts.Stage) -> int:
    """In use since 2 November, and looked at that day."""
    f.planned(session, on, clock.now(), clock.now() + timedelta(hours=1))
    row = session.get(Profile, on.world.profile)
    assert row is not None and row.id is not None
    row.shares_checked_at = clock.now()
    session.add(row)
    session.commit()
    return row.id


def test_it_is_asked_14_days_before_and_when_the_word_is_too_old(
    database: Database, profile: int, at: At
) -> None:
    for moment, said in (
        ("2027-01-17 07:15", 0),
        ("2027-01-18 07:15", 1),
        ("2027-01-19 07:15", 0),
        ("2027-02-01 07:15", 1),
        ("2027-02-02 07:15", 0),
    ):
        at(moment)
        assert attesting.remind(database, now=clock.now()) == said, moment
    assert f.alerts(database) == [Event.CROSSPOST_WORD, Event.CROSSPOST_WORD]


def test_it_ends_when_somebody_has_looked(database: Database, session: Session, profile: int, at: At) -> None:
    at("2027-01-20 07:15")
    attesting.remind(database, now=clock.now())
    attesting.end_attested(database, now=clock.now())
    assert f.alerts(database) == [Event.CROSSPOST_WORD]
    row = session.get(Profile, profile)
    assert row is not None
    row.shares_checked_at = clock.now()
    session.add(row)
    session.commit()
    attesting.end_attested(database, now=clock.now())
    assert f.alerts(database) == []


def test_the_practice_profile_shares_nothing(
    database: Database, settings: Settings, session: Session, profile: int, at: At
) -> None:
    session.add(Connection(profile_id=profile, way=Way.PRACTICE, test=[]))
    session.commit()
    at("2027-02-20 07:15")
    assert attesting.remind(database, now=clock.now()) == 0
