"""axe finds nothing on any page, at 1280 and 360 px, signed in as whoever may open it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import pytest
from flask import Flask
from playwright.sync_api import Page

from branding import demo
from branding.app import create_app
from branding.core import policy
from branding.core.actor import Role
from tests.browser.conftest import SIZES, sign_in
from tests.house.sources import ROOT
from tests.support.running import Running

WHO = {person.role: person.email for person in demo.PEOPLE}
#: The number that a parameter has in the demo.
NUMBERS = {"year": "2022", "month": "9", "week": "35", "plan_id": "3"}


@cache
def axe() -> str:
    return (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")


def faults(page: Page) -> list[str]:
    """What axe objects to, by WCAG 2.1 A and AA."""
    was_examined = getattr(page, "is_examined", False)
    page.is_examined = True  # type: ignore[attr-defined]
    page.evaluate(axe())
    found = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']})")
    page.is_examined = was_examined  # type: ignore[attr-defined]
    return [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found["violations"]]


def check(page: Page, address: str) -> list[str]:
    response = page.goto(address)
    assert response is not None and response.status < 500, address
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{address}: {fault}" for fault in faults(page)] + (
        [f"{address}: {wide}px too wide"] if wide > 0 else []
    )


def pages(app: Flask, role: Role | None) -> list[str]:
    """Every address that this role may open with GET, with the demo's numbers filled in."""
    found = []
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or set()) or "export" in rule.endpoint:
            continue
        if rule.endpoint in ("web.health", "static"):
            continue  # not pages
        access = getattr(app.view_functions[rule.endpoint], "stafet_access", "")
        if role is None:
            is_mine = access == "public"
        else:
            action = policy.ACTIONS.get(access)
            is_mine = action is not None and role in action.everywhere | action.own_unit
        if is_mine:
            fill = lambda match: NUMBERS.get(match[1], demo.HOST_TOKEN if match[1] == "token" else "1")  # noqa: E731
            found.append(re.sub(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>", fill, rule.rule))
    return sorted(found)


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Role | None], list[str]]:
    from branding.core.db import Database
    from branding.core.settings import Settings

    folder = tmp_path_factory.mktemp("routes")
    settings = Settings(folder, f"sqlite:///{folder}/x.db", "http://x", *["k" * 64] * 3)
    app = create_app(settings, Database(settings.database_url, audit_key="k"))
    return lambda role: pages(app, role)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("role", [Role.COMMUNICATIONS, Role.ADMIN, Role.DPO, Role.COORDINATOR, Role.READER])
def test_axe_finds_nothing_on_any_page_of_staff(
    site: Running,
    open_page: Callable[..., Page],
    addresses: Callable[[Role | None], list[str]],
    role: Role,
    size: str,
) -> None:
    page = open_page(size)
    sign_in(page, site.address, WHO[role])
    mine = addresses(role)
    if role in (Role.COORDINATOR, Role.READER, Role.DPO):
        # What communications and admins open too has been looked at; buttons differ on these.
        mine = [
            a for a in mine if a.startswith(("/calendar", "/takeovers", "/slots", "/plans", "/audit"))
        ] + ["/"]
    assert not [fault for address in mine for fault in check(page, site.address + address)]


@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_on_pages_for_everybody_and_for_hosts(
    site: Running, open_page: Callable[..., Page], addresses: Callable[[Role | None], list[str]], size: str
) -> None:
    page = open_page(size)
    found = [fault for address in addresses(None) for fault in check(page, site.address + address)]
    page.goto(f"{site.address}/host/{demo.HOST_TOKEN}")
    found += [fault for address in addresses(Role.HOST) for fault in check(page, site.address + address)]
    assert not found


@pytest.mark.parametrize("scheme", ["dark"])
def test_the_contrast_holds_in_the_dark_too(
    site: Running, open_page: Callable[..., Page], scheme: str
) -> None:
    page = open_page("desktop", scheme=scheme)
    sign_in(page, site.address)
    found = [
        fault
        for address in (
            "/",
            "/calendar/year/2022",
            "/calendar/wheel/2022",
            "/calendar/feeds",
            "/takeovers",
            "/takeovers/2",
            "/plans",
            "/plans/1",
        )
        for fault in check(page, site.address + address)
    ]
    assert not found


def test_english_has_no_faults_either(site: Running, open_page: Callable[..., Page]) -> None:
    page = open_page("desktop")
    sign_in(page, site.address)
    page.get_by_role("button", name="In English").click()
    found = [
        fault
        for address in (
            "/",
            "/calendar/year/2022",
            "/takeovers/2",
            "/plans/1",
            "/plans/import",
            "/holiday-weeks",
        )
        for fault in check(page, site.address + address)
    ]
    assert not found


@pytest.mark.parametrize("size", SIZES)
def test_pages_hold_without_the_design_systems_files(
    site: Running, open_page: Callable[..., Page], size: str
) -> None:
    page = open_page(size)
    page.is_examined = True  # type: ignore[attr-defined] - the browser misses the files aloud
    page.route("**/vendor/**", lambda route: route.abort())
    sign_in(page, site.address)
    found = [
        fault
        for address in ("/", "/calendar/year/2022", "/takeovers/2", "/plans/1", "/plans/import")
        for fault in check(page, site.address + address)
    ]
    assert not found


def test_axe_sees_a_planted_fault(site: Running, open_page: Callable[..., Page]) -> None:
    page = open_page("desktop")
    page.goto(f"{site.address}/sign-in")
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    assert any(fault.startswith("image-alt") for fault in faults(page))


@pytest.mark.parametrize("width", [320])
def test_nothing_is_wider_than_a_page_at_400_percent_zoom(
    site: Running, open_page: Callable[..., Page], width: int
) -> None:
    """1280 px at 400 % is 320 px (WCAG 1.4.10); wide tables scroll inside their own region."""
    page = open_page("phone")
    page.set_viewport_size({"width": width, "height": 256})
    sign_in(page, site.address)
    for address in (
        "/",
        "/calendar/year/2022",
        "/calendar/month/2022/9",
        "/calendar/wheel/2022",
        "/takeovers/2",
        "/plans/1",
        "/plans/import",
    ):
        page.goto(site.address + address)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{address} is {wide}px too wide"
