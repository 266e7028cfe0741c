"""How it went: the host's three questions, and what the network reads."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import url_for

from branding.core import clock, policy
from branding.core.errors import Conflict, RuleBroken
from branding.core.text import say
from branding.organisation import queries as organisation
from branding.takeovers import queries
from branding.takeovers.forms import EvaluationForm
from branding.takeovers.service import evaluations as service
from branding.takeovers.values import LinkLife
from branding.takeovers.views.blueprint import bp
from branding.takeovers.views.shown import units
from branding.web.guards import actor, requires
from branding.web.pages import go, page
from branding.web.transaction import db

#: How far back the page looks.
_PERIOD = timedelta(days=364)


@bp.route("/my-week/evaluation", methods=["GET", "POST"])
@requires("takeovers:host:week")
def evaluation_page() -> Any:
    """Open for two weeks after the last day; a second answer gets the first one back."""
    form, host = EvaluationForm(), queries.host_view(db(), actor().id or 0)
    if form.validate_on_submit():
        try:
            service.evaluate(db(), actor(), form.to_values(), today=clock.today(), now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        except Conflict:
            return _evaluation(form, host, status=409)
        else:
            return go("takeovers.evaluation_page", notice=say("Thank you! The next host reads it."))
    if queries.host_link_life(db(), host.id, clock.today()) == LinkLife.WEEK:
        return go("drafts.week_page", notice=say("You can answer when your days are over."), kind="info")
    return _evaluation(form, host, status=form.status)


def _evaluation(form: EvaluationForm, host: Any, *, status: int) -> Any:
    takeover = queries.takeover_view(db(), host.takeover_id)
    return page(
        "takeovers/evaluation.html",
        form=form,
        host=host,
        takeover=takeover,
        answered=queries.find_evaluation_of(db(), host.id),
        is_second=status == 409,
        unit=units()[takeover.unit_id],
        profile=organisation.profile_by_id(db(), takeover.profile_id),
        contact=organisation.find_organisation(db()),
        status=status,
    )


@bp.get("/evaluations")
@requires("takeovers:evaluation:view")
def evaluations_page() -> Any:
    """Three figures, a chart and every answer; no host's name."""
    last = clock.today()
    figures, answers = service.figures_of(db(), last - _PERIOD, last)
    sees_hidden = policy.may(actor(), "takeovers:evaluation:hide")
    return page(
        "takeovers/evaluations.html",
        figures=figures,
        answers=answers,
        sees_hidden=sees_hidden,
        units=units(),
        first=last - _PERIOD,
        last=last,
    )


@bp.post("/evaluations/<int:evaluation_id>/hide")
@requires("takeovers:evaluation:hide")
def hide_advice(evaluation_id: int) -> Any:
    service.hide_advice(db(), actor(), evaluation_id, now=clock.now())
    undo = url_for("takeovers.show_advice", evaluation_id=evaluation_id)
    return go("takeovers.evaluations_page", notice=say("The advice is not passed on."), undo=undo)


@bp.post("/evaluations/<int:evaluation_id>/show")
@requires("takeovers:evaluation:hide")
def show_advice(evaluation_id: int) -> Any:
    service.show_advice(db(), actor(), evaluation_id, now=clock.now())
    return go("takeovers.evaluations_page", notice=say("The advice is passed on again."))
