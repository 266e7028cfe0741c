"""What anybody may open: the page with something to share, and the tracked links that lead on."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from flask import Response, redirect, request
from sqlalchemy.exc import OperationalError

from branding.core import clock, log
from branding.core.db import Database
from branding.core.errors import Missing
from branding.core.text import say
from branding.media.service import files
from branding.plan.queries import ambassadors as queries
from branding.plan.service import kits as service
from branding.plan.values import SHARE_WAYS, ShareWay
from branding.plan.views.blueprint import bp
from branding.plan.views.joining import drawn
from branding.web.guards import public
from branding.web.i18n import translate
from branding.web.limits import limiter
from branding.web.pages import page
from branding.web.stafet import stafet
from branding.web.transaction import afterwards, db

#: Where browsers say why they open an address.
_PURPOSES = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
#: More than a whole workplace behind one address clicks; a number can still be made larger than it is.
_CLICKS = "300 per minute"
_PICTURES = "120 per minute"


@bp.get("/share/<token>")
@public
def share_page(token: str) -> Any:
    """The suggestion, a link for each way, and a QR code for paper."""
    one = queries.find_kit(db(), token)
    if one is None or not service.is_open(db(), one):
        return page("plan/share_over.html", status=404 if one is None else 410)
    base = stafet().settings.base_url
    links = {link.way: f"{base}/s/{link.token}" for link in one.links}
    title = str(translate(say("QR code for “%(title)s”", title=one.title)))
    code = drawn(links[ShareWay.QR], title)
    pictures = service.pictures(db(), one)
    return page("plan/share.html", one=one, links=links, ways=SHARE_WAYS, code=code, pictures=pictures)


@bp.get("/share/<token>/pictures/<int:number>")
@public
@limiter.limit(_PICTURES)
def share_picture(token: str, number: int) -> Any:
    """A picture to save; asked anew each time, so that it ends with the post."""
    one = queries.find_kit(db(), token)
    found = [part for part in service.pictures(db(), one) if part.number == number] if one else []
    if not found:
        raise Missing("share_picture", number)
    part = found[0]
    content = files.published(db(), part.item_id, part.edition, part.ratio, part.focus)
    answer = Response(content, mimetype="image/jpeg")
    how = "inline" if "show" in request.args else "attachment"
    answer.headers["Content-Disposition"] = f'{how}; filename="{part.file_name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.get("/s/<token>")
@public
@limiter.limit(_CLICKS)
def follow_link(token: str) -> Any:
    """On to the address that was written down for this link, and to no other.

    The count is the second thing that a GET may write (decisions of this house): a number in a short
    transaction of its own, without address, cookie or time of day.
    """
    found = queries.find_share_link(db(), token)
    if found is None or not service.is_open(db(), found[1]):
        return page("plan/share_over.html", status=404 if found is None else 410)
    link_id, kit = found
    purpose = " ".join(request.headers.get(name, "") for name in _PURPOSES)
    if service.is_counted(request.method, request.headers.get("User-Agent", ""), purpose):
        afterwards(partial(_count, stafet().database, link_id, clock.today()))
    answer = redirect(kit.address, 302)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _count(database: Database, link_id: int, day: date) -> None:
    """A count that is lost is better than a link that does not open."""
    try:
        with database.transaction() as session:
            service.count_click(session, link_id, day)
    except OperationalError as error:
        log.failure("plan.click_lost", error, link=link_id)
