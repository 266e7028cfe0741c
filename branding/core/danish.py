"""Danish alphabetical order: æ, ø, å last, and aa sorts as å.

No database here has a Danish collation, so every table that is listed by
name stores the key that this makes (the one place that makes it).
"""

from __future__ import annotations

import unicodedata

_LAST = {"æ": "\uf8f0", "ä": "\uf8f0", "ø": "\uf8f1", "ö": "\uf8f1", "å": "\uf8f2"}


def genitive(name: str) -> str:
    """``Vegas``; a name that ends in an s-sound takes an apostrophe: ``Jens'``."""
    return f"{name}'" if name[-1:].casefold() in ("s", "x", "z") else f"{name}s"


def sort_key(name: str) -> str:
    """A string whose code-point order is the Danish order of ``name``; at most 200 characters."""
    lowered = unicodedata.normalize("NFC", name).casefold().replace("aa", "å")
    letters = []
    for letter in lowered:
        if letter in _LAST:
            letters.append(_LAST[letter])
        else:
            # é sorts as e: strip accents that are not letters of their own in Danish.
            letters.append(
                "".join(c for c in unicodedata.normalize("NFD", letter) if not unicodedata.combining(c))
            )
    return "".join(letters)[:200]
