"""Pictures: how long we take, also as a ratio to pyvips on the same files and run (decisions.md 18)."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from statistics import median

import pytest
from sqlmodel import Session

from branding.media import darkroom, pictures
from branding.media.queries import depicted, item_views
from branding.media.service import counting, files, intake
from branding.media.values import Focus, Ratio, Size
from tests.media.factories import host, photo_12_megapixels, portrait, taken_in

pytestmark = pytest.mark.bench
ROUNDS = 9


def timed(work: Callable[[], object]) -> float:
    """The usual of several, after one that is not counted."""
    work()
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return median(took)


def test_previews_and_the_published_file_keep_up_with_pyvips(capsys: pytest.CaptureFixture[str]) -> None:
    pyvips = pytest.importorskip("pyvips")
    content = photo_12_megapixels()

    def theirs(width: int, height: int, quality: int) -> None:
        found = pyvips.Image.thumbnail_buffer(content, width, height=height, crop="centre")
        found.jpegsave_buffer(Q=quality, keep="none")

    def preview_and_thumb() -> None:
        view = pictures.shown(content, Size.VIEW, Ratio.PORTRAIT, Focus())
        pictures.shown(view, Size.THUMB, None, Focus())

    def their_preview_and_thumb() -> None:
        view = pyvips.Image.thumbnail_buffer(content, 1024, height=1280, crop="centre")
        view.jpegsave_buffer(Q=85, keep="none")
        pyvips.Image.thumbnail_buffer(content, 320, height=320).jpegsave_buffer(Q=85, keep="none")

    pairs = {
        "preview and thumbnail": (timed(preview_and_thumb), timed(their_preview_and_thumb), 1.2),
        "published": (
            timed(lambda: pictures.published(content, Ratio.PORTRAIT, Focus())),
            timed(lambda: theirs(1080, 1350, 90)),
            3.0,
        ),
    }
    with capsys.disabled():
        for name, (ours, other, most) in pairs.items():
            print(
                f"\n{name}, 12 MP: {ours * 1000:.0f} ms; pyvips {other * 1000:.0f} ms; "
                f"ratio {ours / other:.2f} (at most {most})",
                end="",
            )
        print()


def test_taking_in_and_counting_faces(
    session: Session, area: int, at: Callable[[str], datetime], capsys: pytest.CaptureFixture[str]
) -> None:
    now, content = at("2026-10-12 10:00"), photo_12_megapixels()

    def take_in() -> None:
        intake.discard(session, intake.prepare(session, content))

    intake_took = timed(take_in)
    counts = {}
    for name, sent in (("12 MP, nobody in it", content), ("portrait", portrait())):
        taken_in(session, area, now=now, content=sent)
        claimed = counting.claim(session, now=now)
        assert claimed is not None
        counts[name] = timed(lambda task=claimed.task: darkroom.count_faces(task))  # type: ignore[misc]
    with capsys.disabled():
        told = ", ".join(f"{name} {took * 1000:.0f} ms" for name, took in counts.items())
        print(f"\ntaking in 12 MP, sealed and with its views: {intake_took * 1000:.0f} ms; faces: {told}")


def test_the_facts_for_the_gate_take_few_queries(
    session: Session,
    area: int,
    at: Callable[[str], datetime],
    queries: list[str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    now = at("2026-10-12 10:00")
    ids = [taken_in(session, area, now=now, place=f"takeover:{n}", actor=host(area)) for n in range(10)]
    queries.clear()
    took = timed(lambda: depicted(session, ids))
    sent = len(queries) // (ROUNDS + 1)
    shown = timed(lambda: item_views(session, ids))
    bytes_took = timed(lambda: files.rendition(session, ids[0]))
    with capsys.disabled():
        print(
            f"\n10 items: facts {took * 1000:.1f} ms in {sent} queries, views {shown * 1000:.1f} ms; "
            f"one picture unsealed {bytes_took * 1000:.1f} ms"
        )
    assert sent <= 3
    assert Path(session.info["uploads"]).exists()
