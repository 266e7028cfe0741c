"""The main job on real input: import, see, invite, and a host on a phone; with and without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from branding import demo
from tests.browser.conftest import sign_in
from tests.house.sources import ROOT
from tests.support.running import Running

AREAS = "takeover-specialomraader-2022.csv"


@pytest.mark.parametrize("javascript", [True, False])
def test_a_table_pasted_from_a_document_becomes_a_plan(
    own_site: Running, open_page: Callable[..., Page], javascript: bool
) -> None:
    page = open_page("desktop", javascript=javascript)
    sign_in(page, own_site.address)
    page.goto(f"{own_site.address}/plans/import")
    text = (ROOT / "schedules" / "rotations" / AREAS).read_text("utf-8-sig").replace(";", "\t")
    page.locator("[name=pasted]").fill(text)
    page.locator("[name=plan_name]").fill("Indsat plan")
    page.locator("[name=year]").fill("2022")
    page.get_by_role("main").locator("button[type=submit]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Forhåndsvisning af importen")
    expect(page.get_by_role("main")).to_contain_text("efterårsferie")
    page.get_by_role("button", name="Importér rækkerne").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Indsat plan")
    expect(page.get_by_role("main")).to_contain_text("Holmstrupgård")


def test_both_tables_of_2022_stand_in_every_view_of_the_calendar(
    site: Running, open_page: Callable[..., Page]
) -> None:
    page = open_page("desktop")
    sign_in(page, site.address)
    page.goto(f"{site.address}/calendar/year/2022")
    for name in (
        "Holmstrupgård",
        "SAU",
        "SUA",
        "SBU",
        "SVO",
        "IKH",
        "DOK",
        "Engtoften",
        "Fogedvænget",
        "Høskoven AC",
    ):
        expect(page.get_by_role("main")).to_contain_text(name)
    page.goto(f"{site.address}/calendar/list/2022")
    expect(page.get_by_role("main")).to_contain_text("Den sundhedsfaglige opgave")
    expect(page.get_by_role("main")).to_contain_text("Efterårsferie")
    page.goto(f"{site.address}/calendar/month/2022/10")
    expect(page.get_by_role("main")).to_contain_text("Efterårsferie")
    expect(page.get_by_role("main")).to_contain_text("SBU")
    page.goto(f"{site.address}/calendar/week/2022/19")
    expect(page.get_by_role("main")).to_contain_text("Boligerne Svalevej")


def test_the_calendar_opens_on_a_living_week(site: Running, open_page: Callable[..., Page]) -> None:
    page = open_page("desktop")
    sign_in(page, site.address)
    page.goto(f"{site.address}/takeovers")
    main = page.get_by_role("main")
    for word in ("i gang", "vært inviteret", "mangler vært"):
        expect(main).to_contain_text(word)
    page.goto(f"{site.address}/takeovers?when=past")
    expect(main).to_contain_text("afsluttet")
    page.goto(f"{site.address}/calendar")
    expect(main).to_contain_text("i gang")


def test_a_year_without_a_plan_says_how_to_start_and_where_the_nearest_plan_is(
    site: Running, open_page: Callable[..., Page]
) -> None:
    page = open_page("desktop")
    sign_in(page, site.address)
    page.goto(f"{site.address}/calendar/year/2019")
    main = page.get_by_role("main")
    expect(main).to_contain_text("2022")
    assert main.locator("a[href*='/plans']").count() >= 1
    assert main.locator("a[href*='2022']").count() >= 1


@pytest.mark.parametrize("javascript", [True, False])
def test_a_host_says_yes_on_a_phone_from_the_mail(
    own_site: Running, open_page: Callable[..., Page], javascript: bool
) -> None:
    admin = open_page("desktop")
    sign_in(admin, own_site.address, "admin@example.dk")
    admin.goto(f"{own_site.address}/outbox")
    admin.get_by_role("link", name="Vil du vise din hverdag på Instagram?").first.click()
    link = admin.locator("a[href*='/host/']").first.get_attribute("href")
    phone = open_page("phone", javascript=javascript)
    # The mail was written where the demo was loaded, before it was copied.
    phone.goto(own_site.address + urlsplit(str(link)).path)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Hej, Clara!")
    phone.get_by_role("link", name="Se reglerne, og sig ja").click()
    boxes = phone.get_by_role("checkbox")
    assert boxes.count() == 6 and not any(box.is_checked() for box in boxes.all())
    for box in boxes.all():
        assert box.bounding_box()["height"] > 0  # type: ignore[index]
        box.check(force=True)
    phone.get_by_role("button", name="Ja, jeg vil være vært").click()
    expect(phone.get_by_text("Tak. Ugen er din.")).to_be_visible()
    phone.get_by_role("link", name="Læs guiden").click()
    phone.get_by_role("button", name="Jeg har læst den og er klar").click()
    expect(phone.get_by_text("Du er klar").first).to_be_visible()
    assert demo.HOST_TOKEN not in phone.url
