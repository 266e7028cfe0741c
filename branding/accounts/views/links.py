"""Links in mails: asking for one, and coming in by one.  A GET never uses a link up."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import request

from branding.accounts import queries, service
from branding.accounts.forms import ButtonForm, LinkForm, NewPasswordForm
from branding.accounts.values import LinkPurpose, LinkView
from branding.accounts.views import letters
from branding.accounts.views.blueprint import bp
from branding.accounts.views.entering import enter, told_device
from branding.core import clock
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.web.guards import public
from branding.web.limits import SECRET_TRIES, limiter
from branding.web.pages import go, page
from branding.web.transaction import db


@bp.route("/sign-in/link", methods=["GET", "POST"])
@limiter.limit(SECRET_TRIES, methods=["POST"])
@public
def link_request_page() -> Any:
    form = LinkForm()
    if request.method == "GET":
        form.next.data = request.args.get("next", "")[:500]
    if form.validate_on_submit():
        write = partial(letters.sign_in_link, wanted=form.next.data or "")
        service.ask_for_link(db(), form.email.data, write, now=clock.now())
        return go("accounts.link_sent_page")
    return page("accounts/link_request.html", form=form, status=form.status)


@bp.get("/sign-in/link/sent")
@public
def link_sent_page() -> Any:
    """The same page whether or not anybody has the address."""
    return page("accounts/link_sent.html")


@bp.route("/sign-in/link/<string:token>", methods=["GET", "POST"])
@limiter.limit(SECRET_TRIES, methods=["POST"])
@public
def link_page(token: str) -> Any:
    form, link = ButtonForm(), _link(token, LinkPurpose.SIGN_IN)
    if link is None:
        return page("accounts/link_used.html", status=410)
    if form.validate_on_submit():
        entered = service.follow_link(db(), token, device=told_device(), now=clock.now())
        return enter(entered, request.args.get("next", ""))
    return page("accounts/link.html", form=form, status=form.status)


@bp.route("/invitations/<string:token>", methods=["GET", "POST"])
@limiter.limit(SECRET_TRIES, methods=["POST"])
@public
def invitation_page(token: str) -> Any:
    form, link = NewPasswordForm(), _link(token, LinkPurpose.INVITATION)
    if link is None:
        return page("accounts/invitation_used.html", status=410)
    if form.validate_on_submit():
        try:
            return _accept(token, form.password.data)
        except RuleBroken as error:
            form.refuse(error)
    return page("accounts/invitation.html", form=form, link=link, token=token, status=form.status)


@bp.post("/invitations/<string:token>/without-password")
@limiter.limit(SECRET_TRIES)
@public
def accept_without_password(token: str) -> Any:
    if _link(token, LinkPurpose.INVITATION) is None:
        return page("accounts/invitation_used.html", status=410)
    return _accept(token, None)


def _accept(token: str, password: str | None) -> Any:
    entered = service.accept_invitation(db(), token, password, device=told_device(), now=clock.now())
    return enter(entered, notice=say("Welcome to Stafet."))


def _link(token: str, purpose: LinkPurpose) -> LinkView | None:
    found = queries.find_link(db(), token, now=clock.now())
    return found if found is not None and found.purpose == purpose else None
