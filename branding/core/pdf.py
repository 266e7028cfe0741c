"""Making a tagged PDF (PDF/UA-1) from a typst template, with the design system's typeface.

Typst refuses a document without title, or a picture without alt text, under this
standard: an accessibility check for nothing.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

from branding.core import files

#: What stands where a letter has no shape in the typeface, for example an emoji.
_MISSING = re.compile(r'the text "(?P<text>[^"]+)" could not be displayed')
_MOST_MISSING = 50


def pdf(
    template: str, data: Mapping[str, Any], *, pictures: Mapping[str, bytes] | None = None, at: datetime
) -> bytes:
    """Compile ``templates/<template>``.

    The template reads ``json("data.json")`` (what people wrote is text there, never code) and
    its pictures by name.  The same data at the same moment gives the same bytes.
    """
    written = json.dumps(data, ensure_ascii=False)
    with tempfile.TemporaryDirectory(prefix="stafet-pdf-") as place:
        folder = Path(place)
        (folder / "main.typ").write_bytes((files.shipped("templates") / template).read_bytes())
        for name, picture in (pictures or {}).items():
            (folder / name).write_bytes(picture)
        for _ in range(_MOST_MISSING):
            (folder / "data.json").write_text(written, "utf-8")
            try:
                return _compiled(folder, at)
            except typst.TypstError as error:
                found = _MISSING.search(str(error))
                if not found:
                    raise
                written = _without(written, found["text"])
    raise ValueError("too many letters that the typeface lacks")


def _compiled(folder: Path, at: datetime) -> bytes:
    done = typst.compile(
        str(folder / "main.typ"),
        root=str(folder),
        font_paths=[str(path) for path in _font_folders()],
        ignore_system_fonts=True,  # the same page on every machine
        pdf_standards=["ua-1"],
        timestamp=int(at.timestamp()),
    )
    assert isinstance(done, bytes)
    return done


def _without(written: str, letters: str) -> str:
    """Say which letters could not be shown rather than print empty boxes."""
    shown = "".join(f"[U+{ord(letter):04X}]" for letter in letters)
    if letters not in written:
        raise ValueError("the template itself holds letters that the typeface lacks")
    return written.replace(letters, shown)


def _font_folders() -> list[Path]:
    """IBM Plex Sans, when it is installed; typst has a typeface of its own."""
    try:
        import fontpkg_ibm_plex_sans
    except ImportError:
        return []
    return [Path(fontpkg_ibm_plex_sans.ROOT)]
