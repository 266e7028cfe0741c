"""Importing a strategy map: choose or paste a table, see every row as understood, and only then save."""

from __future__ import annotations

from typing import Any

from flask import request

from branding.core import clock
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.indicators.forms.figures import MapTableForm
from branding.indicators.service import importing
from branding.indicators.service.access import EDIT
from branding.indicators.values.measures import MEASURE_NAMES, Measure
from branding.indicators.views.blueprint import bp
from branding.indicators.views.indicators import what_counts
from branding.indicators.views.tables import rows_of
from branding.rotation.spreadsheet import carry
from branding.web.guards import actor, requires
from branding.web.pages import go, page
from branding.web.transaction import db


@bp.route("/strategy/import", methods=["GET", "POST"])
@requires(EDIT)
def import_page() -> Any:
    """The form, and after it the preview.  Nothing is saved here."""
    form = MapTableForm()
    if form.validate_on_submit():
        try:
            rows = rows_of(form)
            found = importing.preview_map(db(), actor(), rows, form.begins_on.data)
        except RuleBroken as error:
            form.refuse(error)
        else:
            confirm = MapTableForm(
                formdata=None, data={"begins_on": form.begins_on.data, "table": carry(rows)}
            )
            return page(
                "indicators/import_preview.html", form=confirm, found=found, measures=MEASURE_NAMES,
                by_hand=Measure.HAND, counts=what_counts, status=200 if found.is_faultless else 400,
            )  # fmt: skip
    elif request.method == "GET":
        form.begins_on.data = clock.today().replace(month=1, day=1)
    form.table.data = ""
    return page("indicators/import.html", form=form, status=form.status)


@bp.post("/strategy/import/confirm")
@requires(EDIT)
def confirm_import() -> Any:
    """Save what the preview showed; the table is understood and checked from the beginning."""
    form = MapTableForm()
    try:
        if not form.validate():
            raise RuleBroken("lost", say("The table got lost on the way. Choose the file again."))
        found = importing.import_map(db(), actor(), rows_of(form), form.begins_on.data, now=clock.now())
    except RuleBroken as error:
        return go("indicators.import_page", notice=error.text, kind="error")
    notice = say(
        "Imported: %(new)s new, %(changed)s changed, %(unchanged)s unchanged.",
        new=found.count("new"), changed=found.count("changed"), unchanged=found.count("same"),
    )  # fmt: skip
    return go("indicators.map_page", notice=notice)
