"""Numbers: when they are read, what may be said about them, writing them down, and the pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, select

from branding.core import clock
from branding.core.db import Database
from branding.core.errors import RuleBroken
from branding.core.settings import Settings
from branding.publishing.models import Measurement, Publication
from branding.publishing.queries.numbers import newest_of
from branding.publishing.rules.measuring import grouped, is_due, shares
from branding.publishing.service import measuring
from branding.publishing.values.calls import Metric
from tests.drafts import factories as drafts
from tests.publishing import factories as f
from tests.support.client import InspectingClient

OUT = datetime(2026, 11, 2, 9, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("after", "read_after", "due"),
    [
        (59 * HOUR / 60, None, False),
        (HOUR, None, True),
        (2 * HOUR, HOUR, False),
        (DAY, 2 * HOUR, True),
        (30 * DAY, 8 * DAY, True),
        (38 * DAY, 30 * DAY, False),
        (60 * DAY, None, False),
    ],
)
def test_posts_are_read_after_an_hour_a_day_three_a_week_and_a_month(
    after: timedelta, read_after: timedelta | None, due: bool
) -> None:
    read_at = OUT + read_after if read_after else None
    assert is_due(OUT, read_at, OUT + after, is_story=False) is due


@pytest.mark.parametrize(
    ("hours", "read", "due"), [(19, None, False), (20, None, True), (23, 20, True), (24, None, False)]
)
def test_stories_are_read_twice_before_they_are_over(hours: int, read: int | None, due: bool) -> None:
    read_at = OUT + read * HOUR if read else None
    assert is_due(OUT, read_at, OUT + hours * HOUR, is_story=True) is due


def test_nothing_is_said_about_fewer_than_three_posts() -> None:
    found = grouped([("a", 10), ("a", 30), ("a", 20), ("b", 900), ("b", 800)])
    assert [(one.label, one.count, one.shown) for one in found] == [("a", 3, "20"), ("b", 2, "")]
    assert shares(found, 300) == [300, 0] and shares([], 300) == []


@pytest.fixture
def post(
    database: Database, settings: Settings, session: Session, on: drafts.Stage, at: Callable[[str], datetime]
) -> Publication:
    f.connect(session, on)
    return f.out(database, settings, session, on, at)[0]


def test_what_is_left_empty_stays_unknown(session: Session, post: Publication) -> None:
    values: dict[Metric, int | None] = {Metric.REACH: 0, Metric.VIEWS: 12, Metric.LIKES: None}
    measuring.write_down(session, f.KAREN, post.id, values, now=clock.now())
    assert newest_of(session, post.id) == {Metric.REACH: 0, Metric.VIEWS: 12}
    with pytest.raises(RuleBroken):
        measuring.write_down(session, f.KAREN, post.id, {Metric.LIKES: None}, now=clock.now())
    with pytest.raises(RuleBroken):
        measuring.write_down(session, f.KAREN, post.id, {Metric.LIKES: -1}, now=clock.now())


def test_a_later_count_of_the_day_takes_the_place_of_the_earlier_and_nothing_takes_none(
    session: Session, post: Publication
) -> None:
    measuring.keep(session, post.id, {Metric.REACH: 5}, now=clock.now())
    measuring.keep(session, post.id, {Metric.REACH: 9}, now=clock.now() + HOUR)
    measuring.keep(session, post.id, {Metric.REACH: None}, now=clock.now() + 2 * HOUR)
    assert newest_of(session, post.id) == {Metric.REACH: 9}
    assert len(session.exec(select(Measurement)).all()) == 1


def test_the_pages_draw_tell_and_give_a_spreadsheet(
    database: Database,
    session: Session,
    client: InspectingClient,
    sign_in: Callable[..., int],
    post: Publication,
) -> None:
    sign_in("communications")
    client.page(f"/publishing/{post.id}/numbers")
    client.send(f"/publishing/{post.id}/numbers", {"reach": "x"}, status=400)
    client.send(f"/publishing/{post.id}/numbers", {"reach": "120", "views": "300"})
    for by in ("kind", "unit", "profession", "takeover", "day"):
        client.page(f"/numbers?by={by}&metric=reach")
    assert "120" in client.page(f"/publishing/takeovers/{post.takeover_id}/numbers").text("main")
    told = client.get("/numbers/csv").get_data(as_text=True)
    assert "120" in told and ";;" in told
    assert client.get("/numbers/xlsx").status_code == 200


def test_three_posts_are_drawn_with_a_sentence(
    session: Session,
    client: InspectingClient,
    sign_in: Callable[..., int],
    post: Publication,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    measuring.keep(session, post.id, {Metric.REACH: 120}, now=clock.now())
    session.commit()
    monkeypatch.setattr("branding.publishing.rules.measuring.LEAST", 1)
    sign_in("communications")
    text = client.get("/numbers?by=kind&metric=reach").get_data(as_text=True)
    assert "numbers-chart" in text and ">120<" in text


def test_without_posts_the_page_says_what_belongs_there(
    client: InspectingClient, sign_in: Callable[..., int]
) -> None:
    sign_in("reader")
    client.page("/numbers")
