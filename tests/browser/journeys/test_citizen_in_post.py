"""A citizen in a post sees it before others do, here or by a link, and can say no to exactly this one."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hands import Finger
from tests.browser.journeys.consent_steps import COORDINATOR, heading, says
from tests.browser.journeys.post_steps import (
    NEXT_TEXT,
    NEXT_WHO,
    cannot_be_approved,
    choose,
    jpeg,
    pictures,
    send,
    to_desk,
    write,
)
from tests.browser.made_posts import Maker
from tests.browser.stored import stored
from tests.support.running import Running

NO = "Nej til lige det her"
REFUSED = "Har set opslaget og sagt nej til lige det her."


def post_with_citizen(hand: Finger, site: Running) -> str:
    """By the coordinator, for the takeover that Vega has said yes to; returns its id."""
    to_desk(hand, site, COORDINATOR)
    hand.page.goto(f"{site.address}/posts/new")
    hand.press(hand.page.get_by_role("button", name="Nyt opslag Specialområde Hjerneskade"))
    choose(hand, jpeg())
    pictures(hand.page, 1)
    hand.link(NEXT_WHO)
    hand.press(hand.page.get_by_text("En borger", exact=True))
    hand.button("Vega")
    expect(hand.page.locator(".said")).to_contain_text("Vega")
    hand.link(NEXT_TEXT)
    write(hand, "Formiddag i haven.", ("En smiler ved et højbed",))
    return send(hand)


@pytest.mark.parametrize("how", ["in person", "by link"])
def test_a_no_to_exactly_this_post_cannot_be_approved_away(
    busy_site: Running, open_page: Callable[..., Page], how: str
) -> None:
    if how == "in person":
        draft_id = post_with_citizen(Finger(open_page("phone", touch=True)), busy_site)
    else:
        with stored(busy_site) as session:
            maker = Maker(session)
            draft_id = maker.with_citizen(maker.citizen("Vega"))
    reader = Finger(open_page("desktop", touch=True))
    to_desk(reader, busy_site)
    reader.page.goto(f"{busy_site.address}/posts/{draft_id}")
    cannot_be_approved(reader.page, busy_site, draft_id)

    if how == "in person":
        reader.press(reader.page.locator(".seen").get_by_role("link", name="Vis opslaget Vega"))
        heading(reader.page, "Er opslaget i orden med dig?")
        reader.button(NO)
        says(reader.page, "Giv telefonen tilbage nu.")
        reader.link("For personalet: gå videre her")
    else:
        reader.button("Send et link Vega")
        link = re.search(
            r"/preview/[\w-]{40,}", reader.page.get_by_label("Tekst til at kopiere").input_value()
        )
        assert link
        says_no(Finger(open_page("phone", touch=True)), busy_site.address + link[0])
        reader.link("Tilbage til opslaget")
    says(reader.page, REFUSED)
    cannot_be_approved(reader.page, busy_site, draft_id)
    says(reader.page, REFUSED)


def says_no(own: Finger, address: str) -> None:
    """On the citizen's own phone, which may look as often as it likes."""
    for _ in range(2):
        own.page.goto(address)
        heading(own.page, "Er opslaget i orden med dig?")
    yes, no = (own.page.get_by_role("button", name=name).bounding_box() for name in ("Det er fint", NO))
    assert yes and no
    assert (yes["width"], yes["height"]) == (no["width"], no["height"]), "yes and no are alike"
    own.button(NO)
    says(own.page, "Opslaget bliver ikke vist. Du behøver ikke sige hvorfor.")
