"""The pictures of a post on its way: from the host's phone to an approval, and a citizen's look."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw
from playwright.sync_api import Page

from branding import demo
from branding.demo.pictures import picture

Save = Callable[..., None]
SignIn = Callable[[Page, str, str], None]
_CAPTION = "Den tiende fuglekasse! Frida saver, og jeg slår søm i. Hvem har et træ til den?\n\n#mitsocial"
_BO, _FRIDA = (0.2, "#e8bf9c", "#5a4034", "#50748f"), (0.8, "#d9a982", "#c8643c", "#60906a")
_VEGA = (0.5, "#e8bf9c", "#c0b4a8", "#a05a6a")


def post_screens(page: Page, phone: Page, address: str, sign_in: SignIn, save: Save) -> None:
    """``page`` is signed in nowhere; on the phone the host's link has been opened."""
    draft_id = _by_host(phone, address, save)
    sign_in(page, address, "koordinator@example.dk")
    link = _with_citizen(page, address)
    phone.goto(link)
    _shows_pictures(phone)
    save(phone, "post-preview-360", most=1310)
    page.context.clear_cookies()
    sign_in(page, address, "kommunikation@example.dk")
    page.goto(f"{address}/posts")
    _shows_pictures(page)
    save(page, "post-queue")
    page.goto(f"{address}/posts/{draft_id}")
    _shows_pictures(page)
    save(page, "post-review", most=800)


def _by_host(phone: Page, address: str, save: Save) -> str:
    """Two people in the workshop: one said, one still a question; then the last step."""
    _says_yes(phone, address, "Frida")
    phone.goto(f"{address}/host/{demo.HOST_TOKEN}")
    phone.get_by_text("Noget andet").click()
    phone.get_by_role("button", name="Dagens opslag").click()
    _upload(phone, _drawn("workshop", _BO, _FRIDA))
    phone.get_by_role("link", name="Videre: hvem er på?").click()
    for place in ("til venstre", "til højre"):
        _frame(phone, place)
    phone.get_by_role("button", name=re.compile("^Mig ansigt 1")).click()
    phone.locator(".said").wait_for()
    _shows_pictures(phone)
    save(phone, "post-people-360", most=1062)
    phone.get_by_role("button", name=re.compile("^Frida ansigt 2")).click()
    phone.locator(".said li").nth(1).wait_for()
    phone.get_by_role("link", name="Videre til teksten").click()
    _write(phone, _CAPTION, "Bo og Frida i værkstedet foran en tavle med værktøj")
    _shows_pictures(phone)
    # Chromium on a server knows only the American clock; phones here write 20:00.
    phone.locator("[type=time]").evaluate("field => { field.type = 'text' }")
    phone.set_viewport_size({"width": 360, "height": 1075})
    phone.locator(".phone").evaluate("phone => scrollTo(0, phone.offsetTop - 12)")
    save(phone, "post-send-360", most=1075)
    phone.get_by_role("button", name="Send til godkendelse").click()
    phone.wait_for_url("**/sent")
    return re.findall(r"[0-9a-f]{32}", phone.url)[0]


def _says_yes(phone: Page, address: str, name: str) -> None:
    phone.goto(f"{address}/my-week/colleagues/new")
    phone.get_by_label("Kollegaens navn").fill(name)
    phone.get_by_label("Jeg sagde tydeligt, at det kommer på Instagram").check()
    phone.get_by_label("Kollegaen svarede tydeligt ja").check()
    for line in ("Må navnet nævnes?", "Må stemmen høres?"):
        phone.get_by_role("group", name=line).get_by_role("radio", name="Ja").check()
    phone.get_by_role("button", name="Skriv ja'et ned").click()
    phone.get_by_role("heading", name="Dejligt, det er skrevet ned").wait_for()


def _with_citizen(page: Page, address: str) -> str:
    """A post with Vega for the weeks that come; returns Vega's own link."""
    page.goto(f"{address}/posts/new")
    soh = page.locator("li.card").filter(has_text="Specialområde Hjerneskade").first
    soh.get_by_text("Noget andet").click()
    soh.get_by_role("button", name="Dagens opslag").click()
    _upload(page, _drawn("garden", _VEGA))
    page.get_by_role("link", name="Videre: hvem er på?").click()
    page.get_by_text("En borger", exact=True).click()
    page.get_by_role("button", name="Vega").click()
    page.locator(".said").wait_for()
    page.get_by_role("link", name="Videre til teksten").click()
    _write(page, "Nu er der kål nok til hele huset.", "En smiler foran to højbede med kål")
    page.get_by_role("button", name="Send til godkendelse").click()
    page.wait_for_url("**/sent")
    page.goto(f"{address}/posts/{re.findall(r'[0-9a-f]{32}', page.url)[0]}")
    page.get_by_role("button", name="Send et link Vega").click()
    link = re.search(r"/preview/[\w-]+", page.get_by_label("Tekst til at kopiere").input_value())
    assert link
    return address + link[0]


def _upload(page: Page, content: bytes) -> None:
    page.locator("#files").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": content})
    page.locator(".post-picture").wait_for()


def _frame(page: Page, place: str) -> None:
    """A frame without dragging: one of nine places, and a size."""
    before = page.locator(".face-list > li").count()
    page.get_by_text("Noget andet", exact=True).click()
    page.get_by_role("radio", name=place, exact=True).check(force=True)
    page.get_by_role("radio", name="Et mellemstort ansigt").check(force=True)
    page.get_by_role("button", name="Sæt en ramme om det").click()
    page.locator(".face-list > li").nth(before).wait_for()


def _write(page: Page, caption: str, alt: str) -> None:
    page.get_by_label("Tekst til opslaget").fill(caption)
    page.get_by_label("Beskriv billedet").fill(alt)
    page.get_by_role("button", name="Videre: se opslaget").click()
    page.get_by_role("heading", level=1, name="Send").wait_for()


def _shows_pictures(page: Page) -> None:
    page.evaluate("document.activeElement.blur()")
    page.wait_for_load_state("networkidle")


def _drawn(scene: str, *people: tuple[float, str, str, str]) -> bytes:
    """People drawn into a scene of the example: nobody who exists."""
    image = Image.open(BytesIO(picture(scene))).convert("RGB")
    wide, high = image.size
    draw, y, r = ImageDraw.Draw(image), high // 2, wide // 10
    for at, skin, hair, shirt in people:
        x = round(wide * at)
        draw.rounded_rectangle((x - 19 * r // 10, y + r, x + 19 * r // 10, high + r), r, shirt)
        draw.rectangle((x - r // 3, y + r // 2, x + r // 3, y + r * 5 // 4), skin)
        draw.ellipse((x - r * 11 // 10, y - r * 13 // 10, x + r * 11 // 10, y + r), hair)
        draw.ellipse((x - r * 9 // 10, y - r, x + r * 9 // 10, y + r * 11 // 10), skin)
        for eye in (x - r // 3, x + r // 3):
            draw.ellipse((eye - r // 10, y - r // 6, eye + r // 10, y + r // 20), "#33302e")
        draw.arc((x - r // 2, y, x + r // 2, y + r * 7 // 10), 25, 155, "#8a4a3c", r // 9)
    out = BytesIO()
    image.save(out, "JPEG", quality=90)
    return out.getvalue()
