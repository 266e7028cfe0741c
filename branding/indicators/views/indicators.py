"""One indicator: where it stands and stood, and making, changing and ticking it."""

from __future__ import annotations

from typing import Any

from flask import request, url_for

from branding.core import clock
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.indicators.forms.indicators import IndicatorForm, TickForm
from branding.indicators.forms.tree import number_of
from branding.indicators.queries.history import indicator_history
from branding.indicators.queries.pages import drawn_history
from branding.indicators.queries.readings import readings_of
from branding.indicators.queries.tree import indicator_view, node_by_id
from branding.indicators.service import indicators as service
from branding.indicators.service.access import EDIT, VIEW, WRITE
from branding.indicators.values.measures import MEASURE_NAMES, Aim, IndicatorRequest, Kind, Measure
from branding.indicators.values.standing import IndicatorView
from branding.indicators.views.blueprint import bp
from branding.indicators.views.strategy import asked_day
from branding.plan.values import ACTIVITY_KINDS, CHANNEL_KINDS
from branding.web.guards import actor, requires
from branding.web.i18n import translate
from branding.web.pages import go, page
from branding.web.transaction import db


@bp.get("/strategy/indicators/<int:indicator_id>")
@requires(VIEW)
def indicator_page(indicator_id: int) -> Any:
    """The history as columns and as a table, the latest first."""
    one = indicator_view(db(), indicator_id, asked_day())
    history = indicator_history(db(), indicator_id, clock.today())
    by_hand = one.aim.measure is Measure.HAND and one.aim.kind is not Kind.MILESTONE
    tick = TickForm(data={"on": clock.today()})
    return page(
        "indicators/indicator.html",
        one=one,
        initiative=node_by_id(db(), one.facts.initiative_id),
        history=history,
        chart=drawn_history(history, one.aim),
        readings={row.first: row for row in readings_of(db(), indicator_id)} if by_hand else {},
        by_hand=by_hand,
        measures=MEASURE_NAMES,
        counts=what_counts(one.aim),
        tick=tick if one.aim.kind is Kind.MILESTONE else None,
    )


