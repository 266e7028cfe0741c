"""A report in each of its forms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from flask import render_template
from flask_babel import gettext
from markupsafe import Markup

from branding.core import clock
from branding.core.files import PACKAGE
from branding.reports import paper, sheets
from branding.reports.values.orders import Form, Kind, Order
from branding.reports.values.report import Report, Type
from branding.reports.wording import for_people, in_words, period_text, shown
from branding.web.filters import day_and_year

_STYLES = ("tokens.css", "reports.css", "report_alone.css")
#: Around the report in ``reports/alone.html``; what people wrote can hold neither, as it is escaped.
_BEGINS, _ENDS = "<main>", "</main>"
#: What a file is called; people keep them in folders for years.
_NAMES: Mapping[Kind, str] = {
    Kind.CONTENT_PLAN: "indholdsplan",
    Kind.TAKEOVERS: "takeovers",
    Kind.CONSENT: "samtykkestatus",
    Kind.STRATEGY: "strategiopfoelgning",
    Kind.EXPERIENCES: "erfaringer",
}


def written(report: Report, form: Form, owner: str, *, now: datetime) -> bytes:
    """The bytes of a file, in the language of this request or mail; HTML is what stands inside a page."""
    period = period_text(report.first, report.last)
    if form is Form.PDF:
        made = gettext("Made %(when)s", when=day_and_year(clock.local(now).date()))
        return paper.paper(for_people(report), period, owner, now=now, made=made)
    said = in_words(report)
    if form is Form.XLSX:
        return sheets.workbook(said, period)
    if form is Form.CSV:
        return sheets.csv(said)
    return _alone(report, period, owner, now).encode()


def _alone(report: Report, period: str, owner: str, now: datetime) -> str:
    """A whole page that needs nothing beside it, for a mail or a folder."""
    styles = "\n".join((PACKAGE / "static" / "css" / name).read_text("utf-8") for name in _STYLES)
    return render_template(
        "reports/alone.html",
        report=in_words(report),
        period=period,
        owner=owner,
        made=gettext("Made %(when)s", when=day_and_year(clock.local(now).date())),
        body=Markup(body(report)),  # noqa: S704 - a template of ours, with everything escaped
        styles=Markup(f"<style>{styles}</style>"),  # noqa: S704 - our own style sheets
    )


def inside(alone: bytes) -> str:
    """What stands inside a page that was written to stand alone: to be shown in a page of Stafet."""
    return alone.decode().partition(_BEGINS)[2].rpartition(_ENDS)[0]


def body(report: Report) -> str:
    """Figures, chart and tables as a piece of a page."""
    said = for_people(report)
    drawing = paper.drawing_of(said.chart) if said.chart is not None else None
    return render_template("reports/body.html", report=said, drawing=drawing, shown=shown, types=Type)


def file_name(order: Order, form: Form) -> str:
    return f"{_NAMES[order.kind]}-{order.first}-{order.last}.{form}"
