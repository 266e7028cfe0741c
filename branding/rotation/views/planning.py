"""Asking the planner: fill a period, replan after a dropout, copy a year.  Each answer is a proposal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import request
from flask_babel import gettext as _

from branding.core import clock
from branding.core.errors import RuleBroken
from branding.core.isoweek import Week
from branding.rotation import queries, service
from branding.rotation.forms import CopyYearForm, FillForm, ReplanForm, fill_form
from branding.rotation.values import PlanView
from branding.rotation.values.planning import CopyRequest, FillRequest, ProposalKind, ReplanRequest
from branding.rotation.views import choices
from branding.rotation.views.blueprint import bp
from branding.rotation.views.holidays import LARGEST_ID
from branding.web.guards import actor, requires
from branding.web.pages import go, page
from branding.web.transaction import db


@bp.route("/plans/<int:plan_id>/fill", methods=["GET", "POST"])
@requires("rotation:plan:edit")
def fill_page(plan_id: int) -> Any:
    """One form; the answer is a proposal, and nothing is written before it is used."""
    plan = queries.plan_view(db(), plan_id)
    this_week = Week.of(clock.today())
    wanted = service.suggested_fill(db(), plan_id, this_week)
    form = _fill_form(plan, wanted)
    if form.validate_on_submit():
        try:
            wanted = form.to_values()
            proposal_id = service.propose_fill(db(), actor(), plan_id, wanted, now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            return go("rotation.proposal_page", proposal_id=proposal_id)
    elif request.method == "GET":
        earlier = _earlier(plan_id, ProposalKind.FILL)
        wanted = service.fill_from(earlier) if earlier else wanted
        form.fill_in(wanted)
    around = service.ground(db(), plan_id, wanted.first, max(wanted.first, wanted.last))
    units = choices.units_by_id()
    return page("rotation/fill.html", form=form, plan=plan, around=around, units=units, status=form.status)


@bp.route("/plans/<int:plan_id>/replan", methods=["GET", "POST"])
@requires("rotation:plan:edit")
def replan_page(plan_id: int) -> Any:
    """Who drops out and from when; or only whether blocked weeks have come that turns lie in."""
    plan = queries.plan_view(db(), plan_id)
    form = ReplanForm()
    form.offer([(0, _("Nobody: only move turns out of blocked weeks")), *_units_of_turns(plan_id)])
    if form.validate_on_submit():
        try:
            made = service.propose_replan(db(), actor(), plan_id, form.to_values(), now=clock.now())
            service.keep_objections(db(), actor(), made, now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            return go("rotation.proposal_page", proposal_id=made)
    elif request.method == "GET":
        earlier = _earlier(plan_id, ProposalKind.REPLAN)
        next_week = Week.of(clock.today()) + 1
        form.fill_in(service.replan_from(earlier) if earlier else ReplanRequest(next_week))
    return page("rotation/replan.html", form=form, plan=plan, status=form.status)


@bp.route("/plans/<int:plan_id>/copy", methods=["GET", "POST"])
@requires("rotation:plan:edit")
def copy_plan_page(plan_id: int) -> Any:
    """A year's order in another year, in this plan or in a new one."""
    plan = queries.plan_view(db(), plan_id)
    years = sorted({slot.block.first.year for slot in queries.slots_of_plan(db(), plan_id)}, reverse=True)
    alike = [one for one in queries.plans(db()) if one.area_id == plan.area_id]
    form = CopyYearForm()
    form.offer(years, [(0, _("A new plan")), *((one.id, one.name) for one in alike)])
    if form.validate_on_submit():
        try:
            proposal_id = service.propose_copy(db(), actor(), plan_id, form.to_values(), now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            return go("rotation.proposal_page", proposal_id=proposal_id)
    elif request.method == "GET" and years:
        earlier = _earlier(plan_id, ProposalKind.COPY)
        this = Week.of(clock.today()).year
        year = this if this in years else years[0]
        suggested = CopyRequest(year, max(this, year) + 1)
        form.fill_in(_with_free_name(service.copy_from(earlier)) if earlier else suggested)
    return page("rotation/copy_plan.html", form=form, plan=plan, years=years, status=form.status)


@bp.get("/plans/<int:plan_id>/fairness")
@requires("rotation:plan:view")
def fairness_page(plan_id: int) -> Any:
    report = queries.fairness_of(db(), plan_id, Week.of(clock.today()))
    return page(
        "rotation/fairness.html",
        plan=queries.plan_view(db(), plan_id),
        report=report,
        most=max([1, *(one.weeks for one in report.units)]),
        units=choices.units_by_id(),
    )


def _fill_form(plan: PlanView, wanted: FillRequest) -> FillForm:
    units = choices.units_by_id()
    return fill_form({unit_id: units[unit_id].name for unit_id in wanted.shares})


def _earlier(plan_id: int, kind: ProposalKind) -> Mapping[str, Any] | None:
    """What an earlier proposal asked for, when the form is opened to change it."""
    proposal_id = request.args.get("again", 0, int)
    if not 0 < proposal_id <= LARGEST_ID:
        return None
    proposal = queries.proposal_view(db(), proposal_id)
    return proposal.request if (proposal.plan_id, proposal.kind) == (plan_id, kind) else None


def _with_free_name(wanted: CopyRequest) -> CopyRequest:
    """A name that has been taken since is left to be found anew."""
    return replace(wanted, name="") if queries.find_plan_by_name(db(), wanted.name) else wanted


def _units_of_turns(plan_id: int) -> list[tuple[int, str]]:
    """Those with a turn that has not begun."""
    coming = {slot.unit_id for slot in queries.slots_of_plan(db(), plan_id) if slot.starts_on > clock.today()}
    return [(unit.id, unit.name) for unit in choices.units_by_id().values() if unit.id in coming]
