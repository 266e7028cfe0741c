"""Import: choose or paste a table, see every row as understood, and only then save."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_babel import gettext as _

from branding.core import clock
from branding.core.errors import Conflict, RuleBroken
from branding.core.isoweek import Week
from branding.core.text import Text, say, say_n
from branding.organisation import queries as organisation
from branding.rotation import service
from branding.rotation.forms import ConfirmForm, ImportForm
from branding.rotation.spreadsheet import MOST_BYTES, carried, carry, read_file, read_pasted
from branding.rotation.values import ImportReport, Rows
from branding.rotation.views import choices
from branding.rotation.views.blueprint import bp
from branding.web.guards import actor, requires
from branding.web.pages import go, page
from branding.web.transaction import db, roll_back

#: How many faulty cells the summary lists; each is also shown in its row.
_MOST_LISTED = 50


@bp.route("/plans/import", methods=["GET", "POST"])
@requires("rotation:plan:edit")
def import_page() -> Any:
    """The form, and after it the preview.  Nothing is saved here."""
    form = ImportForm()
    _offer(form)
    if form.validate_on_submit():
        try:
            rows = _rows(form)
            report = service.preview_import(db(), actor(), form.to_values(rows))
        except RuleBroken as error:
            form.refuse(error)
        else:
            return _preview(form, rows, report)
    elif request.method == "GET":
        form.year.data = form.year.data or Week.of(clock.today()).year
        form.plan_id.data = request.args.get("plan", 0, int)
    form.table.data = ""
    has_profiles = bool(organisation.profiles(db()))
    return page("rotation/import.html", form=form, has_profiles=has_profiles, status=form.status)


@bp.post("/plans/import/confirm")
@requires("rotation:plan:edit")
def confirm_import() -> Any:
    """Save what the preview showed; whatever no longer fits leads back to a preview."""
    form = ConfirmForm()
    _offer(form)
    if not form.validate():
        return go(
            "rotation.import_page",
            notice=say("The table got lost on the way. Choose the file again."),
            kind="error",
        )
    try:
        rows = carried(form.table.data or "")
        report = service.import_table(
            db(), actor(), form.to_values(rows, stamp=form.stamp.data or ""), now=clock.now()
        )
    except Conflict as error:
        return _again(form, rows, error.text)
    except RuleBroken as error:
        # A redirect is an answer that saves: what was made before the refusal must not stay.
        roll_back()
        return go("rotation.import_page", notice=error.text, kind="error")
    if not report.is_saved:
        return _again(form, rows, say("The table has cells that cannot be used."))
    return go("rotation.plan_page", plan_id=report.plan_id, notice=_done(report))


def _rows(form: ImportForm) -> Rows:
    """The file, else the pasted table, else the table that the preview carried along."""
    sent = form.file.data
    if sent is not None and sent.filename:
        with sent.stream as stream:
            return read_file(stream.read(MOST_BYTES + 1))
    if form.pasted.data and form.pasted.data.strip():
        return read_pasted(form.pasted.data)
    return carried(form.table.data) if form.table.data else read_pasted("")


def _preview(
    form: ImportForm | ConfirmForm, rows: Rows, report: ImportReport, changed: Text | None = None
) -> Any:
    units = organisation.units(db())
    confirm = ConfirmForm(formdata=None, data=form.data | {"table": carry(rows), "stamp": report.stamp})
    _offer(confirm)
    return page(
        "rotation/import_preview.html",
        form=confirm,
        report=report,
        changed=changed,
        listed=report.problems[:_MOST_LISTED],
        is_empty=not units,
        area=next((unit for unit in units if unit.id == confirm.under_id.data), None),
        status=200 if report.is_faultless and changed is None else 400,
    )


def _again(form: ConfirmForm, rows: Rows, changed: Text) -> Any:
    report = service.preview_import(db(), actor(), form.to_values(rows))
    return _preview(form, rows, report, changed)


def _offer(form: ImportForm | ConfirmForm) -> None:
    form.offer([(0, _("A new plan")), *choices.plans()], choices.areas(), choices.profiles())


def _done(report: ImportReport) -> Text:
    if not report.new and not report.changed:
        return say_n(
            "The row is in the plan already: 0 new, 0 changed.",
            "All %(num)s rows are in the plan already: 0 new, 0 changed.",
            report.unchanged,
        )
    return say(
        "Imported: %(new)s new, %(changed)s changed, %(unchanged)s unchanged.",
        new=report.new,
        changed=report.changed,
        unchanged=report.unchanged,
    )
