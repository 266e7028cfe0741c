"""Signing in with a password, and out again."""

from __future__ import annotations

from typing import Any

from flask import request, session

from branding.accounts import service
from branding.accounts.forms import SignInForm
from branding.accounts.service import SignInRefused
from branding.accounts.views.blueprint import bp
from branding.accounts.views.entering import enter, leave, note_refusal, told_device
from branding.core import clock
from branding.core.text import say
from branding.web.guards import actor, public, requires, user
from branding.web.limits import SECRET_TRIES, limiter
from branding.web.pages import go, page
from branding.web.transaction import db


@bp.route("/sign-in", methods=["GET", "POST"])
@limiter.limit(SECRET_TRIES, methods=["POST"])
@public
def sign_in_page() -> Any:
    if request.method == "GET" and not user().is_anonymous:
        return go("home.front_page")
    form = SignInForm()
    if request.method == "GET":
        form.next.data = request.args.get("next", "")[:500]
    if form.validate_on_submit():
        try:
            token = service.sign_in(
                db(), form.email.data, form.password.data, device=told_device(), now=clock.now()
            )
        except SignInRefused as refusal:
            note_refusal(refusal)
            form.refuse(refusal)
        else:
            return enter(token, form.next.data or "")
    return page("accounts/sign_in.html", form=form, status=form.status)


@bp.post("/sign-out")
@requires("accounts:self:manage")
def sign_out() -> Any:
    service.sign_out(db(), actor(), session.get("sign_in", ""), now=clock.now())
    leave()
    return go("accounts.sign_in_page", notice=say("You have signed out."))
