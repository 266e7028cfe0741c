"""Something went wrong: one button on a live post, the list of cases, and one case."""

from __future__ import annotations

from typing import Any

from branding.core import clock, policy
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.drafts.queries.who import names_of
from branding.publishing.forms.incidents import YES, CaseForm, DecideForm, ReportForm
from branding.publishing.forms.moving import ButtonForm
from branding.publishing.queries import incidents as queries
from branding.publishing.queries.down import history
from branding.publishing.queries.publications import elsewhere, publication_row
from branding.publishing.queries.standing import publication_view
from branding.publishing.service import incidents, taking_down
from branding.publishing.views.blueprint import bp
from branding.publishing.views.takedowns import around
from branding.web.guards import actor, requires
from branding.web.pages import go, page
from branding.web.transaction import db

#: Two forms on one page: their fields must not have the same ids.
_DECISION = "decision"


@bp.route("/publishing/<id:publication_id>/something-wrong", methods=["GET", "POST"])
@requires(incidents.MANAGE)
def report_incident_page(publication_id: str) -> Any:
    """What happens, and one button; words can wait."""
    form, now = ReportForm(), clock.now()
    row = publication_row(db(), publication_id)
    policy.check(actor(), incidents.MANAGE, row.unit_id, thing="publication", key=publication_id)
    one = publication_view(db(), row, now)
    if form.validate_on_submit():
        try:
            case_id = incidents.report(db(), actor(), publication_id, form.what.data or "", now=now)
        except RuleBroken as error:
            form.refuse(error)
        else:
            notice = say("The post comes down now. Write here what happened.")
            return go("publishing.incident_page", incident_id=case_id, notice=notice)
    by_itself = taking_down.can_be_asked(row)
    return page(
        "publishing/incident_report.html",
        status=form.status,
        form=form,
        one=one,
        by_itself=by_itself,
        others=elsewhere(db(), row),
        **around([one]),
    )


@bp.get("/publishing/incidents")
@requires(incidents.MANAGE)
def incidents_page() -> Any:
    """Open cases first."""
    units = None if policy.covers(actor(), incidents.MANAGE, None) else actor().units
    found = queries.incidents(db(), units)
    rows = {one.id: publication_row(db(), one.publication_id) for one in found}
    now = clock.now()
    posts = {key: publication_view(db(), row, now) for key, row in rows.items()}
    return page(
        "publishing/incidents.html", found=found, posts=posts, now=now, **around(list(posts.values()))
    )


@bp.get("/publishing/incidents/<id:incident_id>")
@requires(incidents.MANAGE)
def incident_page(incident_id: str) -> Any:
    return _shown(incident_id)


@bp.post("/publishing/incidents/<id:incident_id>/words")
@requires(incidents.MANAGE)
def write_incident(incident_id: str) -> Any:
    """What happened, and who was told."""
    form = CaseForm()
    if form.validate_on_submit():
        what, told = form.what.data or "", form.told.data or ""
        try:
            incidents.write(db(), actor(), incident_id, what, told, form.version_number, now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            return go("publishing.incident_page", incident_id=incident_id, notice=say("Saved."))
    return _shown(incident_id, words=form)


@bp.post("/publishing/incidents/<id:incident_id>/decision")
@requires(incidents.DECIDE)
def decide_incident(incident_id: str) -> Any:
    """Whether the authority is told."""
    form = DecideForm(prefix=_DECISION)
    if form.validate_on_submit():
        try:
            incidents.decide(
                db(),
                actor(),
                incident_id,
                is_reported=form.answer.data == YES,
                because=form.because.data or "",
                case_number=form.case_number.data or "",
                version=form.version_number,
                now=clock.now(),
            )
        except RuleBroken as error:
            form.refuse(error)
        else:
            notice = say("The decision is written down, and the clock has stopped.")
            return go("publishing.incident_page", incident_id=incident_id, notice=notice)
    return _shown(incident_id, decision=form)


@bp.post("/publishing/incidents/<id:incident_id>/close")
@requires(incidents.MANAGE)
def close_incident(incident_id: str) -> Any:
    """Nothing is left to do."""
    form = ButtonForm()
    try:
        incidents.close(db(), actor(), incident_id, form.version_number, now=clock.now())
    except RuleBroken as error:
        return go("publishing.incident_page", incident_id=incident_id, notice=error.text, kind="error")
    return go("publishing.incidents_page", notice=say("The case is closed."))


def _shown(incident_id: str, *, words: CaseForm | None = None, decision: DecideForm | None = None) -> Any:
    row, now = queries.incident_row(db(), incident_id), clock.now()
    policy.check(actor(), incidents.MANAGE, row.unit_id, thing="incident", key=incident_id)
    case = queries.incident_view(db(), row)
    publication = publication_row(db(), case.publication_id)
    one, version = publication_view(db(), publication, now), str(case.version)
    words = words or CaseForm(formdata=None, what=case.what, told=case.told, version=version)
    decision = decision or DecideForm(formdata=None, prefix=_DECISION, version=version)
    return page(
        "publishing/incident.html",
        status=max(words.status, decision.status),
        case=case,
        one=one,
        duties=history(db(), publication),
        names=names_of(db(), {case.made_by, case.decided_by}),
        words=words,
        decision=decision,
        now=now,
        **around([one]),
    )