@bp.route("/strategy/initiatives/<int:node_id>/indicators/new", methods=["GET", "POST"])
@requires(EDIT)
def new_indicator_page(node_id: int) -> Any:
    """Counted from the first day of this year, unless somebody says otherwise."""
    initiative = node_by_id(db(), node_id)
    form = _form({"begins_on": clock.today().replace(month=1, day=1), "kind": Kind.COUNT.value})
    if form.validate_on_submit():
        try:
            new_id = service.add_indicator(db(), actor(), node_id, form.to_values(), now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            undo = url_for("indicators.put_indicator_away", indicator_id=new_id)
            notice = say("The indicator is added.")
            return go("indicators.indicator_page", indicator_id=new_id, notice=notice, undo=undo)
    back = url_for("indicators.node_page", node_id=node_id)
    return page(
        "indicators/indicator_form.html",
        form=form,
        one=None,
        initiative=initiative,
        back=back,
        status=form.status,
    )


@bp.route("/strategy/indicators/<int:indicator_id>/edit", methods=["GET", "POST"])
@requires(EDIT)
def edit_indicator_page(indicator_id: int) -> Any:
    one = indicator_view(db(), indicator_id, clock.today())
    facts = one.facts
    old = IndicatorRequest(
        facts.name, facts.aim, facts.responsible, facts.note, facts.kind_text, facts.target_text
    )
    form = _form(_data(one))
    if form.validate_on_submit():
        try:
            service.change_indicator(
                db(), actor(), indicator_id, form.to_values(old), number_of(form.version), now=clock.now()
            )
        except RuleBroken as error:
            form.refuse(error)
        else:
            return go("indicators.indicator_page", indicator_id=indicator_id, notice=say("Saved."))
    back = url_for("indicators.indicator_page", indicator_id=indicator_id)
    initiative = node_by_id(db(), facts.initiative_id)
    return page(
        "indicators/indicator_form.html",
        form=form,
        one=one,
        initiative=initiative,
        back=back,
        status=form.status,
    )


@bp.post("/strategy/indicators/<int:indicator_id>/tick")
@requires(WRITE)
def tick_indicator(indicator_id: int) -> Any:
    """A milestone is reached, today or on an earlier day."""
    form = TickForm()
    undo = url_for("indicators.untick_indicator", indicator_id=indicator_id)
    notice, kind = say("The milestone is reached."), "success"
    try:
        if not form.validate():
            raise RuleBroken("no_day", say("Write the day on which it was reached."))
        service.tick(db(), actor(), indicator_id, form.on.data, today=clock.today(), now=clock.now())
    except RuleBroken as error:
        notice, kind, undo = error.text, "error", ""
    return go(
        "indicators.indicator_page", indicator_id=indicator_id, notice=notice, kind=kind, undo=undo or None
    )


@bp.post("/strategy/indicators/<int:indicator_id>/untick")
@requires(WRITE)
def untick_indicator(indicator_id: int) -> Any:
    try:
        service.tick(db(), actor(), indicator_id, None, today=clock.today(), now=clock.now())
    except RuleBroken as error:
        return go("indicators.indicator_page", indicator_id=indicator_id, notice=error.text, kind="error")
    notice = say("The milestone is not reached yet.")
    return go("indicators.indicator_page", indicator_id=indicator_id, notice=notice)


@bp.post("/strategy/indicators/<int:indicator_id>/put-away")
@requires(EDIT)
def put_indicator_away(indicator_id: int) -> Any:
    one = indicator_view(db(), indicator_id, clock.today())
    service.put_indicator_away(db(), actor(), indicator_id, now=clock.now())
    undo = url_for("indicators.bring_indicator_back", indicator_id=indicator_id)
    return go("indicators.map_page", notice=say("“%(name)s” is put away.", name=one.name), undo=undo)


@bp.post("/strategy/indicators/<int:indicator_id>/bring-back")
@requires(EDIT)
def bring_indicator_back(indicator_id: int) -> Any:
    one = indicator_view(db(), indicator_id, clock.today())
    service.bring_indicator_back(db(), actor(), indicator_id, now=clock.now())
    undo = url_for("indicators.put_indicator_away", indicator_id=indicator_id)
    return go("indicators.map_page", notice=say("“%(name)s” is in the map again.", name=one.name), undo=undo)


def _form(data: dict[str, Any]) -> IndicatorForm:
    form = IndicatorForm(data=data if request.method == "GET" else None)
    form.offer(
        [("", translate(say("Choose")))]
        + [(one.value, translate(name)) for one, name in CHANNEL_KINDS.items()],
        [("", translate(say("Choose")))]
        + [(one.value, translate(name)) for one, name in ACTIVITY_KINDS.items()],
    )
    return form


def _data(one: IndicatorView) -> dict[str, Any]:
    aim, facts = one.aim, one.facts
    target = f"{aim.target:f}".replace(".", ",") if aim.target is not None else ""
    return {
        "name": facts.name, "kind": aim.kind.value, "target": target, "unit": aim.unit,
        "period": aim.rhythm.kind.value, "every": aim.rhythm.every, "starts_on": aim.rhythm.first,
        "ends_on": aim.rhythm.last, "begins_on": aim.rhythm.begins_on, "due_on": aim.due_on,
        "measure": aim.measure.value, "channel": aim.counts, "activity": aim.counts,
        "responsible": facts.responsible, "note": facts.note, "version": facts.version,
    }  # fmt: skip


def what_counts(aim: Aim) -> Any:
    """What the measure counts, in words."""
    names = {kind.value: name for kind, name in CHANNEL_KINDS.items()}
    if aim.measure is Measure.ACTIVITY:
        names = {kind.value: name for kind, name in ACTIVITY_KINDS.items()}
    return names.get(aim.counts, aim.counts)
