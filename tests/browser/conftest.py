"""A running demo and a real Chromium, shared by the tests of one process."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from branding import demo
from tests.browser.hands import HANDS, Hand
from tests.support.prepared import copied
from tests.support.running import Running, running

SIZES = {"desktop": (1280, 800), "phone": (360, 780)}
#: Chromium must not call home: this machine's tests reach nobody.
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, demo_folder: Path) -> Iterator[Running]:
    """The demo for tests that only look."""
    with running(copied(demo_folder, tmp_path_factory.mktemp("site"))) as found:
        yield found


@pytest.fixture
def own_site(tmp_path: Path, demo_folder: Path) -> Iterator[Running]:
    """A demo of its own for a test that changes things."""
    with running(copied(demo_folder, tmp_path / "own")) as found:
        yield found


@pytest.fixture(scope="session")
def busy_site(tmp_path_factory: pytest.TempPathFactory, demo_folder: Path) -> Iterator[Running]:
    """A demo for tests that add people of their own and leave everybody else's alone."""
    with running(copied(demo_folder, tmp_path_factory.mktemp("busy"))) as found:
        yield found


#: The first that is there.  The shell is Chromium without its windows: the same pages for half the time.
CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    assert path, "Chromium is missing: ./test installs it (Debian: apt install chromium-headless-shell)"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(params=list(HANDS))
def way(request: pytest.FixtureRequest) -> str:
    """How it is done: with a finger, or with the keyboard alone."""
    return str(request.param)


@pytest.fixture
def hand_on(open_page: Callable[..., Page], way: str) -> Callable[..., Hand]:
    """``hand_on(javascript=False)``: a new phone in the hand."""

    def make(*, javascript: bool = True) -> Hand:
        return HANDS[way](open_page("phone", javascript=javascript, touch=way == "finger"))

    return make


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """``open_page("phone", javascript=False)``: a page that fails the test on any console error."""
    contexts: list[BrowserContext] = []
    said: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if getattr(message.page, "is_examined", False):
            return  # axe measures with styles of its own, which our policy refuses
        # A page that answers 400 or 404 on purpose is logged by the browser too, and a network that is cut.
        is_meant = any(known in message.text for known in ("status of 4", "ERR_INTERNET_DISCONNECTED"))
        if message.type in ("error", "warning") and not is_meant:
            said.append(message.text)

    def make(
        size: str = "desktop", *, javascript: bool = True, scheme: str = "light", touch: bool = False
    ) -> Page:
        width, height = SIZES[size]
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            locale="da-DK",
            java_script_enabled=javascript,
            color_scheme=scheme,  # type: ignore[arg-type]
            has_touch=touch,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", listen)
        page.on("pageerror", lambda error: said.append(str(error)))
        return page

    yield make
    for context in contexts:
        context.close()
    assert not said, said


def sign_in(page: Page, address: str, email: str = "kommunikation@example.dk") -> None:
    """Through the form, as people do."""
    page.goto(f"{address}/sign-in")
    page.get_by_label("Mail").fill(email)
    page.get_by_label("Adgangskode").fill(demo.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)
