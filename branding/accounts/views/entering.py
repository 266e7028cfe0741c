"""The cookie of a signed-in person."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import request, session, url_for

from branding.accounts import queries
from branding.accounts.service import SignInRefused
from branding.accounts.values import HalfSignedIn, SignedIn
from branding.audit.service import record_apart
from branding.core import clock
from branding.core.actor import ANONYMOUS
from branding.core.errors import Missing
from branding.core.text import Text
from branding.web.pages import go, go_to
from branding.web.safe_address import own_address
from branding.web.stafet import stafet
from branding.web.transaction import afterwards, db


def enter(token: str, wanted: str = "", notice: Text | None = None) -> Any:
    """Give this browser a fresh cookie and go where the person was heading."""
    language = session.get("language")
    leave()
    signed_in = queries.find_signed_in(db(), token, now=clock.now())
    session["sign_in"] = token
    session.permanent = True
    session["language"] = language or (signed_in.language if signed_in else None)
    if signed_in is None:
        session["wanted"] = own_address(wanted, "")
        return go("accounts.second_step_page")
    return go_to(own_address(wanted, url_for("home.front_page")), notice=notice)


def enter_fully() -> Any:
    """The second step is taken: go where the person was heading."""
    wanted = session.pop("wanted", "")
    return go_to(own_address(wanted, url_for("home.front_page")))


def this_half() -> HalfSignedIn | None:
    """The sign-in of this browser that still waits for its second step."""
    return queries.find_half_signed_in(db(), session.get("sign_in", ""), now=clock.now())


def note_refusal(refusal: SignInRefused) -> None:
    """Recorded apart, as the request's own work is rolled back: the lock counts these."""
    now = clock.now()
    for tag, (kind, subject_id) in refusal.notes:
        afterwards(partial(record_apart, stafet().database, ANONYMOUS, tag, kind, subject_id, now))


def leave() -> None:
    """Empty the cookie, except for the language of this device."""
    language = session.get("language")
    session.clear()
    if language:
        session["language"] = language


def this_sign_in() -> SignedIn:
    """The sign-in of this request, on pages that ask for one."""
    found = queries.find_signed_in(db(), session.get("sign_in", ""), now=clock.now())
    if found is None:
        raise Missing("sign_in")
    return found


def told_device() -> str:
    """What the browser says about itself."""
    return str(request.user_agent.string)
