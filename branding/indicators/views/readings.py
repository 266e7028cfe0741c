"""Results that are written down by hand: a new one, changing one, and taking one out."""

from __future__ import annotations

from typing import Any

from flask import request, url_for

from branding.core import clock
from branding.core.errors import Conflict, RuleBroken
from branding.core.text import say
from branding.indicators.forms.indicators import ReadingForm
from branding.indicators.forms.tree import number_of
from branding.indicators.queries.pages import period_on
from branding.indicators.queries.readings import reading_by_id
from branding.indicators.queries.tree import indicator_view
from branding.indicators.service import readings as service
from branding.indicators.service.access import WRITE
from branding.indicators.views.blueprint import bp
from branding.indicators.views.strategy import asked_day
from branding.indicators.views.undoing import kept_note, told_again
from branding.web.guards import actor, requires
from branding.web.pages import go, page
from branding.web.transaction import db


@bp.route("/strategy/indicators/<int:indicator_id>/results/new", methods=["GET", "POST"])
@requires(WRITE)
def new_reading_page(indicator_id: int) -> Any:
    """``?on=2022-03-31`` chooses the period; without it, the one that runs."""
    one, today = indicator_view(db(), indicator_id, clock.today()), clock.today()
    form = ReadingForm(data={"on": min(asked_day(), today)} if request.method == "GET" else None)
    if form.validate_on_submit():
        try:
            made = service.write_reading(
                db(), actor(), indicator_id, form.to_values(), today=today, now=clock.now()
            )
        except RuleBroken as error:
            form.refuse(error)
        else:
            version = reading_by_id(db(), made).version
            return go(
                "indicators.indicator_page",
                indicator_id=indicator_id,
                notice=say("The result is saved."),
                undo=url_for("indicators.remove_reading", reading_id=made, version=version),
            )
    period = period_on(one.aim, today if form.on.errors else form.on.data or today)
    return page(
        "indicators/reading.html", form=form, one=one, period=period, reading=None, status=form.status
    )


@bp.route("/strategy/results/<int:reading_id>", methods=["GET", "POST"])
@requires(WRITE)
def reading_page(reading_id: int) -> Any:
    reading = reading_by_id(db(), reading_id)
    one = indicator_view(db(), reading.indicator_id, clock.today())
    data = {"on": reading.first, "value": f"{reading.value:f}".replace(".", ","), "note": reading.note,
            "version": reading.version}  # fmt: skip
    form = ReadingForm(data=data)
    if form.validate_on_submit():
        try:
            service.change_reading(
                db(), actor(), reading_id, form.to_values(), number_of(form.version), now=clock.now()
            )
        except RuleBroken as error:
            form.refuse(error)
        else:
            return go("indicators.indicator_page", indicator_id=one.id, notice=say("The result is saved."))
    period = period_on(one.aim, reading.first)
    return page(
        "indicators/reading.html", form=form, one=one, period=period, reading=reading, status=form.status
    )


@bp.post("/strategy/results/<int:reading_id>/remove")
@requires(WRITE)
def remove_reading(reading_id: int) -> Any:
    """Gone from the page; the log keeps what it was, and writing it again takes one form."""
    reading = reading_by_id(db(), reading_id)
    version = request.values.get("version", 0, int)
    try:
        service.remove_reading(db(), actor(), reading_id, version, now=clock.now())
    except Conflict as error:
        return go("indicators.reading_page", reading_id=reading_id, notice=error.text, kind="error")
    kept = kept_note(reading.note, _about(reading.indicator_id))
    undo = None if kept is None else url_for(
        "indicators.restore_reading", indicator_id=reading.indicator_id, on=reading.first,
        value=f"{reading.value:f}", kept=kept,
    )  # fmt: skip
    notice = say("The result is removed.")
    return go("indicators.indicator_page", indicator_id=reading.indicator_id, notice=notice, undo=undo)


@bp.post("/strategy/indicators/<int:indicator_id>/results/restore")
@requires(WRITE)
def restore_reading(indicator_id: int) -> Any:
    """The undo of removing one: the same number for the same period."""
    form = ReadingForm(formdata=told_again(_about(indicator_id)), meta={"csrf": False})
    try:
        if not form.validate():
            raise RuleBroken("lost", say("The result could not be put back. Write it down again."))
        service.write_reading(
            db(), actor(), indicator_id, form.to_values(), today=clock.today(), now=clock.now()
        )
    except RuleBroken as error:
        return go("indicators.indicator_page", indicator_id=indicator_id, notice=error.text, kind="error")
    return go("indicators.indicator_page", indicator_id=indicator_id, notice=say("The result is saved."))


def _about(indicator_id: int) -> str:
    return f"undo:reading:{indicator_id}"
