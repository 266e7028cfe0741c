"""Taking back: when it counts from, by when it is down, and who may be meant by a message without a name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from branding.core.errors import RuleBroken
from branding.core.text import say

_WORD = re.compile(r"\w+")
#: From Easter Sunday: Maundy Thursday, Good Friday, Easter Monday, Ascension, the day after, Whit Monday.
_AROUND_EASTER = frozenset({-3, -2, 1, 39, 40, 50})
#: Fixed days on which the offices of the authority are closed.
_FIXED = frozenset({(1, 1), (6, 5), (12, 24), (12, 25), (12, 26), (12, 31)})


def first_name(label: str) -> str:
    """The first word: all that a page or mail to the person says."""
    return (label.split() or [""])[0]


def check_received(received_at: datetime, now: datetime) -> None:
    """It may have been said earlier, and never in the future (R51)."""
    if received_at > now:
        raise RuleBroken("future", say("It cannot have been said in the future."), "received_at")


def next_working_day(day: date) -> date:
    """By when it is taken down (R52)."""
    found = day + timedelta(days=1)
    while not _is_working_day(found):
        found += timedelta(days=1)
    return found


def _is_working_day(day: date) -> bool:
    from_easter = (day - easter(day.year)).days
    return day.weekday() < 5 and (day.month, day.day) not in _FIXED and from_easter not in _AROUND_EASTER


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher's method)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * weekday) // 433
    month = (h + weekday - 7 * m + 90) // 25
    return date(year, month, (h + weekday - 7 * m + 33 * month + 19) % 32)


def possible_matches(text: str, labels: Mapping[str, str]) -> dict[str, str]:
    """The people one of whose names is a word of the text; ``labels`` maps ids to labels."""
    words = set(_WORD.findall(text.casefold()))
    found: dict[str, str] = {}
    for subject_id, label in labels.items():
        names = {word for word in _WORD.findall(label.casefold()) if len(word) > 1}
        # "Vegas billede": the genitive has no apostrophe in Danish.
        if any(name in words or f"{name}s" in words for name in names):
            found[subject_id] = label
    return found
