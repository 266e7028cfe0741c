"""A report as a tagged PDF."""

from __future__ import annotations

from datetime import datetime

from flask import render_template
from flask_babel import gettext

from branding.core.pdf import pdf
from branding.reports.rules.drawing import PAGE, PAPER, Drawing, Layout, drawn
from branding.reports.values.report import Chart, Report, Table, Type
from branding.reports.wording import shown
from branding.web.i18n import language

#: Columns that hold words share the width by what stands in them; the others take what they need.
_WORDS = (Type.TEXT, Type.LINK)
#: So many letters of a cell count: a long one breaks into lines.
_MOST_LETTERS = 48
#: Words of so few letters are never broken into lines.
_SHORT = 14
#: Rows that are looked at for the widths.
_LOOKED_AT = 300


def paper(report: Report, period: str, owner: str, *, now: datetime, made: str) -> bytes:
    """Texts are already in words.  ``made`` says when it was made."""
    pictures, facts = {}, _facts(report, period, owner, made)
    if report.chart is not None:
        drawing = drawing_of(report.chart, PAPER)
        pictures["chart.svg"] = _svg(drawing).encode()
        facts["left_out"] = (
            gettext("The chart shows the first %(n)s; the rest is in the table.", n=len(drawing.rows))
            if drawing.left_out
            else ""
        )
    return pdf("reports/report.typ", facts, pictures=pictures, at=now)


def _svg(drawing: Drawing) -> str:
    """The drawing alone, with colours and letters of its own."""
    return render_template("reports/chart.svg", drawing=drawing, shown=shown, decimal=Type.DECIMAL)


def drawing_of(chart: Chart, layout: Layout = PAGE) -> Drawing:
    return drawn([str(label) for label in chart.labels], [one.values for one in chart.series], layout)


def _facts(report: Report, period: str, owner: str, made: str) -> dict[str, object]:
    chart = report.chart
    return {
        "lang": language(),
        "title": str(report.title),
        "period": period,
        "scope": [str(one) for one in report.scope],
        "owner": owner or "Stafet",
        "made": made,
        "figures": [{"label": str(f.label), "value": shown(f.value, f.type)} for f in report.figures],
        "chart": None
        if chart is None
        else {
            "title": str(chart.title),
            "sentence": str(chart.sentence),
            "legend": [str(one.label) for one in chart.series] if len(chart.series) > 1 else [],
        },
        "tables": [
            {
                "title": str(table.title),
                "empty": str(table.empty),
                "columns": [
                    {"label": str(c.label), "width": width, "right": _is_number(c.type)}
                    for c, width in zip(table.columns, _widths(table), strict=True)
                ],
                "rows": [
                    [shown(value, c.type) for value, c in zip(row, table.columns, strict=True)]
                    for row in table.rows
                ],
            }
            for table in report.tables
        ],
        "notes": [str(note) for note in report.notes],
    }


def _widths(table: Table) -> list[int]:
    """How much of what is left each column of words gets; 0 is as much as it needs."""
    found = []
    for at, column in enumerate(table.columns):
        longest = max((len(str(row[at] or "")) for row in table.rows[:_LOOKED_AT]), default=0)
        has_room = column.type in _WORDS and longest > _SHORT
        found.append(min(longest, _MOST_LETTERS) if has_room else 0)
    return found if any(found) else [1, *found[1:]]


def _is_number(kind: Type) -> bool:
    return kind in (Type.WHOLE, Type.DECIMAL, Type.SHARE)
