"""Who may be shown at all, legal assessments, and the time limits."""

from __future__ import annotations

from typing import Any

from flask import request, url_for

from branding.consent.forms.policies import ABOVE, AssessmentForm, PolicyForm, RulesForm
from branding.consent.queries import policies as queries
from branding.consent.queries.settings import consent_rules
from branding.consent.service import assessments, policies
from branding.consent.values.names import CHANNELS, OPENNESS, POLICY_KINDS, PURPOSES
from branding.consent.values.policies import Openness, PolicyKind
from branding.consent.values.rulebook import AssessmentView, SetPolicy
from branding.consent.views.blueprint import bp
from branding.core import clock
from branding.core.errors import Missing, RuleBroken
from branding.core.text import Text, say
from branding.organisation import queries as organisation
from branding.organisation.values import UnitView
from branding.web.guards import actor, requires
from branding.web.i18n import translate
from branding.web.pages import go, page
from branding.web.transaction import db

_NAMES = {
    "kinds": POLICY_KINDS,
    "openness": OPENNESS,
    "purposes": PURPOSES,
    "channels": CHANNELS,
}


@bp.get("/consent/policy")
@requires("consent:policy:view")
def policy_page() -> Any:
    """What holds for whom, and where it comes from."""
    today = clock.today()
    units = organisation.units(db())
    found = queries.assessments(db())
    return page(
        "consent/policies.html",
        rows=queries.policy_table(db(), units, found, today),
        near=[one for one in found if one.is_near(today)],
        kinds=list(PolicyKind),
        units={unit.id: unit for unit in units},
        names=_NAMES,
    )


@bp.route("/consent/policy/edit", methods=["GET", "POST"])
@requires("consent:policy:edit")
def edit_policy_page() -> Any:
    """One kind of person in one unit, or in the whole organisation."""
    unit, kind = _unit_and_kind()
    cell = queries.policy_cell(db(), unit, kind)
    form = PolicyForm(data={"openness": (cell.own or ABOVE), "version": cell.version})
    unit_id = None if unit is None else unit.id
    if unit is None:
        form.nothing_stands_above()
    if form.validate_on_submit():
        wanted = form.to_values(unit_id, kind)
        before = policies.set_policy(db(), actor(), wanted, now=clock.now())
        undo = url_for("consent.undo_policy", unit=unit_id, kind=kind, openness=before or ABOVE)
        return go("consent.policy_page", notice=say("Saved."), undo=undo)
    return page(
        "consent/policies_edit.html",
        form=form,
        unit=unit,
        kind=kind,
        cell=cell,
        names=_NAMES,
        status=form.status,
    )


@bp.post("/consent/policy/undo")
@requires("consent:policy:edit")
def undo_policy() -> Any:
    """Back to what stood there before."""
    unit, kind = _unit_and_kind()
    told = request.args.get("openness", ABOVE)
    openness = Openness(told) if told in set(Openness) else None
    version = queries.policy_cell(db(), unit, kind).version
    wanted = SetPolicy(None if unit is None else unit.id, kind, openness, version)
    policies.set_policy(db(), actor(), wanted, now=clock.now())
    return go("consent.policy_page", notice=say("Undone."))


def _unit_and_kind() -> tuple[UnitView | None, PolicyKind]:
    kind = request.args.get("kind", "")
    if kind not in set(PolicyKind):
        raise Missing("policy_kind", kind)
    told = request.args.get("unit")
    if told is None:
        return None, PolicyKind(kind)
    # What is no unit's number must not be taken for the whole organisation.
    units = {str(unit.id): unit for unit in organisation.units(db(), archived=True)}
    if told not in units:
        raise Missing("unit", told)
    return units[told], PolicyKind(kind)


@bp.get("/consent/assessments")
@requires("consent:policy:view")
def assessments_page() -> Any:
    return page(
        "consent/assessments.html",
        assessments=queries.assessments(db()),
        units={unit.id: unit for unit in organisation.units(db(), archived=True)},
        names=_NAMES,
    )


