"""A report is ordered: put in the archive, made, and downloaded; one is sent by itself."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import sign_in
from tests.support.running import Running

Open = Callable[..., Page]
#: The worker looks every few seconds; a machine that is busy takes longer.
SOON = 30_000


def test_a_report_is_put_in_the_archive_and_is_ready_while_one_waits(
    busy_site: Running, open_page: Open
) -> None:
    page = open_page()
    sign_in(page, busy_site.address)
    page.get_by_role("navigation", name="Hovedmenu").get_by_role("link", name="Rapporter").click()
    page.get_by_role("main").get_by_role("link", name=re.compile("^Strategiopfølgning")).first.click()
    page.get_by_role("button", name="Læg den i arkivet som PDF").click()
    get = page.get_by_role("link", name="Hent rapporten")
    expect(get).to_be_visible(timeout=SOON)
    with page.expect_download() as found:
        get.click()
    assert found.value.path().read_bytes().startswith(b"%PDF")

    leader = open_page()
    sign_in(leader, busy_site.address, "leder@example.dk")
    expect(leader.get_by_role("main").get_by_role("link", name="Strategiopfølgning")).to_be_visible()


def test_a_report_is_sent_every_monday_and_once_now(busy_site: Running, open_page: Open) -> None:
    page = open_page()
    sign_in(page, busy_site.address)
    page.goto(f"{busy_site.address}/reports/schedules/new")
    page.get_by_label("Hvem får den?").fill("netvaerk@example.dk")
    page.get_by_role("button", name="Gem").click()
    line = page.get_by_role("main").get_by_role("listitem").filter(has_text="hver mandag")
    line.last.get_by_role("button", name=re.compile("^Send nu")).click()
    expect(page.get_by_role("main")).to_contain_text("rapport", ignore_case=True)
    page.context.clear_cookies()
    sign_in(page, busy_site.address, "admin@example.dk")
    for _ in range(SOON // 1000):
        page.goto(f"{busy_site.address}/outbox")
        if page.get_by_text("netvaerk@example.dk").count():
            break
        page.wait_for_timeout(1000)
    expect(page.get_by_text("netvaerk@example.dk").first).to_be_visible()
