"""The page that a person answers on: nothing but the text, yes and no alike, and a place to sign."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import request
from flask_babel import force_locale

from branding.consent.forms.signing import SigningForm, signing_form
from branding.consent.queries import requests as queries
from branding.consent.queries.subjects import representations_of
from branding.consent.service import signing as service
from branding.consent.service.links import card_for
from branding.consent.values.records import SignerRole
from branding.consent.values.requests import Ended, Given, Life, OpenedLink, Part
from branding.consent.views.blueprint import bp
from branding.consent.views.requests import qr
from branding.core import clock
from branding.core.danish import genitive
from branding.core.errors import RuleBroken
from branding.organisation import queries as organisation
from branding.web.guards import public
from branding.web.limits import limiter
from branding.web.pages import page
from branding.web.stafet import stafet
from branding.web.transaction import db, roll_back

View = TypeVar("View", bound=Callable[..., Any])
#: A whole party answers behind one address, and nobody guesses 256 bits.
ANSWERS = "240 per minute"
#: A form without lines to answer: only a name.
_ONLY_NAMED = (SignerRole.WITNESS, SignerRole.ASSENT)


def in_danish(view: View) -> View:
    """The forms are Danish, so the page around them is too."""

    @wraps(view)
    def shown(*args: Any, **kwargs: Any) -> Any:
        with force_locale("da"):
            return view(*args, **kwargs)

    return shown  # type: ignore[return-value]


@bp.route("/sign/<token>", methods=["GET", "POST"])
@public
@limiter.limit(ANSWERS)
@in_danish
def sign_page(token: str) -> Any:
    """Read and answer, then see what was answered, then send.  A look uses nothing up."""
    opened = service.find_open(db(), token, now=clock.now())
    if opened is None:
        return page("consent/sign_closed.html", status=404, life=None, unit=None)
    if opened.life is not Life.OPEN or opened.now is None:
        return _closed(opened)
    form = signing_form(() if opened.now.role in _ONLY_NAMED else opened.request.offered.choices)
    if request.method == "GET":
        return _show(opened, opened.now, form, token)
    if form.part.data != opened.now.key:
        return _closed(opened, Life.CLOSED)
    return _answered(opened, opened.now, form, token)


def _answered(opened: OpenedLink, part: Part, form: SigningForm, token: str) -> Any:
    """What a button asked for: look at the answer, go back, or send it."""
    step, says_no = request.form.get("step", ""), request.form.get("answer") == "no"
    if step == "back":
        return _show(opened, part, form, token)
    if says_no and part.role is SignerRole.WITNESS:
        return page("consent/sign_other_witness.html", **_frame(opened, part), token=token)
    is_valid = form.validate_on_submit()
    if not is_valid and not (says_no and "csrf_token" not in form.errors):
        return _show(opened, part, form, token)
    try:
        given = form.refusal(**_device(opened)) if says_no else form.to_values(**_device(opened))
        if step != "send":
            return _confirm(opened, part, form, given, token, says_no=says_no)
        sign = service.refuse if says_no else service.sign
        ended = sign(db(), opened, given, now=clock.now())
    except RuleBroken as error:
        roll_back()
        form.refuse(error)
        return _show(opened, part, form, token)
    return _thanks(opened, ended, token)


def _device(opened: OpenedLink) -> dict[str, str]:
    """Noted of links that were opened elsewhere, and of nothing else (R32)."""
    if opened.is_in_person:
        return {}
    return {"user_agent": request.user_agent.string, "address": request.remote_addr or ""}


def _show(opened: OpenedLink, part: Part, form: SigningForm, token: str) -> Any:
    form.part.data = part.key
    text = None if part.audience is None else queries.shown_form(db(), opened.request, part)[0]
    return page(
        "consent/sign.html",
        **_frame(opened, part),
        form=form,
        text=text,
        full=queries.full_form(db(), opened.request),
        seen=service.witnessed(db(), opened) if part.role is SignerRole.WITNESS else None,
        whose=_whose(opened, part),
        token=token,
        first=len(opened.request.done) == 0,
        status=form.status,
    )


def _confirm(
    opened: OpenedLink, part: Part, form: SigningForm, given: Given, token: str, *, says_no: bool
) -> Any:
    """What was answered, to look at once more; nothing is saved yet."""
    if not says_no:
        service.check_part(opened, given)
    text = None if part.audience is None else queries.shown_form(db(), opened.request, part)[0]
    return page(
        "consent/sign_confirm.html",
        **_frame(opened, part),
        form=form,
        given=given,
        text=text,
        token=token,
        says_no=says_no,
    )


def _thanks(opened: OpenedLink, ended: Ended, token: str) -> Any:
    """What happens now, in one sentence, and the card that takes it back."""
    part = opened.now
    secret = ""
    if ended.consent_id and not ended.is_refusal:
        secret = card_for(db(), opened.request.subject_id, ended.consent_id, now=clock.now())
    address = f"{stafet().settings.base_url}/withdraw/{secret}" if secret else ""
    return page(
        "consent/sign_thanks.html",
        **_frame(opened, part),
        ended=ended,
        waiting=ended.waiting if not opened.part else (),
        whose=_whose(opened, ended.waiting[0]) if ended.waiting else "",
        is_later=ended.earliest is not None and ended.earliest > clock.now(),
        token=token,
        card=qr(address) if address else "",
        card_address=address,
    )


def _whose(opened: OpenedLink, part: Part) -> str:
    """Whose turn it is, where that is somebody who signs for the person: "Gerda Prøves"."""
    held = representations_of(db(), opened.request.subject_id) if part.representation_id else []
    return next((genitive(one.name) for one in held if one.id == part.representation_id and one.name), "")


def _closed(opened: OpenedLink, life: Life | None = None) -> Any:
    unit = organisation.unit_by_id(db(), opened.request.unit_id)
    return page("consent/sign_closed.html", status=410, life=life or opened.life, unit=unit)


def _frame(opened: OpenedLink, part: Part | None) -> dict[str, Any]:
    return {
        "opened": opened,
        "shown": opened.request,
        "part": part,
        "unit": organisation.unit_by_id(db(), opened.request.unit_id),
    }
