"""Takeovers and posts as quiet layers of the month: what a filter leaves, and whose posts one sees."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session

from branding.core import clock
from branding.plan.queries.pages import plan_month
from branding.plan.values import Filters
from tests.home import rows as home
from tests.plan import factories as f


@pytest.mark.parametrize(
    ("unit", "sees", "posts"),
    [
        (None, None, ["Fra SOH", "Fra SVO"]),
        (1, None, ["Fra SOH"]),
        (None, {1}, ["Fra SOH"]),
        (1, {1}, ["Fra SOH"]),
        (1, {2}, []),
        (None, set(), []),
    ],
)
def test_a_unit_is_shown_with_its_own_posts_and_takeovers(
    session: Session,
    at: Callable[[str], datetime],
    unit: int | None,
    sees: Collection[int] | None,
    posts: list[str],
) -> None:
    on = f.world(session, at("2022-08-15 09:00"))
    number = {1: on.area, 2: on.other_area}
    profile = home.add_profile(session)
    plan = home.add_plan(session, profile)
    for area, name, week in ((on.area, "Fra SOH", 33), (on.other_area, "Fra SVO", 34)):
        f.post(session, area, profile, datetime(2022, 8, 16, 8, week % 33, tzinfo=UTC), name)
        slot = home.add_slot(session, plan, area, 2022, week)
        home.add_takeover(
            session, slot, date(2022, 8, 15 + 7 * (week - 33)), date(2022, 8, 19 + 7 * (week - 33))
        )
    session.flush()
    _, weeks = plan_month(
        session,
        2022,
        8,
        Filters(unit=number[unit] if unit else None),
        today=clock.today(),
        now=clock.now(),
        posts_of=None if sees is None else {number[one] for one in sees},
    )
    days = [day for week in weeks for day in week.days]
    assert [one.title for day in days if day.posts for one in day.posts.entries] == posts
    bars = [cell.bar for week in weeks for lane in week.lanes for cell in lane if cell.bar]
    assert [bar.takeover.unit_id for bar in bars if bar.takeover] == (
        [on.area] if unit else [on.area, on.other_area]
    )
