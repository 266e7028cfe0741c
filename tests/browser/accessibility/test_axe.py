"""axe finds nothing on any page, at 1280 and 360 px, signed in as whoever may open it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from playwright.sync_api import Page

from branding import demo
from branding.app import create_app
from branding.core import policy
from branding.core.actor import Role
from branding.core.db import Database
from branding.core.settings import Settings
from tests.browser.conftest import SIZES, sign_in
from tests.house.sources import ROOT
from tests.support.running import Running

WHO = {person.role: person.email for person in demo.PEOPLE}
#: What a parameter is in the demo; other numbers are 1.
WORDS = {
    "year": "2022",
    "month": "9",
    "week": "35",
    "plan_id": "3",
    "token": demo.HOST_TOKEN,
    "form_id": "citizen_easy-1-da",
    "name": "dpia",
    "kind": "takeovers",
    "trigger": "no_post",
}
#: What the demo has none of, or where the address says what in its query.
NOT_THERE = (
    "/plan-proposals/1",
    "/publishing/found/1",
    "/reminders/rules/new",
    "/reports/takeovers/file/1",
    "/strategy/nodes/new",
    "/swaps/1",
)


#: Only what is wrong is written out in full: listing what is right takes longer than finding it.
#: No rule of these looks at the style sheets themselves, so axe need not fetch them.
RUN = """axe.run({
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'],
    resultTypes: ['violations'],
    preload: {assets: ['media']},
}).then((found) => found.violations)"""
#: By how many pixels the page scrolls sideways.
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@cache
def axe() -> str:
    return (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")


def faults(page: Page) -> list[str]:
    """What axe objects to, by WCAG 2.1 A and AA."""
    was_examined = getattr(page, "is_examined", False)
    page.is_examined = True  # type: ignore[attr-defined]
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe())
    found = page.evaluate(RUN)
    page.is_examined = was_examined  # type: ignore[attr-defined]
    return [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found]


def check(page: Page, address: str, status: int | None = None, sizes: Iterable[str] = SIZES) -> list[str]:
    """What is wrong on a page, at each width, which answers with this status where one is told."""
    response = page.goto(address)
    assert response is not None and response.status < 500, address
    assert status in (None, response.status), f"{address} answers {response.status}"
    return [f"{address}: {fault}" for fault in examined(page, sizes)]


def examined(page: Page, sizes: Iterable[str] = SIZES) -> list[str]:
    """What is wrong on the page as it stands, at each width."""
    found = []
    for size in sizes:
        width, height = SIZES[size]
        page.set_viewport_size({"width": width, "height": height})
        wide = wider(page)
        found += [f"{size}: {fault}" for fault in faults(page)]
        found += [f"{size}: {wide}px too wide"] if wide > 0 else []
    return found


def wider(page: Page) -> int:
    """By how many pixels the page scrolls sideways, once it has taken its new width."""
    for _ in range(10):
        wide = int(page.evaluate(WIDER))
        if wide <= 0:
            break
        page.wait_for_timeout(100)
    return wide


@cache
def rules() -> list[tuple[str, str, str]]:
    """Every address that answers with a page: its rule, its endpoint and who may open it."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        settings = Settings(folder, f"sqlite:///{folder}/x.db", "http://x", *["k" * 64] * 3)
        database = Database(settings.database_url, audit_key="k")
        app = create_app(settings, database)
        database.close()
    return [
        (rule.rule, rule.endpoint, getattr(app.view_functions[rule.endpoint], "stafet_access", ""))
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or set()) and not _is_file(rule.rule, rule.endpoint)
    ]


def _is_file(rule: str, endpoint: str) -> bool:
    is_export = "export" in endpoint or rule.endswith(".pdf") or endpoint.endswith("_file")
    is_told_to_scripts = endpoint.endswith("_progress")
    return is_export or is_told_to_scripts or endpoint in ("web.health", "static", "publishing.fetched")


def pages(role: Role | None) -> list[str]:
    """Every address that this role may open, with the demo's numbers filled in.

    Pages of a person have random ids, and their own test: test_axe_consent.py.
    """
    found = []
    for rule, _, access in rules():
        if "<id:" in rule:
            continue
        if role is None:
            is_mine = access == "public"
        else:
            action = policy.ACTIONS.get(access)
            is_mine = action is not None and role in action.everywhere | action.own_unit
        if is_mine:
            fill = lambda match: WORDS.get(match[1], "1")  # noqa: E731
            found.append(re.sub(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>", fill, rule))
    return sorted(found)


def content(page: Page, site: Running, address: str) -> str:
    """What is between the page's header and footer, without what is new in every answer."""
    told = page.request.get(site.address + address).text()
    main = re.search(r"<main.*</main>", told, re.DOTALL)
    return re.sub(r'"[\w.-]{80,}"', "", main[0]) if main else told  # the form's token


def status_of(role: Role, address: str) -> int | None:
    """Communications opens everything; what others meet of that is told elsewhere."""
    if role is not Role.COMMUNICATIONS:
        return None
    return 404 if address in NOT_THERE else 200


def beside(addresses: Iterable[str]) -> list[str]:
    """Those that are not looked at below already, for rooms whose own tests open some pages in odd ways."""
    seen = set(pages(Role.COMMUNICATIONS))
    return [address for address in addresses if address not in seen]


@pytest.mark.parametrize("role", [Role.COMMUNICATIONS, Role.ADMIN, Role.DPO, Role.COORDINATOR, Role.READER])
def test_axe_finds_nothing_on_any_page_of_staff(
    site: Running, open_page: Callable[..., Page], role: Role
) -> None:
    page = open_page()
    sign_in(page, site.address, WHO[role])
    mine = pages(role)
    if role in (Role.COORDINATOR, Role.READER, Role.DPO):
        # What communications and admins open too has been looked at; buttons differ on these.
        kept = ("/calendar", "/takeovers", "/slots", "/plans", "/audit", "/consent")
        mine = [address for address in mine if address.startswith(kept)]
    if role is not Role.COMMUNICATIONS:  # many look to them as they do to communications
        other = open_page()
        sign_in(other, site.address, WHO[Role.COMMUNICATIONS])
        mine = ["/", *(a for a in mine if a != "/" and content(page, site, a) != content(other, site, a))]
        assert mine[1:], "some page is this role's own"
    found = [
        fault for address in mine for fault in check(page, site.address + address, status_of(role, address))
    ]
    assert not found


def test_axe_finds_nothing_on_pages_for_everybody_and_for_hosts(
    site: Running, open_page: Callable[..., Page]
) -> None:
    page = open_page()
    found = [fault for address in pages(None) for fault in check(page, site.address + address)]
    page.goto(f"{site.address}/host/{demo.HOST_TOKEN}")
    found += [fault for address in pages(Role.HOST) for fault in check(page, site.address + address)]
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
            "/consents",
            "/consent/verify",
            "/consent/policy",
        )
        for fault in check(page, site.address + address, sizes=["desktop"])
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
            "/consents",
            "/consent/people/new?kind=citizen",
        )
        for fault in check(page, site.address + address, sizes=["desktop"])
    ]
    assert not found


def test_pages_hold_without_the_design_systems_files(site: Running, open_page: Callable[..., Page]) -> None:
    page = open_page()
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
        "/consents",
        "/consent/policy",
        "/consent/assessments/new",
        "/consent/oral/new",
    ):
        page.goto(site.address + address)
        wide = page.evaluate(WIDER)
        assert wide <= 0, f"{address} is {wide}px too wide"
