"""A report as a tagged PDF."""

from __future__ import annotations

from datetime import datetime

from flask import render_template

from branding.core.pdf import pdf
from branding.reports.rules.drawing import WIDTH, Drawing, drawn
from branding.reports.values.report import Chart, Report, Type
from branding.reports.wording import shown
from branding.web.i18n import language

#: Columns that hold words share the width; the others take what they need.
_WIDE = (Type.TEXT, Type.LINK)


def paper(report: Report, period: str, owner: str, *, now: datetime, made: str) -> bytes:
    """Texts are already in words.  ``made`` says when it was made."""
    pictures = {}
    if report.chart is not None:
        pictures["chart.svg"] = chart_svg(report.chart).encode()
    return pdf("reports/report.typ", _facts(report, period, owner, made), pictures=pictures, at=now)


def chart_svg(chart: Chart) -> str:
    """The drawing alone, with colours and letters of its own."""
    return render_template(
        "reports/chart.svg",
        chart=chart,
        drawing=drawing_of(chart),
        width=WIDTH,
        shown=shown,
        decimal=Type.DECIMAL,
    )


def drawing_of(chart: Chart) -> Drawing:
    return drawn([str(label) for label in chart.labels], [one.values for one in chart.series])


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
                    {"label": str(c.label), "wide": c.type in _WIDE, "right": _is_number(c.type)}
                    for c in table.columns
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


def _is_number(kind: Type) -> bool:
    return kind in (Type.WHOLE, Type.DECIMAL, Type.SHARE)
