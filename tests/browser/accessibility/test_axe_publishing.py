"""axe finds nothing where posts go out and come down: plan, by hand, practice profile and calendar."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from branding.core import clock
from tests.browser.accessibility.test_axe import WIDER, check
from tests.browser.conftest import sign_in
from tests.browser.journeys.test_consent_narrow import NARROW
from tests.browser.journeys.test_keyboard import tab_to
from tests.browser.made_publications import Going, fill
from tests.support.running import Running

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def going(busy_site: Running) -> Going:
    return fill(busy_site)


def calendar() -> tuple[str, ...]:
    """Where posts stand on the day they go out, and on the practice profile."""
    today = clock.today()
    return ("/", f"/calendar/month/{today:%Y}/{today.month}", f"/calendar/week/{today:%G}/{today:%V}")


def practice_post(page: Page, site: Running) -> str:
    page.goto(f"{site.address}/practice/1")
    link = page.get_by_role("link", name=re.compile("^Åbn opslaget")).first
    return str(link.get_attribute("href"))


def test_axe_finds_nothing_where_posts_go_out_and_come_down(
    busy_site: Running, open_page: Open, going: Going
) -> None:
    page = open_page()
    sign_in(page, busy_site.address)
    addresses = (*going.of_staff, *calendar(), practice_post(page, busy_site))
    found = [fault for address in addresses for fault in check(page, busy_site.address + address, 200)]
    page.context.clear_cookies()
    for address, status in going.by_secret.items():
        found += check(page, busy_site.address + address, status, sizes=["phone"])
    assert not found


def test_english_in_the_dark_has_no_faults_there_either(
    busy_site: Running, open_page: Open, going: Going
) -> None:
    page = open_page("desktop", scheme="dark")
    sign_in(page, busy_site.address)
    page.get_by_role("button", name="In English").click()
    addresses = (*going.of_staff[:6], "/publishing/takedowns", "/publishing/status", *calendar()[1:])
    found = [
        fault
        for address in addresses
        for fault in check(page, busy_site.address + address, 200, sizes=["desktop"])
    ]
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert not found


def test_nothing_about_going_out_scrolls_sideways_and_each_page_has_a_name(
    busy_site: Running, open_page: Open, going: Going
) -> None:
    page = open_page("phone", javascript=False)
    sign_in(page, busy_site.address)
    addresses = (*going.of_staff, *calendar(), "/publishing/pause", "/publishing/status", "/practice/1")
    found = []
    for address in (*addresses, *going.by_secret):
        page.goto(busy_site.address + address)
        title = page.title().split(" · ")[0]
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        assert title, address
        for size in NARROW:
            page.set_viewport_size({"width": size[0], "height": size[1]})
            wide = page.evaluate(WIDER)
            found += [f"{address} at {size}: {wide}px"] if wide > 0 else []
    assert not found


def test_the_keyboard_reaches_a_step_of_each_post_in_their_order_and_shows_where_it_is(
    busy_site: Running, open_page: Open, going: Going
) -> None:
    page = open_page("desktop")
    sign_in(page, busy_site.address)
    page.goto(f"{busy_site.address}/publishing")
    tops = []
    for name in ("Sig, om det er ude", "En anden tid", "Flyt Alt har sin plads"):
        tab_to(page, name)
        tops.append(page.evaluate("document.activeElement.getBoundingClientRect().top + scrollY"))
    assert tops == sorted(tops), "as they stand on the page"


def test_what_state_a_post_is_in_can_be_told_in_forced_colours(
    busy_site: Running, open_page: Open, going: Going
) -> None:
    page = open_page("desktop")
    sign_in(page, busy_site.address)
    page.emulate_media(forced_colors="active")
    page.goto(f"{busy_site.address}/publishing")
    for row in page.locator(".going-row").all()[:6]:
        state = row.locator(".status")
        assert state.inner_text().strip(), "a word"
        assert state.locator("svg").evaluate("e => e.getBoundingClientRect().width > 8"), "and a drawing"
    assert page.locator(".going").first.evaluate("e => getComputedStyle(e).borderTopStyle") == "solid"
