"""The pictures of the README, taken from a fresh demo.  Run: .venv/bin/python docs/make_screens.py"""

from __future__ import annotations

import shutil
import sys
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from branding import demo  # noqa: E402
from tests.support.running import running  # noqa: E402

SCREENS = ROOT / "docs" / "screens"
MOST_BYTES = 120 * 1024
COLOURS = 256
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def main() -> None:
    SCREENS.mkdir(exist_ok=True)
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    with TemporaryDirectory() as folder, running(Path(folder)) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM)
        _staff(_page(browser, 1280, 800), site.address)
        _host(_page(browser, 360, 740, scale=2), site.address)
        browser.close()


def _page(browser: Browser, width: int, height: int, scale: int = 1) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=scale,
        locale="da-DK",
        reduced_motion="reduce",
    )
    return context.new_page()


def _staff(page: Page, address: str) -> None:
    page.goto(f"{address}/sign-in")
    page.get_by_label("Mail").fill("kommunikation@example.dk")
    page.get_by_label("Adgangskode").fill(demo.PASSWORD)
    page.get_by_role("button", name="Log ind").click()
    page.wait_for_url(f"{address}/")
    _save(page, "front-page")
    page.get_by_role("link", name="Åbn takeoveren").click()
    _save(page, "takeover")
    page.goto(f"{address}/calendar/year/2022")
    _save(page, "year-2022")
    page.get_by_role("link", name="I dag").click()
    page.get_by_role("link", name="Måned", exact=True).click()
    _save(page, "month")
    page.goto(f"{address}/plans")
    page.get_by_role("link", name="Alle specialområder 2022").click()
    _save(page, "plan")
    _move(page, address)
    _import(page, address)


def _move(page: Page, address: str) -> None:
    """The first turn that waits for a host, two weeks later, and what that does to the others."""
    page.goto(f"{address}/takeovers")
    page.locator('a[href^="/slots/"]').first.click()
    page.get_by_role("link", name="Flyt").click()
    chosen = int(page.get_by_label("Første uge").evaluate("select => select.selectedIndex"))
    later = page.locator("#to option:not([disabled])").evaluate_all(
        "(options, at) => options.find(option => option.index >= at).value", chosen + 2
    )
    page.get_by_label("Første uge").select_option(later)
    page.get_by_role("button", name="Vis, hvad der sker").click()
    _save(page, "move")


def _import(page: Page, address: str) -> None:
    """The pilot's table once more, for a new year and with a unit that nobody knows."""
    table = (ROOT / "schedules" / "rotations" / "takeover-soh-2022.csv").read_text(encoding="utf-8-sig")
    page.goto(f"{address}/plans/import")
    longer = table.rstrip() + "\n23;Bofællesskabet Åen;SOSU;Sommer\n"
    page.get_by_label("eller sæt tabellen ind her").fill(longer)
    page.get_by_label("Den nye plans navn").fill("SOH 2024")
    page.get_by_label("År", exact=True).fill("2024")
    page.get_by_label("Hvem skiftes").select_option(label="Afdelingerne i Specialområde Hjerneskade")
    page.get_by_label("Opret de enheder, der mangler").check()
    page.get_by_role("button", name="Vis, hvad der står i tabellen").click()
    _save(page, "import-preview")


def _host(page: Page, address: str) -> None:
    page.goto(f"{address}/host/{demo.HOST_TOKEN}")
    _save(page, "host-week-360")


def _save(page: Page, name: str) -> None:
    """The top of the page, with few colours."""
    page.evaluate("document.fonts.ready.then(() => true)")
    height = min(int(page.evaluate("document.documentElement.scrollHeight")), 1000)
    width = page.viewport_size["width"] if page.viewport_size else 1280
    page.set_viewport_size({"width": width, "height": height})
    shown = Image.open(BytesIO(page.screenshot())).convert("RGB")
    picture = shown.quantize(palette=_palette(shown), dither=Image.Dither.NONE)
    target = SCREENS / f"{name}.png"
    picture.save(target, optimize=True)
    assert target.stat().st_size <= MOST_BYTES, f"{target.name} is too big"
    page.set_viewport_size({"width": width, "height": 800})


def _palette(picture: Image.Image) -> Image.Image:
    """The picture's own most frequent colours, so that paper, tints and thin edges stay what they are."""
    counted: list[Any] = sorted(picture.getcolors(picture.width * picture.height) or [], reverse=True)
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for _, colour in counted[:COLOURS] for part in colour])
    return palette


if __name__ == "__main__":
    main()
