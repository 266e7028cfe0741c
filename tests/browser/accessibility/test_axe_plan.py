"""axe finds nothing in the content plan, its forms, the ambassadors, and what the public opens."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from branding.core import clock
from branding.demo import HOST_TOKEN
from tests.browser.accessibility.test_axe import beside, check
from tests.browser.conftest import sign_in
from tests.support.running import Running

Open = Callable[..., Page]
ADDRESSES = (
    "/content-plan",
    "/content-plan?view=board",
    "/content-plan?view=list&status=late",
    "/content-plan/activities/new",
    "/content-plan/activities/1",
    "/content-plan/activities/1/move",
    "/content-plan/formats",
    "/content-plan/formats/1",
    "/content-plan/channels",
    "/content-plan/channels/1",
    "/content-plan/import",
    "/ambassadors",
    "/share-kits/new",
    "/share-kits/1",
)


def addresses() -> tuple[str, ...]:
    """2022's plan can be copied whatever today is."""
    return (*ADDRESSES, f"/content-plan/copy-year?from=2022&to={clock.today().year + 1}")


def test_axe_finds_nothing_in_the_content_plan(busy_site: Running, open_page: Open) -> None:
    page = open_page()
    sign_in(page, busy_site.address)
    found = [
        fault for address in beside(addresses()) for fault in check(page, busy_site.address + address, 200)
    ]
    page.goto(f"{busy_site.address}/share-kits/1")
    share = page.get_by_role("link", name="Se siden").get_attribute("href")
    page.context.clear_cookies()
    for address in (share, f"/ambassador/{HOST_TOKEN}", f"/ambassador/{HOST_TOKEN}/poster"):
        found += check(page, f"{busy_site.address}{address}", 200, sizes=["phone"])
    assert not found


def test_english_in_the_dark_has_no_faults_there_either(busy_site: Running, open_page: Open) -> None:
    page = open_page("desktop", scheme="dark")
    sign_in(page, busy_site.address)
    page.get_by_role("button", name="In English").click()
    found = [
        fault
        for address in (*ADDRESSES[:5], "/ambassadors")
        for fault in check(page, busy_site.address + address, 200, sizes=["desktop"])
    ]
    assert not found
