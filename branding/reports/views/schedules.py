"""Reports that are sent by themselves: the list, the form, on and off, and one now."""

from __future__ import annotations

from typing import Any

from flask import request, url_for

from branding.core import clock
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.organisation import queries as organisation
from branding.organisation.values import UnitView
from branding.reports.forms.schedules import ScheduleForm
from branding.reports.queries import archive as queries
from branding.reports.service import scheduling as service
from branding.reports.values.orders import KEPT_FORMS, TITLES, Kind
from branding.reports.values.schedules import Rhythm, ScheduleView, Span
from branding.reports.views.blueprint import bp
from branding.web.guards import actor, requires
from branding.web.i18n import translate
from branding.web.pages import go, page
from branding.web.transaction import db


@bp.get("/reports/schedules")
@requires(service.EDIT)
def schedules_page() -> Any:
    found, today = queries.schedules(db()), clock.today()
    return page(
        "reports/schedules.html",
        schedules=found,
        titles=TITLES,
        rhythms=service.RHYTHMS,
        spans=service.SPANS,
        lasts=queries.last_files(db()),
        nexts={one.id: service.next_run(one.asked.rhythm, today) for one in found},
    )


@bp.route("/reports/schedules/new", methods=["GET", "POST"])
@requires(service.EDIT)
def new_schedule_page() -> Any:
    wanted = request.args.get("kind")
    form = _form(ScheduleForm(kind=wanted if wanted in set(Kind) else None, mails=actor().email))
    if form.validate_on_submit():
        try:
            service.add_schedule(db(), actor(), form.to_values(), today=clock.today(), now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            return go("reports.schedules_page", notice=say("Saved. It is made the next time by itself."))
    title = translate(say("A report that is sent by itself"))
    return page("reports/schedule.html", status=form.status, form=form, title=title)


@bp.route("/reports/schedules/<int:schedule_id>", methods=["GET", "POST"])
@requires(service.EDIT)
def schedule_page(schedule_id: int) -> Any:
    now = queries.schedule_view(queries.schedule_by_id(db(), schedule_id))
    form = _form(ScheduleForm(**_filled(now)))
    if form.validate_on_submit():
        try:
            service.change_schedule(
                db(), actor(), schedule_id, form.to_values(), today=clock.today(), now=clock.now()
            )
        except RuleBroken as error:
            form.refuse(error)
        else:
            return go("reports.schedules_page", notice=say("Saved."))
    title = translate(TITLES[now.asked.kind])
    return page("reports/schedule.html", status=form.status, form=form, title=title)


@bp.post("/reports/schedules/<int:schedule_id>/switch")
@requires(service.EDIT)
def switch_schedule(schedule_id: int) -> Any:
    is_on = request.args.get("to") == "on"
    service.switch(db(), actor(), schedule_id, is_on, today=clock.today(), now=clock.now())
    back = url_for("reports.switch_schedule", schedule_id=schedule_id, to="off" if is_on else "on")
    notice = say("It is sent again.") if is_on else say("It is not sent any more.")
    return go("reports.schedules_page", notice=notice, undo=back)


@bp.post("/reports/schedules/<int:schedule_id>/run")
@requires(service.EDIT)
def run_schedule(schedule_id: int) -> Any:
    """Once now, to the same people, whatever its day is."""
    file_id = service.run_now(db(), actor(), schedule_id, today=clock.today(), now=clock.now())
    return go(
        "reports.file_page", file_id=file_id, notice=say("It is made now, and sent as soon as it is ready.")
    )


def _form(form: ScheduleForm) -> ScheduleForm:
    form.kind.choices = [(kind.value, translate(title)) for kind, title in TITLES.items()]
    form.rhythm.choices = [(one.value, translate(service.RHYTHMS[one])) for one in Rhythm]
    form.span.choices = [(one.value, translate(service.SPANS[one])) for one in Span]
    units = [(str(unit.id), _chosen_as(unit)) for unit in organisation.units(db())]
    form.unit.choices = [("", translate(say("Everybody"))), *units]
    form.form.choices = [(one.value, translate(one.word)) for one in KEPT_FORMS]
    return form


def _chosen_as(unit: UnitView) -> str:
    """An afdeling says which specialområde it belongs to."""
    own = unit.short_name or unit.name
    return own if unit.id == unit.area_id else f"{unit.area_short_name} · {own}"


def _filled(now: ScheduleView) -> dict[str, Any]:
    asked = now.asked
    return {
        "kind": asked.kind.value,
        "rhythm": asked.rhythm.value,
        "span": asked.span.value,
        "unit": str(asked.unit_id or ""),
        "form": asked.form.value,
        "mails": "\n".join(asked.mails),
        "for_leaders": asked.for_leaders,
        "as_link": asked.as_link,
        "version": str(asked.version),
    }
