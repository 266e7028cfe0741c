"""One activity: its page with the form, and a new one."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import request, url_for

from branding.core import clock, policy
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.plan.forms.activities import ActivityForm, DoneForm
from branding.plan.queries.activities import activity_by_id
from branding.plan.queries.ambassadors import kits_of_activity
from branding.plan.queries.channels import channels
from branding.plan.queries.formats import format_by_id
from branding.plan.service import activities as service
from branding.plan.values import ACTIVITY_KINDS, LOOKS, ActivityView
from branding.plan.views import choices
from branding.plan.views.blueprint import bp
from branding.plan.views.plan import VIEW
from branding.web.guards import actor, requires
from branding.web.pages import go, page
from branding.web.transaction import db

EDIT = service.EDIT


@bp.route("/content-plan/activities/new", methods=["GET", "POST"])
@requires(EDIT)
def new_activity_page() -> Any:
    """Empty, or with what the address says: a slot to fill, a day, a channel, an initiative."""
    form = ActivityForm(data=_asked_for()) if request.method == "GET" else ActivityForm()
    choices.offer(form, EDIT)
    if form.validate_on_submit():
        try:
            made = service.add_activity(db(), actor(), form.to_values(), now=clock.now(), today=clock.today())
        except RuleBroken as error:
            form.refuse(error)
        else:
            return go_to_month(
                activity_by_id(db(), made), say("“%(title)s” is in the plan.", title=form.title.data)
            )
    return page("plan/new_activity.html", form=form, has_channels=bool(channels(db())), status=form.status)


def _asked_for() -> dict[str, Any]:
    """A slot brings what its format says; otherwise a day and a channel."""
    on, data = _day(request.args.get("on", "")) or clock.today(), {"state": "planned"}
    found: dict[str, Any] = {**data, "starts_on": on}
    found["channel_id"] = request.args.get("channel", type=int) or choices.usual_channel()
    found["initiative_ref"] = request.args.get("initiative", "")[:64]
    format_id = request.args.get("format", type=int)
    if format_id:
        one = format_by_id(db(), format_id)
        found |= {
            "title": one.title,
            "channel_id": one.channel.id,
            "kind": one.kind.value,
            "at": f"{one.at:%H.%M}" if one.at else "",
            "unit_id": one.unit_id or 0,
            "audience": one.audience,
            "goal": one.goal,
            "responsible_id": one.responsible_id or 0,
            "responsible_name": "" if one.responsible_id else one.responsible,
            "format_id": one.id,
            "slot_on": on.isoformat(),
        }
    return found


@bp.route("/content-plan/activities/<int:activity_id>", methods=["GET", "POST"])
@requires(VIEW)
def activity_page(activity_id: int) -> Any:
    """For those who may change it the form, for the others what it says."""
    one = activity_by_id(db(), activity_id)
    may_edit = policy.may(actor(), EDIT) and policy.covers(actor(), EDIT, one.unit_id)
    if not may_edit:
        if request.method == "POST":
            policy.check(actor(), EDIT, one.unit_id, thing="plan_activity", key=activity_id)
        return _shown(one, None)
    form = ActivityForm(data=_as_data(one)) if request.method == "GET" else ActivityForm()
    choices.offer(form, EDIT, channel_id=one.channel.id, unit_id=one.unit_id, user_id=one.responsible_id)
    if form.validate_on_submit():
        try:
            service.change_activity(
                db(), actor(), activity_id, form.to_values(), now=clock.now(), today=clock.today()
            )
        except RuleBroken as error:
            form.refuse(error)
        else:
            return go("plan.activity_page", activity_id=activity_id, notice=say("Saved."))
    return _shown(one, form)


def _shown(one: ActivityView, form: ActivityForm | None) -> Any:
    return page(
        "plan/activity.html",
        status=form.status if form else 200,
        one=one,
        form=form,
        done_form=DoneForm(formdata=None, seen_at=one.link),
        units=choices.units_by_id(),
        format=format_by_id(db(), one.format_id) if one.format_id else None,
        kits=kits_of_activity(db(), one.id),
        looks=LOOKS,
        kinds=ACTIVITY_KINDS,
    )


def _as_data(one: ActivityView) -> dict[str, Any]:
    return {
        "title": one.title,
        "channel_id": one.channel.id,
        "kind": one.kind.value,
        "unit_id": one.unit_id or 0,
        "at": f"{one.at:%H.%M}" if one.at else "",
        "audience": one.audience,
        "goal": one.goal,
        "responsible_id": one.responsible_id or 0,
        "responsible_name": "" if one.responsible_id else one.responsible,
        "version": str(one.version),
        "starts_on": one.starts_on,
        # Empty means the same day: it follows when only the first is changed.
        "ends_on": one.ends_on if one.ends_on != one.starts_on else None,
        "state": one.status.value,
        "link": one.link,
        "note": one.note,
        "initiative_ref": one.initiative_ref or "",
    }


def go_to_month(one: ActivityView, notice: Any, undo: str | None = None) -> Any:
    """Back to the plan, where the activity stands."""
    day = one.starts_on
    return go("plan.plan_page", year=day.year, month=day.month, notice=notice, undo=undo)


def undo_of(one: ActivityView) -> str:
    return url_for("plan.take_back", activity_id=one.id, version=one.version)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
