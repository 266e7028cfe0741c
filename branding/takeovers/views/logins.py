"""Lending out a profile's login: the staff's page, and the one where a host sees it."""

from __future__ import annotations

from functools import partial
from typing import Any

from branding.audit.service import record_apart
from branding.core import clock
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.organisation import queries as organisation
from branding.takeovers import queries
from branding.takeovers.forms import ButtonForm, LoginForm
from branding.takeovers.guide import RULES
from branding.takeovers.service import logins as service
from branding.takeovers.values import Login, LoginRefusal
from branding.takeovers.views.blueprint import bp
from branding.web.guards import actor, requires
from branding.web.pages import go, page
from branding.web.stafet import stafet
from branding.web.transaction import afterwards, db


@bp.route("/profiles/<int:profile_id>/login", methods=["GET", "POST"])
@requires("takeovers:login:manage")
def login_page(profile_id: int) -> Any:
    """Turn it on, or enter a new password: neither is ever shown here again."""
    profile, form = organisation.profile_by_id(db(), profile_id), LoginForm()
    if form.validate_on_submit():
        try:
            service.lend_login(db(), actor(), profile_id, form.to_values(), now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            return _back(profile_id, say("The login of @%(handle)s is kept, sealed.", handle=profile.handle))
    login, looks = queries.login_view(db(), profile_id), queries.login_looks(db(), profile_id)
    return page(
        "takeovers/login.html", form=form, profile=profile, login=login, looks=looks, status=form.status
    )


@bp.route("/profiles/<int:profile_id>/login/off", methods=["GET", "POST"])
@requires("takeovers:login:manage")
def login_off_page(profile_id: int) -> Any:
    """Asks first: the password is erased."""
    profile, form = organisation.profile_by_id(db(), profile_id), ButtonForm()
    if form.validate_on_submit():
        service.stop_lending(db(), actor(), profile_id, now=clock.now())
        return _back(profile_id, say("The login is no longer lent out, and the password is erased."))
    return page("takeovers/login_off.html", form=form, profile=profile, status=form.status)


@bp.post("/profiles/<int:profile_id>/login/changed")
@requires("takeovers:login:manage")
def note_login_changed(profile_id: int) -> Any:
    organisation.profile_by_id(db(), profile_id)
    service.note_changed(db(), actor(), profile_id, now=clock.now())
    return _back(profile_id, say("Good. Nobody who had the old password gets in any more."))


def _back(profile_id: int, notice: Any) -> Any:
    return go("takeovers.login_page", profile_id=profile_id, notice=notice)


@bp.route("/my-week/login", methods=["GET", "POST"])
@requires("takeovers:host:week")
def host_login_page() -> Any:
    """The rules first; the button shows the password on this answer only, never in an address."""
    now, today, shown = clock.now(), clock.today(), None
    refusal = service.refusal_for(db(), actor(), today)
    form = ButtonForm()
    if refusal is None and form.validate_on_submit():
        found = service.show_login(db(), actor(), today=today, now=now)
        shown, refusal = (found, None) if isinstance(found, Login) else (None, found)
    if refusal is not None:
        return _refused(refusal)
    takeover = queries.takeover_view(db(), queries.host_view(db(), actor().id or 0).takeover_id)
    return page(
        "takeovers/host_login.html",
        form=form,
        shown=shown,
        rules=RULES,
        takeover=takeover,
        profile=organisation.profile_by_id(db(), takeover.profile_id),
        contact=organisation.find_organisation(db()),
    )


def _refused(refusal: LoginRefusal) -> Any:
    """A plain reason, and a line in the log although nothing else is written."""
    note = partial(record_apart, stafet().database, actor(), "takeovers:login:refused", "host", actor().id)
    afterwards(partial(note, clock.now()))
    contact = organisation.find_organisation(db())
    return page("takeovers/host_login_refused.html", why=refusal, contact=contact, status=403)
