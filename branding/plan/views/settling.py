"""What one does with an activity beside its form: done, called off, moved, copied, and all of it undone."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import jsonify, request, url_for

from branding.core import clock
from branding.core.errors import Conflict, RuleBroken
from branding.core.text import Text, say
from branding.plan.forms.activities import DayForm, DoneForm, number
from branding.plan.queries.activities import activity_by_id
from branding.plan.service import activities as service
from branding.plan.service import settling
from branding.plan.views.activities import EDIT, go_to_month, undo_of
from branding.plan.views.blueprint import bp
from branding.web.guards import actor, requires
from branding.web.i18n import short_day, translate
from branding.web.pages import go, go_to, page
from branding.web.safe_address import own_address
from branding.web.transaction import db, roll_back


@bp.post("/content-plan/activities/<int:activity_id>/done")
@requires(EDIT)
def mark_done(activity_id: int) -> Any:
    """One tap; with a link when there is one."""
    form = DoneForm()
    one = settling.mark_done(
        db(), actor(), activity_id, form.seen_at.data or "", today=clock.today(), now=clock.now()
    )
    notice = say("“%(title)s” is done. Well done.", title=one.title)
    return go_to(_back(activity_id), notice=notice, undo=undo_of(one))


@bp.post("/content-plan/activities/<int:activity_id>/cancel")
@requires(EDIT)
def cancel_activity(activity_id: int) -> Any:
    one = settling.cancel_activity(db(), actor(), activity_id, now=clock.now())
    notice = say("“%(title)s” is called off.", title=one.title)
    return go_to(_back(activity_id), notice=notice, undo=undo_of(one))


@bp.post("/content-plan/activities/<int:activity_id>/take-back")
@requires(EDIT)
def take_back(activity_id: int) -> Any:
    """Undo done or called off."""
    version = request.args.get("version", 0, type=int)
    one = settling.take_back(db(), actor(), activity_id, version, now=clock.now())
    notice = say("“%(title)s” is as it was before.", title=one.title)
    return go("plan.activity_page", activity_id=activity_id, notice=notice)


@bp.route("/content-plan/activities/<int:activity_id>/move", methods=["GET", "POST"])
@requires(EDIT)
def move_activity_page(activity_id: int) -> Any:
    """The same as dragging it, for those who do not drag."""
    service.editable(db(), actor(), activity_id)
    one, form = activity_by_id(db(), activity_id), DayForm()
    if form.validate_on_submit():
        try:
            moved = _move(activity_id, form.day.data, number(form.version))
        except RuleBroken as error:
            form.refuse(error)
        else:
            undo = url_for("plan.move_back", activity_id=activity_id, to=one.starts_on, version=moved.version)
            return go_to_month(moved, _moved(moved.title, moved.starts_on), undo)
    if request.method == "GET":
        form.day.data, form.version.data = one.starts_on, str(one.version)
    return page("plan/move.html", form=form, one=one, status=form.status)


@bp.post("/content-plan/activities/<int:activity_id>/move-back")
@requires(EDIT)
def move_back(activity_id: int) -> Any:
    """Undo a move."""
    try:
        to = date.fromisoformat(request.args.get("to", ""))
    except ValueError:
        raise RuleBroken("bad_day", say("Choose a day.")) from None
    one = _move(activity_id, to, request.args.get("version", 0, type=int))
    return go_to_month(one, say("“%(title)s” is as it was before.", title=one.title))


@bp.post("/content-plan/activities/<int:activity_id>/drag")
@requires(EDIT)
def drag_activity(activity_id: int) -> Any:
    """From the month: the answer is shown in place.  A no is an answer too."""
    try:
        day = date.fromisoformat(request.form.get("day", ""))
        one = _move(activity_id, day, request.form.get("version", 0, type=int))
    except (RuleBroken, Conflict) as error:
        roll_back()
        return _told(error.text, is_done=False)
    except ValueError:
        return _told(say("Choose a day."), is_done=False)
    return _told(_moved(one.title, one.starts_on), is_done=True, version=one.version)


@bp.post("/content-plan/activities/<int:activity_id>/copy")
@requires(EDIT)
def copy_activity(activity_id: int) -> Any:
    """The same once more on another day, open to be put right."""
    form = DayForm()
    if not form.validate_on_submit() or form.day.data is None:
        raise RuleBroken("bad_day", say("Choose a day."))
    made = settling.copy_activity(
        db(), actor(), activity_id, form.day.data, today=clock.today(), now=clock.now()
    )
    undo = url_for("plan.cancel_activity", activity_id=made)
    return go("plan.activity_page", activity_id=made, notice=say("This is the copy."), undo=undo)


def _move(activity_id: int, day: date | None, version: int) -> Any:
    assert day is not None
    return service.move_activity(db(), actor(), activity_id, day, version, now=clock.now())


def _moved(title: str, day: date) -> Text:
    return say("“%(title)s” now begins %(day)s.", title=title, day=short_day(day))


def _back(activity_id: int) -> str:
    """The page of ours that the button stood on."""
    return own_address(request.form.get("back", ""), url_for("plan.activity_page", activity_id=activity_id))


def _told(text: Text, *, is_done: bool, version: int = 0) -> Any:
    return jsonify(text=str(translate(text)), is_done=is_done, version=version)
