"""Subscribing to the calendar: one's own addresses, a host's own days, and the files behind them."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from flask import Response, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from branding.accounts import queries as accounts
from branding.core import clock
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.organisation import queries as organisation
from branding.takeovers.calendar_file import calendar_file
from branding.takeovers.forms import FeedForm
from branding.takeovers.queries import feeds as queries
from branding.takeovers.service import feeds as service
from branding.takeovers.values import CalendarEvent, EventStatus, FeedEntry, FeedView
from branding.takeovers.views.blueprint import bp
from branding.takeovers.views.shown import units
from branding.takeovers.views.week import while_open
from branding.web.forms import Form
from branding.web.guards import actor, public, requires
from branding.web.limits import limiter
from branding.web.pages import go, page
from branding.web.stafet import stafet
from branding.web.transaction import db

#: Google fetches for many people from one address.
_FETCHES = "600 per minute"
#: Hosts read Danish pages, and get a Danish calendar.
_LANGUAGE = "da"


@bp.route("/calendar/feeds", methods=["GET", "POST"])
@requires("takeovers:feed:manage")
def feeds_page() -> Any:
    """One's own calendars.  A new one's address is shown here and now, and never again."""
    form, token = FeedForm(), ""
    chosen = sorted(organisation.units(db()), key=lambda unit: unit.id != unit.area_id)
    form.unit_id.choices = [(0, _("Everything")), *((unit.id, unit.name) for unit in chosen)]
    if form.validate_on_submit():
        try:
            token = service.make_feed(db(), actor(), form.to_values(), now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
    mine = queries.feeds_of(db(), actor().id or 0)
    return page(
        "takeovers/feeds.html", form=form, feeds=mine, units=units(), link=_address(token), status=form.status
    )


@bp.post("/calendar/feeds/<int:feed_id>/stop")
@requires("takeovers:feed:manage")
def stop_feed(feed_id: int) -> Any:
    service.stop_feed(db(), actor(), feed_id, now=clock.now())
    notice = say("The address works no longer. Make a new one whenever you like.")
    return go("takeovers.feeds_page", notice=notice)


@bp.route("/my-week/calendar", methods=["GET", "POST"])
@requires("takeovers:host:week")
@while_open
def host_feed_page() -> Any:
    """The host's days for a phone's calendar: an address that follows when they move, or a file."""
    form, token = Form(), ""
    if form.validate_on_submit():
        token = service.make_host_feed(db(), actor(), now=clock.now())
    contact = organisation.find_organisation(db())
    return page(
        "takeovers/feed_host.html", form=form, link=_address(token), contact=contact, status=form.status
    )


@bp.get("/my-week/calendar.ics")
@requires("takeovers:host:week")
@while_open
def export_my_days() -> Response:
    """The host's days once, as a file."""
    answer = _file([queries.host_entry(db(), actor().id or 0)], "", _LANGUAGE)
    answer.headers["Content-Disposition"] = 'attachment; filename="takeover.ics"'
    return answer


@bp.get("/feeds/<token>.ics")
@public
@limiter.limit(_FETCHES)
def export_feed(token: str) -> Response:
    """What calendar programs fetch each hour: no sign-in, nothing written, nothing sent twice."""
    feed = queries.find_feed(db(), token)
    if feed is None:
        return Response("404", 404, mimetype="text/plain")
    found = queries.find_feed_entries(db(), feed, today=clock.today(), now=clock.now())
    if found is None:
        return Response("410", 410, mimetype="text/plain")
    answer = _file(found, *_name_and_language(feed))
    answer.cache_control.private = True
    answer.cache_control.no_cache = True  # ask each time: the answer is 304 when nothing has changed
    answer.last_modified = max([entry.changed_at for entry in found], default=feed.made_at)
    # By its tag alone: a unit's new name changes the file, and no moment tells of it.
    answer.set_etag(sha256(answer.get_data()).hexdigest()[:32])
    if request.if_none_match:
        answer.make_conditional(request)
    return answer


def _file(entries: list[FeedEntry], name: str, language: str) -> Response:
    with force_locale(language):
        events = [_event(entry) for entry in entries]
        data = calendar_file(" · ".join(("Takeovers", name)) if name else "Takeovers", events)
    return Response(data, mimetype="text/calendar", content_type="text/calendar; charset=utf-8")


def _event(entry: FeedEntry) -> CalendarEvent:
    """An entry in words: one line each, whatever people wrote."""
    url = stafet().settings.base_url + entry.page if entry.page else ""
    where = entry.unit if entry.unit == entry.area or not entry.area else f"{entry.area} · {entry.unit}"
    facts = (
        (_("Topic"), entry.topic),
        (_("Profession"), entry.profession),
        (_("Responsible"), entry.responsible),
    )
    lines = [f"{label}: {' '.join(text.split())}" for label, text in facts if text.strip()]
    summary = _("%(unit)s: takeover on @%(handle)s", handle=entry.handle, unit=" ".join(where.split()))
    if entry.status == EventStatus.CANCELLED:
        summary = _("Called off: %(what)s", what=summary)  # Outlook shows no STATUS
    return CalendarEvent(
        entry.uid, entry.sequence, entry.changed_at, entry.starts_on, entry.ends_on, entry.status,
        summary, "\n".join([*lines, url] if url else lines), url,
    )  # fmt: skip


def _name_and_language(feed: FeedView) -> tuple[str, str]:
    """What a calendar is called in its program, in its reader's language."""
    language = accounts.user_by_id(db(), feed.user_id).language if feed.user_id else _LANGUAGE
    unit = organisation.unit_by_id(db(), feed.unit_id) if feed.unit_id else None
    return (unit.short_name or unit.name) if unit else "", language


def _address(token: str) -> str:
    """With the host's name in it, as it goes into another program; nothing without a secret."""
    return stafet().settings.base_url + url_for("takeovers.export_feed", token=token) if token else ""
