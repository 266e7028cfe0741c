"""The content plan as month, board and list."""

from __future__ import annotations

from typing import Any

from flask import request, url_for

from branding.core import clock, policy
from branding.core.errors import Missing
from branding.core.isoweek import YEARS
from branding.plan.queries.pages import PAGE, plan_board, plan_list, plan_month
from branding.plan.values import ACTIVITY_KINDS, LOOKS, ActivityKind, Filters, Shown
from branding.plan.views.blueprint import bp
from branding.web.guards import actor, requires
from branding.web.pages import page
from branding.web.safe_address import page_number
from branding.web.transaction import db

VIEW = "plan:activity:view"
_POSTS = "publishing:publication:view"


@bp.get("/content-plan")
@requires(VIEW)
def plan_page() -> Any:
    """One address; ``view`` is month, list or board.  On a phone it begins with what needs somebody."""
    today = clock.today()
    year, month = request.args.get("year", today.year, int), request.args.get("month", today.month, int)
    if year not in YEARS or month not in range(1, 13):
        raise Missing("month", f"{year}-{month}")
    wanted = request.args.get("view") or (
        "board" if "Mobi" in request.headers.get("User-Agent", "") else "month"
    )
    view = {"board": _board, "list": _list}.get(wanted, _month)
    return view(year, month, filters())


def _month(year: int, month: int, chosen: Filters) -> Any:
    sees = policy.may(actor(), _POSTS)
    units = None if policy.covers(actor(), _POSTS, None) else actor().units
    around, rows = plan_month(
        db(), year, month, chosen, today=clock.today(), now=clock.now(), posts_of=units, sees_posts=sees
    )
    return _shown("plan/month.html", "month", around=around, rows=rows)


def _board(year: int, month: int, chosen: Filters) -> Any:
    around, columns = plan_board(db(), year, month, chosen, today=clock.today())
    return _shown("plan/board.html", "board", around=around, columns=columns)


def _list(year: int, month: int, chosen: Filters) -> Any:
    number = page_number()
    around, found, count = plan_list(db(), year, chosen, number, today=clock.today())
    steps = [
        url_for("plan.plan_page", view="list", year=year, page=at, **chosen.query) if exists else None
        for at, exists in ((number - 1, number > 1), (number + 1, number * PAGE < count))
    ]
    return _shown("plan/list.html", "list", around=around, found=found, count=count, steps=steps)


def _shown(template: str, view: str, **context: Any) -> Any:
    return page(template, view=view, looks=LOOKS, kinds=ACTIVITY_KINDS, Shown=Shown, **context)


def filters() -> Filters:
    """What the address asks for; what it cannot mean is not asked for."""
    kind, status = request.args.get("kind", ""), request.args.get("status", "")
    return Filters(
        request.args.get("channel", type=int) or None,
        request.args.get("unit", type=int) or None,
        ActivityKind(kind) if kind in set(ActivityKind) else None,
        Shown(status) if status in set(Shown) else None,
    )
