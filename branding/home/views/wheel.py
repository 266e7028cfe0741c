"""The year as a wheel: on the screen, and as one page for the wall."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template, request

from branding.core import clock
from branding.core.pdf import pdf
from branding.home import queries
from branding.home.views.blueprint import bp
from branding.home.views.calendar import checked, filters, steps_of
from branding.home.views.paper import wall_facts
from branding.organisation import queries as organisation
from branding.web.guards import actor, requires
from branding.web.pages import attachment, page
from branding.web.transaction import db


@bp.get("/calendar/wheel/<int:year>")
@requires("calendar:view")
def wheel_page(year: int) -> Any:
    """``?week=42`` chooses what the middle tells of; ``&lane=2`` the second of two turns in that week."""
    around, lines, wheel = queries.wheel_page(
        db(), actor(), checked(year), filters(), clock.today(), chosen=_chosen()
    )
    return page(
        "home/wheel.html", around=around, lines=lines, wheel=wheel, year=year,
        steps=steps_of("home.wheel_page", year),
    )  # fmt: skip


@bp.get("/calendar/wheel/<int:year>.pdf")
@requires("calendar:view")
def export_wheel(year: int) -> Response:
    """One A4 for the wall."""
    around, lines, wheel = queries.wheel_page(db(), actor(), checked(year), filters(), clock.today())
    named = organisation.find_organisation(db())
    owner = named.name if named else ""
    drawing = render_template("home/wheel_paper.svg", wheel=wheel, year=year)
    facts = wall_facts(year, around, lines, owner)
    made = pdf("home/wheel.typ", facts, pictures={"wheel.svg": drawing.encode()}, at=clock.now())
    return attachment(made, "application/pdf", f"aarshjul-{year}.pdf", inline=True)


def _chosen() -> tuple[int, int] | None:
    """The week that the address asks for; what is not a number is not asked for."""
    week = request.args.get("week", type=int)
    return (week, max(request.args.get("lane", 1, type=int) - 1, 0)) if week else None
