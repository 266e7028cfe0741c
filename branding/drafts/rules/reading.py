"""A text as words with their places, the way the lint reads it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from branding.drafts.values.findings import Phrase
from branding.drafts.values.text import WORD, folded

#: Where #TakBirk goes on with its next word.
_CAMEL = regex.compile(r"(?<=\p{Ll}\p{M}*)(?=\p{Lu})")
#: What may stand between the words of one expression: never a new line.
_BETWEEN = regex.compile(r"[ \t\u00a0_.'’\-‐‑–]{0,3}")
#: Between a word and its number, an age and its word.
_SPACE = regex.compile(r"[ \u00a0]{1,2}")
_ENDINGS = ("en", "ens", "er", "erne", "ernes", "ers", "e", "et", "ets", "n", "ne", "ns", "r", "s", "t")


@dataclass(frozen=True, slots=True)
class Token:
    """A word; ``is_part`` of a run of words without spaces."""

    start: int
    end: int
    raw: str
    folded: str
    is_part: bool = False

    @property
    def is_capital(self) -> bool:
        return self.raw[:1].isupper()

    @property
    def bare(self) -> str:
        """Without the s of the genitive."""
        return self.folded.removesuffix("s")

    @property
    def stems(self) -> set[str]:
        """The word, and what it may be without its ending."""
        return {self.folded, *(self.folded.removesuffix(ending) for ending in _ENDINGS)}


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a text."""

    text: str
    tokens: tuple[Token, ...]

    def gap(self, index: int) -> str:
        """What stands between a word and the next one; before the first and after the last, a new line."""
        if not 0 <= index < len(self.tokens) - 1:
            return "\n"
        return self.text[self.tokens[index].end : self.tokens[index + 1].start]

    def are_close(self, index: int) -> bool:
        """The word and the next one belong together."""
        return bool(_BETWEEN.fullmatch(self.gap(index)))

    def are_spaced(self, index: int) -> bool:
        return bool(_SPACE.fullmatch(self.gap(index)))

    def line(self, token: Token) -> str:
        start = self.text.rfind("\n", 0, token.start) + 1
        end = self.text.find("\n", token.end)
        return self.text[start : end if end >= 0 else None]

    def has_phrase(self, index: int, words: Sequence[str], *, any_ending: bool = False) -> bool:
        """The words stand from there on, the last in its own form, the genitive, or with an ending."""
        end = index + len(words) - 1
        if end >= len(self.tokens):
            return False
        for at, word in zip(range(index, end), words[:-1], strict=True):
            if self.tokens[at].folded != word or not self.are_close(at):
                return False
        last = self.tokens[end]
        return words[-1] in (last.stems if any_ending else (last.folded, last.bare))

    def within(self, phrases: Collection[Phrase]) -> frozenset[int]:
        """The places of all words that are part of a phrase; one word alone needs its capital letter."""
        found: set[int] = set()
        seen = {form for token in self.tokens for form in (token.folded, token.bare)}
        for words in phrases:
            if words[0] in seen:
                for index in range(len(self.tokens)):
                    is_meant = len(words) > 1 or self.tokens[index].is_capital
                    if is_meant and self.has_phrase(index, words):
                        found.update(range(index, index + len(words)))
        return frozenset(found)

    def follows(self, index: int, leads: Collection[Phrase]) -> bool:
        """One of the phrases stands right before the word."""
        return self.are_close(index - 1) and any(
            self.has_phrase(index - len(lead), lead) for lead in leads if len(lead) <= index
        )


def readings(text: str) -> Iterator[Reading]:
    """The text as it stands; and, where there are #RunsOfWords, with those taken apart."""
    whole = tuple(
        Token(match.start(), match.end(), match[0], folded(match[0])) for match in WORD.finditer(text)
    )
    yield Reading(text, whole)
    apart = tuple(part for token in whole for part in _parts(token))
    if len(apart) > len(whole):
        yield Reading(text, apart)


def _parts(token: Token) -> Iterator[Token]:
    cuts = [0, *(match.start() for match in _CAMEL.finditer(token.raw) if match.start()), len(token.raw)]
    if len(cuts) == 2:
        yield token
        return
    for start, end in pairwise(cuts):
        raw = token.raw[start:end]
        yield Token(token.start + start, token.start + end, raw, folded(raw), is_part=True)
