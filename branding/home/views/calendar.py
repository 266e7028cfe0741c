"""The front page, and the calendar as year, month, week and list."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import redirect, request, url_for

from branding.core import clock
from branding.core.errors import Missing
from branding.core.isoweek import Week, weeks_in
from branding.home import queries
from branding.home.values import Filters, Stage
from branding.home.views.blueprint import bp
from branding.indicators.values.standing import STATE_LOOKS
from branding.plan.values import LOOKS
from branding.reports.values.orders import TITLES
from branding.web.guards import actor, requires
from branding.web.pages import page
from branding.web.transaction import db

#: The calendar's years: wide enough for any plan, narrow enough for dates to exist.
_YEARS = range(2000, 2100)
#: Where in the list today is.
_NOW = "now"


@bp.get("/")
@requires("calendar:view")
def front_page() -> Any:
    return page(
        "home/front.html",
        front=queries.front_page(db(), actor(), clock.now()),
        looks=LOOKS,
        goal_looks=STATE_LOOKS,
        report_titles=TITLES,
    )


@bp.get("/calendar")
@requires("calendar:view")
def calendar() -> Any:
    """The best view of today: the year, or the list where the screen is a phone's."""
    is_phone = "Mobi" in request.headers.get("User-Agent", "")
    view, place = ("home.list_page", _NOW) if is_phone else ("home.year_page", None)
    return redirect(url_for(view, year=Week.of(clock.today()).year, _anchor=place, **filters().query), 303)


@bp.get("/calendar/year/<int:year>")
@requires("calendar:view")
def year_page(year: int) -> Any:
    around, grid = queries.year_page(db(), actor(), checked(year), filters(), clock.today())
    return page("home/year.html", around=around, grid=grid, year=year, steps=steps_of("home.year_page", year))


@bp.get("/calendar/list/<int:year>")
@requires("calendar:view")
def list_page(year: int) -> Any:
    around, lines = queries.list_page(db(), actor(), checked(year), filters(), clock.today())
    return page(
        "home/list.html", around=around, lines=lines, year=year, steps=steps_of("home.list_page", year)
    )


@bp.get("/calendar/month/<int:year>/<int:month>")
@requires("calendar:view")
def month_page(year: int, month: int) -> Any:
    if month not in range(1, 13):
        raise Missing("month", month)
    around, weeks = queries.month_page(db(), actor(), checked(year), month, filters(), clock.today())
    first = date(year, month, 1)
    before, after = first - timedelta(days=1), first + timedelta(days=31)
    steps = [
        _step("home.month_page", year=day.year, month=day.month) for day in (before, after, clock.today())
    ]
    return page("home/month.html", around=around, weeks=weeks, first=first, year=year, steps=steps)


@bp.get("/calendar/week/<int:year>/<int:week>")
@requires("calendar:view")
def week_page(year: int, week: int) -> Any:
    if not 1 <= week <= weeks_in(checked(year)):
        raise Missing("week", week)
    this = Week(year, week)
    around = queries.week_page(db(), actor(), this, filters(), clock.today())
    others = (this + -1, this + 1, Week.of(clock.today()))
    steps = [_step("home.week_page", year=other.year, week=other.number) for other in others]
    return page("home/week.html", around=around, week=this, year=year, steps=steps)


def filters() -> Filters:
    """What the URL asks for; what it cannot mean is not asked for."""
    status = request.args.get("status", "")
    return Filters(
        plan=request.args.get("plan", type=int),
        area=request.args.get("area", type=int),
        stage=Stage(status) if status in set(Stage) else None,
    )


def checked(year: int) -> int:
    if year not in _YEARS:
        raise Missing("year", year)
    return year


def steps_of(endpoint: str, year: int) -> list[str | None]:
    """Previous, next and today; no step out of the calendar."""
    this = Week.of(clock.today()).year
    now = _step(endpoint, year=this, _anchor=_NOW if endpoint == "home.list_page" else None)
    return [_step(endpoint, year=year - 1), _step(endpoint, year=year + 1), now]


def _step(endpoint: str, **values: Any) -> str | None:
    if values["year"] not in _YEARS:
        return None
    return url_for(endpoint, **values, **filters().query)
