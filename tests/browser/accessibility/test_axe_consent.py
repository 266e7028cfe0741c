"""axe finds nothing on the pages of consent: those of a person, and those opened by a secret."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pytest
from playwright.sync_api import Page

from branding import demo
from branding.core import policy
from branding.core.actor import Role
from tests.browser.accessibility.consent_addresses import fill
from tests.browser.accessibility.test_axe import WHO, check, examined, rules
from tests.browser.conftest import sign_in
from tests.browser.hands import Finger
from tests.browser.journeys.consent_steps import COORDINATOR, LINES, ask_new_citizen
from tests.support.running import Running

Open = Callable[..., Page]
#: Files, not pages.
_FILES = ("consent.evidence_picture",)


@pytest.fixture(scope="session")
def filled(busy_site: Running) -> Mapping[str, str]:
    return fill(busy_site)


def pages_of_people(role: Role, filled: Mapping[str, str]) -> list[str]:
    """Every address with a random id that the role may open."""
    found = []
    for rule, endpoint, access in rules():
        action = policy.ACTIONS.get(access)
        is_mine = action is not None and role in action.everywhere | action.own_unit
        if (
            is_mine
            and "<id:" in rule
            and endpoint not in _FILES
            and not endpoint.startswith(("drafts.", "publishing."))
        ):
            found.append(re.sub(r"<(?:\w+:)?(\w+)>", lambda match: filled[match[1]], rule))
    assert len(found) >= 5
    return sorted(found)


@pytest.mark.parametrize("role", [Role.COMMUNICATIONS, Role.COORDINATOR, Role.DPO])
def test_axe_finds_nothing_on_the_pages_of_a_person(
    busy_site: Running, open_page: Open, filled: Mapping[str, str], role: Role
) -> None:
    page = open_page()
    sign_in(page, busy_site.address, WHO[role])
    mine = pages_of_people(role, filled)
    if role is not Role.COMMUNICATIONS:  # the others have been looked at; buttons differ on these
        mine = [a for a in mine if re.search(r"/(people|consents|evidence|verify)/\w{32}(/proof)?$", a)]
    found = [fault for address in mine for fault in check(page, busy_site.address + address, 200)]
    assert not found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_pages_opened_by_a_secret(
    busy_site: Running, open_page: Open, filled: Mapping[str, str], scheme: str
) -> None:
    page = open_page(scheme=scheme)
    statuses = {
        f"/sign/{filled['sign_token']}": 200,
        f"/shoot/{filled['shoot_token']}": 200,
        f"/my-consent/{filled['own_token']}": 200,
        f"/withdraw/{filled['own_token']}": 200,
        "/withdraw": 200,
        f"/sign/{'x' * 43}": 404,
        f"/withdraw/{'x' * 43}": 404,
    }
    found = [
        fault
        for address, status in statuses.items()
        for fault in check(page, busy_site.address + address, status)
    ]
    assert not found


def test_axe_finds_nothing_on_the_way_from_a_question_to_thanks(busy_site: Running, open_page: Open) -> None:
    """The pages that only a press of a button shows."""
    page = open_page("phone", touch=True)
    hand, found = Finger(page), []
    page.is_examined = True  # type: ignore[attr-defined] - axe leaves styles behind that our policy refuses
    sign_in(page, busy_site.address, COORDINATOR)
    ask_new_citizen(hand, busy_site, "Yrsa")
    question = page.url
    hand.button("Vis kode og link")
    page.get_by_label("Tekst til at kopiere").wait_for()
    found += examined(page)
    page.goto(question)
    hand.button("Begynd")
    hand.button("Fortsæt")
    page.get_by_role("heading", name="Noget mangler").wait_for()
    found += examined(page)
    for line in LINES:
        hand.answer(line, "Ja")
    hand.sign("Yrsa")
    hand.button("Fortsæt")
    page.get_by_role("heading", name="Er det rigtigt?").wait_for()
    found += examined(page)
    hand.button("Ja, det er rigtigt")
    page.get_by_role("heading", name="Dit kort").wait_for()
    found += examined(page)
    assert not found


def test_axe_finds_nothing_where_a_host_asks_a_colleague(busy_site: Running, open_page: Open) -> None:
    page = open_page("phone", touch=True)
    hand = Finger(page)
    page.is_examined = True  # type: ignore[attr-defined]
    page.goto(f"{busy_site.address}/host/{demo.HOST_TOKEN}")
    page.goto(f"{busy_site.address}/my-week/colleagues/new")
    hand.button("Skriv ja'et ned")
    page.get_by_role("alert").wait_for()
    found = examined(page)
    hand.write("Kollegaens navn", "Ditte")
    hand.choose(page.get_by_label("Jeg sagde tydeligt, at det kommer på Instagram"))
    hand.choose(page.get_by_label("Kollegaen svarede tydeligt ja"))
    hand.answer("Må navnet nævnes?", "Nej")
    hand.answer("Må stemmen høres?", "Nej")
    hand.button("Skriv ja'et ned")
    page.locator(".sms").wait_for()
    found += examined(page)
    page.goto(f"{busy_site.address}/my-week/colleagues")
    found += examined(page)
    assert not found
