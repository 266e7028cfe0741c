"""Reading a report, and taking it along as a file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from flask import request
from markupsafe import Markup

from branding.core import clock, policy
from branding.core.errors import Missing, RuleBroken
from branding.core.text import Text, say
from branding.organisation import queries as organisation
from branding.plan import queries as plan
from branding.reports.queries.archive import files
from branding.reports.service import archive, building
from branding.reports.service.periods import chosen_days, quick_choices, usual_days
from branding.reports.values.orders import LEADS, MEDIA_TYPES, NAMING, TITLES, Form, Kind, Order, forms_of
from branding.reports.views.blueprint import bp
from branding.reports.wording import period_text
from branding.reports.writing import body, file_name, written
from branding.takeovers.calendar_file import calendar_file
from branding.web.guards import actor, requires
from branding.web.i18n import language, translate
from branding.web.pages import attachment, go, page
from branding.web.transaction import db

VIEW = "reports:report:view"
#: What the address of a report may say; a link or a file of it says the same.
_CHOICES = ("from", "to", "unit", "channel", "leaders")
LABELS: dict[Form, Text] = {
    Form.PDF: say("PDF, to print and send"),
    Form.XLSX: say("Excel, with numbers that count"),
    Form.CSV: say("CSV"),
    Form.ICS: say("Calendar (ICS)"),
}


@bp.get("/reports")
@requires(VIEW)
def reports_page() -> Any:
    """Which reports there are, and the newest in the archive."""
    found, _ = files(db(), _own_units(), actor().id)
    newest = found[:5]
    periods = {one.id: period_text(one.order.first, one.order.last) for one in newest}
    return page("reports/reports.html", titles=TITLES, leads=LEADS, files=newest, periods=periods)


@bp.get("/reports/<string:kind>")
@requires(VIEW)
def report_page(kind: str) -> Any:
    """The report of the chosen days; days that cannot be are told of, and the usual ones shown."""
    order, error = _order(_kind(kind))
    try:
        found = building.report(db(), actor(), order, now=clock.now())
    except RuleBroken as refused:
        error = refused.text
        order = _usual(order.kind)
        found = building.report(db(), actor(), order, now=clock.now())
    return page(
        "reports/report.html",
        status=400 if error else 200,
        title=translate(TITLES[order.kind]),
        period=period_text(order.first, order.last),
        scope=found.scope,
        order=order,
        chosen={} if error else _chosen(order),
        error=error,
        is_empty=found.is_empty,
        body=Markup(body(found)),  # noqa: S704 - a template of ours, with everything escaped
        forms=[form for form in forms_of(order.kind) if form is not Form.HTML],
        labels=LABELS,
        units=[one for one in organisation.units(db()) if policy.covers(actor(), VIEW, one.id)]
        if order.kind is not Kind.STRATEGY
        else [],
        channels=[(one.id, one.name) for one in plan.channels(db())]
        if order.kind is Kind.CONTENT_PLAN
        else [],
        quick=[
            (label, _chosen(replace(order, first=first, last=last)))
            for label, first, last in quick_choices(order.kind, clock.today())
        ],
        can_name=order.kind in NAMING,
    )


@bp.get("/reports/<string:kind>/file/<string:form>")
@requires(VIEW)
def download(kind: str, form: str) -> Any:
    """The same as a file."""
    order, error = _order(_kind(kind))
    if error is not None or form not in [str(one) for one in forms_of(order.kind)]:
        raise Missing("report", kind)
    wanted, found, now = Form(form), organisation.find_organisation(db()), clock.now()
    if wanted is Form.ICS:
        content = calendar_file(
            translate(TITLES[order.kind]), building.plan_events(db(), actor(), order, now=now)
        )
    else:
        report = building.report(db(), actor(), order, now=now)
        content = written(report, wanted, found.name if found else "", now=now)
    return attachment(content, MEDIA_TYPES[wanted], file_name(order, wanted))


@bp.post("/reports/<string:kind>/keep")
@requires(VIEW)
def keep(kind: str) -> Any:
    """Order it into the archive."""
    order, error = _order(_kind(kind))
    if error is not None:
        raise Missing("report", kind)
    file_id = archive.order(db(), actor(), order, Form.PDF, language(), now=clock.now())
    return go("reports.file_page", file_id=file_id)


def _kind(word: str) -> Kind:
    if word not in set(Kind):
        raise Missing("report", word)
    return Kind(word)


def _own_units() -> frozenset[int] | None:
    """None for those who read everything."""
    return None if policy.covers(actor(), VIEW, None) else actor().units


def _order(kind: Kind) -> tuple[Order, Text | None]:
    """What the address asks for; the usual days and the reason when it cannot be read."""
    told = request.args
    try:
        first, last = chosen_days(kind, told.get("from", ""), told.get("to", ""), clock.today())
    except RuleBroken as error:
        return _usual(kind), error.text
    unit, channel = told.get("unit", type=int), told.get("channel", type=int)
    return Order(kind, first, last, unit, channel, for_leaders=told.get("leaders") == "1"), None


def _usual(kind: Kind) -> Order:
    first, last = usual_days(kind, clock.today())
    return Order(kind, first, last)


def _chosen(order: Order) -> dict[str, str | date | int]:
    """The order as an address says it."""
    said = {"from": order.first, "to": order.last, "unit": order.unit_id, "channel": order.channel_id}
    return {name: value for name, value in said.items() if value} | (
        {"leaders": "1"} if order.for_leaders else {}
    )
