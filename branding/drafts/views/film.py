"""Films as they would go out, to be seen and heard; whoever calls has checked who may."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from branding.core.errors import Missing
from branding.drafts.queries.drafts import views_of
from branding.drafts.service.access import VIEW, draft_for
from branding.drafts.values.content import Content
from branding.drafts.views.making import step
from branding.media import queries as media
from branding.media.service import files
from branding.web.guards import actor
from branding.web.transaction import db


@step("/pictures/<id:item_id>/film", action=VIEW)
def film(draft_id: str, item_id: str) -> Any:
    """A film of the post, the part that the browser asks for."""
    row = draft_for(db(), actor(), draft_id)
    return film_bytes(views_of(db(), [row])[0].content, item_id)


def film_bytes(content: Content, item_id: str) -> Response:
    """A film that this content shows; it is read piece by piece and never whole in memory."""
    item = media.item_views(db(), [item_id]).get(item_id)
    if item_id not in content.item_ids or item is None or item.is_dropped:
        raise Missing("film", item_id)
    found = files.film(db(), item_id)
    part = request.range.range_for_length(found.size) if request.range else None
    start, end = part or (0, found.size)
    answer = Response(found.pieces(start, end), 206 if part else 200, mimetype="video/mp4")
    answer.headers["Accept-Ranges"] = "bytes"
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Content-Length"] = str(end - start)
    if part:
        answer.headers["Content-Range"] = f"bytes {start}-{end - 1}/{found.size}"
    return answer
