r"""Captions as Instagram reads them: counts, limits and hashtags (publishing-apis.md 1.4).

The page counts while people type and must come to the same numbers.  In JavaScript:

- letters: ``[...new Intl.Segmenter("da", {granularity: "grapheme"}).segment(s)].length``
- units: ``Math.max(s.length, [...s].length)``, which is ``s.length``
- ``W`` is ``\p{L}\p{M}\p{Nd}_``, and ``URL`` is ``(?:[Hh][Tt]{2}[Pp][Ss]?:\/\/|[Ww]{3}\.)\P{White_Space}+``
- hashtags, flags ``gu``: ``URL|(?:^|[^W\/&])((?:#[W]+)+)``; group 1 is split at ``#``, and digits only
  are none
- mentions, flags ``gu``: ``URL|(?:^|[^W.\/&@+\-])@([A-Za-z0-9_](?:[A-Za-z0-9_.]*[A-Za-z0-9_])?)(?![W])``

A line break counts as one (``s`` is the value of the text area, where it is one; a form sends two).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from typing import Final

import regex

from branding.consent.values.records import Format
from branding.core.text import Text, say, say_n
from branding.drafts.values.text import Advice, Counts, Problem

MOST_UNITS: Final = 2_200
#: The interface refuses more.
MOST_HASHTAGS: Final = 30
#: Since December 2025 the app itself takes no more.
WISE_HASHTAGS: Final = 5
MOST_MENTIONS: Final = 20
#: So long must a hashtag be before we say how to write its words.
_LONG = 12
#: So long that it is hardly one word, although we know none of its words.
_VERY_LONG = 20

_W = r"\p{L}\p{M}\p{Nd}_"
_URL = r"(?:[Hh][Tt]{2}[Pp][Ss]?://|[Ww]{3}\.)\P{White_Space}+"
_HASHTAGS = regex.compile(rf"{_URL}|(?:^|[^{_W}/&])((?:#[{_W}]+)+)")
_MENTIONS = regex.compile(
    rf"{_URL}|(?:^|[^{_W}./&@+-])@([A-Za-z0-9_](?:[A-Za-z0-9_.]*[A-Za-z0-9_])?)(?![{_W}])"
)
_DIGITS = regex.compile(r"\p{Nd}+")
_SEEN = regex.compile(r"[\p{L}\p{N}\p{P}\p{S}]")
_ONE_RUN = regex.compile(r"\p{L}[\p{Ll}\p{M}]+")


def counts(text: str) -> Counts:
    """What stands below the text field while people write."""
    text = _plain(text)
    return Counts(
        letters=len(regex.findall(r"\X", text)),
        units=_units(text),
        hashtags=len(hashtags(text)),
        mentions=len(mentions(text)),
    )


def hashtags(text: str) -> tuple[str, ...]:
    """Each hashtag without its sign, as often as it stands there."""
    runs = (match[1] for match in _HASHTAGS.finditer(text) if match[1])
    return tuple(tag for run in runs for tag in run[1:].split("#") if not _DIGITS.fullmatch(tag))


def mentions(text: str) -> tuple[str, ...]:
    """Each account that is mentioned, without its sign; mail addresses are none."""
    return tuple(text[start:end] for start, end in mention_spans(text))


def mention_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where the accounts stand, without their signs."""
    return tuple(match.span(1) for match in _MENTIONS.finditer(text) if match[1])