@bp.route("/consent/assessments/new", methods=["GET", "POST"])
@requires("consent:assessment:edit")
def new_assessment_page() -> Any:
    """``?renew=`` begins with what an earlier one says."""
    form = AssessmentForm(data=_renewed())
    units = organisation.units(db())
    form.unit_ids.choices = [
        (unit.id, unit.name if unit.id == unit.area_id else f"{unit.area_short_name} · {unit.name}")
        for unit in units
    ]
    if form.validate_on_submit():
        try:
            assessment_id = assessments.register_assessment(
                db(), actor(), form.to_values(), today=clock.today(), now=clock.now()
            )
        except RuleBroken as error:
            form.refuse(error)
        else:
            return go(
                "consent.assessment_page",
                assessment_id=assessment_id,
                notice=_registered(queries.assessment_by_id(db(), assessment_id)),
            )
    return page("consent/assessment_form.html", form=form, status=form.status)


def _registered(found: AssessmentView) -> Text:
    """That it opens, or whom it cannot open for: those whom the unit is closed to."""
    units = _units_of(found)
    closed = [
        kind
        for kind in found.kinds
        if any(queries.policy_cell(db(), unit, kind).openness is Openness.FORBIDDEN for unit in units)
    ]
    if not closed:
        return say("The assessment is registered. It opens from now on.")
    names = ", ".join(str(translate(POLICY_KINDS[kind])) for kind in closed)
    return say(
        "Registered. %(kinds)s: still closed. The data protection officer must open under Who may be shown.",
        kinds=names,
    )


def _renewed() -> dict[str, Any] | None:
    renew = request.args.get("renew", "")
    if not renew:
        return None
    old = queries.assessment_by_id(db(), renew)
    return {
        "decided_by": old.decided_by,
        "unit_ids": list(old.unit_ids),
        "kinds": list(old.kinds),
        "purposes": list(old.purposes),
        "channels": list(old.channels),
        "guardian_alone": old.guardian_alone,
        **dict(old.answers),
    }


@bp.get("/consent/assessments/<id:assessment_id>")
@requires("consent:policy:view")
def assessment_page(assessment_id: str) -> Any:
    found = queries.assessment_by_id(db(), assessment_id)
    return page(
        "consent/assessment.html",
        assessment=found,
        units=_units_of(found),
        people=queries.people_covered(
            db(), found, organisation.ids_under(db(), found.unit_ids), clock.today()
        ),
        names=_NAMES,
    )


def _units_of(found: AssessmentView) -> list[UnitView]:
    return [unit for unit in organisation.units(db(), archived=True) if unit.id in found.unit_ids]


@bp.post("/consent/assessments/<id:assessment_id>/end")
@requires("consent:assessment:edit")
def end_assessment(assessment_id: str) -> Any:
    assessments.end_assessment(db(), actor(), assessment_id, now=clock.now())
    return go(
        "consent.assessment_page",
        assessment_id=assessment_id,
        notice=say("The assessment has ended. What it opened is closed."),
        undo=url_for("consent.reopen_assessment", assessment_id=assessment_id),
    )


@bp.post("/consent/assessments/<id:assessment_id>/reopen")
@requires("consent:assessment:edit")
def reopen_assessment(assessment_id: str) -> Any:
    assessments.reopen_assessment(db(), actor(), assessment_id, now=clock.now())
    notice = say("The assessment is open again.")
    return go("consent.assessment_page", assessment_id=assessment_id, notice=notice)


@bp.get("/consent/time-limits")
@requires("consent:policy:view")
def time_limits_page() -> Any:
    """The organisation's time limits and choices, each with what it means."""
    form = RulesForm(obj=consent_rules(db()))
    return page("consent/rules.html", form=form)


@bp.route("/consent/time-limits/edit", methods=["GET", "POST"])
@requires("consent:policy:edit")
def edit_time_limits_page() -> Any:
    form = RulesForm(obj=consent_rules(db()))
    if form.validate_on_submit():
        try:
            policies.set_rules(db(), actor(), form.to_values(), now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            return go("consent.time_limits_page", notice=say("Saved."))
    return page("consent/rules_edit.html", form=form, status=form.status)
