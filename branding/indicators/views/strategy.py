"""The strategy map on a day, and as a file."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Response, request

from branding.core import clock
from branding.core.isoweek import YEARS
from branding.core.spreadsheet import write_csv, write_xlsx
from branding.core.text import say
from branding.indicators import queries
from branding.indicators.queries.pages import exported_map
from branding.indicators.queries.tree import put_away
from branding.indicators.service.access import EDIT, VIEW
from branding.indicators.values.standing import STATE_LOOKS, STATE_NAMES
from branding.indicators.views.blueprint import bp
from branding.web.guards import requires
from branding.web.i18n import translate
from branding.web.pages import attachment, page
from branding.web.transaction import db

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/strategy")
@requires(VIEW)
def map_page() -> Any:
    """Every indicator judged as on today, or on the day that is asked for."""
    on = asked_day()
    found = queries.strategy_map(db(), on)
    return page(
        "indicators/map.html",
        map=found,
        tally=found.tally(),
        names=STATE_NAMES,
        looks=STATE_LOOKS,
        is_today=on == clock.today(),
    )


@bp.get("/strategy/put-away")
@requires(EDIT)
def put_away_page() -> Any:
    """What is in the map no longer, and can be brought back."""
    nodes, indicators = put_away(db())
    return page("indicators/put_away.html", nodes=nodes, indicators=indicators)


@bp.get("/strategy/csv")
@requires(VIEW)
def export_csv() -> Response:
    """With the columns that it can be imported from."""
    return attachment(write_csv(exported_map(db(), clock.today())), "text/csv", f"strategikort-{_day()}.csv")


@bp.get("/strategy/xlsx")
@requires(VIEW)
def export_xlsx() -> Response:
    content = write_xlsx(exported_map(db(), clock.today()), str(translate(say("Strategy map"))))
    return attachment(content, XLSX, f"strategikort-{_day()}.xlsx")


def asked_day() -> date:
    """``?on=2022-12-31``; today when nobody asked, or asked for no day that anything is planned on."""
    try:
        found = date.fromisoformat(request.args.get("on", ""))
    except ValueError:
        return clock.today()
    return found if found.year in YEARS else clock.today()


def _day() -> str:
    return f"{clock.today():%Y-%m-%d}"
