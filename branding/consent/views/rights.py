"""Pages of what people may ask of us: wishes, handing out, erasing."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

from flask import request

from branding.consent.forms.rights import EraseForm, WishForm
from branding.consent.queries import rights as queries
from branding.consent.queries.retention import uses_in_force
from branding.consent.queries.settings import consent_rules
from branding.consent.queries.subjects import subject_by_id
from branding.consent.service import erasing, rights
from branding.consent.values.register import SubjectView
from branding.consent.values.retention import Erased
from branding.consent.views import papers
from branding.consent.views.blueprint import bp
from branding.core import clock, policy
from branding.core.errors import RuleBroken
from branding.core.pdf import pdf
from branding.core.text import say
from branding.organisation import queries as organisation
from branding.web.guards import actor, requires
from branding.web.pages import attachment, go, page
from branding.web.stafet import stafet
from branding.web.transaction import afterwards, db


@bp.route("/consent/people/<id:subject_id>/rights", methods=["GET", "POST"])
@requires("consent:rights:manage")
def rights_page(subject_id: str) -> Any:
    """What the person has asked for, and the buttons that answer it."""
    form = WishForm()
    if request.method == "GET":
        form.received_on.data = clock.today()
    if form.validate_on_submit():
        try:
            rights.note_wish(
                db(), actor(), subject_id, form.to_values(), today=clock.today(), now=clock.now()
            )
        except RuleBroken as error:
            form.refuse(error)
        else:
            return go("consent.rights_page", subject_id=subject_id, notice=say("It is written down."))
    person = _person(subject_id)
    wishes = queries.wishes_of(db(), subject_id)
    return page(
        "consent/rights.html",
        person=person,
        unit=organisation.unit_by_id(db(), person.unit_id),
        form=form,
        wishes=wishes,
        status=form.status,
    )


@bp.post("/consent/people/<id:subject_id>/rights/<id:wish_id>/answered")
@requires("consent:rights:manage")
def answer_wish(subject_id: str, wish_id: str) -> Any:
    rights.answer_wish(db(), actor(), subject_id, wish_id, now=clock.now())
    undo = f"/consent/people/{subject_id}/rights/{wish_id}/open"
    return go("consent.rights_page", subject_id=subject_id, notice=say("Marked as answered."), undo=undo)


@bp.post("/consent/people/<id:subject_id>/rights/<id:wish_id>/open")
@requires("consent:rights:manage")
def reopen_wish(subject_id: str, wish_id: str) -> Any:
    rights.reopen_wish(db(), actor(), subject_id, wish_id, now=clock.now())
    return go("consent.rights_page", subject_id=subject_id, notice=say("It is open again."))


@bp.post("/consent/people/<id:subject_id>/hand-out")
@requires("consent:rights:manage")
def hand_out(subject_id: str) -> Any:
    """Everything about the person as a file; a POST, since the log says that it was handed out."""
    now = clock.now()
    found = rights.hand_out(db(), actor(), subject_id, now=now)
    names = stafet().people_names(
        {one.actor_id for one in found.log if one.actor_kind == "user" and one.actor_id}
    )
    if request.form.get("format") == "json":
        body = json.dumps(papers.access_json(found, names, now), ensure_ascii=False, indent=2).encode()
        return attachment(body, "application/json", "indsigt.json")
    unit = organisation.unit_by_id(db(), found.subject["unit_id"])
    controller = consent_rules(db()).controller
    facts = papers.access_facts(found, names, unit.name, controller, now)
    return attachment(pdf("consent/access.typ", facts, at=now), "application/pdf", "indsigt.pdf")


@bp.route("/consent/people/<id:subject_id>/erase", methods=["GET", "POST"])
@requires("consent:rights:manage")
def erase_page(subject_id: str) -> Any:
    """The one thing here that cannot be undone: asked once, naming what will happen."""
    form = EraseForm()
    if form.validate_on_submit():
        try:
            erased = erasing.erase(db(), actor(), subject_id, now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            afterwards(partial(_finish, erased))
            return go("home.consents_page", notice=say("The person is erased."))
    person = _person(subject_id)
    return page(
        "consent/erase.html",
        person=person,
        form=form,
        uses=uses_in_force(db(), subject_id),
        status=form.status,
    )


def _finish(erased: Erased) -> None:
    """After the answer is saved: a key that is gone cannot be rolled back."""
    with stafet().database.reader() as session:
        if not erasing.still_stands(session, erased):
            erasing.finish(session, erased)


def _person(subject_id: str) -> SubjectView:
    person = subject_by_id(db(), subject_id)
    policy.check(actor(), "consent:rights:manage", person.unit_id, thing="subject", key=subject_id)
    return person
