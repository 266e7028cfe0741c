"""What a channel fetches: a picture or film at a random address that opens for a short while only.

No cookie, no sign-in and no redirect; an address that is unknown, closed or late is not there, all alike.
"""

from __future__ import annotations

import io
import re
from typing import Any

from flask import Response, request
from PIL import Image

from branding.core import clock
from branding.core.errors import Missing
from branding.media.service import files
from branding.publishing.service import media_links
from branding.publishing.views.blueprint import bp
from branding.web.guards import public
from branding.web.limits import limiter
from branding.web.transaction import db

#: A carousel of ten is fetched in a moment, some of it with HEAD first; 128 bits cannot be guessed anyway.
_FETCHES = "600 per minute"
_NAME = re.compile(r"([0-9a-f]{32})\.(jpg|mp4)")


@bp.get("/m/<token>")
@public
@limiter.limit(_FETCHES)
def fetched(token: str) -> Any:
    """The JPEG or film; HEAD is answered alike.  Nothing is counted and nothing used up."""
    name = _NAME.fullmatch(token)
    now = clock.now()
    if name is None:
        return _nothing()
    if name[2] == "jpg" and media_links.is_probe(db(), name[1], now=now):
        return _shown(Response(_plain_picture(), mimetype="image/jpeg"))
    opened = media_links.find_open(db(), name[1], now=now)
    if opened is None or opened.is_film != (name[2] == "mp4"):
        return _nothing()
    try:
        if opened.is_film:
            return _shown(_film(opened.item_id))
        return _shown(Response(media_links.picture(db(), opened), mimetype="image/jpeg"))
    except Missing:
        return _nothing()


def _film(item_id: str) -> Response:
    """The part that was asked for, read piece by piece."""
    found = files.film(db(), item_id)
    part = request.range.range_for_length(found.size) if request.range else None
    start, end = part or (0, found.size)
    answer = Response(found.pieces(start, end), 206 if part else 200, mimetype="video/mp4")
    answer.headers["Accept-Ranges"] = "bytes"
    answer.headers["Content-Length"] = str(end - start)
    if part:
        answer.headers["Content-Range"] = f"bytes {start}-{end - 1}/{found.size}"
    return answer


def _plain_picture() -> bytes:
    """For the test of a connection: a picture of nothing."""
    made = io.BytesIO()
    Image.new("RGB", (640, 640), "#dfe8ee").save(made, "JPEG", quality=80)
    return made.getvalue()


def _nothing() -> Response:
    return _shown(Response("", 404, mimetype="text/plain"))


def _shown(answer: Response) -> Response:
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Cache-Control"] = "no-store"
    return answer
