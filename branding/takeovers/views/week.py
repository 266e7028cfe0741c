"""The host's own pages, opened by the personal link and designed for a phone; drafts has the week itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import request, session

from branding.consent.letters import withdrawn
from branding.consent.values.oral import HOST_LINE
from branding.core import clock
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.organisation import queries as organisation
from branding.takeovers import queries
from branding.takeovers.forms import RulesForm
from branding.takeovers.guide import RULES
from branding.takeovers.service import evaluations
from branding.takeovers.service import week as service
from branding.takeovers.values import LinkLife
from branding.takeovers.views.blueprint import bp
from branding.takeovers.views.shown import units
from branding.web.guards import actor, public, requires
from branding.web.limits import SECRET_TRIES, limiter
from branding.web.pages import go, page
from branding.web.transaction import db


@bp.get("/host/<token>")
@public
@limiter.limit(SECRET_TRIES)
def open_link(token: str) -> Any:
    """Opens the takeover on this device.  Nothing is used up: the link works until two weeks after it."""
    if queries.find_host_actor(db(), token, clock.today()) is None:
        is_known = queries.find_link(db(), token) is not None
        return page("takeovers/link.html", status=410 if is_known else 404, is_known=is_known)
    session.permanent = True
    session["host_link"] = token
    return go("drafts.week_page")


@bp.get("/host")
@public
def link_needed_page() -> Any:
    """Where a host lands whose link has closed since, or who lost it."""
    return page("takeovers/link.html", status=410, is_known=True)


View = TypeVar("View", bound=Callable[..., Any])


def while_open(view: View) -> View:
    """When the days are over, the link opens the evaluation only."""

    @wraps(view)
    def opened(*args: Any, **kwargs: Any) -> Any:
        if queries.host_link_life(db(), _me(), clock.today()) != LinkLife.WEEK:
            return go("takeovers.evaluation_page")
        return view(*args, **kwargs)

    return opened  # type: ignore[return-value]


@bp.get("/my-week/guide")
@requires("takeovers:host:week")
@while_open
def guide_page() -> Any:
    host = queries.host_view(db(), _me())
    takeover = queries.takeover_view(db(), host.takeover_id)
    context = frame(takeover.unit_id, takeover.profile_id)
    return page(
        "takeovers/guide.html",
        **context,
        host=host,
        takeover=takeover,
        advice=evaluations.advice_for(db(), takeover.unit_id),
        units=units(),
        lends_login=queries.login_view(db(), takeover.profile_id).is_on,
    )


@bp.post("/my-week/ready")
@requires("takeovers:host:week")
def say_ready() -> Any:
    service.say_ready(db(), actor(), today=clock.today(), now=clock.now())
    return go("drafts.week_page", notice=say("Lovely. You are ready for your week."))


@bp.route("/my-week/rules", methods=["GET", "POST"])
@requires("takeovers:host:week")
@while_open
def rules_page() -> Any:
    """The rules, line by line; what was accepted stands with its date."""
    form = RulesForm()
    if form.validate_on_submit():
        ticked = {rule.key for rule in RULES if rule.key in request.form}
        try:
            service.accept_rules(db(), actor(), ticked, today=clock.today(), now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            return go("drafts.week_page", notice=say("Thank you. The week is yours."))
    host = queries.host_view(db(), _me())
    takeover = queries.takeover_view(db(), host.takeover_id)
    return page(
        "takeovers/rules.html",
        **frame(takeover.unit_id, takeover.profile_id),
        host=host,
        takeover=takeover,
        rules=RULES,
        form=form,
        ticked=request.form,
        host_line=HOST_LINE,
        accepted={
            (row.rule_key, row.rule_version): row.accepted_at for row in queries.acceptances_of(db(), host.id)
        },
        status=form.status,
    )


@bp.post("/my-week/decline")
@requires("takeovers:host:week")
def decline() -> Any:
    service.decline(db(), actor(), tell=withdrawn, today=clock.today(), now=clock.now())
    notice = say("Thank you for telling us. Your coordinator finds another host.")
    return go("drafts.week_page", notice=notice, kind="info")


def _me() -> int:
    me = actor().id
    assert me is not None
    return me


def frame(unit_id: int, profile_id: int) -> dict[str, Any]:
    """What every page of the host shows: workplace, profile and whom to call."""
    return {
        "unit": units()[unit_id],
        "profile": organisation.profile_by_id(db(), profile_id),
        "contact": organisation.find_organisation(db()),
    }
