"""One's own account: name, language, password, and where one is signed in."""

from __future__ import annotations

from typing import Any

from flask import session

from branding.accounts import queries, service
from branding.accounts.forms import ChangePasswordForm, OwnForm
from branding.accounts.values import ROLE_NAMES
from branding.accounts.views.blueprint import bp
from branding.accounts.views.entering import leave, this_sign_in
from branding.core import clock
from branding.core.errors import RuleBroken
from branding.core.text import say, say_n
from branding.web.guards import actor, requires
from branding.web.limits import SECRET_TRIES, limiter
from branding.web.pages import go, page
from branding.web.transaction import db


@bp.route("/account", methods=["GET", "POST"])
@requires("accounts:self:manage")
def account_page() -> Any:
    signed_in = this_sign_in()
    person = queries.person(db(), signed_in.user_id)
    form = OwnForm(obj=person)
    if form.validate_on_submit():
        service.change_own(db(), actor(), form.to_values(), now=clock.now())
        session["language"] = form.language.data
        return go("accounts.account_page", notice=say("Your account has been saved."))
    sign_ins = queries.open_sign_ins(db(), signed_in.user_id, clock.now())
    return page(
        "accounts/account.html",
        form=form,
        person=person,
        sign_ins=sign_ins,
        second_step=queries.second_step_view(db(), signed_in.user_id),
        this_id=signed_in.sign_in_id,
        role_names=ROLE_NAMES,
        status=form.status,
    )


@bp.route("/account/password", methods=["GET", "POST"])
@limiter.limit(SECRET_TRIES, methods=["POST"])
@requires("accounts:self:manage")
def password_page() -> Any:
    signed_in = this_sign_in()
    person = queries.person(db(), signed_in.user_id)
    form = ChangePasswordForm()
    if form.validate_on_submit():
        try:
            service.change_password(
                db(), actor(), signed_in, form.current.data or "", form.password.data, now=clock.now()
            )
        except RuleBroken as error:
            form.refuse(error)
        else:
            return go(
                "accounts.account_page",
                notice=say("Your password has been changed, and you are signed out everywhere else."),
            )
    return page(
        "accounts/password.html",
        form=form,
        person=person,
        needs_current=service.needs_current(signed_in, has_password=person.has_password, now=clock.now()),
        status=form.status,
    )


@bp.post("/account/sign-ins/<int:sign_in_id>/end")
@requires("accounts:self:manage")
def end_sign_in(sign_in_id: int) -> Any:
    is_this = this_sign_in().sign_in_id == sign_in_id
    service.end_own_sign_in(db(), actor(), sign_in_id, now=clock.now())
    if is_this:
        leave()
        return go("accounts.sign_in_page", notice=say("You have signed out."))
    return go("accounts.account_page", notice=say("That device is signed out."))


@bp.post("/account/sign-ins/end-others")
@requires("accounts:self:manage")
def end_other_sign_ins() -> Any:
    count = service.end_other_sign_ins(db(), actor(), this_sign_in(), now=clock.now())
    notice = say_n("One other device is signed out.", "%(num)s other devices are signed out.", count)
    return go("accounts.account_page", notice=notice if count else say("You were signed in here only."))
