"""What there is to say about the text of a post: its counts, its problems, advice, and what was changed."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

import regex

from branding.core.text import Text

#: Letters, also with a soft hyphen or a joiner between them; or digits.
WORD = regex.compile(r"\p{L}[\p{L}\p{M}\u00ad\u200b-\u200d\u2060]*|\p{Nd}+")
#: The same name is written in several ways: Aase and Åse, Soeren and Søren, Björn and Bjørn.
_SPELLINGS = (("aa", "å"), ("ae", "æ"), ("oe", "ø"), ("ä", "æ"), ("ö", "ø"))
_DANISH = frozenset("æøåäö")
_UNSEEN = regex.compile(r"\p{Cf}")


def folded(word: str) -> str:
    """The word as words are compared: case, accents, invisible letters and aa for å make no difference."""
    plain = word.casefold()
    if not plain.isascii():
        plain = _UNSEEN.sub("", unicodedata.normalize("NFC", plain))
        plain = "".join(letter if letter in _DANISH else _bare(letter) for letter in plain)
    for written, meant in _SPELLINGS:
        plain = plain.replace(written, meant)
    return plain


def _bare(letter: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", letter) if not unicodedata.combining(c))


@dataclass(frozen=True, slots=True)
class Counts:
    """A caption in numbers.

    ``letters`` is what people see as letters, ``units`` what Instagram's limit is held against.
    """

    letters: int
    units: int
    hashtags: int
    mentions: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about a caption; with ``is_stop`` it cannot be sent like this."""

    code: str
    text: Text
    is_stop: bool


@dataclass(frozen=True, slots=True)
class Advice:
    """A hashtag that is hard to read, and how it could be written, when we know its words."""

    hashtag: str
    suggestion: str
    text: Text


class PieceKind(StrEnum):
    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of two texts: what both have, what only the first had, or what only the second has."""

    text: str
    kind: PieceKind
