"""axe finds nothing on the front page of any role, and nothing in the search."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.accessibility.test_axe import check
from tests.browser.conftest import sign_in
from tests.support.running import Running

Open = Callable[..., Page]
SEARCHES = ("/search", "/search?q=a", "/search?q=linkedin", "/search?q=uge+44", "/search?q=xyzzy")


def test_axe_finds_nothing_on_any_front_page(site: Running, open_page: Open) -> None:
    found = []
    for email in ("kommunikation", "koordinator", "leder", "dpo", "admin"):
        page = open_page()
        sign_in(page, site.address, f"{email}@example.dk")
        found += check(page, f"{site.address}/", 200)
    assert not found


def test_axe_finds_nothing_in_the_search(site: Running, open_page: Open) -> None:
    page = open_page()
    sign_in(page, site.address)
    found = [fault for address in SEARCHES for fault in check(page, site.address + address, 200)]
    assert not found


def test_english_in_the_dark_has_no_faults_there_either(site: Running, open_page: Open) -> None:
    page = open_page("desktop", scheme="dark")
    sign_in(page, site.address)
    page.get_by_role("button", name="In English").click()
    addresses = ("/", "/search?q=linkedin")
    assert not [f for one in addresses for f in check(page, site.address + one, 200, sizes=["desktop"])]
