"""axe finds nothing where posts are read, approved and shown, and what it cannot see holds there too."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from branding import demo
from branding.core import clock
from branding.media.models import MediaItem
from branding.media.values import FaceState
from tests.browser.accessibility.test_axe import check
from tests.browser.conftest import sign_in
from tests.browser.journeys.test_consent_narrow import NARROW, too_wide
from tests.browser.made_posts import Posts, fill
from tests.browser.stored import stored
from tests.support.running import Running

Open = Callable[..., Page]
PLACES = (
    "øverst til venstre", "øverst i midten", "øverst til højre", "til venstre", "i midten", "til højre",
    "nederst til venstre", "nederst i midten", "nederst til højre",
)  # fmt: skip


@pytest.fixture(scope="session")
def posts(busy_site: Running) -> Posts:
    return fill(busy_site)


def as_host(page: Page, site: Running, posts: Posts) -> Page:
    """On the people step, when the face is found."""
    page.goto(f"{site.address}/host/{demo.HOST_TOKEN}")
    page.goto(f"{site.address}{posts.of_host[2]}")
    expect(page.get_by_text("Vi fandt et ansigt").first).to_be_visible(timeout=30_000)
    return page


def test_axe_finds_nothing_where_posts_are_read_and_approved(
    busy_site: Running, open_page: Open, posts: Posts
) -> None:
    page = open_page()
    sign_in(page, busy_site.address)
    found = [fault for address in posts.of_staff for fault in check(page, busy_site.address + address, 200)]
    page.context.clear_cookies()
    found += [
        fault
        for address, status in posts.by_secret.items()
        for fault in check(page, busy_site.address + address, status)
    ]
    assert not found


def test_english_has_no_faults_there_either(busy_site: Running, open_page: Open, posts: Posts) -> None:
    page = open_page("desktop", scheme="dark")
    sign_in(page, busy_site.address)
    page.get_by_role("button", name="In English").click()
    addresses = ("/posts", f"/posts/{posts.waiting}", f"/posts/{posts.denied}", f"/posts/{posts.film}/people")
    found = [
        fault
        for address in addresses
        for fault in check(page, busy_site.address + address, 200, sizes=["desktop"])
    ]
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert not found


def test_nothing_about_posts_scrolls_sideways_on_the_narrowest_screens(
    busy_site: Running, open_page: Open, posts: Posts
) -> None:
    page, host = open_page("phone"), as_host(open_page("phone"), busy_site, posts)
    sign_in(page, busy_site.address)
    found: dict[str, int] = {}
    for one, addresses in ((host, posts.of_host), (page, (*posts.of_staff, *posts.by_secret))):
        for address in addresses:
            one.goto(busy_site.address + address)
            for size in NARROW:
                one.set_viewport_size({"width": size[0], "height": size[1]})
                found[f"{address} at {size}"] = too_wide(one)
    assert not {where: wide for where, wide in found.items() if wide > 0}


def test_a_screen_reader_hears_which_face_which_place_and_which_picture(
    busy_site: Running, open_page: Open, posts: Posts
) -> None:
    page = as_host(open_page("phone"), busy_site, posts)
    *_, send, crop = posts.of_host
    faces = page.locator(".face-list > li")
    expect(faces).to_have_count(1)
    expect(faces.get_by_role("heading")).to_have_text(re.compile("^Ansigt 1, (øverst|i midten|til|nederst)"))
    controls = named_controls(faces)
    assert len(controls) >= 5
    assert all(re.search("ansigt 1, (øverst|i midten|til|nederst)", one) for one in controls), controls
    expect(page.get_by_role("img", name="1 ansigt har ramme")).to_have_count(1)

    page.goto(f"{busy_site.address}{crop}")
    spots = page.get_by_role("group", name="Det vigtige er")
    assert tuple(named_controls(spots)) == PLACES

    page.goto(f"{busy_site.address}{send}")
    phone = page.get_by_role("figure", name="Opslaget, som telefonen viser det")
    carousel = phone.get_by_role("list", name="Billeder, stryg for at se det næste")
    expect(carousel.get_by_role("img")).to_have_count(2)
    carousel.focus()
    page.keyboard.press("ArrowRight")
    expect_scrolled(carousel)


def named_controls(inside: Locator) -> list[str]:
    """What a screen reader says of each control."""
    tree = inside.first.aria_snapshot()
    return re.findall(r'- (?:button|radio|textbox|checkbox|combobox) "([^"]+)"', tree)


def expect_scrolled(thing: Locator) -> None:
    thing.page.wait_for_function("e => e.scrollLeft > 0", arg=thing.element_handle())


def test_what_changes_by_itself_is_said(busy_site: Running, open_page: Open, posts: Posts) -> None:
    """That a text is saved; and that a face was found while the page was open."""
    page, item = as_host(open_page("phone"), busy_site, posts), posts.faces[1]
    counting(busy_site, item, FaceState.WAITING)
    page.reload()
    expect(page.get_by_text("Vi leder efter ansigter")).to_be_visible()
    counting(busy_site, item, FaceState.COUNTED)
    told = page.get_by_role("status").filter(has_text="Billede 2: Vi fandt et ansigt")
    expect(told).to_have_count(1)
    page.goto(f"{busy_site.address}{posts.of_host[3]}")
    page.get_by_label("Tekst til opslaget").fill("Et ord")
    expect(page.get_by_role("status").filter(has_text="Gemt")).to_have_count(1)


def counting(site: Running, item_id: str, state: FaceState) -> None:
    """As if another process counted in it for a while."""
    with stored(site) as session:
        item = session.get_one(MediaItem, item_id)
        item.face_state, item.count_lease_until = state, clock.now() + timedelta(minutes=5)


def test_what_is_chosen_can_be_told_in_forced_colours(
    busy_site: Running, open_page: Open, posts: Posts
) -> None:
    page = as_host(open_page("phone"), busy_site, posts)
    page.emulate_media(forced_colors="active")
    assert page.locator(".post-boxes rect").evaluate("e => getComputedStyle(e).stroke") != "none"
    page.goto(f"{busy_site.address}{posts.of_host[-1]}")
    for name in ("nederst til højre", "Helt tæt på"):
        radio = page.get_by_role("radio", name=name)
        label = page.locator(f"label[for='{radio.get_attribute('id')}']")
        before = label.screenshot()
        radio.check(force=True)
        page.evaluate("document.activeElement.blur()")
        assert label.screenshot() != before, f"{name} looks chosen"
