"""A report as a workbook that counts (numbers are numbers, days are days) and as CSV."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import Any

from branding.core.spreadsheet import guarded, write_csv
from branding.reports.rules.drawing import MOST_ROWS
from branding.reports.values.report import Chart, Column, Report, Table, Type, Value

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_FORMATS = {
    Type.TEXT: {"text_wrap": True, "valign": "top"},
    Type.LINK: {"valign": "top"},
    Type.WHOLE: {"num_format": "#,##0", "valign": "top"},
    Type.DECIMAL: {"num_format": "#,##0.0#", "valign": "top"},
    Type.SHARE: {"num_format": "0%", "valign": "top"},
    Type.DAY: {"num_format": "dd-mm-yyyy", "valign": "top", "align": "left"},
    Type.LAST_DAY: {"num_format": "dd-mm-yyyy", "valign": "top", "align": "left"},
}
#: What a spreadsheet allows.
_MOST_NAME = 31
_WORDS = (Type.TEXT, Type.LINK)
#: The colours of the first, second and third series, as on the page.
COLOURS = ("#0F4C5C", "#C1A15B", "#8A8F94")


def workbook(report: Report, period: str) -> bytes:
    """A sheet with the figures and the chart, and one for each table; texts are already in words."""
    import xlsxwriter

    out = BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        styles = {kind: book.add_format(look) for kind, look in _FORMATS.items()}
        heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        names = _names(report)
        front = book.add_worksheet(names[0])
        _front(book, front, report, period, styles)
        for name, table in zip(names[1:], report.tables, strict=True):
            _table(book.add_worksheet(name), table, styles, heading)
        book.set_properties({"title": f"{report.title} {period}", "author": "Stafet"})
    return out.getvalue()


def _names(report: Report) -> list[str]:
    """A sheet's name is short, has few signs, and is the only one of its name."""
    found: list[str] = []
    for title in [str(report.title), *(str(table.title) for table in report.tables)]:
        name = _short(re.sub(r"[\[\]:*?/\\']", " ", title).strip()) or "Stafet"
        taken = [one.casefold() for one in found]
        found.append(
            next(n for n in (name, *(f"{name[:29]} {i}" for i in range(2, 9))) if n.casefold() not in taken)
        )
    return found


def _short(title: str) -> str:
    """At most the 31 signs of a sheet's name, and whole words where there is more than one."""
    if len(title) <= _MOST_NAME:
        return title
    whole = title[: _MOST_NAME + 1].rpartition(" ")[0] or title
    return whole[:_MOST_NAME].rstrip(" ,.-")


def _front(book: Any, sheet: Any, report: Report, period: str, styles: dict[Type, Any]) -> None:
    sheet.set_column(0, 0, 60)
    sheet.set_column(1, 4, 16)
    sheet.write_string(0, 0, guarded(str(report.title)), book.add_format({"bold": True, "font_size": 18}))
    sheet.write_string(1, 0, guarded(" · ".join([period, *map(str, report.scope)])))
    at = 3
    for figure in report.figures:
        sheet.write_string(at, 0, guarded(str(figure.label)))
        _write(sheet, at, 1, figure.value, figure.type, styles)
        at += 1
    if report.chart is not None:
        at = _chart(book, sheet, report.chart, at + 1, styles)
    for note in report.notes:
        at += 1
        sheet.write_string(at, 0, guarded(str(note)), styles[Type.TEXT])


def _chart(book: Any, sheet: Any, chart: Chart, at: int, styles: dict[Type, Any]) -> int:
    """The chart's own numbers in cells, and a real chart over them; returns the row below."""
    bold = book.add_format({"bold": True})
    sheet.write_string(at, 0, guarded(str(chart.title)), bold)
    for column, one in enumerate(chart.series, 1):
        sheet.write_string(at, column, guarded(str(one.label)), bold)
    for row, label in enumerate(chart.labels, at + 1):
        sheet.write_string(row, 0, guarded(str(label)))
        for column, one in enumerate(chart.series, 1):
            _write(sheet, row, column, one.values[row - at - 1], Type.WHOLE, styles)
    last = at + min(len(chart.labels), MOST_ROWS)
    drawing = book.add_chart({"type": "bar"})
    for column in range(1, len(chart.series) + 1):
        drawing.add_series(
            {
                "name": [sheet.name, at, column],
                "categories": [sheet.name, at + 1, 0, last, 0],
                "values": [sheet.name, at + 1, column, last, column],
                "fill": {"color": COLOURS[(column - 1) % len(COLOURS)]},
            }
        )
    drawing.set_title({"name": str(chart.title)})
    drawing.set_y_axis({"reverse": True})
    drawing.set_legend({"position": "bottom"} if len(chart.series) > 1 else {"none": True})
    sheet.insert_chart(0, 6, drawing, {"description": str(chart.sentence), "y_scale": 1.6, "x_scale": 1.4})
    return at + len(chart.labels) + 1


def _table(sheet: Any, table: Table, styles: dict[Type, Any], heading: Any) -> None:
    for column, one in enumerate(table.columns):
        sheet.write_string(0, column, guarded(str(one.label)), heading)
        sheet.set_column(column, column, _width(table, column, one), None)
    for at, row in enumerate(table.rows, 1):
        for column, value in enumerate(row):
            _write(sheet, at, column, value, table.columns[column].type, styles)
    if not table.rows:
        sheet.write_string(1, 0, guarded(str(table.empty)))
    sheet.freeze_panes(1, 0)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)


def _width(table: Table, column: int, one: Column) -> int:
    longest = max((len(str(row[column] or "")) for row in table.rows[:200]), default=0)
    return min(48, max(11, len(str(one.label)) + 3, longest + 2))


def _write(sheet: Any, at: int, column: int, value: Value, kind: Type, styles: dict[Type, Any]) -> None:
    """An unknown value is an empty cell: a spreadsheet must not count it as 0."""
    if value is None or value == "":
        return
    if isinstance(value, str):
        sheet.write_string(at, column, guarded(value)[:32000], styles[kind if kind in _WORDS else Type.TEXT])
    elif isinstance(value, date):
        sheet.write_datetime(at, column, value, styles[kind])
    else:
        sheet.write_number(at, column, value, styles[kind])


def csv(report: Report) -> bytes:
    """Every table after the other, with its title when there are several."""
    rows: list[list[str | float]] = []
    for table in report.tables:
        if len(report.tables) > 1:
            rows += [[]] if rows else []
            rows.append([str(table.title)])
        rows.append([str(column.label) for column in table.columns])
        rows += [[_plain(value) for value in row] for row in table.rows] or [[str(table.empty)]]
    return write_csv(rows)


def _plain(value: Value) -> str | float:
    """Days as ISO 8601 writes them; what nobody knows is empty."""
    if value is None:
        return ""
    return value if isinstance(value, int | float) else str(value)