def hashtag_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where runs of hashtags stand, with their signs."""
    return tuple(match.span(1) for match in _HASHTAGS.finditer(text) if match[1])


def problems(text: str, format: Format) -> tuple[Problem, ...]:
    """Everything about a caption that Instagram refuses, or that is unwise."""
    count = counts(text)
    return (
        *_about_length(text, count, format),
        *_about_hashtags(count.hashtags),
        *_about_mentions(count.mentions),
    )


def with_hashtags(text: str, tags: Iterable[str]) -> str:
    """The text with those hashtags that it lacks, in a line of their own below it."""
    has = {_same(tag) for tag in hashtags(text)}
    missing: list[str] = []
    for tag in (tag.strip().removeprefix("#") for tag in tags):
        if hashtags(f"#{tag}") == (tag,) and _same(tag) not in has:
            has.add(_same(tag))
            missing.append(f"#{tag}")
    if not missing:
        return text
    body = text.rstrip()
    last = body.rpartition("\n")[2].split()
    between = " " if all(_is_hashtag(word) for word in last) else "\n\n"
    return (body + between if body else "") + " ".join(missing)


def camel_case_advice(text: str, parts: Collection[str]) -> tuple[Advice, ...]:
    """Long hashtags in small letters, which a screen reader cannot read; ``parts`` are words we know.

    ``#specialområdehjerneskade`` is better as ``#SpecialområdeHjerneskade``.
    """
    known = {part.casefold() for part in parts}
    found: dict[str, Advice] = {}
    for tag in hashtags(text):
        if len(tag) >= _LONG and _ONE_RUN.fullmatch(tag):
            words = _split(tag.casefold(), known)
            if len(words) > 1 or (not words and len(tag) >= _VERY_LONG):
                found[tag] = _advice(tag, words)
    return tuple(found.values())


def _about_length(text: str, count: Counts, format: Format) -> Iterable[Problem]:
    is_empty = not _SEEN.search(text)
    if format == Format.STORY and not is_empty:
        yield Problem("story_without_text", say("A story shows no text. Write it on the picture."), False)
    if format != Format.STORY and is_empty:
        yield Problem("no_text", say("Write a few words for the picture."), True)
    if count.units > MOST_UNITS:
        over = count.units - MOST_UNITS
        text_too_long = say_n(
            "The text is %(num)s character too long for Instagram.",
            "The text is %(num)s characters too long for Instagram.",
            over,
        )
        yield Problem("too_long", text_too_long, True)


def _about_hashtags(number: int) -> Iterable[Problem]:
    if number > MOST_HASHTAGS:
        text = say("There are %(has)s hashtags. Instagram takes %(most)s.", has=number, most=MOST_HASHTAGS)
        yield Problem("too_many_hashtags", text, True)
    elif number > WISE_HASHTAGS:
        text = say("There are %(has)s hashtags. Keep the best %(most)s: the app takes no more.",
                   has=number, most=WISE_HASHTAGS)  # fmt: skip
        yield Problem("many_hashtags", text, False)


def _about_mentions(number: int) -> Iterable[Problem]:
    if number > MOST_MENTIONS:
        text = say("There are %(has)s accounts with @. Instagram takes %(most)s.",
                   has=number, most=MOST_MENTIONS)  # fmt: skip
        yield Problem("too_many_mentions", text, True)


def _advice(tag: str, words: list[str]) -> Advice:
    if not words:
        text: Text = say(
            "Is #%(hashtag)s more than one word? Begin each word with a capital letter.", hashtag=tag
        )
        return Advice(tag, "", text)
    suggestion = "".join(word[:1].upper() + word[1:] for word in words)
    text = say("#%(suggestion)s is easier to read than #%(hashtag)s, also when it is read aloud.",
               suggestion=suggestion, hashtag=tag)  # fmt: skip
    return Advice(tag, suggestion, text)


def _split(word: str, parts: Collection[str]) -> list[str]:
    """The fewest known words that make up the word, or none."""
    longest = max(map(len, parts), default=0)
    best: list[list[str] | None] = [[]]
    for end in range(1, len(word) + 1):
        ways = [
            [*before, word[start:end]]
            for start in range(max(0, end - longest), end)
            if (before := best[start]) is not None and word[start:end] in parts
        ]
        best.append(min(ways, key=len, default=None))
    return best[-1] or []


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n")


def _units(text: str) -> int:
    """UTF-16 units, of which there are never fewer than code points."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _same(tag: str) -> str:
    """What Instagram takes for one hashtag; #aarhus and #århus are two."""
    return unicodedata.normalize("NFC", tag).casefold()


def _is_hashtag(word: str) -> bool:
    return word.startswith("#") and bool(hashtags(word))
