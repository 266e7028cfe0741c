"""Days and times of day as people write them: ``17-10-2022``, ``17. oktober 2022``, ``10.00``, ``kl. 9``.

Both raise ``ValueError`` when the text is none."""

from __future__ import annotations

import re
from datetime import date, time

_TIME = re.compile(r"(?:kl\.?\s*)?(\d{1,2})(?:[.:](\d{2}))?", re.IGNORECASE)
_DAY = re.compile(r"(\d{1,2})[-./ ]+(\d{1,2}|[a-zæøå]{3,9})[-./ ]+(\d{4})", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_WHOLE = (
    *("januar", "februar", "marts", "april", "maj", "juni", "juli"),
    *("august", "september", "oktober", "november", "december"),
)


def read_time(text: str) -> time:
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    return time(int(found[1]), int(found[2] or 0))


def read_day(text: str) -> date:
    found = _DAY.fullmatch(text.strip())
    return date(int(found[3]), _month(found[2]), int(found[1])) if found else date.fromisoformat(text.strip())


def _month(text: str) -> int:
    word = text.casefold()
    if word.isdecimal():
        return int(word)
    return (_WHOLE if word in _WHOLE else _MONTHS).index(word) + 1
