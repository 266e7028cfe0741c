"""Ages without birth dates: only the two birthdays that change who signs are kept (R46)."""

from __future__ import annotations

from datetime import date

from branding.core.errors import RuleBroken
from branding.core.text import say


def birthday(born: date, age: int) -> date:
    """The day somebody turns ``age``; who was born on 29 February turns it on 1 March in other years."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def birthdays(born: date, today: date) -> tuple[date | None, date | None]:
    """The 15th and the 18th that are still to come; what is over needs no date."""
    if born > today:
        raise RuleBroken("unborn", say("The day of birth must have passed."), "born_day")
    at_15, at_18 = birthday(born, 15), birthday(born, 18)
    if at_18 <= today:
        raise RuleBroken("of_age", say("That is a person of 18 or more. Take the tick away."), "born_day")
    return (at_15 if at_15 > today else None), at_18


def is_under_15(turns_15_on: date | None, day: date) -> bool:
    return turns_15_on is not None and day < turns_15_on


def is_minor(turns_18_on: date | None, day: date) -> bool:
    return turns_18_on is not None and day < turns_18_on
