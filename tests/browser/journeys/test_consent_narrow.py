"""Consent on the narrowest screens, magnified, and with the colours and the motion that people choose."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Literal

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Locator, Page

from branding import demo
from tests.browser.conftest import sign_in
from tests.browser.hands import Finger
from tests.browser.journeys.consent_steps import COORDINATOR, LINES, ask_new_citizen, signed_citizen
from tests.support.running import Running

Open = Callable[..., Page]
#: 1280 x 1024 at 400 % is 320 x 256 (WCAG 1.4.10).
NARROW = ((320, 640), (320, 256))


def too_wide(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def test_nothing_scrolls_sideways_on_the_narrowest_screens(busy_site: Running, open_page: Open) -> None:
    site, found = busy_site, dict[str, int]()

    def measure(page: Page, what: str) -> None:
        for width, height in NARROW:
            page.set_viewport_size({"width": width, "height": height})
            found[f"{what} at {width} x {height}"] = too_wide(page)

    staff = Finger(open_page("phone", touch=True))
    card = signed_citizen(staff, site, "Petra")
    ask_new_citizen(staff, site, "Palle")
    host = open_page("phone")
    host.goto(f"{site.address}/host/{demo.HOST_TOKEN}")
    for address in ("/my-week/colleagues", "/my-week/colleagues/new"):
        host.goto(site.address + address)
        measure(host, address)
    staff.button("Begynd")
    for _ in range(3):
        staff.page.get_by_role("button", name="Større tekst").tap()
    measure(staff.page, "sign, largest text")
    for address in ("/consents", "/consent/verify", "/consent/people/new?kind=citizen", "/consent/shoots"):
        staff.page.goto(site.address + address)
        measure(staff.page, address)
    staff.page.goto(card)
    measure(staff.page, "withdraw")
    assert not {where: wide for where, wide in found.items() if wide > 0}


@pytest.mark.parametrize(("name", "colours"), [("Asta", "none"), ("Ebbe", "active")])
def test_yes_and_no_are_told_apart_whatever_colours_and_motion_people_choose(
    busy_site: Running, open_page: Open, name: str, colours: Literal["none", "active"]
) -> None:
    page = open_page("phone", touch=True)
    page.emulate_media(reduced_motion="reduce", forced_colors=colours)
    hand = Finger(page)
    sign_in(page, busy_site.address, COORDINATOR)
    ask_new_citizen(hand, busy_site, name)
    hand.button("Begynd")
    group = page.get_by_role("group", name=LINES[0])
    yes, no = (group.get_by_text(word, exact=True).locator("xpath=ancestor::label") for word in ("Ja", "Nej"))
    before = _drawn(yes)
    hand.answer(LINES[0], "Ja")
    chosen = _drawn(yes)
    assert _differ(chosen, before), "a chosen yes looks chosen"
    hand.answer(LINES[0], "Nej")
    again = _drawn(yes)
    assert _differ(again, chosen) and not _differ(again, before), "and unchosen again"
    assert _drawn(no) != before
    assert page.evaluate("document.getAnimations().length") == 0


def _drawn(label: Locator) -> bytes:
    """Nothing has the focus, and the label stands at the same place of the screen each time.

    Half a pixel further up its edges would be drawn otherwise.
    """
    label.evaluate("""(label) => {
        document.activeElement.blur();
        scrollTo(0, Math.round(label.getBoundingClientRect().top + scrollY) - 200);
        return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    }""")
    return label.screenshot()


def _differ(one: bytes, other: bytes) -> bool:
    """Whether an eye sees it: rounding in the drawing of an edge is none."""
    pictures = [Image.open(io.BytesIO(png)).convert("L") for png in (one, other)]
    if pictures[0].size != pictures[1].size:
        return True
    return bool(ImageChops.difference(*pictures).point(lambda level: 255 * (level > 40)).getbbox())
