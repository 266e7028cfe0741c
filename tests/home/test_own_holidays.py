"""Holiday weeks that a single plan keeps say nothing for the others."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session

from branding.core.actor import Actor, Role
from branding.home import queries
from branding.home.values import Filters
from branding.rotation.models import Plan
from branding.rotation.values import PlanStatus
from tests.home import rows

ACTOR = Actor("user", 1, "Kim", "kim@example.dk", frozenset({Role.COMMUNICATIONS}))
TODAY = date(2022, 10, 31)


@pytest.fixture
def plan_id(session: Session) -> int:
    return rows.add_plan(session, rows.add_profile(session))


def test_the_own_weeks_of_an_archived_plan_are_not_in_the_calendar(session: Session, plan_id: int) -> None:
    rows.add_holiday(session, 2022, 20, "lukket", plan_id)
    around, _grid = queries.year_page(session, ACTOR, 2022, Filters(), TODAY)
    assert [one.name for one in around.holidays] == ["Lukket"]
    session.get_one(Plan, plan_id).status = PlanStatus.ARCHIVED
    session.flush()
    around, _grid = queries.year_page(session, ACTOR, 2022, Filters(), TODAY)
    assert around.holidays == ()


def test_one_plans_own_week_is_not_next_years_holidays(session: Session, plan_id: int) -> None:
    rows.add_holiday(session, 2023, 20, "lukket", plan_id)
    found = queries.front_page(session, ACTOR, datetime(2022, 10, 31, 8, 0, tzinfo=UTC))
    assert "rotation.holidays_page" in [one.endpoint for one in found.waiting]
