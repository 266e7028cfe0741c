"""Each role's front page in a real browser: what is on it, and that its first thing leads where it says."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import sign_in
from tests.support.running import Running

Open = Callable[..., Page]


@pytest.mark.parametrize(
    ("email", "there", "away", "link"),
    [
        (
            "kommunikation",
            ("Venter på dig", "Indholdsplan", "Plan mod mål"),
            ("Jeres uger",),
            "Se strategikortet",
        ),
        ("koordinator", ("Venter på dig", "Jeres uger", "Indholdsplan"), ("Plan mod mål",), "Se takeovers"),
        ("leder", ("De næste uger", "Plan mod mål", "Den nyeste rapport"), ("Jeres uger",), "Se rapporter"),
        ("dpo", ("Venter på dig", "De næste uger"), ("Indholdsplan", "I dag"), "Se kalenderen"),
        ("admin", ("Venter på dig", "De næste uger"), ("Indholdsplan", "Plan mod mål"), "Se kalenderen"),
    ],
)
def test_the_front_page_of_each_role(
    site: Running, open_page: Open, email: str, there: tuple[str, ...], away: tuple[str, ...], link: str
) -> None:
    page = open_page()
    sign_in(page, site.address, f"{email}@example.dk")
    main = page.get_by_role("main")
    for words in there:
        expect(main.get_by_role("heading", level=2, name=words, exact=True)).to_be_visible()
    for words in away:
        expect(main.get_by_role("heading", level=2, name=words, exact=True)).to_have_count(0)
    main.get_by_role("link", name=link).first.click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text(re.compile("^God"))


def test_the_menu_fits_a_small_laptop_and_a_phone(site: Running, open_page: Open) -> None:
    page = open_page()
    sign_in(page, site.address)
    for width in (1280, 1024, 800):
        page.set_viewport_size({"width": width, "height": 800})
        bar = page.locator(".top .container").bounding_box()
        assert bar and bar["height"] < 80, (width, bar)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.set_viewport_size({"width": 360, "height": 780})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.locator(".nav li:visible").count() <= 5


def test_a_slash_opens_the_search_and_a_hit_leads_on(site: Running, open_page: Open) -> None:
    page = open_page()
    sign_in(page, site.address)
    page.locator("body").press("/")
    field = page.get_by_role("searchbox", name="Hvad leder du efter?")
    expect(field).to_be_focused()
    page.keyboard.type("jobopslag/")
    expect(field).to_have_value("jobopslag/")
    field.fill("jobopslag")
    page.keyboard.press("Enter")
    group = page.get_by_role("region", name="Indholdsplan")
    group.get_by_role("link").first.click()
    expect(page).to_have_url(re.compile("/content-plan/activities/"))


def test_the_search_works_without_javascript(site: Running, open_page: Open) -> None:
    page = open_page("phone", javascript=False)
    sign_in(page, site.address, "leder@example.dk")
    page.get_by_role("link", name="Søg").click()
    page.get_by_label("Hvad leder du efter?").fill("uge 44")
    page.get_by_role("button", name="Søg").click()
    page.get_by_role("link", name="Ugen i kalenderen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("44")
