"""What a person is asked for: the unit's coming takeovers first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest

from branding.core.db import Database
from branding.takeovers.values import TakeoverStatus
from tests.consent import factories
from tests.home import rows
from tests.support.client import InspectingClient


@pytest.fixture
def now(at: Callable[[str], datetime]) -> datetime:
    return at("2026-10-12 10:00")


@pytest.fixture
def vega(database: Database, area: int, now: datetime) -> str:
    """A citizen of a unit with a takeover in week 43, one that was called off and one long after."""
    with database.transaction() as session:
        plan = rows.add_plan(session, rows.add_profile(session))
        other = rows.add_area(session, "SVO")
        slot = rows.add_slot(session, plan, area, 2026, 43, weeks=3)
        away = rows.add_slot(session, plan, other, 2026, 47)
        rows.add_takeover(session, slot, date(2026, 10, 19), date(2026, 10, 25), host="Bo Prøve")
        off = TakeoverStatus.CANCELLED
        rows.add_takeover(session, slot, date(2026, 10, 26), date(2026, 11, 1), off)
        rows.add_takeover(session, away, date(2026, 11, 16), date(2026, 11, 22))
        return factories.citizen(session, area, now=now)


def test_the_units_coming_takeovers_are_one_tap_away(
    client: InspectingClient, sign_in: Callable[..., int], area: int, vega: str
) -> None:
    sign_in("coordinator", area)
    page = client.get(f"/consents/{vega}/ask").text
    assert "Takeover i uge 43" in page and "En anden optagelse" in page
    assert "uge 44" not in page and "uge 47" not in page


def test_without_takeovers_ahead_the_afternoon_of_pictures_is_asked_at_once(
    client: InspectingClient, sign_in: Callable[..., int], database: Database, area: int, now: datetime
) -> None:
    with database.transaction() as session:
        nor = factories.citizen(session, area, now=now, label="Nor")
    sign_in("coordinator", area)
    answer = client.get(f"/consents/{nor}/ask")
    assert answer.status_code == 303 and answer.location.endswith(f"/consent/people/{nor}/ask")


def test_another_units_person_is_not_there(
    client: InspectingClient, sign_in: Callable[..., int], database: Database, vega: str
) -> None:
    with database.transaction() as session:
        other = rows.add_area(session, "SAU")
    sign_in("coordinator", other)
    assert client.get(f"/consents/{vega}/ask").status_code == 404
