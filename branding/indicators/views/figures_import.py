"""Importing key figures: every row as understood, and only then saved."""

from __future__ import annotations

from typing import Any

from branding.core import clock
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.indicators.forms.figures import TableForm
from branding.indicators.service import figures as service
from branding.indicators.service.access import WRITE
from branding.indicators.views.blueprint import bp
from branding.indicators.views.tables import rows_of
from branding.rotation.spreadsheet import carry
from branding.web.guards import actor, requires
from branding.web.pages import go, page
from branding.web.transaction import db


@bp.route("/key-figures/import", methods=["GET", "POST"])
@requires(WRITE)
def figures_import_page() -> Any:
    """The form, and after it the preview.  Nothing is saved here."""
    form = TableForm()
    if form.validate_on_submit():
        try:
            rows = rows_of(form)
            found = service.preview_figures(db(), actor(), rows)
        except RuleBroken as error:
            form.refuse(error)
        else:
            confirm = TableForm(formdata=None, data={"table": carry(rows)})
            status = 200 if found.is_faultless else 400
            return page("indicators/figures_preview.html", form=confirm, found=found, status=status)
    form.table.data = ""
    return page("indicators/figures_import.html", form=form, status=form.status)


@bp.post("/key-figures/import/confirm")
@requires(WRITE)
def confirm_figures() -> Any:
    """Save what the preview showed; the table is understood and checked from the beginning."""
    form = TableForm()
    try:
        if not form.validate():
            raise RuleBroken("lost", say("The table got lost on the way. Choose the file again."))
        found = service.import_figures(db(), actor(), rows_of(form), now=clock.now())
    except RuleBroken as error:
        return go("indicators.figures_import_page", notice=error.text, kind="error")
    notice = say(
        "Imported: %(new)s new, %(changed)s changed, %(unchanged)s unchanged.",
        new=found.count("new"), changed=found.count("changed"), unchanged=found.count("same"),
    )  # fmt: skip
    return go("indicators.figures_page", notice=notice)
