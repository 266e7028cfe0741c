"""The organisation's name and contact, and the way from the example data to an organisation of one's own."""

from __future__ import annotations

from typing import Any

from flask import request

from branding.accounts import service as accounts
from branding.accounts.views.entering import enter, told_device
from branding.core import clock
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.organisation import queries, service
from branding.organisation.forms import ContactForm, StartForm
from branding.organisation.values import StartRequest
from branding.organisation.views.blueprint import bp
from branding.web.guards import actor, requires
from branding.web.pages import go, page
from branding.web.stafet import stafet
from branding.web.transaction import db


@bp.route("/organisation/contact", methods=["GET", "POST"])
@requires("organisation:manage")
def contact_page() -> Any:
    form = ContactForm(obj=queries.find_organisation(db()))
    if form.validate_on_submit():
        try:
            service.set_contact(db(), actor(), form.to_values(), now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            return go("organisation.contact_page", notice=say("Saved. Hosts see it from now on."))
    return page("organisation/contact.html", form=form, status=form.status)


@bp.route("/start-own", methods=["GET", "POST"])
@requires("organisation:manage")
def start_own_page() -> Any:
    found = queries.find_organisation(db())
    if request.method == "GET" and not (found and found.is_demo):
        return go(
            "organisation.organisation_page",
            notice=say("This is your own organisation already."),
            kind="info",
        )
    form = StartForm()
    if request.method == "POST":
        service.check_may_start_own(db(), actor())
    if form.validate_on_submit():
        try:
            service.check_start(db(), actor(), form.to_values())
        except RuleBroken as error:
            form.refuse(error)
        else:
            return _start(form.to_values())
    return page("organisation/start_own.html", form=form, status=form.status)


def _start(wanted: StartRequest) -> Any:
    """Empty, fill and sign in, in one transaction: a failure leaves the example data as it was."""
    now = clock.now()
    stafet().begin_anew(db())
    user_id = service.start_own(db(), wanted, now=now)
    token = accounts.open_session(db(), user_id, device=told_device(), now=now)
    return enter(token, notice=say("This is yours now. Begin with the units, or with a plan."))
