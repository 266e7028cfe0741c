"""From the host's phone to an approved post: two people, two screens, and nothing in between."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect
from sqlmodel import col, select

from branding.outbox.models import OutboxMessage
from tests.browser.hands import HANDS, Finger, Hand, Keys
from tests.browser.journeys.consent_steps import heading, says
from tests.browser.journeys.post_steps import (
    NEXT_TEXT,
    NEXT_WHO,
    begun,
    choose,
    from_front_page,
    heic,
    is_approved,
    jpeg,
    pictures,
    press_key,
    say_who,
    send,
    to_desk,
    write,
)
from tests.browser.made_posts import Maker
from tests.browser.stored import stored
from tests.support.running import Running

MakePage = Callable[..., Page]


def desk(open_page: MakePage, way: str = "finger") -> Hand:
    """A PC of 1280 pixels."""
    return HANDS[way](open_page("desktop", touch=way == "finger"))


def post_by_host(hand: Hand, site: Running, caption: str) -> str:
    """With two pictures, the host on one of them; returns its id."""
    begun(hand, site)
    choose(hand, heic(), jpeg())
    pictures(hand.page, 2)
    say_who(hand)
    hand.link(NEXT_TEXT)
    write(hand, caption)
    return send(hand)


def on_one_screen(page: Page) -> None:
    """Everything that a second person needs, without scrolling; the bar covers none of it."""
    bar = page.locator(".review-bar").bounding_box()
    assert bar is not None
    needed = {
        "picture": page.locator(".phone-frame").first,
        "gate": page.locator(".gate"),
        "people": page.locator(".seen"),
        "confirming": page.locator(".confirming"),
        "text": page.get_by_label("Tekst", exact=True),
        "description": page.get_by_label("Beskrivelse af billede 1"),
    }
    for name, thing in needed.items():
        box = thing.bounding_box()
        assert box is not None, name
        assert box["y"] >= 0 and box["y"] + box["height"] <= bar["y"], f"{name} is out of sight"


def test_from_the_hosts_phone_to_an_approved_post(
    busy_site: Running, open_page: MakePage, hand_on: Callable[..., Hand], way: str
) -> None:
    """Once with fingers and the key A, once with Tab, Space and Enter alone, from sign-in to approval."""
    draft_id = post_by_host(hand_on(), busy_site, f"Fuglekasser i dag, lavet med {way}.")
    assert not is_approved(busy_site, draft_id)
    reader = desk(open_page, way)
    to_desk(reader, busy_site)
    from_front_page(reader, draft_id)
    says(reader.page, "Alt er i orden.")
    says(reader.page, "Ingen andre end Bo Eksempel kan genkendes, og de har sagt ja.")
    on_one_screen(reader.page)
    if isinstance(reader, Keys):
        reader.button("Godkend og planlæg")
    else:
        press_key(reader.page, "a")
    says(reader.page, "Opslaget er godkendt.")
    assert draft_id not in reader.page.url, "the next one comes up, or the list"
    assert is_approved(busy_site, draft_id).startswith("user:")


def test_a_colleague_on_two_pictures_is_asked_once_and_a_returned_post_is_sent_again(
    busy_site: Running, open_page: MakePage
) -> None:
    hand = Finger(open_page("phone", touch=True))
    begun(hand, busy_site, "Karrusel")
    choose(hand, jpeg(), heic(), jpeg())
    pictures(hand.page, 3)
    hand.link(NEXT_WHO)
    first, second, third = (hand.page.locator(".post-people").nth(number) for number in range(3))
    # Where others have been asked in these days, their names stand first.
    hand.press(first.get_by_role("link", name=re.compile("En( ny)? kollega")))
    ask_colleague(hand, "Majbrit")
    expect(first.locator(".said")).to_contain_text("Majbrit")
    hand.press(second.get_by_role("button", name="Ingen kan genkendes"))
    expect(second.locator(".said")).to_be_visible()
    before = hand.acts
    hand.press(third.get_by_role("button", name="Majbrit"))
    expect(third.locator(".said")).to_contain_text("Majbrit")
    assert hand.acts - before == 1, "the second picture is one tap on the name"
    hand.link(NEXT_TEXT)
    write(hand, "Tre trin til en fuglekasse.", ("Brædder på et bord", "En hammer", "Fuglekassen hænger"))
    draft_id = send(hand)

    reader = desk(open_page)
    to_desk(reader, busy_site)
    from_front_page(reader, draft_id)
    says(reader.page, "Ingen andre end Majbrit kan genkendes, og de har sagt ja.")
    press_key(reader.page, "r")
    reader.page.get_by_label("Hvad skal være anderledes?").fill("Skriv gerne, hvem der får kassen.")
    reader.button("Send tilbage med beskeden")
    says(reader.page, "Opslaget er sendt tilbage med din besked.")

    hand.link("Tilbage til min uge")
    card = hand.page.locator(f"a[href*='{draft_id}']")
    expect(card).to_contain_text("Skriv gerne, hvem der får kassen.")
    hand.press(card)
    hand.page.get_by_role("link", name="Tekst").first.tap()
    hand.page.get_by_label("Tekst til opslaget").fill("Tre trin til en fuglekasse, som naboen får.")
    assert send(hand) == draft_id

    reader.page.goto(f"{busy_site.address}/posts/{draft_id}")
    expect(reader.page.locator(".since ins")).to_contain_text("som naboen får")
    reader.button("Godkend og planlæg")
    says(reader.page, "Opslaget er godkendt.")
    assert is_approved(busy_site, draft_id)


def ask_colleague(hand: Hand, name: str) -> None:
    """The small sheet: a name, two ticks, what may be told; then into the picture one came from."""
    heading(hand.page, "Spørg en kollega")
    hand.write("Kollegaens navn", name)
    hand.choose(hand.page.get_by_label("Jeg sagde tydeligt, at det kommer på Instagram"))
    hand.choose(hand.page.get_by_label("Kollegaen svarede tydeligt ja"))
    hand.answer("Må navnet nævnes?", "Nej")
    hand.answer("Må stemmen høres?", "Nej")
    hand.button("Skriv ja'et ned")
    hand.button(f"Sæt {name} på billedet")
    heading(hand.page, "Hvem er på?")


def test_somebody_without_an_account_approves_by_a_link(busy_site: Running, open_page: MakePage) -> None:
    with stored(busy_site) as session:
        draft_id = Maker(session).by_host("submitted")
    reader = desk(open_page)
    to_desk(reader, busy_site)
    from_front_page(reader, draft_id)
    reader.press(reader.page.get_by_text("Bed en anden godkende"))
    reader.write("Navn", "Gerda Eksempel")
    reader.write("Mail", "gerda@example.dk")
    reader.button("Send linket")
    says(reader.page, "En mail med linket er på vej til Gerda Eksempel.")

    other = Finger(open_page("phone", touch=True))
    for _ in range(2):  # a look uses nothing up
        other.page.goto(mailed_link(busy_site, "gerda@example.dk", "review"))
        heading(other.page, "Vil du godkende opslaget?")
    other.button("Godkend og planlæg")
    says(other.page, "Tak. Opslaget er godkendt.")
    assert is_approved(busy_site, draft_id).startswith("reviewer:")


def mailed_link(site: Running, to: str, kind: str) -> str:
    """The newest link of this kind in a mail to somebody, at this site's own address."""
    with stored(site) as session:
        query = (
            select(OutboxMessage).where(OutboxMessage.to_address == to).order_by(col(OutboxMessage.id).desc())
        )
        mail = session.exec(query).first()
        assert mail is not None
        found = re.search(rf"/{kind}/[\w-]{{40,}}", mail.body)
    assert found
    return site.address + found[0]
