"""The pictures of planning: content plan, strategy map, reminders, a report as page and paper, the search."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import typst
from PIL import Image
from playwright.sync_api import Page

Save = Callable[..., None]
Keep = Callable[[Image.Image, str], None]
SignIn = Callable[[Page, str, str], None]


def planning_screens(page: Page, address: str, sign_in: SignIn, save: Save, keep: Keep) -> None:
    """The plan of autumn 2022 is the real one; the rest is as of today."""
    sign_in(page, address, "kommunikation@example.dk")
    for name, path in (
        ("content-plan", "/content-plan?year=2022&month=10"),
        ("strategy-map", "/strategy"),
        ("reminders-coming", "/reminders/coming"),
        ("report-strategy", "/reports/strategy?from=2022-07-01&to=2022-12-31"),
        ("search", "/search?q=jobopslag"),
    ):
        page.goto(address + path)
        save(page, name)
    answer = page.request.get(f"{address}/reports/content-plan/file/pdf?from=2022-07-01&to=2022-12-31")
    assert answer.ok
    keep(_drawn(answer.body()), "report-paper")


def _drawn(paper: bytes) -> Image.Image:
    """The first page of a PDF as a picture."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "paper.pdf").write_bytes(paper)
        page = '#set page(width: auto, height: auto, margin: 0pt)\n#image("paper.pdf", width: 210mm)'
        (folder / "main.typ").write_text(page)
        done = typst.compile(str(folder / "main.typ"), root=place, format="png", ppi=96)
    assert isinstance(done, bytes)
    return Image.open(BytesIO(done))
