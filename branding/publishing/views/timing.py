"""The first time of an approved post that has none: one tap, or a form."""

from __future__ import annotations

from typing import Any

from flask import url_for

from branding.consent.values.names import CHANNELS
from branding.core import clock
from branding.core.errors import RuleBroken
from branding.core.text import Text, say
from branding.drafts.queries.drafts import draft_view
from branding.drafts.service.access import draft_for
from branding.publishing.forms.moving import ButtonForm, MoveForm
from branding.publishing.service import timing
from branding.publishing.service.planning import PLAN, Planned
from branding.publishing.views.blueprint import bp
from branding.web.guards import actor, requires
from branding.web.pages import go, page
from branding.web.transaction import db

_NOT_THEN = say("It cannot go out then. Open the post to see what stands in the way.")


@bp.post("/publishing/posts/<id:draft_id>/plan")
@requires(PLAN)
def plan_post(draft_id: str) -> Any:
    """One tap on a suggested time."""
    try:
        planned = timing.plan_at(db(), actor(), draft_id, ButtonForm().moment, now=clock.now())
    except RuleBroken as error:
        return go("publishing.plan_page", notice=error.text, kind="error")
    if not planned.is_done:
        return go("publishing.plan_page", notice=_NOT_THEN, kind="warning")
    return _done(planned)


@bp.route("/publishing/posts/<id:draft_id>/time", methods=["GET", "POST"])
@requires(PLAN)
def plan_post_page(draft_id: str) -> Any:
    """Any day and time of the takeover."""
    form, standing = MoveForm(), None
    draft_for(db(), actor(), draft_id, PLAN)
    if form.validate_on_submit():
        try:
            due_at = form.due_at()
            planned = timing.plan_at(db(), actor(), draft_id, due_at, now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            if planned.is_done:
                return _done(planned)
            assert planned.decision is not None
            standing = timing.as_standing(planned.decision, due_at)
    draft = draft_view(db(), draft_id)
    return page(
        "publishing/move.html",
        status=form.status,
        one=None,
        draft_id=draft_id,
        title=draft.title,
        form=form,
        standing=standing,
        suggestions=(),
        channels=CHANNELS,
    )


def _done(planned: Planned) -> Any:
    undo = url_for("publishing.take_off", publication_id=planned.publication_id)
    return go("publishing.plan_page", notice=_said(planned.warnings), undo=undo)


def _said(warnings: tuple[Text, ...]) -> Text:
    """What is odd about the time comes with the notice."""
    if warnings:
        return say("The post is in the plan. %(warning)s", warning=warnings[0])
    return say("The post is in the plan.")
