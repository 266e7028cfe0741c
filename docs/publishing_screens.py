"""The pictures of posts that go out: the plan, by hand on a phone, the practice profile, and down again."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page

Save = Callable[..., None]
SignIn = Callable[[Page, str, str], None]


def publishing_screens(page: Page, phone: Page, address: str, sign_in: SignIn, save: Save) -> None:
    """Neither is signed in.  Afterwards the post that was handed over is up, and must come down."""
    sign_in(page, address, "admin@example.dk")
    page.goto(f"{address}/outbox")
    page.get_by_role("link", name="Et opslag, du skal lægge op nu").first.click()
    link = re.search(r"/hand/[\w-]{20,}", page.inner_text("main"))
    assert link
    page.context.clear_cookies()
    sign_in(page, address, "kommunikation@example.dk")
    page.goto(f"{address}/publishing")
    _shows_pictures(page)
    save(page, "publishing-plan", most=800)
    _by_hand(phone, address + link[0], save)
    _down(page, address, save)
    phone.context.clear_cookies()
    sign_in(phone, address, "kommunikation@example.dk")
    phone.goto(f"{address}/practice/1")
    _shows_pictures(phone)
    save(phone, "practice-360", most=1180)


def _by_hand(phone: Page, link: str, save: Save) -> None:
    phone.goto(link)
    phone.get_by_role("button", name="Åbn pakken").click()
    phone.get_by_role("heading", name="Læg opslaget op").wait_for()
    _shows_pictures(phone)
    save(phone, "by-hand-360", most=1560)
    phone.get_by_label("Opslagets adresse").fill("https://www.facebook.com/socialomraadet.side/posts/1")
    phone.get_by_role("button", name="Det er lagt op").click()
    phone.get_by_role("heading", name="Tak, det er noteret").wait_for()


def _down(page: Page, address: str, save: Save) -> None:
    """By hand, with the steps for the phone and the word of somebody who has looked."""
    page.goto(f"{address}/publishing")
    page.locator(".going-row").filter(has_text="socialomraadet.side").locator(".going-what a").click()
    page.get_by_role("link", name="Tag det ned").click()
    page.get_by_role("main").locator("form button[type=submit]").click()
    page.wait_for_url("**/publishing/takedowns/*")
    page.reload()
    _shows_pictures(page)
    save(page, "take-down", most=800)


def _shows_pictures(page: Page) -> None:
    page.evaluate("document.activeElement.blur()")
    page.wait_for_load_state("networkidle")
