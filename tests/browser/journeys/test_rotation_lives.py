"""The rotation after it is laid: planned anew, swapped by mail, and hosted by volunteers."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Page, expect
from sqlalchemy import update
from sqlmodel import col

from branding import demo
from branding.core import clock
from branding.core.db import Database
from branding.takeovers.models import Takeover
from tests.browser.conftest import sign_in
from tests.support.running import Running

Open = Callable[..., Page]


def mailed_link(open_page: Open, site: Running, to: str, path: str) -> str:
    """The link in the newest mail to somebody, read where an administrator reads the example's mails."""
    page = open_page("desktop")
    sign_in(page, site.address, "admin@example.dk")
    page.goto(f"{site.address}/outbox")
    row = page.get_by_role("row").filter(has_text=to).first
    row.get_by_role("link").first.click()
    address = page.locator(f"a[href*='{path}']").first.get_attribute("href")
    assert address, f"the newest mail to {to} has no link to {path}"
    return address


def test_two_coordinators_swap_weeks_and_one_of_them_only_uses_the_mail(
    own_site: Running, open_page: Open
) -> None:
    page = open_page("desktop")
    sign_in(page, own_site.address, "koordinator@example.dk")
    page.goto(f"{own_site.address}/plans")
    page.get_by_role("link", name="Takeovers 20").first.click()
    page.get_by_role("main").get_by_role("link", name="SOH").last.click()
    page.get_by_role("link", name="Byt", exact=True).click()
    before = page.get_by_role("heading", level=1).inner_text().removeprefix("Byt ")
    theirs = page.get_by_label("Uger, I gerne vil have").locator("option").filter(has_text="SVO")
    wanted = theirs.inner_text().split(" · ")[0]
    page.get_by_label("Uger, I gerne vil have").select_option(theirs.get_attribute("value"))
    page.get_by_label("Et ord til din kollega").fill("Vi har kursus i den uge.")
    page.get_by_role("button", name="Spørg om at bytte").click()
    expect(page.get_by_role("status")).to_contain_text("Signe Eksempel")
    expect(page.get_by_role("main")).to_contain_text("venter på svar")

    phone = open_page("phone", javascript=False)
    phone.goto(mailed_link(open_page, own_site, "koordinator.svo@example.dk", "/swap-answer/"))
    expect(phone.get_by_role("main")).to_contain_text("Vi har kursus i den uge.")
    phone.get_by_role("button", name="Ja, byt").click()
    expect(phone.get_by_role("main")).to_contain_text("De har byttet")

    page.reload()
    main = page.get_by_role("main")
    expect(main).to_contain_text("De har byttet")
    pairs = page.locator(".swap-pair li")
    expect(pairs.filter(has_text="SOH")).to_contain_text(wanted.lower())
    expect(pairs.filter(has_text="SVO")).to_contain_text(before)
    answer = mailed_link(open_page, own_site, "koordinator@example.dk", "/swaps/")
    page.goto(answer)
    expect(main).to_contain_text("De har byttet")


def test_next_years_plan_is_laid_in_a_minute_and_taken_back(own_site: Running, open_page: Open) -> None:
    page = open_page("desktop")
    sign_in(page, own_site.address)
    page.goto(f"{own_site.address}/plans")
    page.get_by_role("link", name="Ny plan").click()
    page.get_by_label("Navn").fill("Næste år")
    page.get_by_role("main").locator("button[type=submit]").click()
    page.get_by_role("link", name="Læg planen").click()
    expect(page.get_by_role("main")).to_contain_text("sommerferie")
    page.get_by_role("button", name="Foreslå en plan").click()
    main = page.get_by_role("main")
    expect(page.get_by_role("heading", level=1)).to_have_text("Forslag til planen")
    expect(main).to_contain_text("Alle 8 får")
    # The worker proves it in the background; the page follows by itself.
    expect(main).to_contain_text("Bevist", timeout=30_000)
    page.get_by_role("button", name="Brug planen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Næste år")
    laid = page.get_by_role("main").get_by_role("link", name="Flyt").count()
    assert laid >= 16, "two turns for each of eight"
    page.get_by_role("button", name="Fortryd").click()
    expect(page.get_by_role("main").get_by_role("link", name="Flyt")).to_have_count(0)


def test_an_employee_volunteers_is_chosen_and_the_leader_says_ok(own_site: Running, open_page: Open) -> None:
    """Coordinator, volunteer and leader: three people who never meet in the same room."""
    page = open_page("desktop")
    sign_in(page, own_site.address, "koordinator@example.dk")
    page.goto(f"{own_site.address}/volunteers")
    page.get_by_role("button", name="Lav et link med QR-kode").click()
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"/volunteer/[\w-]{40,}"))
    link = re.search(r"/volunteer/[\w-]{40,}", page.content())
    assert link, "the address is shown once, here"

    phone = open_page("phone", javascript=False)
    phone.goto(own_site.address + link[0])
    phone.get_by_label("Navn").fill("Frida Eksempel")
    phone.get_by_label("Arbejdsmail").fill("frida@example.dk")
    phone.get_by_role("button", name="Skriv mig på listen").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Dejligt, at du har lyst!")

    page.goto(f"{own_site.address}/volunteers")
    page.get_by_role("link", name="Vælg som vært Frida Eksempel").click()
    page.get_by_role("main").locator("button[type=submit]").last.click()
    expect(page.get_by_role("main")).to_contain_text("Frida Eksempel")

    leader = open_page("phone", javascript=False)
    leader.goto(f"{own_site.address}/leader/{demo.HOST_TOKEN}")
    card = leader.get_by_role("region").or_(leader.locator("section")).filter(has_text="Frida Eksempel").first
    card.get_by_role("button", name=re.compile("OK")).click()
    expect(leader.get_by_role("main")).to_contain_text("du har sagt OK")
    page.reload()
    frida = page.locator(".host-list li").filter(has_text="frida@example.dk")
    expect(frida).to_contain_text("lederen siger OK")


def test_a_host_evaluates_by_the_same_link_and_the_next_one_reads_the_advice(
    own_site: Running, open_page: Open, tmp_path: Path
) -> None:
    database = Database(f"sqlite:///{tmp_path / 'own' / 'stafet.db'}", audit_key="k")
    yesterday = clock.today() - timedelta(days=1)
    with database.transaction() as session:  # the week is over: a browser cannot wait for it
        ended = {"starts_on": yesterday - timedelta(days=4), "ends_on": yesterday, "status": "closed"}
        session.execute(update(Takeover).where(col(Takeover.status) == "live").values(**ended))
    database.close()
    phone = open_page("phone", javascript=False)
    phone.goto(f"{own_site.address}/host/{demo.HOST_TOKEN}")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Tak")
    phone.get_by_label("Ja, for det meste").check()
    phone.get_by_label("Ja", exact=True).check()
    phone.get_by_label("Hvad skal den næste vært vide?").fill("Tag et billede, før dagen får fart på.")
    phone.get_by_role("button", name="Send").click()
    expect(phone.get_by_role("main")).to_contain_text("Tag et billede, før dagen får fart på.")
    phone.reload()
    expect(phone.get_by_role("button", name="Send")).to_have_count(0)

    page = open_page("desktop")
    sign_in(page, own_site.address, "leder@example.dk")
    page.goto(f"{own_site.address}/evaluations")
    expect(page.get_by_role("main")).to_contain_text("Tag et billede, før dagen får fart på.")
    expect(page.get_by_role("main")).not_to_contain_text("Bo Eksempel")
