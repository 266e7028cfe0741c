"""People's accounts: who has which role, and for which area."""

from __future__ import annotations

from typing import Any

from flask import url_for

from branding.accounts import queries as account_queries
from branding.accounts import service as accounts
from branding.accounts.values import ROLE_MEANINGS, ROLE_NAMES, PersonView
from branding.accounts.views import letters
from branding.core import clock
from branding.core.errors import RuleBroken
from branding.core.text import say, say_n
from branding.organisation import queries, service
from branding.organisation.forms import PersonForm, offered
from branding.organisation.values import UnitKind
from branding.organisation.views.blueprint import bp
from branding.web.guards import actor, requires
from branding.web.i18n import translate
from branding.web.pages import go, page
from branding.web.transaction import db


@bp.get("/people")
@requires("accounts:user:manage")
def people_page() -> Any:
    units = {unit.id: unit for unit in queries.units(db(), archived=True)}
    return page(
        "organisation/people.html", people=account_queries.people(db()), units=units, role_names=ROLE_NAMES
    )


@bp.route("/people/new", methods=["GET", "POST"])
@requires("accounts:user:manage")
def invite_page() -> Any:
    form = PersonForm()
    _offer(form)
    if form.validate_on_submit():
        try:
            service.invite_person(db(), actor(), form.to_values(), letters.invitation, now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            notice = say("%(name)s has been invited by mail.", name=form.name.data)
            return go("organisation.people_page", notice=notice)
    return page("organisation/invite.html", form=form, status=form.status)


@bp.route("/people/<int:user_id>", methods=["GET", "POST"])
@requires("accounts:user:manage")
def person_page(user_id: int) -> Any:
    person = account_queries.person(db(), user_id)
    form = PersonForm(data=_values(person))
    _offer(form, person)
    if form.validate_on_submit():
        try:
            service.change_person(
                db(), actor(), user_id, form.to_values(), form.version.data or 0, now=clock.now()
            )
        except RuleBroken as error:
            form.refuse(error)
        else:
            return go("organisation.people_page", notice=say("%(name)s is saved.", name=form.name.data))
    return page(
        "organisation/person.html",
        form=form,
        person=person,
        sign_ins=account_queries.open_sign_ins(db(), user_id, clock.now()),
        invited_until=account_queries.invitation_ends_at(db(), user_id) if person.is_invited else None,
        status=form.status,
    )


def _values(person: PersonView) -> dict[str, Any]:
    return {
        "name": person.name,
        "email": person.email,
        "roles": list(person.roles),
        "areas": list(person.area_ids),
        "version": person.version,
    }


def _offer(form: PersonForm, person: PersonView | None = None) -> None:
    """The roles with what they are for, and the areas in use with those the person has."""
    own = person.area_ids if person else frozenset()
    every = queries.units(db(), archived=True)
    said = {role: f"{translate(name)}: {translate(ROLE_MEANINGS[role])}" for role, name in ROLE_NAMES.items()}
    form.roles.choices = offered((role.value, words) for role, words in said.items())
    form.areas.choices = offered(
        (unit.id, unit.name)
        for unit in every
        if unit.kind == UnitKind.AREA and (not unit.is_archived or unit.id in own)
    )


@bp.post("/people/<int:user_id>/invitation")
@requires("accounts:user:manage")
def send_invitation_again(user_id: int) -> Any:
    accounts.send_invitation_again(db(), actor(), user_id, letters.invitation, now=clock.now())
    return _back(user_id, say("The invitation has been sent again. The earlier link no longer works."))


@bp.post("/people/<int:user_id>/withdraw")
@requires("accounts:user:manage")
def withdraw_invitation(user_id: int) -> Any:
    name = account_queries.person(db(), user_id).name
    accounts.withdraw_invitation(db(), actor(), user_id, now=clock.now())
    return go("organisation.people_page", notice=say("The invitation to %(name)s is withdrawn.", name=name))


@bp.post("/people/<int:user_id>/deactivate")
@requires("accounts:user:manage")
def deactivate(user_id: int) -> Any:
    name = account_queries.person(db(), user_id).name
    accounts.deactivate(db(), actor(), user_id, now=clock.now())
    undo = url_for("organisation.reactivate", user_id=user_id)
    notice = say("%(name)s can no longer sign in, and is signed out everywhere.", name=name)
    return go("organisation.people_page", notice=notice, undo=undo)


@bp.post("/people/<int:user_id>/reactivate")
@requires("accounts:user:manage")
def reactivate(user_id: int) -> Any:
    name = account_queries.person(db(), user_id).name
    accounts.reactivate(db(), actor(), user_id, now=clock.now())
    return go("organisation.people_page", notice=say("%(name)s can sign in again.", name=name))


@bp.post("/people/<int:user_id>/end-sign-ins")
@requires("accounts:user:manage")
def end_sign_ins(user_id: int) -> Any:
    count = accounts.end_sign_ins(db(), actor(), user_id, now=clock.now())
    return _back(user_id, say_n("Signed out on one device.", "Signed out on %(num)s devices.", count))


@bp.post("/people/<int:user_id>/second-step/reset")
@requires("accounts:user:manage")
def reset_second_step(user_id: int) -> Any:
    """For somebody who has lost both the phone and the codes on paper."""
    try:
        accounts.reset_second_step(db(), actor(), user_id, now=clock.now())
    except RuleBroken as error:
        return go("organisation.person_page", user_id=user_id, notice=error.text, kind="error")
    return _back(user_id, say("Two-step sign-in is reset, and the person is signed out everywhere."))


def _back(user_id: int, notice: Any) -> Any:
    return go("organisation.person_page", user_id=user_id, notice=notice)
