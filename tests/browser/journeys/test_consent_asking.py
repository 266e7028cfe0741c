"""Consent on a phone, by finger and by keyboard: a colleague's word, signatures, a guardian's, a no."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from branding import demo
from tests.browser.conftest import sign_in
from tests.browser.hands import Hand
from tests.browser.journeys.consent_steps import (
    COORDINATOR,
    GUARDIANS_LINES,
    LINES,
    answer_and_sign,
    ask,
    ask_new_citizen,
    cannot_confirm,
    find_on_board,
    heading,
    says,
)
from tests.support.running import Running

MakeHand = Callable[..., Hand]


def test_a_host_writes_a_colleagues_yes_down_and_the_colleague_confirms_it(
    busy_site: Running, hand_on: MakeHand, way: str
) -> None:
    host, name = hand_on(), {"finger": "Pia", "keys": "Kaj"}[way]
    host.page.goto(f"{busy_site.address}/host/{demo.HOST_TOKEN}")
    host.link("Spørg kolleger")
    heading(host.page, "Hvem er med på billederne?")
    host.acts = 0
    host.link("Ny kollega")
    says(host.page, "Instagram")
    assert not host.page.locator("main input:checked").count(), "nothing is answered beforehand"
    host.write("Kollegaens navn", name)
    host.button("Skriv ja'et ned")
    says(host.page, "Der er ikke gemt noget endnu")
    host.choose(host.page.get_by_label("Jeg sagde tydeligt, at det kommer på Instagram"))
    host.choose(host.page.get_by_label("Kollegaen svarede tydeligt ja"))
    host.answer("Må navnet nævnes?", "Ja")
    host.answer("Må stemmen høres?", "Nej")
    host.button("Skriv ja'et ned")
    heading(host.page, "Dejligt, det er skrevet ned")
    expect(host.page.get_by_text(f"{name} har sagt ja til Instagram")).to_be_visible()
    assert host.acts <= 9, "one of them was to see what is missing"
    message = host.page.locator(".sms").inner_text()
    assert name not in re.findall(r"http\S+", message)[0]

    colleague = hand_on(javascript=False)
    colleague.page.goto(re.findall(r"http\S+", message)[0])
    heading(colleague.page, "Dit ja")
    says(colleague.page, "Vi må skrive dit navn.")
    says(colleague.page, "Din stemme må ikke høres.")
    colleague.button("Ja, det passer")
    says(colleague.page, "Tak. Du har sagt, at det passer.")
    assert colleague.acts == 1

    host.link("Hvem er med på billederne?")
    row = host.page.get_by_role("listitem").filter(has_text=name)
    expect(row).to_contain_text("sagde ja")


def test_a_citizen_is_asked_and_signs_on_the_coordinators_phone(
    busy_site: Running, hand_on: MakeHand, way: str
) -> None:
    hand, name = hand_on(), {"finger": "Vilja", "keys": "Tove"}[way]
    sign_in(hand.page, busy_site.address, COORDINATOR)
    ask_new_citizen(hand, busy_site, name)
    hand.button("Begynd")
    page = hand.page
    heading(page, "Må vi vise et billede af dig?")
    expect(page.get_by_role("button", name="Læs højt")).to_be_visible()
    assert not page.locator("main input:checked").count(), "nothing is answered beforehand"
    yes, no = (page.get_by_role("button", name=word).bounding_box() for word in ("Fortsæt", "Nej tak"))
    assert yes and no and (yes["width"], yes["height"]) == (no["width"], no["height"])

    hand.sign(name)
    hand.button("Fortsæt")
    says(page, "Noget mangler")
    heading(page, "Må vi vise et billede af dig?")
    hand.answer(LINES[0], "Ja")
    hand.answer(LINES[1], "Ja")
    hand.answer(LINES[2], "Nej")
    hand.button("Fortsæt")
    heading(page, "Er det rigtigt?")
    answers = page.locator(".sign-answers")
    expect(answers.get_by_role("listitem").filter(has_text=LINES[1])).to_contain_text("Ja")
    expect(answers.get_by_role("listitem").filter(has_text=LINES[2])).to_contain_text("Nej")
    says(page, "Tegnet på skærmen" if way == "finger" else name)
    hand.button("Ja, det er rigtigt")
    heading(page, "Tak")
    says(page, "Vi bruger det tidligst")
    says(page, "Dit kort")
    says(page, "Giv telefonen tilbage nu.")

    find_on_board(page, busy_site, name)
    row = page.get_by_role("row").filter(has_text=name)
    expect(row).to_contain_text("Nej")
    expect(row).to_contain_text("Afventer")
    page.goto(f"{busy_site.address}/consent/verify")
    hand.link(name)
    cannot_confirm(page)


def test_a_citizen_and_the_guardian_both_sign_and_only_then_it_is_a_yes(
    busy_site: Running, hand_on: MakeHand, way: str
) -> None:
    hand, name = hand_on(), {"finger": "Selma", "keys": "Otto"}[way]
    page = hand.page
    ask_new_citizen_with_guardian(hand, busy_site, name)
    says(page, "Inge Eksempel")
    hand.button("Begynd")
    answer_and_sign(hand, name)
    says(page, "Nu er det Inge Eksempels tur.")
    hand.link("Fortsæt")
    says(page, f"Det handler om {name}.")
    answer_and_sign(hand, "Inge Eksempel", GUARDIANS_LINES)
    says(page, "Vi bruger det tidligst")
    find_on_board(page, busy_site, name)
    hand.link(name)
    hand.link("Takeover i uge")
    says(page, "Værge")


def ask_new_citizen_with_guardian(hand: Hand, site: Running, name: str) -> None:
    """The register first says who may sign; then the question can be asked."""
    page = hand.page
    sign_in(page, site.address, COORDINATOR)
    page.goto(f"{site.address}/consent/people/new?kind=citizen")
    hand.write("Navn", name)
    hand.choose(page.get_by_label("Personen og en værge skriver begge under"))
    hand.button("Gem, og spørg")
    heading(page, f"Spørg {name}")
    what_for = page.url
    subject_id = re.findall("[0-9a-f]{32}", what_for)[0]
    page.goto(f"{site.address}/consent/people/{subject_id}/edit")
    hand.link("Tilføj en værge eller en forælder")
    hand.write("Navn", "Inge Eksempel")
    hand.choose(page.get_by_label("Dokumentet dækker også at blive vist offentligt"))
    hand.button("Gem")
    says(page, "må skrive under")
    page.goto(what_for)
    ask(hand, name)


def test_a_citizen_says_no_thanks_as_easily_and_is_not_asked_again(
    busy_site: Running, hand_on: MakeHand, way: str
) -> None:
    hand, name = hand_on(), {"finger": "Eskild", "keys": "Gerda"}[way]
    page = hand.page
    sign_in(hand.page, busy_site.address, COORDINATOR)
    ask_new_citizen(hand, busy_site, name)
    hand.button("Begynd")
    hand.acts = 0
    hand.button("Nej tak")
    heading(page, "Du siger nej tak")
    hand.button("Ja, det er rigtigt")
    assert hand.acts == 2, "a no asks for nothing but a no"
    says(page, "Vi bruger ingen billeder, og vi spørger ikke igen om det her.")
    find_on_board(page, busy_site, name)
    row = page.get_by_role("row").filter(has_text=name)
    expect(row).to_contain_text("Nej tak")
