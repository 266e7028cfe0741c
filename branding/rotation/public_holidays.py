"""Danish public holidays, and the days that people treat as such; from the ``holidays`` library."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from branding.rotation.values import PublicHoliday


def public_holidays(year: int) -> list[PublicHoliday]:
    """The helligdage of a calendar year, with 1 May, 5 June, 24 and 31 December marked as not official."""
    return list(_of(year))


def public_holidays_between(first: date, last: date) -> list[PublicHoliday]:
    """The same for a period, in order."""
    days = [one for year in range(first.year, last.year + 1) for one in _of(year)]
    return [one for one in days if first <= one.day <= last]


@lru_cache(maxsize=64)
def _of(year: int) -> tuple[PublicHoliday, ...]:
    # The library takes a tenth of a second to import: only when a page wants it.
    from holidays import OPTIONAL, PUBLIC
    from holidays.countries.denmark import Denmark

    official = Denmark(years=year, language="da", categories=(PUBLIC,))
    others = Denmark(years=year, language="da", categories=(OPTIONAL,))
    found = [PublicHoliday(day, name) for day, name in official.items()]
    found += [PublicHoliday(day, name, official=False) for day, name in others.items() if day not in official]
    return tuple(sorted(found, key=lambda one: one.day))
