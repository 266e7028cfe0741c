"""The plan as a file, out and in: nothing is saved before the preview is confirmed."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Response, request, url_for

from branding.core import clock
from branding.core.errors import Conflict, Missing, RuleBroken
from branding.core.isoweek import YEARS
from branding.core.text import Text, say
from branding.plan.forms.tables import ConfirmForm, TableForm
from branding.plan.queries.channels import channels
from branding.plan.service import tables as service
from branding.plan.service.channels import EDIT
from branding.plan.service.years import undo_batch
from branding.plan.values import Mark, TableReport
from branding.plan.views.blueprint import bp
from branding.plan.views.plan import VIEW
from branding.rotation.spreadsheet import MOST_BYTES, carried, carry, read_file, read_pasted
from branding.rotation.values import Rows
from branding.web.guards import actor, requires
from branding.web.pages import attachment, go, page
from branding.web.transaction import db, roll_back

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: So many rows are shown; every faulty one is.
_MOST_SHOWN = 200


@bp.get("/content-plan/export/csv")
@requires(VIEW)
def export_csv() -> Response:
    first, last = _year()
    return attachment(
        service.export_csv(db(), actor(), first, last), "text/csv", f"indholdsplan-{first.year}.csv"
    )


@bp.get("/content-plan/export/xlsx")
@requires(VIEW)
def export_xlsx() -> Response:
    first, last = _year()
    return attachment(
        service.export_xlsx(db(), actor(), first, last), _XLSX, f"indholdsplan-{first.year}.xlsx"
    )


def _year() -> tuple[date, date]:
    year = request.args.get("year", clock.today().year, int)
    if year not in YEARS:
        raise Missing("year", year)
    return date(year, 1, 1), date(year, 12, 31)


@bp.route("/content-plan/import", methods=["GET", "POST"])
@requires(EDIT)
def import_page() -> Any:
    """The form, and after it the preview.  Nothing is saved here."""
    form = TableForm()
    if form.validate_on_submit():
        try:
            rows = _rows(form)
            report = service.preview_table(db(), actor(), rows)
        except RuleBroken as error:
            form.refuse(error)
        else:
            return _preview(rows, report)
    return page("plan/import.html", form=form, has_channels=bool(channels(db())), status=form.status)


@bp.post("/content-plan/import/confirm")
@requires(EDIT)
def confirm_import() -> Any:
    """Save what the preview showed; whatever no longer fits leads back to a preview."""
    form = ConfirmForm()
    try:
        rows = carried(form.table.data or "")
        stamp = form.stamp.data or ""
        report = service.import_table(db(), actor(), rows, stamp, today=clock.today(), now=clock.now())
    except Conflict as error:
        roll_back()
        return _preview(rows, service.preview_table(db(), actor(), rows), error.text)
    except RuleBroken as error:
        return go("plan.import_page", notice=error.text, kind="error")
    if report.faulty:
        return _preview(rows, report)
    undo = url_for("plan.undo_table", batch=report.batch) if report.batch else None
    return go("plan.plan_page", view="list", year=_first_year(report), notice=_done(report), undo=undo)


@bp.post("/content-plan/batches/<id:batch>/undo")
@requires(EDIT)
def undo_table(batch: str) -> Any:
    """Take back what came with a table or a copied year, where nobody has touched it since."""
    gone, stayed = undo_batch(db(), actor(), batch, now=clock.now())
    notice = say("%(gone)s taken out again.", gone=gone)
    if stayed:
        notice = say(
            "%(gone)s taken out again; %(stayed)s that were changed since stay.", gone=gone, stayed=stayed
        )
    return go("plan.plan_page", view="list", notice=notice)


def _rows(form: TableForm) -> Rows:
    sent = form.file.data
    if sent is not None and sent.filename:
        with sent.stream as stream:
            return read_file(stream.read(MOST_BYTES + 1))
    return read_pasted(form.pasted.data or "")


def _preview(rows: Rows, report: TableReport, changed: Text | None = None) -> Any:
    confirm = ConfirmForm(formdata=None, table=carry(rows), stamp=report.stamp)
    shown = [row for row in report.rows if row.mark == Mark.FAULTY] or list(report.rows)
    is_fine = not report.faulty and changed is None
    return page(
        "plan/import_preview.html",
        form=confirm,
        report=report,
        shown=shown[:_MOST_SHOWN],
        rest=max(0, len(shown) - _MOST_SHOWN),
        changed=changed,
        status=200 if is_fine else 400,
    )


def _first_year(report: TableReport) -> int:
    return min(row.request.starts_on.year for row in report.rows if row.request is not None)


def _done(report: TableReport) -> Text:
    return say(
        "Imported: %(new)s new, %(changed)s changed, %(unchanged)s unchanged.",
        new=report.new,
        changed=report.changed,
        unchanged=report.same,
    )
