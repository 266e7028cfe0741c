"""Units from a table: choose or paste, look, and say yes."""

from __future__ import annotations

from typing import Any

from branding.core import clock
from branding.core.errors import RuleBroken
from branding.core.text import say, say_n
from branding.organisation import service
from branding.organisation.forms import TableConfirmForm, TableForm
from branding.organisation.views.blueprint import bp
from branding.web.guards import actor, requires
from branding.web.pages import go, page
from branding.web.transaction import db


@bp.route("/organisation/import", methods=["GET", "POST"])
@requires("organisation:manage")
def import_page() -> Any:
    """Shows what the table would do.  It is a POST that saves nothing."""
    form = TableForm()
    if form.validate_on_submit():
        try:
            return _preview(form)
        except RuleBroken as error:
            form.refuse(error)
    return page("organisation/import.html", form=form, status=form.status)


def _preview(form: TableForm) -> Any:
    content = form.content()
    if content is None:
        raise RuleBroken("no_table", say("Choose a file, or paste a table."), "file")
    table = service.read_table(db(), actor(), content)
    confirm = TableConfirmForm(formdata=None, text=table.text)
    return page(
        "organisation/import_preview.html", table=table, form=confirm, status=400 if table.faulty else 200
    )


@bp.post("/organisation/import/save")
@requires("organisation:manage")
def save_import() -> Any:
    form = TableConfirmForm()
    if not form.validate_on_submit():
        return go("organisation.import_page")
    table = service.save_table(db(), actor(), form.text.data, now=clock.now())
    areas, departments = len(table.new_areas), table.new_department_count
    if not areas and not departments:
        return go(
            "organisation.organisation_page", notice=say("All of it was here already; nothing is changed.")
        )
    notice = say(
        "Added: %(areas)s and %(departments)s.",
        areas=say_n("1 area", "%(num)s areas", areas),
        departments=say_n("1 department", "%(num)s departments", departments),
    )
    return go("organisation.organisation_page", notice=notice)
