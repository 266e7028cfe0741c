"""What happens to a consent on a phone, by finger and by keyboard: taken back, checked, erased."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import sign_in
from tests.browser.hands import Finger, Hand
from tests.browser.journeys.consent_steps import (
    COMMUNICATIONS,
    COORDINATOR,
    LINES,
    ask_new_citizen,
    cannot_confirm,
    find_on_board,
    heading,
    says,
    signed_citizen,
)
from tests.support.running import Running

MakeHand = Callable[..., Hand]
#: Yes or no in each line, a signature, a look at it, and sending it.
ACTS_OF_A_YES = len(LINES) + 3


def signed(open_page: Callable[..., Page], site: Running, name: str) -> tuple[Page, str]:
    """A coordinator's phone just after somebody has signed on it, and the address of the card."""
    phone = Finger(open_page("phone", touch=True))
    return phone.page, signed_citizen(phone, site, name)


def test_a_card_takes_the_yes_back_in_fewer_acts_than_it_took_to_give_it(
    busy_site: Running, open_page: Callable[..., Page], hand_on: MakeHand, way: str
) -> None:
    name = {"finger": "Rosa", "keys": "Emil"}[way]
    staff, card = signed(open_page, busy_site, name)
    own = hand_on(javascript=False)
    own.page.goto(card)
    heading(own.page, "Vil du trække dit ja tilbage?")
    says(own.page, "Du skal ikke sige hvorfor.")
    assert name not in own.page.url
    own.button("Ja, træk det tilbage")
    heading(own.page, "Tak")
    says(own.page, "Vi bruger ikke billedet mere. Vi fjerner det senest")
    assert own.acts == 1 < ACTS_OF_A_YES
    own.page.goto(card)
    heading(own.page, "Tak")

    find_on_board(staff, busy_site, name)
    row = staff.get_by_role("row").filter(has_text=name)
    expect(row).to_contain_text("Trukket tilbage")
    staff.get_by_role("main").get_by_role("link", name=name, exact=True).tap()
    expect(staff.get_by_role("heading", name="På Instagram i dag:")).to_contain_text("Nej")


def test_a_second_person_checks_the_paper_and_the_first_cannot(
    busy_site: Running, hand_on: MakeHand, way: str
) -> None:
    first, name = hand_on(), {"finger": "Karla", "keys": "Viggo"}[way]
    photograph_paper(first, busy_site, name)
    first.page.goto(f"{busy_site.address}/consent/verify")
    first.link(name)
    heading(first.page, f"Er ja'et fra {name} i orden?")
    cannot_confirm(first.page)

    second = hand_on()
    page = second.page
    sign_in(page, busy_site.address, COMMUNICATIONS)
    page.goto(f"{busy_site.address}/consent/verify")
    second.link(name)
    picture = page.get_by_role("img", name="Blanketten, som den blev fotograferet")
    expect(picture).to_be_visible()
    # decode() waits for the picture, and fails when there is none.
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0, "it can be seen"
    says(page, f"Personen: {name}")
    second.button("Bekræft")
    expect(page.get_by_role("status")).to_contain_text(f"Bekræftet: {name}.")
    page.goto(f"{busy_site.address}/consent/verify")
    expect(page.get_by_role("main").get_by_role("link", name=name)).to_have_count(0)
    find_on_board(page, busy_site, name)
    second.press(page.get_by_role("main").get_by_role("link", name=name, exact=True))
    says(page, "Bevis tjekket")


def photograph_paper(hand: Hand, site: Running, name: str) -> None:
    """What the coordinator does when a form comes back on paper."""
    sign_in(hand.page, site.address, COORDINATOR)
    ask_new_citizen(hand, site, name)
    hand.link("Fotografér")
    paper = BytesIO()
    Image.new("RGB", (600, 850), "white").save(paper, "JPEG")
    chosen: FilePayload = {"name": "ark.jpg", "mimeType": "image/jpeg", "buffer": paper.getvalue()}
    hand.page.get_by_label("Billeder eller scanning af arket").set_input_files(chosen)
    hand.choose(hand.page.get_by_label("Ja, og krydser i linjerne"))
    for line in LINES:
        hand.answer(line, "Ja")
    hand.write("Navnet, som det står", name)
    hand.button("Gem")
    says(hand.page, "Næste: en anden ser det efter")


def test_an_erased_person_is_nowhere_to_be_found(
    busy_site: Running, open_page: Callable[..., Page], hand_on: MakeHand, way: str
) -> None:
    name = {"finger": "Ragnhild", "keys": "Thorvald"}[way]
    staff, card = signed(open_page, busy_site, name)
    find_on_board(staff, busy_site, name)
    href = staff.get_by_role("main").get_by_role("link", name=name, exact=True).get_attribute("href")
    person = busy_site.address + str(href)
    hand = hand_on()
    page = hand.page
    sign_in(page, busy_site.address, COMMUNICATIONS)
    find_on_board(page, busy_site, name)
    hand.link(name)
    hand.link("Indsigt og sletning")
    hand.link("Se, hvad sletning betyder")
    heading(page, f"Slet {name}")
    says(page, "Det sker der")
    says(page, "Underskrifter og sedler bliver ødelagt")
    hand.button("Slet for altid")
    says(page, "Der er ikke gemt noget endnu")
    hand.choose(page.get_by_label("Jeg ved, at ingen kan få det tilbage"))
    hand.button("Slet for altid")
    expect(page.get_by_role("status")).to_contain_text("Personen er slettet.")

    for looking in (page, staff):
        find_on_board(looking, busy_site, name)
        expect(looking.get_by_role("main").get_by_role("link", name=name)).to_have_count(0)
        assert looking.goto(person).status == 404  # type: ignore[union-attr]
    page.goto(f"{busy_site.address}/consent/verify")
    expect(page.get_by_role("main")).not_to_contain_text(name)
    own = hand_on(javascript=False)
    answer = own.page.goto(card)
    assert answer is not None
    assert answer.status in (404, 410)
    expect(own.page.locator("body")).not_to_contain_text(name)
