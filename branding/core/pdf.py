"""Making a tagged PDF (PDF/UA-1) from a typst template, with the design system's typeface.

Typst refuses a document without title, or a picture without alt text, under this
standard: an accessibility check for nothing.
"""

from __future__ import annotations

import json
import re
import tempfile
import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

from branding.core import files

#: What stands where a letter has no shape in the typeface, for example an emoji.
_MISSING = re.compile(r'the text `"(?P<text>[^"\\]+)"` could not be displayed')
_MOST_MISSING = 20
#: Which of two drawings an emoji has.
_SELECTOR = re.compile("[\ufe00-\ufe0f]")


def pdf(
    template: str, data: Mapping[str, Any], *, pictures: Mapping[str, bytes] | None = None, at: datetime
) -> bytes:
    """Compile ``templates/<template>``.

    The template reads ``json("data.json")`` (what people wrote is text there, never code) and
    its pictures by name.  The same data at the same moment gives the same bytes.
    """
    written = {"data.json": json.dumps(_tidy(data), ensure_ascii=False)}
    with tempfile.TemporaryDirectory(prefix="stafet-pdf-") as place:
        folder = Path(place)
        (folder / "main.typ").write_bytes((files.shipped("templates") / template).read_bytes())
        for name, picture in (pictures or {}).items():
            if name.endswith(".svg"):
                written[name] = _tidy(picture.decode())
            else:
                (folder / name).write_bytes(picture)
        for tries_left in reversed(range(_MOST_MISSING)):
            for name, text in written.items():
                (folder / name).write_text(text, "utf-8")
            try:
                return _compiled(folder, at)
            except typst.TypstError as error:
                replaced = _without(written, _missing(str(error)) if tries_left > 1 else _is_rare)
                if replaced == written:
                    replaced = _without(written, _is_rare)
                if replaced == written or not tries_left:
                    raise
                written = replaced
    raise AssertionError("the last try returns or raises")


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


def _tidy(value: Any) -> Any:
    """Without letters that no page may hold: control characters, joiners, what means nothing yet."""
    if isinstance(value, str):
        is_tidy = value.isprintable() and not _SELECTOR.search(value)
        return value if is_tidy else "".join(map(_tidy_letter, value))
    if isinstance(value, Mapping):
        return {key: _tidy(one) for key, one in value.items()}
    return [_tidy(one) for one in value] if isinstance(value, list | tuple) else value


def _tidy_letter(letter: str) -> str:
    category = unicodedata.category(letter)
    if category == "Cc":
        return letter if letter in "\t\r\n" else " "
    return "" if category in ("Cf", "Cs", "Co", "Cn") or _SELECTOR.match(letter) else letter


def _missing(error: str) -> Callable[[str], bool]:
    """The letters that typst names: in drawings not always, and sometimes with their neighbours."""
    found = _MISSING.search(error)
    return (lambda letter: letter in found["text"] and _is_rare(letter)) if found else _is_rare


def _is_rare(letter: str) -> bool:
    """Neither a European letter nor ordinary punctuation: our typefaces may lack it."""
    return letter > "\u017e" and letter not in "–—‘’“”„…•€"


def _without(written: Mapping[str, str], is_missing: Callable[[str], bool]) -> dict[str, str]:
    """Say which letters could not be shown rather than print empty boxes."""
    return {
        name: "".join(f"[U+{ord(letter):04X}]" if is_missing(letter) else letter for letter in text)
        for name, text in written.items()
    }


def _font_folders() -> list[Path]:
    """IBM Plex Sans, when it is installed; typst has a typeface of its own."""
    try:
        import fontpkg_ibm_plex_sans
    except ImportError:
        return []
    return [Path(fontpkg_ibm_plex_sans.ROOT)]
