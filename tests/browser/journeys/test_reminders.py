"""A reminder's rule is changed: seen as a letter, refused with the reason, saved, and taken back."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import sign_in
from tests.support.running import Running

Open = Callable[..., Page]
RULE = "/reminders/rules/2"


def test_a_rule_gets_another_day_and_other_words_and_goes_back(busy_site: Running, open_page: Open) -> None:
    page = open_page()
    sign_in(page, busy_site.address)
    page.get_by_text("Karen", exact=True).click()
    page.get_by_role("link", name="Påmindelser").click()
    page.get_by_role("link", name="4 uger før første dag").first.click()
    expect(page).to_have_url(busy_site.address + RULE)
    offset, subject = page.get_by_label("Hvor mange dage"), page.get_by_label("Emne")
    before = offset.input_value()

    subject.fill("Hvem tager {uge} hos {unit}?")
    page.get_by_role("button", name="Gem").click()
    expect(
        page.get_by_role("alert").or_(page.locator(".form-error, .form-error-message")).first
    ).to_contain_text("{uge}")

    subject.fill("Hvem tager {week} hos {unit}?")
    offset.fill("21")
    page.get_by_role("button", name="Se brevet").click()
    expect(page.get_by_role("heading", name="Brevet med et eksempel")).to_be_visible()
    expect(page.locator("section.card").filter(has_text="Brevet med")).to_contain_text("Hvem tager uge")
    page.get_by_role("button", name="Gem").click()
    expect(page.get_by_role("main")).to_contain_text("3 uger før første dag")

    page.get_by_role("button", name="Fortryd").click()
    page.goto(busy_site.address + RULE)
    assert page.get_by_label("Hvor mange dage").input_value() == before
