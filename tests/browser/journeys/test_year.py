"""The year with the mouse and with the keyboard: dragging a turn, and turning the wheel."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import sign_in
from tests.support.running import Running


def column(page: Page, number: int) -> Locator:
    return page.locator("table.year th.w").nth(number - 1)


def middle(thing: Locator) -> tuple[float, float]:
    box = thing.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def svo(page: Page, weeks: str) -> Locator:
    return page.locator("a.bar").filter(has_text=weeks)


def lifted_to(page: Page, bar: Locator, weeks: int) -> None:
    """Hold the bar over the weeks that lie so far to the right."""
    bar.scroll_into_view_if_needed()
    x, y = middle(bar)
    width = middle(column(page, 45))[0] - middle(column(page, 44))[0]
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 10, y)
    page.mouse.move(x + weeks * width, y, steps=6)


def test_a_dragged_turn_asks_with_the_form_s_own_words_then_moves_and_comes_back(
    own_site: Running, open_page: Callable[..., Page]
) -> None:
    page = open_page("desktop")
    page.set_viewport_size({"width": 1600, "height": 900})
    sign_in(page, own_site.address)
    page.goto(f"{own_site.address}/calendar/year/2022")
    bar = svo(page, "43-44")
    address = bar.get_attribute("href")

    lifted_to(page, bar, 2)
    expect(page.locator(".drag-ghost")).to_have_text("uge 45-46")
    page.keyboard.press("Escape")
    expect(page.locator(".drag-ghost")).to_have_count(0)
    page.mouse.up()
    expect(page).to_have_url(f"{own_site.address}/calendar/year/2022")

    lifted_to(page, bar, 2)
    page.mouse.up()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    told = dialog.locator(".consequences li").all_inner_texts()
    assert any("45" in sentence for sentence in told)

    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.goto(f"{own_site.address}{address}/move?to=2022-W45")
    assert page.locator(".consequences li").all_inner_texts() == told

    page.goto(f"{own_site.address}/calendar/year/2022")
    lifted_to(page, svo(page, "43-44"), 2)
    page.mouse.up()
    page.get_by_role("dialog").get_by_role("button", name="Flyt").click()
    expect(page).to_have_url(f"{own_site.address}/calendar/year/2022")
    expect(svo(page, "45-46")).to_have_count(1)
    page.get_by_role("button", name="Fortryd").click()
    expect(page).to_have_url(f"{own_site.address}/calendar/year/2022")
    expect(svo(page, "43-44")).to_have_count(1)


def test_a_drop_on_a_holiday_says_why_it_cannot_be(site: Running, open_page: Callable[..., Page]) -> None:
    page = open_page("desktop")
    page.set_viewport_size({"width": 1600, "height": 900})
    sign_in(page, site.address)
    page.goto(f"{site.address}/calendar/year/2022")
    lifted_to(page, svo(page, "43-44"), -1)
    page.mouse.up()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("ferie")
    dialog.get_by_role("button", name="Luk").click()
    expect(dialog).to_have_count(0)


def test_a_click_opens_the_turn_and_readers_drag_nothing(
    site: Running, open_page: Callable[..., Page]
) -> None:
    page = open_page("desktop")
    sign_in(page, site.address, "leder@example.dk")
    page.goto(f"{site.address}/calendar/year/2022")
    assert page.locator("[data-move]").count() == 0
    svo(page, "43-44").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("43-44")


def test_the_wheel_turns_with_the_keys_and_tells_what_the_table_tells(
    site: Running, open_page: Callable[..., Page]
) -> None:
    page = open_page("desktop")
    sign_in(page, site.address)
    page.goto(f"{site.address}/calendar/wheel/2022?week=42")
    middle_of_it = page.locator("#chosen")
    expect(middle_of_it).to_contain_text("Efterårsferie")
    assert page.locator('[data-wheel] a[tabindex="0"]').count() == 1
    page.locator("[data-wheel] a.is-chosen").focus()
    page.keyboard.press("ArrowRight")
    expect(middle_of_it).to_contain_text("Uge 43")
    expect(middle_of_it).to_contain_text("SVO")
    expect(page.locator(".wheel-table .is-chosen")).to_contain_text("SVO")
    assert "week=43" in page.url
    focus = page.evaluate("getComputedStyle(document.activeElement.querySelector('use')).strokeWidth")
    assert focus == "6px"
    page.keyboard.press("End")
    expect(middle_of_it).to_contain_text("Uge 52")
    page.keyboard.press("Home")
    expect(middle_of_it).to_contain_text("Uge 1")
    page.keyboard.press("ArrowLeft")
    expect(middle_of_it).to_contain_text("Uge 52")
    for _ in range(8):
        page.keyboard.press("ArrowLeft")
    expect(middle_of_it).to_contain_text("Uge 44")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("43-44")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_click_in_the_wheel_chooses_with_and_without_javascript(
    site: Running, open_page: Callable[..., Page], javascript: bool
) -> None:
    page = open_page("desktop", javascript=javascript)
    sign_in(page, site.address)
    page.goto(f"{site.address}/calendar/wheel/2022")
    page.locator('[data-wheel] a[data-c="45"]').click()
    expect(page.locator("#chosen")).to_contain_text("IKH")
    assert "week=46" in page.url
    page.locator("#chosen").get_by_role("link", name="Åbn turen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("45-46")


def test_the_wheel_holds_on_the_narrowest_screen(site: Running, open_page: Callable[..., Page]) -> None:
    page = open_page("phone")
    page.set_viewport_size({"width": 320, "height": 640})
    sign_in(page, site.address)
    page.goto(f"{site.address}/calendar/wheel/2022?week=44")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    wheel, words = page.locator("[data-wheel]").bounding_box(), page.locator("#chosen").bounding_box()
    assert wheel and words and words["y"] >= wheel["y"] + wheel["height"]
