"""Joining the ambassadors by a link, the poster with the QR code, and leaving the list again."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import url_for
from markupsafe import Markup

from branding.core import clock
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.organisation import queries as organisation
from branding.plan import letters
from branding.plan.forms.activities import ButtonForm
from branding.plan.forms.ambassadors import JoinForm
from branding.plan.queries import ambassadors as queries
from branding.plan.service import ambassadors as service
from branding.plan.views.blueprint import bp
from branding.takeovers.qr_code import qr_svg
from branding.web.guards import public
from branding.web.i18n import translate
from branding.web.limits import SECRET_TRIES, limiter
from branding.web.pages import go, page
from branding.web.stafet import stafet
from branding.web.transaction import db


@bp.route("/ambassador/<token>", methods=["GET", "POST"])
@public
@limiter.limit(SECRET_TRIES)
def join_page(token: str) -> Any:
    link = queries.find_open_join_link(db(), token)
    if link is None:
        return _closed(token)
    form = JoinForm()
    if form.validate_on_submit():
        if not form.website.data:  # only programs fill it in, and they get the same answer
            service.join(db(), link.id or 0, form.to_values(), partial(letters.joined, db()), now=clock.now())
        return go("plan.join_thanks_page")
    return page("plan/join.html", form=form, where=_where(link.unit_id), status=form.status)


def _where(unit_id: int | None) -> str:
    """Whose ambassadors they are."""
    if unit_id is not None:
        return organisation.unit_by_id(db(), unit_id).name
    found = organisation.find_organisation(db())
    return found.name if found else "Stafet"


def _closed(token: str) -> Any:
    is_known = queries.find_join_link(db(), token) is not None
    return page("plan/join_link.html", status=410 if is_known else 404, is_known=is_known)


@bp.get("/ambassador/thanks")
@public
def join_thanks_page() -> Any:
    """The same page whether or not the name was there already."""
    return page("plan/join_thanks.html")


@bp.get("/ambassador/<token>/poster")
@public
@limiter.limit(SECRET_TRIES)
def join_poster_page(token: str) -> Any:
    """The address once, as words and as a code: to share, or to print and hang up."""
    link = queries.find_open_join_link(db(), token)
    if link is None:
        return _closed(token)
    address = stafet().settings.base_url + url_for("plan.join_page", token=token)
    return page(
        "plan/join_poster.html",
        where=_where(link.unit_id),
        address=address,
        code=drawn(address, str(translate(say("QR code for the list of ambassadors")))),
        token=token,
    )


def drawn(address: str, title: str) -> Markup:
    """A QR code of one of our own addresses; the maker of the drawing escapes what stands in it."""
    description = str(translate(say("Opens %(address)s", address=address)))
    return Markup(qr_svg(address, title=title, description=description))  # noqa: S704


@bp.route("/ambassador/off/<token>", methods=["GET", "POST"])
@public
@limiter.limit(SECRET_TRIES)
def leave_page(token: str) -> Any:
    """Shows the button; the button takes the name off, for good, also where somebody else took it off."""
    found, form = queries.find_ambassador_by_token(db(), token), ButtonForm()
    if found is None:
        return page("plan/join_link.html", status=404, is_known=False)
    if not found.name:
        return page("plan/left.html", status=410)
    if form.validate_on_submit():
        service.leave(db(), token, now=clock.now())
        return page("plan/left.html")
    if form.errors:
        raise RuleBroken("unreadable", say("We could not read what was sent. Try again."))
    return page("plan/leave.html", form=form)
