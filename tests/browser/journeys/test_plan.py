"""The content plan is edited: a slot filled, the activity moved and dragged, done, and each of it undone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from tests.browser.conftest import sign_in
from tests.support.running import Running

Open = Callable[..., Page]
TITLE = "Vi fylder et hul"


def test_a_gap_is_filled_from_the_front_page_then_moved_done_and_undone(
    busy_site: Running, open_page: Open
) -> None:
    page = open_page()
    sign_in(page, busy_site.address)
    page.get_by_role("main").get_by_role("link", name=re.compile("^Udfyld")).last.click()
    first = date.fromisoformat(page.get_by_label("Første dag").input_value())
    page.get_by_label("Titel").fill(TITLE)
    page.get_by_role("button", name="Sæt på planen").click()
    expect(page.get_by_role("status").first).to_contain_text("planen")

    page.goto(f"{busy_site.address}/search?q={TITLE}")
    page.get_by_role("main").get_by_role("link", name=TITLE).click()
    activity = page.url
    page.get_by_role("link", name="Flyt").click()
    page.get_by_label("Dag").fill(f"{first + timedelta(days=1)}")
    page.get_by_role("button", name=re.compile("^Flyt")).click()
    page.get_by_role("button", name="Fortryd").first.click()
    page.goto(activity)
    assert page.get_by_label("Første dag").input_value() == first.isoformat()

    page.get_by_role("button", name="Færdig").click()
    undo = page.get_by_role("button", name="Fortryd").first
    expect(undo).to_be_visible()
    done = page.context.new_page()
    done.goto(activity)
    expect(done.get_by_role("main")).to_contain_text("Færdig ")
    undo.click()
    page.goto(activity)
    expect(page.get_by_role("heading", name="Er den færdig?")).to_be_visible()


def test_an_activity_is_dragged_to_the_next_day_and_back(busy_site: Running, open_page: Open) -> None:
    page = open_page()
    sign_in(page, busy_site.address)
    page.goto(f"{busy_site.address}/content-plan/activities/new?on=2027-06-15")
    page.get_by_label("Titel").fill("Trukket en dag")
    page.get_by_role("button", name="Sæt på planen").click()
    page.goto(f"{busy_site.address}/content-plan?year=2027&month=6")
    post = page.locator("[data-post]").filter(has_text="Trukket en dag")
    target = page.locator("[data-day='2027-06-17']")
    post.scroll_into_view_if_needed()
    at, to = post.bounding_box(), target.bounding_box()
    assert at and to
    page.mouse.move(at["x"] + 12, at["y"] + 8)
    page.mouse.down()
    page.mouse.move(to["x"] + to["width"] / 2, to["y"] + to["height"] - 6, steps=5)
    page.mouse.up()
    expect(target.locator("[data-post]").filter(has_text="Trukket en dag")).to_have_count(1)
    page.locator("[data-said]").get_by_role("button", name="Fortryd").click()
    first = page.locator("[data-day='2027-06-15']")
    expect(first.locator("[data-post]").filter(has_text="Trukket en dag")).to_have_count(1)
