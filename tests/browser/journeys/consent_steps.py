"""Steps that several journeys of consent take."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import sign_in
from tests.browser.hands import Hand
from tests.support.running import Running

#: What the form asks a citizen when a picture on Instagram is asked for, with the name.
LINES = ("I må tage billeder af mig.", "I må vise det på Instagram.", "I må skrive mit fornavn.")
GUARDIANS_LINES = ("I må tage billeder.", "I må vise det på Instagram.", "I må skrive fornavnet.")
COORDINATOR = "koordinator@example.dk"
COMMUNICATIONS = "kommunikation@example.dk"


def says(page: Page, text: str) -> None:
    expect(page.get_by_role("main")).to_contain_text(text)


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def ask_new_citizen(hand: Hand, site: Running, name: str) -> None:
    """From the board to the page with the ways to answer, as the coordinator who is signed in."""
    hand.page.goto(f"{site.address}/consents")
    hand.link("Ny person")
    hand.link("En borger")
    hand.write("Navn", name)
    hand.button("Gem, og spørg")
    ask(hand, name)


def ask(hand: Hand, name: str) -> None:
    """For the takeover that comes, from the page that asks what it is for."""
    heading(hand.page, f"Spørg {name}")
    hand.link("Takeover i uge")
    hand.choose(hand.page.get_by_label("Spørg også om navnet"))
    hand.button("Fortsæt")
    heading(hand.page, f"{name} kan svare nu")


def answer_and_sign(hand: Hand, name: str, lines: tuple[str, ...] = LINES) -> None:
    """Yes to everything, look once more, send."""
    for line in lines:
        hand.answer(line, "Ja")
    hand.sign(name)
    hand.button("Fortsæt")
    heading(hand.page, "Er det rigtigt?")
    hand.button("Ja, det er rigtigt")


def signed_citizen(hand: Hand, site: Running, name: str) -> str:
    """Somebody who has said yes on the coordinator's phone; returns the address of the card."""
    sign_in(hand.page, site.address, COORDINATOR)
    ask_new_citizen(hand, site, name)
    hand.button("Begynd")
    answer_and_sign(hand, name)
    heading(hand.page, "Tak")
    card = hand.page.get_by_role("link", name="Åbn kortets adresse").get_attribute("href")
    assert card
    assert re.search(r"/withdraw/[\w-]{40,}$", card), "256 bits, and nothing about the person"
    return card


def find_on_board(page: Page, site: Running, name: str) -> None:
    """Search the board; the page then shows those who fit."""
    page.goto(f"{site.address}/consents?q={name}")


def cannot_confirm(page: Page) -> None:
    """Whoever asked or wrote it down looks at the proof, and may not say that it is in order."""
    says(page, "Du har selv spurgt eller skrevet det ned")
    expect(page.get_by_role("button", name="Bekræft")).to_have_count(0)
