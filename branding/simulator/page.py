"""A Facebook Page played: photos, posts, and the list of them."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from flask import jsonify, request

from branding.simulator import fetching
from branding.simulator.doors import Refused, graph, need, world
from branding.simulator.faults import envelope
from branding.simulator.fetching import Unfit
from branding.simulator.graph import bp
from branding.simulator.instagram import listing
from branding.simulator.world import Fetched

MOST_PHOTOS = 10


def page(node: str) -> None:
    if world().accounts.get(node) != "page":
        raise Refused(envelope(100, 33))


@bp.post("/<node>/photos")
@graph
def add_photo(node: str) -> Any:
    """A photo: staged where nobody sees it, or shown at once."""
    page(node)
    need("pages_manage_posts", code=200)
    file, alt = _photo(), request.values.get("alt_text_custom", "")
    if request.values.get("published", "true") == "false":
        with world().lock:
            number = world().new_id()
            world().staged[number] = {"file": file, "alt": alt}
        return jsonify({"id": number})
    text = request.values.get("caption") or request.values.get("message", "")
    post = _post(node, text, [file], [alt])
    return jsonify({"id": world().new_id(), "post_id": post})


def _photo() -> Fetched:
    source = request.files.get("source")
    if source is None:
        try:
            return fetching.picture(request.values.get("url", ""), story=True)
        except Unfit:
            raise Refused(envelope(324)) from None
    body = source.read()
    try:
        fetching.looked_at(body, story=True)
    except Unfit:
        raise Refused(envelope(100, 1366046)) from None
    return Fetched("", hashlib.sha256(body).hexdigest(), len(body))


@bp.post("/<node>/feed")
@graph
def add_post(node: str) -> Any:
    page(node)
    need("pages_manage_posts", code=200)
    attached = _attached()
    text = request.values.get("message", "")
    if not text and not attached:
        return envelope(100)
    photos = []
    for number in attached:
        if number not in world().staged:
            return envelope(100)
        photos.append(world().staged[number])
    post = _post(node, text, [p["file"] for p in photos], [p["alt"] for p in photos])
    return jsonify({"id": post})


def _attached() -> list[str]:
    """``attached_media[0]={"media_fbid": …}`` and so on, or one JSON list."""
    values = request.values
    told = [json.loads(values[key]) for key in sorted(values) if key.startswith("attached_media[")]
    told += json.loads(values.get("attached_media", "[]"))
    if len(told) > MOST_PHOTOS:
        raise Refused(envelope(100))
    return [str(item["media_fbid"]) for item in told]


def _post(node: str, text: str, files: list[Fetched], alts: list[str]) -> str:
    newest = next(iter(world().listed(node)), None)
    if newest is not None and text and newest.caption == text:
        raise Refused(envelope(506, None))
    number = f"{node}_{world().new_id()}"
    return world().post("page", node, text, "PAGE", id=number, files=files, alts=alts).id


@bp.get("/<node>/feed")
@graph
def list_posts(node: str) -> Any:
    page(node)
    need("pages_read_engagement")
    return listing(node)
