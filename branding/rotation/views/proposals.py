"""A proposal: how good it is, the year as a picture, and the buttons that use it or put it away."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import jsonify, request, url_for

from branding.core import clock
from branding.core.errors import Conflict, RuleBroken
from branding.core.isoweek import Week
from branding.core.text import Text, say, say_n
from branding.rotation import queries, service
from branding.rotation.values.planning import ProposalKind, ProposalState, ProposalView
from branding.rotation.views import choices
from branding.rotation.views.blueprint import bp
from branding.web.guards import actor, requires
from branding.web.i18n import translate
from branding.web.pages import go, page
from branding.web.transaction import db, roll_back

#: When a search has not begun after so many seconds, nobody may be there to do it.
_PATIENCE = 60
_AIMS = {
    "empty": say("fewest empty weeks"),
    "changed": say("fewest changes"),
    "without": say("a turn for everybody"),
    "spread": say("even shares"),
    "missed": say("most wishes"),
    "apart": say("as even as can be"),
    "crowded": say("turns far apart"),
}


@bp.get("/plan-proposals/<int:proposal_id>")
@requires("rotation:plan:edit")
def proposal_page(proposal_id: int) -> Any:
    return _page(proposal_id)


@bp.get("/plan-proposals/<int:proposal_id>/progress")
@requires("rotation:plan:edit")
def proposal_progress(proposal_id: int) -> Any:
    """What the page asks for while it waits."""
    proposal = queries.proposal_view(db(), proposal_id)
    text = str(translate(_progress(proposal, clock.now())))
    return jsonify(text=text, is_under_way=proposal.is_under_way)


@bp.post("/plan-proposals/<int:proposal_id>/use")
@requires("rotation:plan:edit")
def use_proposal(proposal_id: int) -> Any:
    """Everything at once, with one undo; what has changed meanwhile is said on the page itself."""
    chosen = "best" if request.form.get("answer") == "best" else "greedy"
    try:
        plan_id = service.use_proposal(db(), actor(), proposal_id, chosen, now=clock.now())
    except Conflict as error:
        roll_back()
        return _page(proposal_id, error.text, status=409)
    except RuleBroken as error:
        roll_back()
        return _page(proposal_id, error.text, status=400)
    undo = url_for("rotation.undo_proposal", proposal_id=proposal_id)
    return go("rotation.plan_page", plan_id=plan_id, notice=service.use_told(db(), proposal_id), undo=undo)


@bp.post("/plan-proposals/<int:proposal_id>/undo")
@requires("rotation:plan:edit")
def undo_proposal(proposal_id: int) -> Any:
    plan_id = queries.proposal_view(db(), proposal_id).target_id
    try:
        service.undo_proposal(db(), actor(), proposal_id, now=clock.now())
    except (Conflict, RuleBroken) as error:
        # A redirect is an answer that saves: half an undo must not stay.
        roll_back()
        return go("rotation.plan_page", plan_id=plan_id, notice=error.text, kind="error")
    return go("rotation.plan_page", plan_id=plan_id, notice=say("The plan is as it was before."))


@bp.post("/plan-proposals/<int:proposal_id>/discard")
@requires("rotation:plan:edit")
def discard_proposal(proposal_id: int) -> Any:
    proposal = queries.proposal_view(db(), proposal_id)
    try:
        service.discard_proposal(db(), actor(), proposal_id, now=clock.now())
    except Conflict as error:
        roll_back()
        return go("rotation.plan_page", plan_id=proposal.plan_id, notice=error.text, kind="error")
    notice = say("The proposal is discarded. The plan is as it was.")
    return go("rotation.plan_page", plan_id=proposal.plan_id, notice=notice)


@bp.post("/plan-proposals/<int:proposal_id>/again")
@requires("rotation:plan:edit")
def propose_again(proposal_id: int) -> Any:
    """The same question on the plan as it is now; ``gap`` and ``length`` take the nearest rules instead."""
    proposal = queries.proposal_view(db(), proposal_id)
    gap, length = request.form.get("gap", type=int), request.form.get("length", type=int)
    try:
        made = service.propose_again(db(), actor(), proposal, gap=gap, length=length, now=clock.now())
        if proposal.kind is ProposalKind.REPLAN:
            service.keep_objections(db(), actor(), made, now=clock.now())
    except RuleBroken as error:
        roll_back()
        return go("rotation.plan_page", plan_id=proposal.plan_id, notice=error.text, kind="error")
    return go("rotation.proposal_page", proposal_id=made)


def _page(proposal_id: int, said: Text | None = None, *, status: int = 200) -> Any:
    proposal, today = queries.proposal_view(db(), proposal_id), Week.of(clock.today())
    is_stale = not proposal.has_ended and service.is_stale(db(), proposal, today)
    is_open = not proposal.has_ended and not is_stale
    shown = service.proposal_page(db(), proposal, today) if is_open else None
    in_the_way = {slot_id for slot_id, _why in shown.objections} if shown else set()
    return page(
        "rotation/proposal.html",
        proposal=proposal,
        plan=queries.plan_view(db(), proposal.plan_id),
        shown=shown,
        is_stale=is_stale,
        said=said,
        progress=_progress(proposal, clock.now()),
        units=choices.units_by_id(),
        slots={s.id: s for s in queries.slots_of_plan(db(), proposal.plan_id) if s.id in in_the_way},
        status=status,
    )


def _progress(proposal: ProposalView, now: datetime) -> Text:
    """Where the search stands, in one line."""
    state, told = proposal.state, proposal.progress
    if proposal.has_ended:
        return say("The proposal has been used or discarded already.")
    if state is ProposalState.PROVEN:
        return say("Proven: these turns cannot be shared better.")
    if state is ProposalState.BEST_FOUND:
        seconds = round(told.get("seconds", 10))
        return say_n("The best we found in %(num)s second.", "The best we found in %(num)s seconds.", seconds)
    if state is ProposalState.UNAVAILABLE:
        return say("This is the built-in answer. The search for a proven best plan is not installed here.")
    if state is ProposalState.FAILED:
        return say("The search for a better plan did not succeed. This plan keeps every rule all the same.")
    if state is ProposalState.WAITING:
        if (now - proposal.made_at).total_seconds() > _PATIENCE:
            return say("The search for a better plan has not begun. This one keeps every rule.")
        return say("We are about to look for a better plan …")
    seconds = max(0, round((now - datetime.fromisoformat(told["began"])).total_seconds()))
    if "aim" not in told:
        return say("We are looking for a better plan: %(seconds)s s …", seconds=seconds)
    return say(
        "We are looking for a better plan: %(seconds)s s, %(aim)s (%(best)s so far, at best %(bound)s) …",
        seconds=seconds,
        aim=_AIMS[told["aim"]],
        best=told["best"],
        bound=told["bound"],
    )
