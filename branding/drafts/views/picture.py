"""The bytes of a post's pictures; whoever calls has checked that the person may see the post."""

from __future__ import annotations

import hashlib
from typing import Any

from flask import Response, request

from branding.core.errors import Missing
from branding.drafts.queries.drafts import views_of
from branding.drafts.service.access import VIEW, draft_for
from branding.drafts.values.content import Content
from branding.drafts.values.shapes import focus_of
from branding.drafts.views.blueprint import bp
from branding.drafts.views.making import step
from branding.media import queries as media
from branding.media.service import files
from branding.media.values import Focus, Ratio, Size
from branding.web.guards import actor, requires
from branding.web.transaction import db

_SIZES = {"thumb": Size.THUMB, "view": Size.VIEW}


@step("/pictures/<id:item_id>/image", action=VIEW)
def picture(draft_id: str, item_id: str) -> Any:
    """A picture of the post, whole or as it is cut; of a film, its poster."""
    row = draft_for(db(), actor(), draft_id)
    return picture_bytes(views_of(db(), [row])[0].content, item_id)


@bp.get("/posts/<id:draft_id>/first-picture")
@requires(VIEW)
def first_picture(draft_id: str) -> Any:
    """What stands for the post in a list that has not read its words."""
    content = views_of(db(), [draft_for(db(), actor(), draft_id)])[0].content
    if not content.item_ids:
        raise Missing("picture", draft_id)
    return picture_bytes(content, content.item_ids[0])


@step("/pictures/<id:item_id>/frames/<int:number>", action=VIEW)
def film_frame(draft_id: str, item_id: str, number: int) -> Any:
    """One picture of a film's strip, where people look for people."""
    row = draft_for(db(), actor(), draft_id)
    _check_shown(views_of(db(), [row])[0].content, item_id)
    return _jpeg(files.frame(db(), item_id, number))


def picture_bytes(content: Content, item_id: str) -> Response:
    """A picture that this content shows, as the request's ``size`` and ``shape`` say."""
    _check_shown(content, item_id)
    one = next(one for one in content.pictures if one.item_id == item_id)
    wanted = request.args.get("shape", "")
    shape = Ratio(wanted) if wanted in list(Ratio) else None
    focus = focus_of(one, shape) if shape else Focus()
    size = _SIZES.get(request.args.get("size", ""), Size.VIEW)
    return _jpeg(files.rendition(db(), item_id, size=size, ratio=shape, focus=focus))


def _check_shown(content: Content, item_id: str) -> None:
    item = media.item_views(db(), [item_id]).get(item_id)
    if item_id not in content.item_ids or item is None or item.is_dropped:
        raise Missing("picture", item_id)


def _jpeg(content: bytes) -> Response:
    """Kept by this browser only, and asked about again: a picture may be taken back at any time."""
    answer = Response(content, mimetype="image/jpeg")
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Content-Disposition"] = "inline"
    answer.set_etag(hashlib.sha256(content).hexdigest()[:32])
    answer.make_conditional(request)
    return answer
