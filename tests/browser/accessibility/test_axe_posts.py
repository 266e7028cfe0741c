"""axe finds nothing on the steps of a post: hosts and staff, both widths, and on a phone in the dark."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import FilePayload, Page, expect

from branding import demo
from tests.browser.accessibility.test_axe import check
from tests.browser.conftest import sign_in
from tests.browser.hands import Finger
from tests.browser.journeys.post_steps import begun, choose, jpeg, pictures
from tests.media.factories import portrait
from tests.support.running import Running

Open = Callable[..., Page]
STEPS = ("pictures", "people", "text", "send")


def filled(hand: Finger, site: Running) -> tuple[str, str]:
    """A post with two pictures, one with a face, that says too much; its path and its last picture."""
    begun(hand, site)
    face: FilePayload = {"name": "face.jpg", "mimeType": "image/jpeg", "buffer": portrait()}
    choose(hand, jpeg(), face)
    pictures(hand.page, 2)
    path = re.sub(r"https?://[^/]+|/pictures.*", "", hand.page.url)
    item = str(hand.page.locator(".post-picture").last.get_attribute("id")).removeprefix("item-")
    hand.page.goto(f"{site.address}{path}/text")
    hand.page.get_by_label("Tekst til opslaget").fill("Vores beboer Karl #specialområdehjerneskade")
    expect(hand.page.get_by_text("Gemt", exact=True)).to_be_visible()
    hand.page.goto(f"{site.address}{path}/people")
    expect(hand.page.get_by_text("Vi fandt et ansigt").first).to_be_visible(timeout=30_000)
    return path, item


def test_axe_finds_nothing_on_the_steps_of_a_post(busy_site: Running, open_page: Open) -> None:
    hand = Finger(open_page("phone", touch=True))
    path, item = filled(hand, busy_site)
    addresses = [f"{path}/{step}" for step in (*STEPS, f"pictures/{item}/crop")]
    found = [fault for address in addresses for fault in check(hand.page, busy_site.address + address, 200)]
    dark = open_page("phone", touch=True, scheme="dark")
    dark.goto(f"{busy_site.address}/host/{demo.HOST_TOKEN}")
    for address in addresses:
        found += check(dark, busy_site.address + address, 200, sizes=["phone"])
    hand.page.context.clear_cookies()
    sign_in(hand.page, busy_site.address)
    staff = [address.removeprefix("/my-week") for address in addresses]
    found += [fault for address in staff for fault in check(hand.page, busy_site.address + address, 200)]
    assert not found
