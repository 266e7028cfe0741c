"""Posts in the calendar and on the front page: time, channel, words and state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from branding.core.actor import Role
from branding.core.db import Database
from branding.core.settings import Settings
from branding.home.rules import alerts
from branding.publishing.rules.telling import TO_DO, to_do_of
from branding.publishing.values.alerts import AlertView, Event
from tests.drafts import factories as drafts
from tests.publishing import factories as publishing
from tests.support.client import InspectingClient

At = Callable[[str], datetime]


@pytest.fixture
def on(session: Session, at: At) -> drafts.Stage:
    """Five posts on the first day of the takeover, from ten o'clock."""
    now = at("2026-11-02 08:00")
    stage = drafts.stage(session, now)
    publishing.connect(session, stage)
    for hour in range(5):
        publishing.planned(session, stage, now, now + timedelta(hours=2 + hour))
    session.commit()
    return stage


def test_the_month_shows_three_of_a_day_and_counts_the_rest(
    client: InspectingClient, sign_in: Callable[..., int], on: drafts.Stage
) -> None:
    sign_in("communications")
    page = client.page("/calendar/month/2026/11")
    text = page.text("main")
    assert "10.00" in text and "12.00" in text and "13.00" not in text and "+2 flere" in text
    assert "planlagt" in text and any(one.get("data-day") == "2026-11-02" for one in page.all("td"))
    assert sum("data-post" in one.attrib for one in page.all("li")) == 3


def test_the_week_shows_more_and_the_list_counts(
    client: InspectingClient, sign_in: Callable[..., int], on: drafts.Stage
) -> None:
    sign_in("communications")
    assert "14.00" in client.page("/calendar/week/2026/45").text("main")
    assert "5 opslag" in client.page("/calendar/list/2026").text("main")


def test_filters_are_for_posts_too(
    client: InspectingClient, sign_in: Callable[..., int], on: drafts.Stage
) -> None:
    sign_in("communications")
    address = "/calendar/week/2026/45"
    assert "10.00" in client.page(f"{address}?area={on.world.area}").text("main")
    assert "10.00" not in client.page(f"{address}?area={on.world.other_area}").text("main")


def test_a_coordinator_sees_only_own_posts_and_a_reader_drags_nothing(
    client: InspectingClient, sign_in: Callable[..., int], on: drafts.Stage
) -> None:
    sign_in("coordinator", on.world.other_area)
    assert "10.00" not in client.page("/calendar/week/2026/45").text("main")
    sign_in("reader")
    page = client.page("/calendar/week/2026/45")
    assert "10.00" in page.text("main") and not any("data-post" in one.attrib for one in page.all("li"))


def test_the_front_page_shows_today_with_state(
    client: InspectingClient,
    sign_in: Callable[..., int],
    on: drafts.Stage,
    database: Database,
    settings: Settings,
    at: At,
) -> None:
    at("2026-11-02 10:00")
    publishing.tick(database, settings)
    sign_in("communications")
    text = client.page("/").text("main")
    assert "I dag" in text and "udgivet" in text and "planlagt" in text
    sign_in("coordinator", on.world.other_area)
    assert "udgivet" not in client.page("/").text("main")


def test_every_alert_that_waits_has_a_line_and_one_alone_leads_to_its_page() -> None:
    now = datetime.fromisoformat("2026-11-02T08:00+00:00")

    def alert(event: Event, number: int = 1) -> AlertView:
        return AlertView(number, event, "f" * 32, 7, 1, "", now, None)

    for event in TO_DO:
        assert len(alerts.waiting([alert(event)])) == 1, event
    (one,) = alerts.waiting([alert(Event.FAILED)])
    assert one.endpoint == "publishing.publication_page" and str(one.text).startswith("1 post")
    (several,) = alerts.waiting([alert(Event.FAILED), alert(Event.FAILED, 2)])
    assert several.endpoint == "publishing.plan_page" and str(several.text).startswith("2 posts")
    (down,) = alerts.waiting([alert(Event.TAKEDOWN), alert(Event.TAKEDOWN, 2)])
    assert down.endpoint == "publishing.takedowns_page"
    (profile,) = alerts.waiting([alert(Event.RECONNECT)])
    assert profile.endpoint == "publishing.connection_page" and profile.values == {"profile_id": 7}


def test_each_role_has_what_it_is_told_of() -> None:
    assert to_do_of({Role.COORDINATOR}, plans=True) == TO_DO
    dpo, admin = to_do_of({Role.DPO}, plans=False), to_do_of({Role.ADMIN}, plans=False)
    assert dpo == {Event.TAKEDOWN_LATE, Event.INCIDENT, Event.INCIDENT_CLOCK}
    assert admin == {Event.RECONNECT, Event.TOKEN_SOON, Event.OVERDUE}
    assert not to_do_of({Role.READER}, plans=False)
