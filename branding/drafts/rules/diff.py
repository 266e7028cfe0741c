"""What was changed between two versions of a text, word by word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import groupby

import regex

from branding.drafts.values.text import Piece, PieceKind

#: The white space before a word, and the word: letters and digits, or equal signs, or one emoji.
_UNIT = regex.compile(r"(\s*)([\p{L}\p{M}\p{N}_]+|([^\p{L}\p{M}\p{N}_\s])\3+|(?!\s)\X)")
#: Beyond this many words the matcher may skip the most frequent ones: nobody waits for a diff.
_MANY = 1000

_Unit = tuple[str, str]


def word_diff(before: str, after: str) -> tuple[Piece, ...]:
    """Same and gone make ``before``, same and new make ``after``; what is gone stands before what is new."""
    return tuple(
        Piece("".join(text for text, _ in run), kind)
        for kind, run in groupby(_settled(_pieces(_units(before), _units(after))), key=lambda piece: piece[1])
    )


def _units(text: str) -> list[_Unit]:
    found = [(match[1], match[2]) for match in _UNIT.finditer(text)]
    rest = text[sum(len(space) + len(word) for space, word in found) :]
    return [*found, (rest, "")] if rest else found


def _pieces(old: list[_Unit], new: list[_Unit]) -> Iterator[tuple[str, PieceKind]]:
    """Words are matched without the space before them, which is compared afterwards."""
    matcher = SequenceMatcher(
        None, [word for _, word in old], [word for _, word in new], autojunk=len(old) + len(new) > _MANY
    )
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag != "equal":
            yield _joined(old[old_from:old_to]), PieceKind.GONE
            yield _joined(new[new_from:new_to]), PieceKind.NEW
            continue
        for (space, word), (new_space, _) in zip(old[old_from:old_to], new[new_from:new_to], strict=True):
            if space == new_space:
                yield space + word, PieceKind.SAME
            else:
                yield space, PieceKind.GONE
                yield new_space, PieceKind.NEW
                yield word, PieceKind.SAME


def _settled(pieces: Iterable[tuple[str, PieceKind]]) -> Iterator[tuple[str, PieceKind]]:
    """Between two equal words everything that is gone, then everything that is new."""
    gone: list[str] = []
    new: list[str] = []
    for text, kind in pieces:
        if not text:
            continue
        if kind == PieceKind.SAME:
            yield from _changed(gone, new)
            gone, new = [], []
            yield text, kind
        else:
            (gone if kind == PieceKind.GONE else new).append(text)
    yield from _changed(gone, new)


def _changed(gone: list[str], new: list[str]) -> Iterator[tuple[str, PieceKind]]:
    if gone:
        yield "".join(gone), PieceKind.GONE
    if new:
        yield "".join(new), PieceKind.NEW


def _joined(units: Iterable[_Unit]) -> str:
    return "".join(space + word for space, word in units)
