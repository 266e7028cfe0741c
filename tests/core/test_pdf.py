"""Whatever people write, a page for the wall comes out, and says which letters it could not show."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branding.core.pdf import pdf

NOW = datetime(2026, 10, 5, 9, tzinfo=UTC)


def made(written: str) -> bytes:
    """The year wheel's page with the same words in its table and in its drawing."""
    text = written.replace("&", "&amp;").replace("<", "&lt;")
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 20"><text y="15">{text}</text></svg>'
    data = {
        "lang": "da", "title": "Årshjul", "lead": "", "author": "Prøve", "alt": "Hjul", "areas": [],
        "holidays": [written], "columns": ["Uge", "Enhed", "Emne"], "is-wide": True,
        "turns": [{"weeks": "1", "unit": written, "topic": written}],
    }  # fmt: skip
    return pdf("home/wheel.typ", data, pictures={"wheel.svg": drawing.encode()}, at=NOW)


@pytest.mark.parametrize(
    "written",
    [
        "Sommer 😀 👩‍👧 👍🏽 🇩🇰 ❤️", "👍🏽", "中文" * 40, "नमस्ते", "שלום", "e\u0336x", "a\x01b\x0bc\x7f\x85",
        "\ufffe\ufeff", "\U000f0000\ue000\ud7ff", '"citat" 中 \\ #read("/etc/passwd") <script>',
        "".join(map(chr, range(0x3A0, 0x3000))),
    ],
)  # fmt: skip
def test_no_letter_stops_the_page(written: str) -> None:
    assert made(written).startswith(b"%PDF")


@pytest.mark.long
@settings(max_examples=15)
@given(st.text(max_size=12))
def test_whatever_is_written_the_page_comes_out(written: str) -> None:
    assert made(written).startswith(b"%PDF")


def test_the_same_data_at_the_same_moment_gives_the_same_bytes() -> None:
    assert made("Hverdagen – 😀") == made("Hverdagen – 😀")
