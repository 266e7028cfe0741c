"""A report in one language: its texts as sentences, and values as Danes write them."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any, TypeVar

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from branding.core.isoweek import Week
from branding.core.text import Text
from branding.reports.values.report import Type, Value
from branding.web.filters import period, weeks
from branding.web.i18n import language, translate

#: What stands where nobody knows.
UNKNOWN = "–"
_Any = TypeVar("_Any")


def in_words(thing: _Any) -> _Any:
    """The same report with every text in the language of this request or mail."""
    if isinstance(thing, Text):
        return str(translate(thing))  # type: ignore[return-value]
    if isinstance(thing, tuple):
        return tuple(in_words(one) for one in thing)  # type: ignore[return-value]
    if is_dataclass(thing) and not isinstance(thing, type):
        changed: dict[str, Any] = {}
        for field in fields(thing):
            now = getattr(thing, field.name)
            if (said := in_words(now)) is not now:
                changed[field.name] = said
        return replace(thing, **changed) if changed else thing
    return thing


def shown(value: Value, kind: Type) -> str:
    """A value as it stands on a page and on paper."""
    if value is None:
        return UNKNOWN
    if isinstance(value, date):
        return str(format_date(value, "d.M.y", locale=_locale()))
    if isinstance(value, Text):
        return str(translate(value))
    if isinstance(value, str):
        return value
    if kind is Type.SHARE:
        return str(format_percent(value, locale=_locale()))
    return str(format_decimal(value, "#,##0.#", locale=_locale()))


def period_text(first: date, last: date) -> str:
    """``uge 33-50 · 15. aug.-18. dec. 2022``; the weeks only where whole weeks of one year are meant."""
    days = period(first, last)
    if str(last.year) not in days:
        days = f"{days} {last.year}"
    one, other = Week.of(first), Week.of(last)
    are_weeks = first == one.monday and last == other.sunday and one.year == other.year
    return f"{weeks(first, last)} · {days}" if are_weeks else days


def _locale() -> str:
    return "da" if language() == "da" else "en_GB"
