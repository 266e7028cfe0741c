"""Posted by hand from a mail on a phone; taken down by hand with proof; and stopped when somebody says no."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect
from sqlmodel import select

from branding.core import clock
from branding.publishing.models import HandPackage
from tests.browser.conftest import sign_in
from tests.browser.hands import Finger
from tests.browser.journeys.consent_steps import heading, says
from tests.browser.journeys.test_publishing_plan import SOON
from tests.browser.made_posts import Maker
from tests.browser.stored import stored
from tests.support.running import Running

Open = Callable[..., Page]
LIVE = "https://www.facebook.com/socialomraadet.side/posts/123"


def newest_link(page: Page, site: Running, mails: int = 1) -> str:
    """From the newest mail, as the outbox shows it when there are so many."""
    page.goto(f"{site.address}/outbox")
    found = page.get_by_role("link", name="Et opslag, du skal lægge op nu")
    for _ in range(SOON // 1000):
        if found.count() == mails:
            break
        page.wait_for_timeout(1000)
        page.reload()
    found.first.click()
    link = re.search(r"/hand/[\w-]{20,}", page.inner_text("main"))
    assert link
    return site.address + link[0]


def test_from_the_mail_to_done_on_a_phone_and_down_again_with_proof(
    own_site: Running, open_page: Open
) -> None:
    desk = open_page("desktop")
    sign_in(desk, own_site.address, "admin@example.dk")
    link = newest_link(desk, own_site)
    phone = Finger(open_page("phone", touch=True))
    phone.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    phone.page.goto(link)
    heading(phone.page, "Et opslag, du skal lægge op")
    assert phone.page.locator("main img").count() == 0
    phone.button("Åbn pakken")
    heading(phone.page, "Læg opslaget op")
    phone.press(phone.page.get_by_role("button", name=re.compile("^Kopiér.*: Tekst$")))
    expect(phone.page.get_by_role("button", name=re.compile("^Kopieret.*: Tekst$"))).to_be_visible()
    assert "Gåturen før frokost" in phone.page.evaluate("navigator.clipboard.readText()")

    plain = Finger(open_page("phone", javascript=False, touch=True))
    plain.page.goto(link)
    expect(plain.page.get_by_role("button", name="Kopiér")).to_have_count(0)
    expect(plain.page.locator("#text")).to_contain_text("Gåturen før frokost")
    with plain.page.expect_download() as saved:
        plain.link("Gem billede 1")
    assert saved.value.path().read_bytes()[:3] == b"\xff\xd8\xff"
    plain.write("Opslagets adresse", "der hvor den ligger")
    plain.button("Det er lagt op")
    expect(plain.page.get_by_role("alert")).to_be_visible()
    plain.write("Opslagets adresse", LIVE)
    plain.button("Det er lagt op")
    heading(plain.page, "Tak, det er noteret")
    assert plain.acts + phone.acts <= 8, "few presses on a phone"

    desk.context.clear_cookies()
    sign_in(desk, own_site.address)
    goes_wrong_and_comes_down(desk, own_site)


def goes_wrong_and_comes_down(page: Page, site: Running) -> None:
    """One button opens a case; the post is taken down by hand, and the page keeps who saw that it is gone."""
    page.goto(f"{site.address}/publishing")
    line = page.locator(".going-row").filter(has_text="socialomraadet.side")
    expect(line).to_contain_text("udgivet")
    line.locator(".going-what a").click()
    expect(page.get_by_role("link", name="Se det", exact=True)).to_have_attribute("href", LIVE)
    page.get_by_role("link", name="Noget gik galt").click()
    page.get_by_label("Hvad skete der?").fill("En nummerplade kan læses.")
    page.get_by_role("button", name="Tag det ned, og opret en sag").click()
    heading(page, "Noget gik galt")
    says(page, "72 timer")
    page.get_by_role("main").locator("a[href*='/publishing/takedowns/']").first.click()
    says(page, "Sådan gør du på telefonen")
    page.get_by_role("button", name="Det er fjernet").click()
    expect(page.get_by_role("alert")).to_contain_text("Se efter først")
    page.get_by_label("Jeg har set efter").check()
    page.get_by_role("button", name="Det er fjernet").click()
    says(page, "Karen Eksempel")
    expect(page.get_by_role("button", name="Det er fjernet")).to_have_count(0)
    page.goto(f"{site.address}/publishing/takedowns")
    by_hand = page.get_by_role("row").filter(has_text="Gåturen").filter(has_text="Nogen har sagt")
    expect(by_hand).to_contain_text("Karen Eksempel")


def test_a_yes_that_is_taken_back_meanwhile_stops_it_at_the_next_opening(
    own_site: Running, open_page: Open
) -> None:
    desk = open_page("desktop")
    sign_in(desk, own_site.address, "admin@example.dk")
    desk.goto(f"{own_site.address}/profiles/1/connection")
    desk.get_by_role("button", name="Vælg I hånden").click()
    says(desk, "Fra nu af lægger en kollega op i hånden.")
    with stored(own_site) as session:
        own = Maker(session).with_host(clock.now())

    phone = Finger(open_page("phone", javascript=False, touch=True))
    phone.page.goto(newest_link(desk, own_site, mails=2))
    phone.button("Åbn pakken")
    heading(phone.page, "Læg opslaget op")
    half_an_hour_later(own_site)
    phone.page.reload()
    says(phone.page, "Den halve time er gået.")
    expect(phone.page.locator("main img")).to_have_count(0)

    bo = Finger(open_page("phone", javascript=False, touch=True))
    bo.page.goto(own_site.address + own)
    bo.button("Ja, træk det tilbage")
    heading(bo.page, "Tak")

    phone.button("Åbn pakken")
    heading(phone.page, "Læg det ikke op")
    phone.page.reload()
    heading(phone.page, "Læg det ikke op")
    desk.goto(f"{own_site.address}/publishing")
    expect(desk.locator(".urgent .going-row, .untimed-row").filter(has_text="I haven.")).to_have_count(1)


def half_an_hour_later(site: Running) -> None:
    with stored(site) as session:
        for package in session.exec(select(HandPackage)):
            if package.open_until:
                package.open_until = clock.now()
                session.add(package)
