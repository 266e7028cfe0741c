"""Numbers, addresses and turns of phrase that point at one person although nobody is named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import regex

from branding.drafts.rules.reading import Reading
from branding.drafts.values.findings import FindingKind, Words

#: A kind, and where it starts and ends.
Trace = tuple[FindingKind, int, int]

_PARAGRAPH = regex.compile(r"§{1,2}[ \u00a0]?\d+|\b[Pp]aragraf[ \u00a0]\d+")
_CPR = regex.compile(r"(?<![\w/=.-])(\d\d)(\d\d)\d\d[ \u00a0]?[-–]?[ \u00a0]?\d{4}(?!\d)")
_PHONE = regex.compile(
    r"(?<![\w/=.+§-])(?:(?:\+|00)45[ \u00a0]?)?([2-9]\d(?:[ \u00a0]?\d\d){3})(?![ \u00a0]?\d|\w)"
)
_TWO_YEARS = regex.compile(r"20\d\d[ \u00a0]20\d\d")
#: So many letters stand before the ending of a street: Svale|vej; "Alle 12" is no street.
_BEFORE_STREET = 3


def number_traces(text: str) -> Iterator[Trace]:
    """What is told by the form of a number alone."""
    for match in _PARAGRAPH.finditer(text):
        yield FindingKind.PARAGRAPH, match.start(), match.end()
    for match in _CPR.finditer(text):
        if 1 <= int(match[1]) <= 31 and 1 <= int(match[2]) <= 12:
            yield FindingKind.CPR, match.start(), match.end()
    for match in _PHONE.finditer(text):
        if not _TWO_YEARS.fullmatch(match[1]) and not _is_day(match[1]):
            yield FindingKind.PHONE, match.start(), match.end()


def word_traces(reading: Reading, words: Words, own: frozenset[int]) -> Iterator[Trace]:
    """Addresses and single citizens; ``own`` are the places of words in our own names."""
    for index in range(len(reading.tokens)):
        if (start := _street(reading, index, words)) is not None:
            yield FindingKind.ADDRESS, reading.tokens[start].start, reading.tokens[index].end
        ends = (
            _one_of_ours(reading, index, words),
            _role_and_name(reading, index, words, own),
            _age(reading, index, words),
        )
        for end in ends:
            if end is not None:
                yield FindingKind.SOMEBODY, reading.tokens[index].start, reading.tokens[end].end


def _street(reading: Reading, index: int, words: Words) -> int | None:
    """Where the street begins whose number stands here."""
    number = reading.tokens[index].raw
    if not number.isdecimal() or len(number) > 3 or not reading.are_spaced(index - 1):
        return None
    name = reading.tokens[index - 1]
    if name.folded in words.streets:
        before = reading.tokens[index - 2] if reading.are_spaced(index - 2) else None
        return index - 2 if before and name.is_capital and before.is_capital else None
    is_street = any(
        name.folded.endswith(ending) and len(name.folded) >= len(ending) + _BEFORE_STREET
        for ending in words.streets
    )
    return index - 1 if is_street else None


def _one_of_ours(reading: Reading, index: int, words: Words) -> int | None:
    """ "Min borger", "vores søde beboer", "en af vores borgere"."""
    if reading.has_phrase(index, ("en", "af")):
        return _one_of(reading, index + 2, words, words.groups)
    return _one_of(reading, index, words, words.roles)


def _one_of(reading: Reading, index: int, words: Words, ends: frozenset[str]) -> int | None:
    """A possessive, at most one word more, and the one who is meant."""
    tokens = reading.tokens
    if index >= len(tokens) or tokens[index].folded not in words.possessives:
        return None
    for end in (index + 1, index + 2):
        if not reading.are_spaced(end - 1):
            return None
        if tokens[end].bare in ends:
            return end
    return None


def _role_and_name(reading: Reading, index: int, words: Words, own: frozenset[int]) -> int | None:
    """ "Beboeren Karl": in Danish a capital letter inside a sentence is a name."""
    after = index + 1
    if reading.tokens[index].folded not in words.roles or not reading.are_spaced(index) or after in own:
        return None
    name = reading.tokens[after]
    return after if name.is_capital and name.raw not in words.not_names else None


def _age(reading: Reading, index: int, words: Words) -> int | None:
    """ "En 34-årig mand"."""
    tokens = reading.tokens
    if not tokens[index].raw.isdecimal() or not reading.are_close(index) or not reading.are_spaced(index + 1):
        return None
    has_age = tokens[index + 1].folded in ("årig", "årige")
    return index + 2 if has_age and tokens[index + 2].folded in words.aged else None


def _is_day(number: str) -> bool:
    """20221017 is the seventeenth of October."""
    try:
        return number.startswith("20") and bool(date.fromisoformat(number))
    except ValueError:
        return False
