"""axe finds nothing on the pages of reminders, nor behind the link in one."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.accessibility.test_axe import beside, check
from tests.browser.conftest import sign_in
from tests.support.running import Running

Open = Callable[..., Page]
ADDRESSES = (
    "/reminders",
    "/reminders/coming",
    "/reminders/sent",
    "/reminders/mine",
    "/reminders/quiet-hours",
    "/reminders/rules/2",
    "/reminders/rules/new/no_post",
)


def test_axe_finds_nothing_on_the_pages_of_reminders(busy_site: Running, open_page: Open) -> None:
    page = open_page()
    sign_in(page, busy_site.address)
    assert not [
        fault for address in beside(ADDRESSES) for fault in check(page, busy_site.address + address, 200)
    ]


def test_english_has_no_faults_there_either(busy_site: Running, open_page: Open) -> None:
    page = open_page("desktop")
    sign_in(page, busy_site.address)
    page.get_by_role("button", name="In English").click()
    found = [
        fault
        for address in ADDRESSES
        for fault in check(page, busy_site.address + address, 200, sizes=["desktop"])
    ]
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert not found
