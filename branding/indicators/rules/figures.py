"""Key figures: the period of a number, and reading a table of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from branding.core.errors import RuleBroken
from branding.core.text import Text, say
from branding.indicators.rules.cells import clean, fold
from branding.indicators.rules.periods import MONTHS
from branding.indicators.values.figures import PointRequest, SeriesView, Span
from branding.indicators.values.numbers import read_number, stored
from branding.indicators.values.tables import FigureLine
from branding.indicators.values.tree import LONGEST_NOTE, LONGEST_UNIT

FIGURE_COLUMNS = ("Nøgletal", "Periode", "Værdi", "Enhed", "Note")
LONGEST_NAME = 120
_CODE = re.compile(r"(\d{4})(?:-(?:[KkQq]([1-4])|(\d{2})))?")
_DAY = timedelta(days=1)
_YEARS = range(1950, 2200)


def read_span(text: str) -> Span | None:
    """``2022-03``, ``2022-K1`` or ``2022``; None when it is none of them."""
    match = _CODE.fullmatch(text.strip())
    if match is None or int(match[1]) not in _YEARS:
        return None
    year = int(match[1])
    if match[2]:
        number = int(match[2])
        first, months = date(year, 3 * number - 2, 1), 3
        name = say("quarter %(number)s of %(year)s", number=number, year=year)
        code = f"{year}-K{number}"
    elif match[3]:
        month = int(match[3])
        if not 1 <= month <= 12:
            return None
        first, months, code = date(year, month, 1), 1, f"{year}-{month:02d}"
        name = say(MONTHS[month - 1].msgid, year=year)
    else:
        first, months, code = date(year, 1, 1), 12, str(year)
        name = say("%(year)s", year=year)
    after = first.month + months
    last = (date(year + 1, 1, 1) if after > 12 else date(year, after, 1)) - _DAY
    return Span(code, first, last, name)


def read_figures(rows: Sequence[Sequence[object]]) -> list[FigureLine]:
    """Every row as understood; a second number for the same period is refused, not chosen between."""
    at, columns = _headings(rows)
    lines, seen, units = [], set(), {}  # type: ignore[var-annotated]
    for number, row in enumerate(rows[at + 1 :], at + 2):
        cells = [
            clean(row[columns[fold(name)]]) if columns.get(fold(name), len(row)) < len(row) else ""
            for name in FIGURE_COLUMNS
        ]
        if not any(cells):
            continue
        # A semicolon inside the last cell that nobody quoted makes more cells of it.
        beyond = [clean(cell) for cell in row[len(rows[at]) :]]
        cells[4] = "; ".join(text for text in (cells[4], *beyond) if text)
        point, fault = _point(cells)
        if point is not None:
            key = (fold(point.series), point.span.code)
            if key in seen:
                point, fault = None, say("The table has this number twice.")
            elif units.setdefault(fold(cells[0]), fold(cells[3])) != fold(cells[3]):
                point, fault = None, say("One key figure cannot be in two units.")
            seen.add(key)
        lines.append(FigureLine(number, tuple(cells), point, fault))
    if not lines:
        raise RuleBroken("no_rows", say("The table has headings, but no rows."), "file")
    return lines


def figure_rows(found: Sequence[SeriesView]) -> list[list[str]]:
    """What reads back as the same numbers."""
    rows = [
        [one.name, point.span.code, stored(point.value), one.unit, point.note]
        for one in found for point in one.points
    ]  # fmt: skip
    return [list(FIGURE_COLUMNS), *rows]


def _headings(rows: Sequence[Sequence[object]]) -> tuple[int, Mapping[str, int]]:
    for at, row in enumerate(rows[:20]):
        columns = {fold(clean(cell)): place for place, cell in enumerate(row) if clean(cell)}
        if all(fold(name) in columns for name in FIGURE_COLUMNS[:3]):
            return at, columns
    names = ", ".join(FIGURE_COLUMNS)
    raise RuleBroken("no_headings", say("The table needs headings such as %(names)s.", names=names), "file")


def _point(cells: Sequence[str]) -> tuple[PointRequest | None, Text | None]:
    name, period, written, unit, note = cells
    span, value = read_span(period), read_number(written)
    if not name or len(name) > LONGEST_NAME:
        return None, say("Write a name of at most %(count)s characters.", count=LONGEST_NAME)
    if span is None:
        return None, say("The period “%(text)s” is no month (2022-03), quarter (2022-K1) or year (2022).",
                         text=period)  # fmt: skip
    if value is None:
        return None, say("“%(text)s” is no number.", text=written)
    if len(unit) > LONGEST_UNIT or len(note) > LONGEST_NOTE:
        most = LONGEST_UNIT if len(unit) > LONGEST_UNIT else LONGEST_NOTE
        return None, say("A text is longer than %(count)s characters.", count=most)
    return PointRequest(name, unit, span, value, note), None
