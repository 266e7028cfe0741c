"""Copying a year's plan: choose which, see the new days, and take it back."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from wtforms.fields.choices import SelectChoice

from branding.core import clock
from branding.core.errors import Missing, RuleBroken
from branding.core.isoweek import YEARS, Week
from branding.core.text import say_n
from branding.plan.forms.activities import YearForm
from branding.plan.service import years as service
from branding.plan.service.channels import EDIT
from branding.plan.views import choices
from branding.plan.views.blueprint import bp
from branding.web.guards import actor, requires
from branding.web.pages import go, page
from branding.web.transaction import db

_AUTUMN = 10


@bp.route("/content-plan/copy-year", methods=["GET", "POST"])
@requires(EDIT)
def copy_year_page() -> Any:
    """Last year's lines with their days in this one: the same week, the same weekday."""
    to_year = request.args.get("to", _planned_now(), int)
    from_year = request.args.get("from", to_year - 1, int)
    if from_year not in YEARS or to_year not in YEARS:
        raise Missing("year", from_year)
    lines = service.copyable(db(), from_year, to_year)
    form = YearForm()
    form.chosen.choices = [
        SelectChoice(str(one.activity.id), one.activity.title) for one in lines if one.is_open
    ]
    if form.validate_on_submit():
        try:
            batch, made = service.copy_year(
                db(),
                actor(),
                from_year,
                to_year,
                form.chosen.data or [],
                today=clock.today(),
                now=clock.now(),
            )
        except RuleBroken as error:
            form.refuse(error)
        else:
            notice = say_n(
                "%(num)s activity is planned again.", "%(num)s activities are planned again.", made
            )
            undo = url_for("plan.undo_table", batch=batch)
            return go("plan.plan_page", view="list", year=to_year, notice=notice, undo=undo)
    chosen = (
        set(form.chosen.data or [])
        if request.method == "POST"
        else {one.activity.id for one in lines if one.is_suggested}
    )
    return page(
        "plan/copy_year.html",
        form=form,
        lines=lines,
        chosen=chosen,
        from_year=from_year,
        to_year=to_year,
        units=choices.units_by_id(),
        status=form.status,
    )


def _planned_now() -> int:
    """From October on it is next year's plan that people lay."""
    today = clock.today()
    return Week.of(today).year if today.month < _AUTUMN else today.year + 1
