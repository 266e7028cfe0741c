"""Recurring formats: the list with their next times, one with its form, and its end."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import request, url_for

from branding.core import clock
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.plan.forms.formats import FormatForm
from branding.plan.queries.channels import channels
from branding.plan.queries.formats import format_by_id, formats, gaps, next_slots
from branding.plan.service import formats as service
from branding.plan.service.channels import EDIT
from branding.plan.values import ACTIVITY_KINDS, FormatView
from branding.plan.views import choices
from branding.plan.views.blueprint import bp
from branding.plan.views.plan import VIEW
from branding.web.guards import actor, requires
from branding.web.pages import go, page
from branding.web.transaction import db


@bp.get("/content-plan/formats")
@requires(VIEW)
def formats_page() -> Any:
    today, found = clock.today(), formats(db())
    is_over = {one.id: _ended(one, today) for one in found}
    return page(
        "plan/formats.html",
        used=[one for one in found if not is_over[one.id]],
        ended=[one for one in found if is_over[one.id]],
        ahead={one.id: next_slots(one, today) for one in found},
        gaps=gaps(db(), today),
        units=choices.units_by_id(),
        kinds=ACTIVITY_KINDS,
        has_channels=bool(channels(db())),
    )


def _ended(one: FormatView, today: date) -> bool:
    return one.rhythm.valid_until is not None and one.rhythm.valid_until < today


@bp.route("/content-plan/formats/new", methods=["GET", "POST"])
@requires(EDIT)
def new_format_page() -> Any:
    form = FormatForm()
    _offer(form)
    if form.validate_on_submit():
        try:
            service.add_format(db(), actor(), form.to_values(), now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            notice = say(
                "“%(title)s” comes round from now on. Its open slots stand in the plan.",
                title=form.title.data,
            )
            return go("plan.formats_page", notice=notice)
    elif request.method == "GET":
        form.starts_on.data, form.every.data, form.rhythm.data = clock.today(), 1, "weeks"
        form.channel_id.data = choices.usual_channel()
    return page("plan/format.html", form=form, one=None, status=form.status)


@bp.route("/content-plan/formats/<int:format_id>", methods=["GET", "POST"])
@requires(EDIT)
def format_page(format_id: int) -> Any:
    """Another rhythm counts from today; the past stays as it was."""
    one = format_by_id(db(), format_id)
    form = FormatForm(data=_as_data(one)) if request.method == "GET" else FormatForm()
    _offer(form, one)
    if form.validate_on_submit():
        try:
            service.change_format(
                db(), actor(), format_id, form.to_values(), today=clock.today(), now=clock.now()
            )
        except RuleBroken as error:
            form.refuse(error)
        else:
            return go("plan.formats_page", notice=say("%(name)s is saved.", name=form.title.data))
    is_over = _ended(one, clock.today())
    return page("plan/format.html", form=form, one=one, is_over=is_over, status=form.status)


@bp.post("/content-plan/formats/<int:format_id>/end")
@requires(EDIT)
def end_format(format_id: int) -> Any:
    before = format_by_id(db(), format_id)
    service.end_format(db(), actor(), format_id, today=clock.today(), now=clock.now())
    until = before.rhythm.valid_until
    undo = url_for(
        "plan.resume_format",
        format_id=format_id,
        version=before.version + 1,
        until=until.isoformat() if until else "",
    )
    notice = say("“%(title)s” has ended. What was planned stays.", title=before.title)
    return go("plan.formats_page", notice=notice, undo=undo)


@bp.post("/content-plan/formats/<int:format_id>/resume")
@requires(EDIT)
def resume_format(format_id: int) -> Any:
    """Undo the end."""
    raw = request.args.get("until", "")
    try:
        until = date.fromisoformat(raw) if raw else None
    except ValueError:
        raise RuleBroken("bad_day", say("Choose a day.")) from None
    version = request.args.get("version", 0, type=int)
    service.resume_format(db(), actor(), format_id, until, version, now=clock.now())
    return go("plan.formats_page", notice=say("It comes round again."))


def _offer(form: FormatForm, one: FormatView | None = None) -> None:
    form.rhythm.choices = choices.rhythm_choices()
    choices.offer(
        form,
        EDIT,
        channel_id=one.channel.id if one else 0,
        unit_id=one.unit_id if one else None,
        user_id=one.responsible_id if one else None,
    )


def _as_data(one: FormatView) -> dict[str, Any]:
    return {
        "title": one.title,
        "channel_id": one.channel.id,
        "kind": one.kind.value,
        "rhythm": one.rhythm.rhythm.value,
        "every": one.rhythm.every,
        "weekday": one.rhythm.weekday or 0,
        "starts_on": one.rhythm.anchor_on,
        "until": one.rhythm.valid_until,
        "at": f"{one.at:%H.%M}" if one.at else "",
        "unit_id": one.unit_id or 0,
        "audience": one.audience,
        "goal": one.goal,
        "responsible_id": one.responsible_id or 0,
        "responsible_name": "" if one.responsible_id else one.responsible,
        "version": str(one.version),
    }
