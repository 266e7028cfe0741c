"""Moving a post, sending it at once, taking it out of the plan and putting it back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask import jsonify, request, url_for

from branding.consent.values.names import CHANNELS
from branding.core import clock
from branding.core.errors import Conflict, RuleBroken
from branding.core.text import Text, say
from branding.drafts.values.drafts import Standing
from branding.organisation import queries as organisation
from branding.publishing.forms.moving import ButtonForm, MoveForm, moment
from branding.publishing.queries.standing import publication_view
from branding.publishing.service import planning, timing
from branding.publishing.service.planning import PLAN, Planned
from branding.publishing.values.plan import PublicationView
from branding.publishing.views.blueprint import bp
from branding.publishing.views.plan import move_form, suggestions_for
from branding.web.guards import actor, requires
from branding.web.i18n import translate
from branding.web.pages import go, page
from branding.web.transaction import db, roll_back

_OUT = say("The post goes out in a moment.")


@bp.route("/publishing/<id:publication_id>/move", methods=["GET", "POST"])
@requires(PLAN)
def move_page(publication_id: str) -> Any:
    """Another day and time; the gate's no is shown with what to do about it."""
    form, standing = MoveForm(), None
    if form.validate_on_submit():
        try:
            due_at = form.due_at()
            timing.check_ahead(due_at, clock.now())
            before = _seen(publication_id)
            planned = planning.move_to(
                db(), actor(), publication_id, due_at, form.version_number, now=clock.now()
            )
        except RuleBroken as error:
            form.refuse(error)
        else:
            if planned.is_done:
                return _moved(before, planned)
            assert planned.decision is not None
            standing = timing.as_standing(planned.decision, due_at)
    return _form_shown(publication_id, form, standing)


def _form_shown(publication_id: str, form: MoveForm, standing: Standing | None) -> Any:
    one = _seen(publication_id)
    if not form.is_submitted():
        form = move_form(one)
    return page(
        "publishing/move.html",
        status=form.status,
        one=one,
        form=form,
        button=ButtonForm(version=str(one.version), formdata=None),
        standing=standing,
        suggestions=suggestions_for(one),
        profile=organisation.profile_by_id(db(), one.profile_id),
        channels=CHANNELS,
    )


@bp.post("/publishing/<id:publication_id>/move-to")
@requires(PLAN)
def move_to(publication_id: str) -> Any:
    """One tap on a suggested time, and undo."""
    form = ButtonForm()
    try:
        before = _seen(publication_id)
        version = _version(form, before)
        planned = planning.move_to(db(), actor(), publication_id, _wanted(form), version, now=clock.now())
    except (RuleBroken, Conflict) as error:
        return _back(publication_id, error.text, kind="error")
    if not planned.is_done:
        return _back(publication_id, _first_no(planned), kind="warning")
    return _moved(before, planned)


@bp.post("/publishing/<id:publication_id>/drag")
@requires(PLAN)
def drag(publication_id: str) -> Any:
    """From the calendar: the answer is shown in place.  A no is an answer too."""
    try:
        before = _seen(publication_id)
        day = date.fromisoformat(request.form.get("day", ""))
        text = request.form.get("time") or f"{clock.local(before.due_at):%H:%M}"
        due_at = moment(day, text)
        timing.check_ahead(due_at, clock.now())
        version = request.form.get("version", 0, type=int)
        planned = planning.move_to(db(), actor(), publication_id, due_at, version, now=clock.now())
    except (RuleBroken, Conflict) as error:
        roll_back()
        return _told(error.text, is_done=False)
    except ValueError:
        return _told(say("Choose a day."), is_done=False)
    if not planned.is_done:
        return _told(_first_no(planned), is_done=False)
    return _told(_notice(planned), is_done=True, version=_seen(publication_id).version)


@bp.route("/publishing/<id:publication_id>/now", methods=["GET", "POST"])
@requires(PLAN)
def now_page(publication_id: str) -> Any:
    """What cannot be undone is asked about once."""
    form = ButtonForm()
    if form.validate_on_submit():
        now = clock.now()
        try:
            planned = planning.move_to(db(), actor(), publication_id, now, form.version_number, now=now)
        except RuleBroken as error:
            return _back(publication_id, error.text, kind="error")
        if not planned.is_done:
            return _back(publication_id, _first_no(planned), kind="warning")
        return _back(publication_id, _OUT)
    one, row = _seen(publication_id), timing.seen_by(db(), actor(), publication_id)
    return page(
        "publishing/now.html",
        one=one,
        form=ButtonForm(version=str(one.version), formdata=None),
        standing=timing.standing_at(db(), row, clock.now(), now=clock.now()),
        profile=organisation.profile_by_id(db(), one.profile_id),
        channels=CHANNELS,
    )


@bp.post("/publishing/<id:publication_id>/off")
@requires(PLAN)
def take_off(publication_id: str) -> Any:
    """Out of the plan; the post stays approved, and undo puts it back."""
    before = _seen(publication_id)
    version = _version(ButtonForm(), before)
    try:
        planning.take_off(db(), actor(), publication_id, version, now=clock.now())
    except (RuleBroken, Conflict) as error:
        return _back(publication_id, error.text, kind="error")
    return _back(publication_id, say("The post is taken out of the plan."), undo=_undo(before))


def _moved(before: PublicationView, planned: Planned) -> Any:
    return _back(before.id, _notice(planned), undo=_undo(before))


def _notice(planned: Planned) -> Text:
    one = _seen(planned.publication_id)
    local = clock.local(one.due_at)
    said = {"day": local.date(), "time": f"{local:%H.%M}"}
    if planned.warnings:
        return say("Moved to %(day)s at %(time)s. %(warning)s", warning=planned.warnings[0], **said)
    return say("Moved to %(day)s at %(time)s.", **said)


def _undo(before: PublicationView) -> str | None:
    """The time it had, while that is still ahead; what was out of the plan goes out of it again."""
    version = _seen(before.id).version
    if not before.is_planned:
        return url_for("publishing.take_off", publication_id=before.id, version=version)
    if before.due_at <= clock.now():
        return None
    at = f"{clock.local(before.due_at):%Y-%m-%dT%H:%M}"
    return url_for("publishing.move_to", publication_id=before.id, at=at, version=version)


def _version(form: ButtonForm, before: PublicationView) -> int:
    """What the button was made from; an undo button has it in its address."""
    return form.version_number or request.args.get("version", 0, type=int) or before.version


def _wanted(form: ButtonForm) -> datetime:
    """From the button, or from the address of an undo button."""
    form.at.data = form.at.data or request.args.get("at", "")
    timing.check_ahead(form.moment, clock.now())
    return form.moment


def _first_no(planned: Planned) -> Text:
    from_gate = planned.decision.reasons if planned.decision is not None else ()
    return timing.first_sentence(from_gate) or say("It cannot go out then.")


def _told(text: Text, *, is_done: bool, version: int = 0) -> Any:
    return jsonify({"is_done": is_done, "text": str(translate(text)), "version": version})


def _back(publication_id: str, notice: Text, *, kind: str = "success", undo: str | None = None) -> Any:
    return go(
        "publishing.publication_page", publication_id=publication_id, notice=notice, kind=kind, undo=undo
    )


def _seen(publication_id: str) -> PublicationView:
    row = timing.seen_by(db(), actor(), publication_id)
    return publication_view(db(), row, clock.now())
