"""Putting oneself on a unit's list by its link, the poster with the QR code, and leaving the list again."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import url_for
from markupsafe import Markup

from branding.core import clock
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.organisation import queries as organisation
from branding.takeovers import letters, queries
from branding.takeovers.forms import ButtonForm, VolunteerForm
from branding.takeovers.qr_code import qr_svg
from branding.takeovers.service import volunteers as service
from branding.takeovers.views.blueprint import bp
from branding.web.guards import public
from branding.web.i18n import translate
from branding.web.limits import SECRET_TRIES, limiter
from branding.web.pages import go, page
from branding.web.stafet import stafet
from branding.web.transaction import db


@bp.route("/volunteer/<token>", methods=["GET", "POST"])
@public
@limiter.limit(SECRET_TRIES)
def volunteer_page(token: str) -> Any:
    link = queries.find_open_volunteer_link(db(), token)
    if link is None:
        return _closed(token)
    form = VolunteerForm()
    form.profession_id.choices = [(0, "–"), *((p.id, p.name) for p in organisation.professions(db()))]
    if form.validate_on_submit():
        if not form.website.data:  # only programs fill it in, and they get the same answer
            write = partial(letters.volunteer, db(), "volunteer")
            service.sign_up(db(), link.id or 0, form.to_values(), write, now=clock.now())
        return go("takeovers.volunteer_thanks_page")
    unit = organisation.unit_by_id(db(), link.unit_id)
    return page("takeovers/volunteer.html", form=form, unit=unit, status=form.status)


def _closed(token: str) -> Any:
    is_known = queries.find_volunteer_link(db(), token) is not None
    return page("takeovers/volunteer_link.html", status=410 if is_known else 404, is_known=is_known)


@bp.get("/volunteer/thanks")
@public
def volunteer_thanks_page() -> Any:
    """The same page whether or not the name was there already."""
    return page("takeovers/volunteer_thanks.html")


@bp.get("/volunteer/<token>/poster")
@public
@limiter.limit(SECRET_TRIES)
def poster_page(token: str) -> Any:
    """The address once, as words and as a code: to share, or to print and hang up."""
    link = queries.find_open_volunteer_link(db(), token)
    if link is None:
        return _closed(token)
    unit = organisation.unit_by_id(db(), link.unit_id)
    address = stafet().settings.base_url + url_for("takeovers.volunteer_page", token=token)
    title = str(translate(say("QR code for %(unit)s's list of volunteers", unit=unit.name)))
    description = str(translate(say("Opens %(address)s", address=address)))
    # Made by us from our own address; the unit's name in it is escaped by the maker of the drawing.
    code = Markup(qr_svg(address, title=title, description=description))  # noqa: S704
    return page("takeovers/poster.html", unit=unit, address=address, code=code, token=token)


@bp.route("/volunteer/off/<token>", methods=["GET", "POST"])
@public
@limiter.limit(SECRET_TRIES)
def leave_list_page(token: str) -> Any:
    """Shows the button; the button takes the name off."""
    found, form = queries.find_volunteer_by_token(db(), token), ButtonForm()
    if found is None:
        return page("takeovers/volunteer_link.html", status=404, is_known=False)
    if found.removed_at is not None:
        return page("takeovers/volunteer_left.html", status=410)
    if form.validate_on_submit():
        service.take_off(db(), token, now=clock.now())
        return page("takeovers/volunteer_left.html")
    if form.errors:
        raise RuleBroken("unreadable", say("We could not read what was sent. Try again."))
    return page("takeovers/volunteer_off.html", form=form, unit=organisation.unit_by_id(db(), found.unit_id))
