"""Key figures: every one over time beside what was done, and writing single numbers down."""

from __future__ import annotations

from typing import Any

from flask import Response, request, url_for

from branding.core import clock
from branding.core.errors import Conflict, RuleBroken
from branding.core.spreadsheet import write_csv, write_xlsx
from branding.core.text import say
from branding.indicators import queries
from branding.indicators.forms.figures import FigureForm
from branding.indicators.forms.tree import number_of
from branding.indicators.queries.figures import exported_figures, figure_by_id
from branding.indicators.queries.pages import drawn_figures, series_page
from branding.indicators.service import figures as service
from branding.indicators.service.access import VIEW, WRITE
from branding.indicators.views.blueprint import bp
from branding.indicators.views.strategy import XLSX
from branding.indicators.views.undoing import kept_note, told_again
from branding.web.guards import actor, requires
from branding.web.i18n import translate
from branding.web.pages import attachment, go, page
from branding.web.transaction import db

_UNDO = "undo:figure"


@bp.get("/key-figures")
@requires(VIEW)
def figures_page() -> Any:
    """All of them on the same line of time."""
    found, held, done = drawn_figures(db(), queries.key_figures(db()))
    sums = {"held": sum(held.values()), "done": sum(done.values())}
    return page("indicators/figures.html", found=found, sums=sums)


@bp.get("/key-figures/<int:series_id>")
@requires(VIEW)
def figure_page(series_id: int) -> Any:
    """One of them with its table, and the months beside it."""
    series, picture, months = series_page(db(), series_id)
    return page("indicators/figure.html", series=series, picture=picture, months=months)


@bp.route("/key-figures/new", methods=["GET", "POST"])
@requires(WRITE)
def new_figure_page() -> Any:
    """``?series=3`` fills in the name and the unit."""
    known = queries.key_figures(db())
    asked = next((one for one in known if one.id == request.args.get("series", 0, int)), None)
    form = FigureForm(data={"series": asked.name, "unit": asked.unit} if asked else None)
    if form.validate_on_submit():
        try:
            series_id = service.write_figure(db(), actor(), form.to_values(), now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            return go("indicators.figure_page", series_id=series_id, notice=say("Saved."))
    return page(
        "indicators/figure_form.html", form=form, known=known, series=asked, point=None, status=form.status
    )


@bp.route("/key-figures/values/<int:point_id>", methods=["GET", "POST"])
@requires(WRITE)
def value_page(point_id: int) -> Any:
    """Value and note of one number."""
    series, point = figure_by_id(db(), point_id)
    data = {"series": series.name, "unit": series.unit, "period": point.span.code, "note": point.note,
            "value": f"{point.value:f}".replace(".", ","), "version": point.version}  # fmt: skip
    form = FigureForm(data=data)
    if form.validate_on_submit():
        try:
            service.change_figure(
                db(), actor(), point_id, form.to_values(), number_of(form.version), now=clock.now()
            )
        except RuleBroken as error:
            form.refuse(error)
        else:
            return go("indicators.figure_page", series_id=series.id, notice=say("Saved."))
    return page(
        "indicators/figure_form.html", form=form, known=(), series=series, point=point, status=form.status
    )


@bp.post("/key-figures/values/<int:point_id>/remove")
@requires(WRITE)
def remove_figure(point_id: int) -> Any:
    """A mistake; the undo writes the same number again."""
    series, point = figure_by_id(db(), point_id)
    try:
        service.remove_figure(db(), actor(), point_id, request.form.get("version", 0, int), now=clock.now())
    except Conflict as error:
        return go("indicators.value_page", point_id=point_id, notice=error.text, kind="error")
    kept = kept_note(point.note, _UNDO)
    undo = None if kept is None else url_for(
        "indicators.restore_figure", series=series.name, unit=series.unit, period=point.span.code,
        value=f"{point.value:f}", kept=kept,
    )  # fmt: skip
    if len(series.points) == 1:
        return go("indicators.figures_page", notice=say("The number is removed."), undo=undo)
    return go("indicators.figure_page", series_id=series.id, notice=say("The number is removed."), undo=undo)


@bp.post("/key-figures/restore")
@requires(WRITE)
def restore_figure() -> Any:
    """The undo of removing one."""
    form = FigureForm(formdata=told_again(_UNDO), meta={"csrf": False})
    try:
        if not form.validate():
            raise RuleBroken("lost", say("The result could not be put back. Write it down again."))
        series_id = service.write_figure(db(), actor(), form.to_values(), now=clock.now())
    except RuleBroken as error:
        return go("indicators.figures_page", notice=error.text, kind="error")
    return go("indicators.figure_page", series_id=series_id, notice=say("Saved."))


@bp.get("/key-figures/csv")
@requires(VIEW)
def export_figures_csv() -> Response:
    """With the columns that it can be imported from."""
    name = f"noegletal-{clock.today():%Y-%m-%d}.csv"
    return attachment(write_csv(exported_figures(db())), "text/csv", name)


@bp.get("/key-figures/xlsx")
@requires(VIEW)
def export_figures_xlsx() -> Response:
    content = write_xlsx(exported_figures(db()), str(translate(say("Key figures"))))
    return attachment(content, XLSX, f"noegletal-{clock.today():%Y-%m-%d}.xlsx")
