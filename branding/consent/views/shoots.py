"""Shoots: one code for an afternoon, the list that fills, and blank forms for where there is no net."""

from __future__ import annotations

from typing import Any

from flask import url_for

from branding.consent import sheets, texts
from branding.consent.forms.requests import BlanksForm, JoinForm, ShootForm
from branding.consent.queries import requests as request_queries
from branding.consent.queries import shoots as queries
from branding.consent.queries.wording import blanks
from branding.consent.service import shoots as service
from branding.consent.service import standings
from branding.consent.values.people import Kind
from branding.consent.values.records import Audience, SignerRole, Target
from branding.consent.values.requests import ShootView
from branding.consent.views.blueprint import bp
from branding.consent.views.requests import CHOICE_NAMES, pdf_answer, qr
from branding.consent.views.signing import ANSWERS, in_danish
from branding.consent.views.units import own_units, unit_choices
from branding.core import clock, policy
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.organisation import queries as organisation
from branding.web.guards import actor, public, requires
from branding.web.limits import limiter
from branding.web.pages import go, page
from branding.web.stafet import stafet
from branding.web.transaction import db

_ASK = "consent:consent:ask"


@bp.get("/consent/shoots")
@requires(_ASK)
def shoots_page() -> Any:
    mine = {unit.id: unit for unit in own_units(_ASK)}
    return page(
        "consent/shoots.html",
        shoots=queries.shoots_of_units(db(), list(mine)),
        open_requests=request_queries.open_requests(db(), list(mine), clock.now()),
        units={unit.id: unit for unit in organisation.units(db(), archived=True)},
        has_units=bool(mine),
    )


@bp.route("/consent/shoots/new", methods=["GET", "POST"])
@requires(_ASK)
def new_shoot_page() -> Any:
    form = ShootForm(data={"held_on": clock.today()})
    form.unit_id.choices = unit_choices(_ASK)
    if form.validate_on_submit():
        try:
            shoot_id = service.add_shoot(db(), actor(), form.to_values(), now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            return go(
                "consent.shoot_page", shoot_id=shoot_id, notice=say("Ready. Show the code to everybody.")
            )
    return page("consent/shoot_form.html", form=form, status=form.status)


def shoot_for(shoot_id: str) -> ShootView:
    """A shoot of the actor's units."""
    found = queries.shoot_by_id(db(), shoot_id)
    policy.check(actor(), _ASK, found.unit_id, thing="shoot", key=shoot_id)
    return found


@bp.get("/consent/shoots/<id:shoot_id>")
@requires(_ASK)
def shoot_page(shoot_id: str) -> Any:
    return _show(shoot_for(shoot_id), BlanksForm())


def _show(shoot: ShootView, form: BlanksForm) -> Any:
    asked = standings.asked_about(db(), Target.SHOOT, shoot.id, now=clock.now())
    return page(
        "consent/shoot.html",
        shoot=shoot,
        unit=organisation.unit_by_id(db(), shoot.unit_id),
        asked=sorted(asked, key=lambda one: one.at, reverse=True),
        takes_answers=queries.takes_answers(shoot, clock.now()),
        code=qr(_address(shoot)),
        choice_names=CHOICE_NAMES,
        form=form,
        status=form.status,
    )


def _address(shoot: ShootView) -> str:
    token = queries.token_of(db(), shoot.id)
    return stafet().settings.base_url + url_for("consent.join_shoot_page", token=token)


@bp.get("/consent/shoots/<id:shoot_id>/sheet.pdf")
@requires(_ASK)
def shoot_sheet(shoot_id: str) -> Any:
    """The code on one A4, to hang up or hand round."""
    shoot = shoot_for(shoot_id)
    unit = organisation.unit_by_id(db(), shoot.unit_id)
    content = sheets.shoot_sheet(shoot.title, unit.name, shoot.place, shoot.held_on, _address(shoot))
    return pdf_answer(content, "qr")


@bp.post("/consent/shoots/<id:shoot_id>/blanks")
@requires(_ASK)
def print_blanks(shoot_id: str) -> Any:
    """Forms for paper, each with a code of its own."""
    shoot, form = shoot_for(shoot_id), BlanksForm()
    if not form.validate_on_submit():
        return _show(shoot, form)
    kind = Kind(form.kind.data)
    codes = service.blank_forms(db(), actor(), shoot_id, kind, form.count.data or 0, now=clock.now())
    filled = blanks(db(), shoot.unit_id, shoot.lasts_until)
    form_id = service.blank_form_id(shoot, kind, clock.now())
    text = texts.form(form_id).asking(shoot.offered.choices).filled(filled)
    forms = [sheets.Form(text, SignerRole.SELF)]
    if kind is Kind.CITIZEN:  # the whole text, for those who want it
        forms.append(sheets.Form(texts.newest(Audience.CITIZEN_FULL).filled(filled)))
    printed = [sheets.Sheet(code, shoot.title, tuple(forms)) for code in codes]
    return pdf_answer(sheets.paper_forms(printed), f"blanket-{len(codes)}")


@bp.post("/consent/shoots/<id:shoot_id>/close")
@requires(_ASK)
def close_shoot(shoot_id: str) -> Any:
    service.close_shoot(db(), actor(), shoot_id, now=clock.now())
    undo = url_for("consent.reopen_shoot", shoot_id=shoot_id)
    return go("consent.shoot_page", shoot_id=shoot_id, notice=say("The code is closed."), undo=undo)


@bp.post("/consent/shoots/<id:shoot_id>/reopen")
@requires(_ASK)
def reopen_shoot(shoot_id: str) -> Any:
    service.reopen_shoot(db(), actor(), shoot_id, now=clock.now())
    return go("consent.shoot_page", shoot_id=shoot_id, notice=say("The code is open again."))


@bp.route("/shoot/<token>", methods=["GET", "POST"])
@public
@limiter.limit(ANSWERS)
@in_danish
def join_shoot_page(token: str) -> Any:
    """Everybody who is there: a first name, and on to the own answer."""
    shoot, form = queries.find_shoot(db(), token), JoinForm()
    if shoot is None or not queries.takes_answers(shoot, clock.now()):
        return page("consent/shoot_closed.html", status=404 if shoot is None else 410, is_known=bool(shoot))
    unit = organisation.unit_by_id(db(), shoot.unit_id)
    if form.validate_on_submit() and not form.website.data:
        try:
            secret = service.join(db(), shoot, Kind(form.kind.data), form.label.data or "", now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            return go("consent.sign_page", token=secret)
    return page("consent/shoot_join.html", form=form, shoot=shoot, unit=unit, status=form.status)
