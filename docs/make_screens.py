"""The pictures of the README, taken from a fresh demo.  Run: .venv/bin/python docs/make_screens.py"""

from __future__ import annotations

import re
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
from docs.planning_screens import planning_screens  # noqa: E402
from docs.post_screens import post_screens  # noqa: E402
from docs.publishing_screens import publishing_screens  # noqa: E402
from tests.support.running import running  # noqa: E402

SCREENS = ROOT / "docs" / "screens"
MOST_BYTES = 120 * 1024
COLOURS = 256
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def main() -> None:
    SCREENS.mkdir(exist_ok=True)
    path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    with TemporaryDirectory() as folder, running(Path(folder)) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM)
        _staff(_page(browser, 1280, 800), site.address)
        planning_screens(_page(browser, 1280, 800), site.address, _sign_in, _save, _keep)
        phone = _page(browser, 360, 740, scale=2)
        _host(phone, site.address)
        _swap(_page(browser, 1280, 800), phone, site.address)
        _consent(_page(browser, 1280, 800), phone, site.address)
        phone = _page(browser, 360, 740, scale=2)
        phone.goto(f"{site.address}/host/{demo.HOST_TOKEN}")
        post_screens(_page(browser, 1280, 800), phone, site.address, _sign_in, _save)
        phone = _page(browser, 360, 740, scale=2)
        publishing_screens(_page(browser, 1280, 800), phone, site.address, _sign_in, _save)
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
    _sign_in(page, address, "kommunikation@example.dk")
    _save(page, "front-page")
    page.get_by_role("link", name="Åbn takeoveren").click()
    _save(page, "takeover")
    page.goto(f"{address}/calendar/year/2022")
    _save(page, "year-2022")
    page.goto(f"{address}/calendar/wheel/2022?week=43")
    _save(page, "year-wheel", most=1080)
    _drag(page, address)
    page.goto(f"{address}/plans")
    page.get_by_role("link", name="Alle specialområder 2022").click()
    _save(page, "plan")
    _move(page, address)
    _import(page, address)
    _propose(page, address)
    page.goto(f"{address}/evaluations")
    _save(page, "evaluations")


def _sign_in(page: Page, address: str, email: str) -> None:
    page.goto(f"{address}/sign-in")
    page.get_by_label("Mail").fill(email)
    page.get_by_label("Adgangskode").fill(demo.PASSWORD)
    page.get_by_role("button", name="Log ind").click()
    page.wait_for_url(f"{address}/")


def _propose(page: Page, address: str) -> None:
    """The year after the planned weeks, laid by the planner."""
    page.goto(f"{address}/plans")
    page.get_by_role("link", name="Takeovers 20").first.click()
    page.get_by_role("link", name="Læg planen").click()
    page.get_by_role("button", name="Foreslå en plan").click()
    page.get_by_text("Bevist").wait_for()
    _save(page, "plan-proposal")


def _swap(page: Page, phone: Page, address: str) -> None:
    """Asked by the coordinator of SOH, and opened by the coordinator of SVO from the mail."""
    _sign_in(page, address, "koordinator@example.dk")
    page.goto(f"{address}/plans")
    page.get_by_role("link", name="Takeovers 20").first.click()
    page.get_by_role("main").get_by_role("link", name="SOH").last.click()
    page.get_by_role("link", name="Byt", exact=True).click()
    theirs = page.get_by_label("Uger, I gerne vil have").locator("option").filter(has_text="SVO")
    page.get_by_label("Uger, I gerne vil have").select_option(theirs.get_attribute("value"))
    page.get_by_label("Et ord til din kollega").fill("Vi flytter i den uge. Passer vores uger jer?")
    page.get_by_role("button", name="Spørg om at bytte").click()
    page.context.clear_cookies()
    _sign_in(page, address, "admin@example.dk")
    page.goto(f"{address}/outbox")
    page.get_by_role("row").filter(has_text="koordinator.svo@example.dk").first.get_by_role(
        "link"
    ).first.click()
    link = page.locator("a[href*='/swap-answer/']").first.get_attribute("href")
    assert link
    phone.goto(link)
    _save(phone, "swap-360")


