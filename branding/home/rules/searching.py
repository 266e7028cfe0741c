"""What the words of a search may mean: units, a week, a kind of report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from branding.core.isoweek import Week, weeks_in
from branding.organisation.values import UnitView

#: One letter fits everything.
LEAST, MOST_LETTERS = 2, 80
#: How many of a kind are shown.
MOST = 6
_WEEK = re.compile(r"(?:(?:uge|week|w)\s*)(\d{1,2})(?:\s+(\d{4}))?|(\d{4})-?w(\d{1,2})")


def cleaned(words: str) -> str:
    """What was written, without what surrounds it."""
    return " ".join(words.split())[:MOST_LETTERS]


def week_of(words: str, today: date) -> Week | None:
    """``uge 44``, ``week 44 2022`` or ``2022-W44``; without a year the one nearest to today."""
    match = _WEEK.fullmatch(words.casefold())
    if match is None:
        return None
    number, year = int(match[1] or match[4]), match[2] or match[3]
    this = Week.of(today)
    years = [int(year)] if year else [this.year, this.year + 1, this.year - 1]
    found = [Week(one, number) for one in years if 2000 <= one < 2100 and 1 <= number <= weeks_in(one)]
    return min(found, key=lambda week: abs((week.monday - this.monday).days), default=None)


def units_named(units: Iterable[UnitView], words: str) -> list[UnitView]:
    """Those whose name or short name has the words; the short name itself first."""
    wanted = words.casefold()
    found = [unit for unit in units if wanted in unit.name.casefold() or wanted in unit.short_name.casefold()]
    return sorted(found, key=lambda unit: unit.short_name.casefold() != wanted)


def named(titles: Mapping[str, str], words: str) -> list[str]:
    """The keys of the titles that have the words."""
    return [key for key, title in titles.items() if words.casefold() in title.casefold()]
