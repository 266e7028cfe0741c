"""A host makes a post on a phone of 360 pixels: in few taps, with the network cut, and without JavaScript."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from contextlib import suppress

from playwright.sync_api import BrowserContext, Error, Page, expect

from tests.browser.conftest import sign_in
from tests.browser.hands import Finger
from tests.browser.journeys.consent_steps import heading, says
from tests.browser.journeys.post_steps import (
    CAPTION,
    NEXT_SEND,
    NEXT_TEXT,
    begun,
    choose,
    heic,
    jpeg,
    pictures,
    say_who,
    send,
    write,
)
from tests.support.running import Running

MakePage = Callable[..., Page]
#: Presses that the whole post may take, besides typing.
MOST_TAPS = 12
#: How long the network is away: half a minute in earnest.
CUT = 30_000 if os.environ.get("STAFET_FULL") else 3_000
ALL_WELL = ("På billedet er Bo Eksempel. Ingen andre kan genkendes.", "Alt er i orden")


def test_a_post_takes_at_most_twelve_taps(busy_site: Running, open_page: MakePage) -> None:
    hand = Finger(open_page("phone", touch=True))
    begun(hand, busy_site)
    choose(hand, heic(), jpeg())
    pictures(hand.page, 2)
    expect(hand.page.get_by_text("Sted fjernet")).to_have_count(2)
    say_who(hand)
    hand.link(NEXT_TEXT)
    write(hand)
    send(hand, *ALL_WELL)
    assert hand.acts <= MOST_TAPS, f"it took {hand.acts} taps"


def test_without_javascript_the_same_goes_by_plain_forms(busy_site: Running, open_page: MakePage) -> None:
    hand = Finger(open_page("phone", javascript=False, touch=True))
    begun(hand, busy_site)
    hand.page.locator("#files").set_input_files([heic(), jpeg()])
    hand.button("Send billederne")
    pictures(hand.page, 2)
    say_who(hand)
    hand.link(NEXT_TEXT)
    write(hand)
    send(hand, *ALL_WELL)
    assert hand.acts <= MOST_TAPS, f"it took {hand.acts} taps"


def test_nothing_is_lost_when_the_network_is_cut_and_the_tab_dies(
    busy_site: Running, open_page: MakePage
) -> None:
    hand = Finger(open_page("phone", touch=True))
    context = hand.page.context
    begun(hand, busy_site)
    address = hand.page.url
    with hand.page.expect_response(re.compile("/part")):
        choose(hand, jpeg((1600, 2000)), heic())
    cut(context, hand.page)
    pictures(hand.page, 0)
    die(hand.page)
    context.set_offline(False)

    hand = Finger(context.new_page())
    hand.page.goto(address)
    pictures(hand.page, 2)
    assert "Sted fjernet" in hand.page.locator(".post-picture").first.inner_text()
    say_who(hand)
    hand.link(NEXT_TEXT)
    says(hand.page, "0 / 2.200 tegn")
    context.set_offline(True)
    write(hand)
    expect(hand.page.get_by_text("Ingen forbindelse – prøver igen")).to_be_visible()
    hand.page.wait_for_timeout(CUT)
    address = hand.page.url
    die(hand.page)
    context.set_offline(False)

    hand = Finger(context.new_page())
    hand.page.goto(address)
    expect(hand.page.get_by_label("Tekst til opslaget")).to_have_value(CAPTION)
    expect(hand.page.get_by_text("Gemt", exact=True)).to_be_visible()
    cut(context, hand.page, waits=False)
    hand.button(NEXT_SEND)
    hand.page.wait_for_timeout(1000)
    heading(hand.page, "Tekst")
    context.set_offline(False)
    heading(hand.page, "Send")
    hand.button("Send til godkendelse")
    heading(hand.page, "Dejligt, det er sendt")


def cut(context: BrowserContext, page: Page, *, waits: bool = True) -> None:
    """No network for a while, in the middle of something."""
    context.set_offline(True)
    if waits:
        page.wait_for_timeout(CUT)


def die(page: Page) -> None:
    """The tab is gone from one instant to the next.

    One that is closed gets the network back before it ends, and may save after all.
    """
    with page.expect_event("crash"), suppress(Error):
        page.goto("chrome://crash")
    page.close()


def test_two_who_write_at_once_see_both_and_choose(busy_site: Running, open_page: MakePage) -> None:
    hand, desk = Finger(open_page("phone", touch=True)), open_page("desktop")
    begun(hand, busy_site)
    address = hand.page.url.replace("/pictures", "/text")
    hand.page.goto(address)
    says(hand.page, "0 / 2.200 tegn")
    sign_in(desk, busy_site.address)
    desk.goto(address.replace("/my-week", ""))
    desk.get_by_label("Tekst til opslaget").fill("Kommunikations ord")
    expect(desk.get_by_text("Gemt", exact=True)).to_be_visible()

    hand.page.get_by_label("Tekst til opslaget").fill("Værtens ord")
    dialog = hand.page.get_by_role("dialog", name="En anden har ændret opslaget")
    expect(dialog).to_contain_text("Kommunikations ord")
    expect(dialog).to_contain_text("Værtens ord")
    dialog.get_by_role("button", name="Behold min").tap()
    expect(hand.page.get_by_text("Gemt", exact=True)).to_be_visible()
    desk.reload()
    expect(desk.get_by_label("Tekst til opslaget")).to_have_value("Værtens ord")


def test_what_is_refused_is_not_sent_again_and_a_word_that_is_gone_is_not_asked_about(
    busy_site: Running, open_page: MakePage
) -> None:
    hand = Finger(open_page("phone", touch=True))
    begun(hand, busy_site)
    choose(hand, {"name": "en.jpg", "mimeType": "image/jpeg", "buffer": b"<!doctype html><p>intet billede"})
    refused = hand.page.locator(".post-sending li")
    expect(refused.get_by_role("button")).to_have_text(["Fjern"])
    hand.page.reload()
    hand.page.wait_for_load_state("networkidle")
    expect(refused).to_have_count(0)

    hand.link("Skriv teksten først")
    hand.write("Tekst til opslaget", "Ring på 20 30 40 50")
    expect(hand.page.get_by_text("Gemt", exact=True)).to_be_visible()
    hand.page.reload()
    expect(hand.page.get_by_role("heading", name="Se på de her ord")).to_be_visible()
    hand.page.get_by_label("Tekst til opslaget").fill("Ring endelig")
    expect(hand.page.get_by_role("heading", name="Se på de her ord")).to_have_count(0)
