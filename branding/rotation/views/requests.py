"""Units' wishes and blocked weeks: the list, a new one, and away again with undo."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from branding.core import clock
from branding.core.errors import RuleBroken
from branding.core.isoweek import Week
from branding.core.policy import covers
from branding.core.text import Text, say
from branding.rotation import queries, service
from branding.rotation.forms import WeekRequestForm
from branding.rotation.values.planning import NewWeekRequest, RequestKind
from branding.rotation.views import choices
from branding.rotation.views.blueprint import bp
from branding.web.guards import actor, requires
from branding.web.pages import go, page
from branding.web.transaction import db

_VIEW, _EDIT = "rotation:request:view", "rotation:request:edit"
#: How far ahead requests are listed.
_AHEAD = timedelta(weeks=110)


@bp.get("/requests")
@requires(_VIEW)
def requests_page() -> Any:
    """From this week on; a coordinator sees own units."""
    units = {key: unit for key, unit in choices.units_by_id().items() if covers(actor(), _VIEW, key)}
    today = clock.today()
    found = queries.week_requests(db(), Week.of(today).monday, today + _AHEAD, unit_ids=list(units))
    of_unit = [(unit, [one for one in found if one.unit_id == unit.id]) for unit in units.values()]
    return page(
        "rotation/requests.html",
        of_unit=[(unit, mine) for unit, mine in of_unit if mine],
        plans=dict(choices.plans()),
    )


@bp.route("/requests/new", methods=["GET", "POST"])
@requires(_EDIT)
def new_request_page() -> Any:
    form = WeekRequestForm()
    own = [(key, unit.name) for key, unit in choices.units_by_id().items()
           if covers(actor(), _EDIT, key) and not unit.is_archived]  # fmt: skip
    form.offer(own, [(0, _("Every plan")), *choices.plans()])
    if request.method == "GET":
        form.year.data = Week.of(clock.today()).year
    if form.validate_on_submit():
        try:
            block = service.read_block(form.weeks.data or "", form.year.data or 0)
            wanted = form.to_values(block)
            made = service.add_request(db(), actor(), wanted, now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            undo = url_for("rotation.remove_request", request_id=made)
            return go("rotation.requests_page", notice=_added(wanted), undo=undo)
    return page("rotation/new_request.html", form=form, has_units=bool(own), status=form.status)


@bp.post("/requests/<int:request_id>/remove")
@requires(_EDIT)
def remove_request(request_id: int) -> Any:
    service.remove_request(db(), actor(), request_id, now=clock.now())
    undo = url_for("rotation.restore_request", request_id=request_id)
    return go("rotation.requests_page", notice=say("Removed."), undo=undo)


@bp.post("/requests/<int:request_id>/restore")
@requires(_EDIT)
def restore_request(request_id: int) -> Any:
    try:
        service.restore_request(db(), actor(), request_id, now=clock.now())
    except RuleBroken as error:
        return go("rotation.requests_page", notice=error.text, kind="error")
    return go("rotation.requests_page", notice=say("It is back."))


def _added(wanted: NewWeekRequest) -> Text:
    """What is written down, with its year; a turn in weeks that are blocked now does not move by itself."""
    weeks, year = wanted.block.label, wanted.block.first.year
    if wanted.kind is RequestKind.WISH:
        return say("Week %(weeks)s of %(year)s is wished for.", weeks=weeks, year=year)
    turns = service.turns_inside(db(), wanted)
    if not turns:
        return say("Week %(weeks)s of %(year)s is blocked.", weeks=weeks, year=year)
    return say(
        "Week %(weeks)s of %(year)s is blocked. The unit has a turn in week %(turns)s already, and it stays "
        "until somebody moves or swaps it.",
        weeks=weeks,
        year=year,
        turns=", ".join(turns),
    )
