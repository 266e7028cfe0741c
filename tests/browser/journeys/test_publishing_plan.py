"""A post gets its time and goes out at it, with the worker inside ``./run``; others are moved."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import datetime, timedelta

from playwright.sync_api import Locator, Page, expect

from branding.core import clock
from branding.publishing.service.planning import plan_approved
from tests.browser.conftest import sign_in
from tests.browser.journeys.test_keyboard import tab_to
from tests.browser.made_posts import Maker
from tests.browser.stored import stored
from tests.support.running import Running

Open = Callable[..., Page]
#: A worker looks every two seconds; a machine that is busy takes longer.
SOON = 20_000


def next_minute(now: datetime) -> datetime:
    """The nearest full minute that somebody can still choose; in earnest two minutes ahead."""
    ahead = timedelta(minutes=2) if os.environ.get("STAFET_FULL") else timedelta(seconds=5)
    full = (now + ahead).replace(second=0, microsecond=0)
    return full if full >= now + ahead else full + timedelta(minutes=1)


def said_until(page: Page, thing: Locator, text: str) -> None:
    """Load the page anew until it says so."""
    for _ in range(SOON // 1000):
        if thing.count() and text in thing.first.inner_text():
            return
        page.wait_for_timeout(1000)
        page.reload()
    expect(thing.first).to_contain_text(text)


def test_a_post_goes_out_at_its_minute_and_stands_on_the_profile_in_the_calendar_and_in_the_log(
    own_site: Running, open_page: Open
) -> None:
    """On a site of its own: a month shows three posts of a day, and others plan theirs for today too."""
    words, address = "Nu er det nu, og så er den ude.", own_site.address
    with stored(own_site) as session:
        maker = Maker(session)
        maker.approved(maker.live, words)
    karen = open_page("desktop")
    sign_in(karen, address)
    karen.goto(f"{address}/publishing")
    untimed = karen.locator(".untimed-row").filter(has_text=words)
    untimed.get_by_role("link", name="En anden tid").click()
    due_at = next_minute(clock.now())
    local = clock.local(due_at)
    karen.get_by_label("Dag").fill(f"{local:%Y-%m-%d}")
    karen.get_by_label("Klokkeslæt").fill(f"{local:%H:%M}")
    karen.get_by_role("button", name="Sæt på planen").click()
    expect(karen.get_by_role("status").first).to_contain_text("Opslaget er på planen.")
    line = karen.locator(".going-row").filter(has_text=words)
    expect(line).to_contain_text(f"{local:%H.%M}")
    expect(line).to_contain_text("planlagt")

    karen.wait_for_timeout(max(0, (due_at - clock.now()).total_seconds() * 1000))
    said_until(karen, line, "udgivet")
    line.get_by_role("link", name=re.compile("^Se det")).click()
    expect(karen.get_by_role("article")).to_contain_text(words)
    karen.goto(f"{address}/practice/1")
    expect(karen.get_by_role("article").first).to_contain_text(words)
    karen.goto(f"{address}/calendar/month/{local.year}/{local.month}")
    expect(karen.locator("li.post").filter(has_text=words[:12])).to_contain_text("udgivet")
    key = str(karen.locator("li.post a").filter(has_text=words[:12]).get_attribute("href")).split("/")[-1]

    admin = open_page("desktop")
    sign_in(admin, address, "admin@example.dk")
    admin.goto(f"{address}/audit?subject_kind=publication&subject_id={key}")
    log = admin.get_by_role("row")
    expect(log.filter(has_text="publication:planned")).to_contain_text("Stafet")
    expect(log.filter(has_text="publication:published")).to_contain_text("Stafet")
    admin.goto(f"{address}/audit?tag=drafts:draft:timed")
    expect(log.filter(has_text=f"{due_at:%Y-%m-%dT%H:%M}").first).to_contain_text("Karen")


def test_a_planned_post_is_dragged_to_another_day_and_back(busy_site: Running, open_page: Open) -> None:
    words, address = "Trukket fra dag til dag.", busy_site.address
    first = coming_post(busy_site, words)
    page = open_page("desktop")
    sign_in(page, address)
    page.goto(f"{address}/calendar/week/{first:%G/%V}")
    post = page.locator("[data-post]").filter(has_text=words[:12])
    days = [page.locator(f"[data-day='{first + timedelta(days=n):%Y-%m-%d}']") for n in (0, 1, 3)]
    held_over(page, post, days[1])
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(days[0].locator("[data-post]").filter(has_text=words[:12])).to_have_count(1)

    held_over(page, post, days[2])
    page.mouse.up()
    expect(days[2].get_by_role("link", name=words[:12])).to_be_focused()
    said = page.locator("[data-said]")
    expect(said).to_contain_text("Flyttet til")
    said.get_by_role("button", name="Fortryd").click()
    expect(days[0].locator("[data-post]").filter(has_text=words[:12])).to_have_count(1)
    page.reload()
    expect(days[0].locator("[data-post]").filter(has_text=words[:12])).to_have_count(1)


def test_the_same_with_the_keyboard_alone_and_without_javascript(busy_site: Running, open_page: Open) -> None:
    words, address = "Flyttet med tasterne alene.", busy_site.address
    first = coming_post(busy_site, words)
    page = open_page("desktop", javascript=False)
    sign_in(page, address)
    page.goto(f"{address}/calendar/month/{first.year}/{first.month}")
    expect(page.get_by_text("Træk et opslag")).to_be_hidden()
    tab_to(page, words[:12])
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(words)
    tab_to(page, "Flyt")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vælg en tid")
    later = first + timedelta(days=2)
    page.get_by_label("Dag").fill(f"{later:%Y-%m-%d}")
    page.get_by_label("Klokkeslæt").fill("11:15")
    tab_to(page, "Flyt hertil", "button")
    page.keyboard.press("Enter")
    expect(page.locator(".lead")).to_contain_text("kl. 11.15")
    tab_to(page, "Fortryd", "button")
    page.keyboard.press("Enter")
    expect(page.locator(".lead")).to_contain_text("kl. 10.00")


def coming_post(site: Running, words: str) -> datetime:
    """Planned for the second day of the takeover that comes, at ten; returns that moment in Denmark."""
    with stored(site) as session:
        maker = Maker(session)
        due_at = clock.at_local(maker.coming.starts_on + timedelta(days=1), 10)
        maker.approved(maker.coming, words, due_at)
        plan_approved(session, now=clock.now())
    return clock.local(due_at)


def held_over(page: Page, post: Locator, day: Locator) -> None:
    post.scroll_into_view_if_needed()
    at, to = post.bounding_box(), day.bounding_box()
    assert at and to
    page.mouse.move(at["x"] + 12, at["y"] + 8)
    page.mouse.down()
    page.mouse.move(to["x"] + to["width"] / 2, to["y"] + to["height"] - 6, steps=5)
    expect(page.locator(".post-ghost")).to_be_visible()
