"""axe finds nothing on the strategy map, its boxes, indicators and key figures."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.accessibility.test_axe import WIDER, beside, check
from tests.browser.conftest import sign_in
from tests.browser.journeys.test_consent_narrow import NARROW
from tests.support.running import Running

Open = Callable[..., Page]


def addresses(page: Page, site: Running) -> list[str]:
    """Every kind of page, each once, as the demo's map links to them."""
    page.goto(f"{site.address}/strategy")
    nodes = [str(one.get_attribute("href")) for one in page.locator("main a[href*='/strategy/nodes/']").all()]
    found = [str(one.get_attribute("href")) for one in page.locator("a.goal-indicator").all()]
    nodes = [one for one in nodes if re.search(r"/nodes/\d+$", one)]
    by_hand = page.locator("a.goal-indicator", has_text="Cases optaget").first.get_attribute("href")
    ticked = page.locator("a.goal-indicator", has_text="Pilot gennemført").first.get_attribute("href")
    initiative = str(page.locator("a.goal-initiative-name").first.get_attribute("href"))
    return [
        "/strategy", "/strategy?on=2022-03-31", nodes[0], initiative, f"{initiative}/edit", found[0],
        f"{found[0]}/edit", str(by_hand), f"{by_hand}/results/new", "/strategy/results/1", str(ticked),
        initiative.replace("/nodes/", "/initiatives/") + "/activities", "/strategy/nodes/new?kind=initiative",
        "/strategy/put-away", "/strategy/import", "/key-figures", "/key-figures/1", "/key-figures/new",
        "/key-figures/values/1", "/key-figures/import",
    ]  # fmt: skip


def test_axe_finds_nothing_on_goals_and_key_figures(busy_site: Running, open_page: Open) -> None:
    page = open_page()
    sign_in(page, busy_site.address)
    found = [
        fault
        for path in beside(addresses(page, busy_site))
        for fault in check(page, busy_site.address + path, 200)
    ]
    assert not found


def test_english_in_the_dark_has_no_faults_on_goals_either(busy_site: Running, open_page: Open) -> None:
    page = open_page("desktop", scheme="dark")
    sign_in(page, busy_site.address)
    paths = addresses(page, busy_site)
    page.get_by_role("button", name="In English").click()
    found = [
        fault for path in paths for fault in check(page, busy_site.address + path, 200, sizes=["desktop"])
    ]
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert not found


def test_no_page_of_goals_scrolls_sideways(busy_site: Running, open_page: Open) -> None:
    page = open_page("phone", javascript=False)
    sign_in(page, busy_site.address)
    found = []
    for path in addresses(page, busy_site):
        page.goto(busy_site.address + path)
        for size in NARROW:
            page.set_viewport_size({"width": size[0], "height": size[1]})
            wide = page.evaluate(WIDER)
            found += [f"{path} at {size}: {wide}px"] if wide > 0 else []
    assert not found
