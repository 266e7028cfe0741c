"""The second step: taking it when one signs in, one's own set-up, and who must have one."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from branding.accounts import queries, service
from branding.accounts.forms import CodeForm, RequirementForm, SetUpForm
from branding.accounts.service import SignInRefused
from branding.accounts.values import ROLE_NAMES, HalfSignedIn, NewSecondStep, SignedIn, Waits
from branding.accounts.views.blueprint import bp
from branding.accounts.views.entering import enter_fully, note_refusal, this_half, this_sign_in
from branding.core import clock
from branding.core.actor import Role
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.web.guards import actor, public, requires
from branding.web.limits import SECRET_TRIES, limiter
from branding.web.pages import go, page
from branding.web.transaction import db


@bp.route("/sign-in/second-step", methods=["GET", "POST"])
@limiter.limit(SECRET_TRIES, methods=["POST"])
@public
def second_step_page() -> Any:
    """Between the first step and the front page: a code, or setting the second step up."""
    half = this_half()
    if half is None:
        notice = say("Sign in again: it took too long, or you are in already.")
        return go("accounts.sign_in_page", notice=notice, kind="info")
    if half.waits is Waits.SET_UP:
        return _set_up(half.user_id, half.email, half.sign_in_id, None)
    return _take(half)


def _take(half: HalfSignedIn) -> Any:
    form = CodeForm()
    if form.validate_on_submit():
        try:
            service.take_second_step(db(), half, form.code.data or "", now=clock.now())
        except RuleBroken as error:
            _refuse(form, error)
        else:
            return enter_fully()
    return page("accounts/second_step_code.html", form=form, status=form.status)


@bp.get("/sign-in/second-step/done")
@requires("accounts:self:manage")
def second_step_done() -> Any:
    """From the codes for paper on to where the person was heading."""
    return enter_fully()


@bp.route("/account/second-step", methods=["GET", "POST"])
@limiter.limit(SECRET_TRIES, methods=["POST"])
@requires("accounts:self:manage")
def own_second_step_page() -> Any:
    """Set it up; or, when it is on, what one can do with it."""
    signed_in = this_sign_in()
    if queries.find_second_step(db(), signed_in.user_id) is None:
        return _set_up(signed_in.user_id, signed_in.email, signed_in.sign_in_id, signed_in)
    return _managed(CodeForm(formdata=None))


@bp.post("/account/second-step/codes")
@limiter.limit(SECRET_TRIES)
@requires("accounts:self:manage")
def renew_recovery_codes() -> Any:
    form = CodeForm()
    if form.validate_on_submit():
        try:
            codes = service.renew_recovery_codes(db(), actor(), form.code.data or "", now=clock.now())
        except RuleBroken as error:
            _refuse(form, error)
        else:
            return page("accounts/recovery_codes.html", codes=codes, on="accounts.account_page")
    return _managed(form)


@bp.post("/account/second-step/off")
@limiter.limit(SECRET_TRIES)
@requires("accounts:self:manage")
def turn_off_second_step() -> Any:
    form = CodeForm()
    if form.validate_on_submit():
        try:
            service.turn_off_second_step(db(), actor(), form.code.data or "", now=clock.now())
        except RuleBroken as error:
            _refuse(form, error)
        else:
            return go("accounts.account_page", notice=say("Two-step sign-in is off."))
    return _managed(form)


def _refuse(form: CodeForm, error: RuleBroken) -> None:
    if isinstance(error, SignInRefused):
        note_refusal(error)
    form.refuse(error)


def _managed(form: CodeForm) -> Any:
    view = queries.second_step_view(db(), this_sign_in().user_id)
    return page("accounts/second_step.html", view=view, form=form, status=form.status)


def _set_up(user_id: int, email: str, sign_in_id: int, signed_in: SignedIn | None) -> Any:
    """``signed_in`` is None in the middle of signing in, when the first step was taken a moment ago."""
    form = SetUpForm()
    if form.validate_on_submit():
        try:
            if signed_in:
                service.check_present_password(db(), signed_in, form.current.data or "", now=clock.now())
            codes = service.set_up_second_step(
                db(), user_id, sign_in_id, form.sealed.data or "", form.code.data or "", now=clock.now()
            )
        except RuleBroken as error:
            form.refuse(error)
        else:
            on = "accounts.account_page" if signed_in else "accounts.second_step_done"
            return page("accounts/recovery_codes.html", codes=codes, on=on)
    new = _new(user_id, email, form.sealed.data or "")
    form.sealed.data = new.sealed
    asks = signed_in is not None and service.needs_current(
        signed_in, has_password=queries.person(db(), user_id).has_password, now=clock.now()
    )
    return page(
        "accounts/second_step_set_up.html",
        form=form,
        new=new,
        is_half=signed_in is None,
        asks_password=asks,
        status=form.status,
    )


def _new(user_id: int, email: str, sealed: str) -> NewSecondStep:
    title = _("Picture to scan with the app")
    if sealed:
        return service.same_second_step(db(), user_id, email, title, sealed)
    return service.new_second_step(db(), user_id, email, title)


@bp.route("/people/second-step", methods=["GET", "POST"])
@requires("accounts:user:manage")
def requirements_page() -> Any:
    """Which roles must take it."""
    form = RequirementForm()
    if form.validate_on_submit():
        try:
            roles = {Role(role) for role in form.roles.data or []}
            service.require_second_step(db(), actor(), roles, now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            return go("accounts.requirements_page", notice=say("Saved."))
    return page(
        "accounts/requirements.html",
        form=form,
        requirements=queries.role_requirements(db()),
        role_names=ROLE_NAMES,
        status=form.status,
    )
