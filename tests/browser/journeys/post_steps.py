"""Steps that several journeys of posts take: the host's four, and those of whoever approves."""

from __future__ import annotations

import io
import re

from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from branding import demo
from branding.drafts.models import Draft
from branding.media import pictures as _opens_heic  # noqa: F401 - so that a HEIC can be made here
from tests.browser.hands import Hand, Keys
from tests.browser.journeys.consent_steps import COMMUNICATIONS, heading, says
from tests.browser.stored import stored
from tests.media.factories import exif, scene
from tests.support.running import Running

CAPTION = "God morgen fra værkstedet! I dag bygger vi fuglekasser."
ALTS = ("Et bord med brædder og søm", "Bo holder en færdig fuglekasse op")
NEXT_WHO, NEXT_TEXT, NEXT_SEND = "Videre: hvem er på?", "Videre til teksten", "Videre: se opslaget"


def photo(kind: str, size: tuple[int, int]) -> bytes:
    """No two are alike, and each tells where it was taken."""
    made, noise = io.BytesIO(), Image.effect_noise(size, 90).convert("RGB")
    noise.paste(scene((size[0] // 2, size[1] // 2)), (0, 0))
    noise.save(made, kind, quality=95 if kind == "JPEG" else 50, exif=exif(location=True))
    return made.getvalue()


def heic() -> FilePayload:
    return {"name": "en.heic", "mimeType": "image/heic", "buffer": photo("HEIF", (600, 750))}


def jpeg(size: tuple[int, int] = (640, 800)) -> FilePayload:
    """A large one comes in several parts."""
    return {"name": "to.jpg", "mimeType": "image/jpeg", "buffer": photo("JPEG", size)}


def begun(hand: Hand, site: Running, kind: str = "Dagens opslag") -> None:
    """By the magic link to the first step of a post."""
    hand.page.goto(f"{site.address}/host/{demo.HOST_TOKEN}")
    hand.press(hand.page.get_by_text("Noget andet"))
    hand.button(kind)
    heading(hand.page, "Billede")


def choose(hand: Hand, *files: FilePayload) -> None:
    """Tap the large field, or come to it with Tab, and take the pictures from the gallery."""
    label = hand.page.get_by_text(re.compile("Tag eller vælg et billede|Et billede mere"))
    with hand.page.expect_file_chooser() as chooser:
        hand.press(hand.page.locator("#files") if isinstance(hand, Keys) else label)
    chooser.value.set_files(list(files))


def pictures(page: Page, number: int) -> None:
    expect(page.locator(".post-picture")).to_have_count(number, timeout=30_000)


def say_who(hand: Hand) -> None:
    """Nobody on the first picture, the host on the second."""
    hand.link(NEXT_WHO)
    heading(hand.page, "Hvem er på?")
    hand.press(hand.page.locator(".post-people").nth(0).get_by_role("button", name="Ingen kan genkendes"))
    expect(hand.page.locator(".said")).to_have_count(1)
    hand.press(hand.page.locator(".post-people").nth(1).get_by_role("button", name="Mig", exact=True))
    expect(hand.page.locator(".said")).to_have_count(2)


def write(hand: Hand, caption: str = CAPTION, alts: tuple[str, ...] = ALTS) -> None:
    """Typing is not counted as taps."""
    before = hand.acts
    hand.write("Tekst til opslaget", caption)
    for number, alt in enumerate(alts, start=1):
        hand.write(f"Beskriv billede {number}" if len(alts) > 1 else "Beskriv billedet", alt)
    hand.acts = before


def send(hand: Hand, *told: str) -> str:
    """Look at the post and what the page says of it, and send it; returns its id."""
    hand.button(NEXT_SEND)
    heading(hand.page, "Send")
    for text in told:
        says(hand.page, text)
    hand.button("Send til godkendelse")
    heading(hand.page, "Dejligt, det er sendt")
    found = re.search(r"/posts/([0-9a-f]{32})/", hand.page.url)
    assert found
    return found[1]


def to_desk(hand: Hand, site: Running, email: str = COMMUNICATIONS) -> None:
    """Sign in with this hand alone."""
    hand.page.goto(f"{site.address}/sign-in")
    hand.write("Mail", email)
    hand.write("Adgangskode", demo.PASSWORD)
    hand.button("Log ind")
    hand.page.wait_for_url(f"{site.address}/")


def from_front_page(hand: Hand, draft_id: str) -> None:
    """By "venter på din godkendelse" to the one post."""
    hand.link("venter på din godkendelse")
    heading(hand.page, "Opslag")
    hand.press(hand.page.locator(f"a[href='/posts/{draft_id}']"))
    expect(hand.page.locator(".review-bar")).to_be_visible()


def press_key(page: Page, key: str) -> None:
    """One of the review screen's keys, when the page listens to them."""
    expect(page.get_by_text("Taster", exact=True)).to_be_visible()
    page.keyboard.press(key)


def is_approved(site: Running, draft_id: str) -> str:
    """Who approved it, by what the database says; empty when nobody has."""
    with stored(site) as session:
        row = session.get_one(Draft, draft_id)
        return row.approved_by if row.state == "approved" and row.approved_hash else ""


def cannot_be_approved(page: Page, site: Running, draft_id: str) -> None:
    """No button, no key, and not by a form of one's own making either."""
    says(page, "Kan ikke godkendes endnu")
    expect(page.get_by_role("button", name="Godkend og planlæg")).to_have_count(0)
    press_key(page, "a")
    page.evaluate(
        """() => {
        const form = document.querySelector('#review');
        const button = Object.assign(document.createElement('button'), {name: 'do', value: 'approve'});
        form.append(button);
        form.requestSubmit(button);
    }"""
    )
    says(page, "Opslaget er ikke godkendt: der mangler noget først.")
    assert not is_approved(site, draft_id)
