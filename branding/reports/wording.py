"""A report in one language: its texts as sentences, and values as Danes write them."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from datetime import date
from functools import cache
from typing import Any, TypeVar

from babel.numbers import format_decimal, format_percent

from branding.core.isoweek import Week
from branding.core.text import Text, say
from branding.reports.values.report import BETWEEN, Column, Report, Table, Type, Value
from branding.web.filters import day_and_year, period, weeks
from branding.web.i18n import language, translate

#: What stands where nobody knows.
UNKNOWN = "–"
#: No page may hold them, and no workbook.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_Any = TypeVar("_Any")


def in_words(thing: _Any) -> _Any:
    """The same report with every text in the language of this request or mail."""
    return _in_words(thing, {})  # type: ignore[no-any-return]


def _in_words(thing: Any, known: dict[str, str]) -> Any:
    """``known``: what texts without values are called; a table says the same few again and again."""
    if isinstance(thing, Text):
        if thing.params or thing.plural:
            return str(translate(thing))
        if thing.msgid not in known:
            known[thing.msgid] = str(translate(thing))
        return known[thing.msgid]
    if isinstance(thing, str):
        return _CONTROL.sub(" ", thing) if _CONTROL.search(thing) else thing
    if isinstance(thing, tuple):
        return tuple([_in_words(one, known) for one in thing])
    if is_dataclass(thing) and not isinstance(thing, type):
        changed: dict[str, Any] = {}
        for field in fields(thing):
            now = getattr(thing, field.name)
            if (said := _in_words(now, known)) is not now:
                changed[field.name] = said
        return replace(thing, **changed) if changed else thing
    return thing


def for_people(report: Report) -> Report:
    """In words, with a first and a last day as one period: for pages and paper."""
    said: Report = in_words(report)
    return replace(said, tables=tuple(_with_periods(one, report.first, report.last) for one in said.tables))


def _with_periods(table: Table, first: date, last: date) -> Table:
    ends = [at for at, column in enumerate(table.columns) if column.type is Type.LAST_DAY]
    if not ends:
        return table
    end, days = ends[0], str(translate(say("Days")))
    columns = (*table.columns[: end - 1], Column(days, Type.DAYS), *table.columns[end + 1 :])
    is_one_year = first.year == last.year
    said = cache(lambda first, last: _days(first, last, is_one_year))
    rows = ((*row[: end - 1], said(row[end - 1], row[end]), *row[end + 1 :]) for row in table.rows)
    return replace(table, columns=columns, rows=tuple(rows))


def _days(first: Value, last: Value, is_one_year: bool) -> str:
    if not isinstance(first, date) or not isinstance(last, date):
        return UNKNOWN
    text = period(first, last)
    return text if is_one_year or first.year != last.year else f"{text} {last.year}"


def shown(value: Value, kind: Type) -> str:
    """A value as it stands on a page and on paper."""
    if value is None:
        return UNKNOWN
    if isinstance(value, date):
        return day_and_year(value)
    if isinstance(value, Text):
        return str(translate(value))
    if isinstance(value, str):
        return _week(value) if kind is Type.WEEK else value
    if kind is Type.SHARE:
        return str(format_percent(value, locale=_locale()))
    return str(format_decimal(value, "#,##0.##", locale=_locale()))


def _week(text: str) -> str:
    """``uge 33-34, 2022``"""
    found = [Week.parse(one) for one in text.split(BETWEEN)]
    return f"{weeks(found[0].monday, found[-1].sunday)}, {found[-1].year}"


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
