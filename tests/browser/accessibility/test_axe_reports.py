"""axe finds nothing in the reports, the archive, what is sent by itself, and what a link opens."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.accessibility.test_axe import beside, check
from tests.browser.conftest import sign_in
from tests.support.running import Running

Open = Callable[..., Page]
ADDRESSES = (
    "/reports",
    "/reports/content-plan?from=2022-W33&to=2022-W50",
    "/reports/takeovers",
    "/reports/consent",
    "/reports/strategy",
    "/reports/experiences",
    "/reports/archive",
    "/reports/archive/2",
    "/reports/schedules",
    "/reports/schedules/new",
)


def test_axe_finds_nothing_in_the_reports(busy_site: Running, open_page: Open) -> None:
    page = open_page()
    sign_in(page, busy_site.address)
    found = [
        fault for address in beside(ADDRESSES) for fault in check(page, busy_site.address + address, 200)
    ]
    page.goto(f"{busy_site.address}/reports/archive/2")
    page.get_by_role("button", name="Lav et link").click()
    link = page.get_by_label("Kopiér linket nu").input_value()
    page.context.clear_cookies()
    path = link[link.index("/r/") :]
    found += check(page, busy_site.address + path, 200, sizes=["phone"])
    assert not found


def test_english_in_the_dark_has_no_faults_there_either(busy_site: Running, open_page: Open) -> None:
    page = open_page("desktop", scheme="dark")
    sign_in(page, busy_site.address)
    page.get_by_role("button", name="In English").click()
    found = [
        fault
        for address in (*ADDRESSES[1:5], "/reports/schedules")
        for fault in check(page, busy_site.address + address, 200, sizes=["desktop"])
    ]
    assert not found
