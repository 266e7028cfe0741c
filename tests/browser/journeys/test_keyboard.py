"""With nothing but the keyboard: from signing in to a moved week, and back again."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from branding import demo
from tests.support.running import Running


def tab_to(page: Page, name: str, role: str = "link", *, most: int = 250) -> None:
    """Press Tab until the thing with this name has the focus, and see that the focus can be seen."""
    wanted = page.get_by_role(role, name=name).first  # type: ignore[arg-type]
    expect(wanted).to_be_attached()
    handle = wanted.element_handle()
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("e => e === document.activeElement", handle):
            style = page.evaluate(
                "e => (s => [s.outlineStyle, s.outlineWidth, s.boxShadow])(getComputedStyle(e))",
                handle,
            )
            assert (style[0] != "none" and style[1] != "0px") or style[2] != "none", f"{name} shows no focus"
            return
    raise AssertionError(f"Tab never came to {name!r}")


def test_from_sign_in_to_a_moved_week_and_back_with_the_keyboard_alone(
    own_site: Running, open_page: Callable[..., Page]
) -> None:
    page = open_page("desktop")
    page.goto(f"{own_site.address}/sign-in")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Gå til indholdet"
    page.get_by_label("Mail").focus()
    page.keyboard.type("kommunikation@example.dk")
    page.keyboard.press("Tab")
    page.keyboard.type(demo.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{own_site.address}/")

    tab_to(page, "Plan")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Indholdsplan")
    tab_to(page, "Rotation")
    page.keyboard.press("Enter")
    tab_to(page, "Alle specialområder 2022")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Alle specialområder 2022")
    page.goto(page.url)  # the plan page itself is where the keys go on from
    tab_to(page, "SVO")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("SVO")
    tab_to(page, "Flyt")
    page.keyboard.press("Enter")
    tab_to(page, "Første uge", "combobox")
    page.keyboard.type("Uge 45")
    tab_to(page, "Vis, hvad der sker", "button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Det sker der")).to_be_visible()
    tab_to(page, "Flyt", "button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("uge 45-46")
    tab_to(page, "Fortryd", "button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("uge 43-44")