def _consent(page: Page, phone: Page, address: str) -> None:
    """The board and the proof of somebody; a citizen's answer on a phone, half given."""
    _sign_in(page, address, "koordinator@example.dk")
    page.goto(f"{address}/consents")
    _save(page, "consent-board", most=1080)
    page.get_by_role("link", name="Vega", exact=True).click()
    _save(page, "consent-person")
    page.goto(f"{address}/consents?q=Ida")
    page.locator("a[href^='/consent/requests/']").click()
    page.get_by_role("button", name="Vis kode og link").click()
    link = re.search(r"http\S+/sign/[\w-]+", page.locator("textarea").input_value())
    assert link
    phone.goto(link[0])
    _save(phone, "consent-read-360")
    _answer(phone)
    page.context.clear_cookies()
    _sign_in(page, address, "kommunikation@example.dk")
    page.goto(f"{address}/consent/verify")
    page.get_by_role("main").get_by_role("link", name="Nor").click()
    page.locator(".proof-picture").evaluate("image => image.decode()")
    _save(page, "consent-verify")


def _answer(phone: Page) -> None:
    """The lines answered and a signature drawn; nothing is sent."""
    for line in ("I må tage billeder af mig.", "I må vise det på Instagram.", "I må skrive mit fornavn."):
        phone.get_by_role("group", name=line).get_by_role("radio", name="Ja").check()
    phone.get_by_role("group", name="I må filme mig.").get_by_role("radio", name="Nej").check()
    canvas = phone.locator("[data-pad] canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    phone.mouse.move(box["x"] + 40, box["y"] + 110)
    phone.mouse.down()
    for x, y in ((60, 40), (82, 120), (104, 60), (128, 112), (170, 78), (230, 96), (280, 84)):
        phone.mouse.move(box["x"] + x, box["y"] + y, steps=6)
    phone.mouse.up()
    phone.set_viewport_size({"width": 360, "height": 1240})
    heading = phone.get_by_role("heading", name="Hvad siger du ja til?")
    heading.evaluate("heading => { document.activeElement.blur(); scrollTo(0, heading.offsetTop - 16) }")
    _save(phone, "consent-sign-360", most=1240)


def _drag(page: Page, address: str) -> None:
    """A turn of 2022 dragged two weeks to the right: the drop asks first."""
    page.goto(f"{address}/calendar/year/2022")
    bar = page.locator("a.bar").filter(has_text="43-44")
    bar.scroll_into_view_if_needed()
    box, week = bar.bounding_box(), page.locator("table.year th.w").first.bounding_box()
    assert box is not None
    assert week is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 2 * week["width"], y, steps=5)
    page.mouse.up()
    page.get_by_role("dialog").wait_for()
    _save(page, "year-drag", most=800)
    page.keyboard.press("Escape")


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
    page.goto(f"{address}/leader/{demo.HOST_TOKEN}")
    _save(page, "leader-360")
    page.goto(f"{address}/host/{demo.HOST_TOKEN}")
    page.goto(f"{address}/my-week/colleagues/new")
    page.get_by_label("Kollegaens navn").fill("Frida")
    page.get_by_label("Jeg sagde tydeligt, at det kommer på Instagram").check()
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    _save(page, "colleague-360", most=1180)


def _save(page: Page, name: str, most: int = 1000) -> None:
    """The top of the page."""
    page.evaluate("document.fonts.ready.then(() => true)")
    height = min(int(page.evaluate("document.documentElement.scrollHeight")), most)
    width = page.viewport_size["width"] if page.viewport_size else 1280
    page.set_viewport_size({"width": width, "height": height})
    _keep(Image.open(BytesIO(page.screenshot())), name)
    page.set_viewport_size({"width": width, "height": 800})


def _keep(picture: Image.Image, name: str) -> None:
    """With few colours."""
    shown = picture.convert("RGB")
    picture = shown.quantize(palette=_palette(shown), dither=Image.Dither.NONE)
    target = SCREENS / f"{name}.png"
    picture.save(target, optimize=True)
    assert target.stat().st_size <= MOST_BYTES, f"{target.name} is too big"


def _palette(picture: Image.Image) -> Image.Image:
    """The picture's own most frequent colours, so that paper, tints and thin edges stay what they are."""
    counted: list[Any] = sorted(picture.getcolors(picture.width * picture.height) or [], reverse=True)
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for _, colour in counted[:COLOURS] for part in colour])
    return palette


if __name__ == "__main__":
    main()
