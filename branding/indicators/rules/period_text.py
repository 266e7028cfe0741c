"""The period as people write it: ``uge``, ``2 uger``, ``1. kvartal 2022``, ``2021/22``, ``opslag``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from branding.core.text import Text, say
from branding.indicators.values.measures import PeriodKind, Rhythm

_WORDS = {
    "uge": PeriodKind.WEEK, "ugen": PeriodKind.WEEK, "week": PeriodKind.WEEK,
    "måned": PeriodKind.MONTH, "month": PeriodKind.MONTH,
    "kvartal": PeriodKind.QUARTER, "quarter": PeriodKind.QUARTER,
    "år": PeriodKind.YEAR, "year": PeriodKind.YEAR,
    "opslag": PeriodKind.POST, "post": PeriodKind.POST,
    "takeover": PeriodKind.TAKEOVER,
    "": PeriodKind.NONE,
}  # fmt: skip
_WEEKS = re.compile(r"(?:hver(?:t)? )?(\d{1,2})\.? ?(?:uger?|weeks?)")
_QUARTER = re.compile(r"(\d)\. kvartal (\d{4})|(\d{4})[- ]?[kq](\d)")
_YEAR = re.compile(r"\d{4}")
_SEASON = re.compile(r"(\d{4})/(\d{2}|\d{4})")
_DAYS = re.compile(r"(\d{4}-\d\d-\d\d)\s*(?:-|–|til)\s*(\d{4}-\d\d-\d\d)")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Read:
    """What a period was taken for; ``question`` says what one should look at."""

    rhythm: Rhythm
    question: Text | None = None


def read_period(text: str, begins_on: date) -> Read:
    """Whatever it is: a period that nobody understands is kept as its text and counts as none."""
    plain = " ".join(text.casefold().split())
    if plain in _WORDS:
        return Read(Rhythm(_WORDS[plain], begins_on, written=text))
    if (match := _WEEKS.fullmatch(plain)) and 1 <= int(match[1]) <= 52:
        count = int(match[1])
        kind = PeriodKind.WEEK if count == 1 else PeriodKind.WEEKS
        return Read(Rhythm(kind, begins_on, count, written=text))
    try:
        found = _named(plain, text, begins_on)
    except ValueError:
        found = None
    if found is not None:
        return found
    question = say("The period “%(text)s” is not understood. It is kept as text.", text=text)
    return Read(Rhythm(PeriodKind.NONE, begins_on, written=text), question)


def _named(plain: str, text: str, begins_on: date) -> Read | None:
    if match := _QUARTER.fullmatch(plain):
        number, year = int(match[1] or match[4]), int(match[2] or match[3])
        first = date(year, 3 * number - 2, 1)
        last = (date(year + 1, 1, 1) if number == 4 else date(year, 3 * number + 1, 1)) - _DAY
        return Read(Rhythm(PeriodKind.NAMED, begins_on, 1, first, last, text))
    if _YEAR.fullmatch(plain):
        year = int(plain)
        return Read(Rhythm(PeriodKind.NAMED, begins_on, 1, date(year, 1, 1), date(year, 12, 31), text))
    if match := _SEASON.fullmatch(plain):
        year, following = int(match[1]), int(match[2])
        if following % 100 != (year + 1) % 100:
            return None
        first, last = date(year, 8, 1), date(year + 1, 7, 31)
        question = say("“%(text)s” is read as 1 August to 31 July, as a school year.", text=text)
        return Read(Rhythm(PeriodKind.NAMED, begins_on, 1, first, last, text), question)
    if match := _DAYS.fullmatch(plain):
        first, last = date.fromisoformat(match[1]), date.fromisoformat(match[2])
        return Read(Rhythm(PeriodKind.NAMED, begins_on, 1, first, last, text)) if first <= last else None
    return None


def write_period(rhythm: Rhythm) -> str:
    """What :func:`read_period` reads back as the same; the words it came with, when it came with any."""
    if rhythm.written:
        return rhythm.written
    if rhythm.kind is PeriodKind.WEEKS:
        return f"{rhythm.every} uger"
    if rhythm.kind is PeriodKind.NAMED:
        return f"{rhythm.first} til {rhythm.last}"
    return next(word for word, kind in _WORDS.items() if kind is rhythm.kind)
