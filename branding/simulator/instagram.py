"""Instagram played: containers, publishing, quota, lists and resumable upload."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Blueprint, g, jsonify, request

from branding.simulator import fetching
from branding.simulator.doors import Refused, graph, graph_token, need, world
from branding.simulator.faults import envelope
from branding.simulator.fetching import Unfit
from branding.simulator.graph import bp, chosen, shown
from branding.simulator.world import Container, Fetched

rupload = Blueprint("rupload", __name__, url_prefix="/rupload")

#: publishing-apis.md section 1.2: what may be said of each kind.
KNOWN = {
    "image": {"image_url", "caption", "alt_text", "user_tags", "collaborators", "location_id",
              "is_ai_generated"},
    "CAROUSEL": {"children", "caption", "collaborators", "location_id", "is_ai_generated", "share_to_feed"},
    "child": {"image_url", "video_url", "upload_type", "alt_text", "user_tags", "is_carousel_item",
              "thumb_offset"},
    "REELS": {"video_url", "upload_type", "caption", "user_tags", "collaborators", "location_id",
              "cover_url", "thumb_offset", "share_to_feed", "is_ai_generated", "trial_params", "audio_name"},
    "STORIES": {"image_url", "video_url", "upload_type", "user_tags"},
}  # fmt: skip
CONTAINERS_A_DAY = 400


def account(node: str) -> None:
    if world().accounts.get(node) != "instagram":
        raise Refused(envelope(100, 33))


@bp.post("/<node>/media")
@graph
def make_container(node: str) -> Any:
    account(node)
    need("instagram_content_publish")
    form = request.values.to_dict()
    form.pop("access_token", None)
    is_child = form.get("is_carousel_item") == "true"
    kind = form.pop("media_type", "image")
    _check_said("child" if is_child else kind, form)
    day = world().now() - timedelta(hours=24)
    if sum(c.account == node and c.made_at > day for c in world().containers.values()) >= CONTAINERS_A_DAY:
        raise Unfit(9, 2207042)
    children = _children(node, form) if kind == "CAROUSEL" else []
    files, awaits = _files(kind, form)
    with world().lock:
        made = Container(
            world().new_id(),
            node,
            kind,
            world().now(),
            caption=form.get("caption", ""),
            alt=form.get("alt_text", ""),
            is_child=is_child,
            children=children,
            files=files,
            collaborators=json.loads(form.get("collaborators", "[]")),
            tags=[tag["username"] for tag in json.loads(form.get("user_tags", "[]"))],
            polls_left=world().options.polls,
            error=world().options.container_error,
            awaits_upload=awaits,
        )
        world().containers[made.id] = made
    if awaits:
        here = request.host_url + f"rupload/ig-api-upload/v1/{made.id}"
        return jsonify({"id": made.id, "uri": here})
    return jsonify({"id": made.id})


def _check_said(kind: str, form: dict[str, str]) -> None:
    if kind not in KNOWN or set(form) - KNOWN[kind]:
        raise Unfit(100, 2207023)
    caption = form.get("caption", "")
    if len(caption) > 2200 or len(re.findall(r"#\w+", caption)) > 30:
        raise Unfit(36004, 2207010)
    if len(re.findall(r"@\w+", caption)) > 20:
        raise Unfit(100, 2207040)
    if len(form.get("alt_text", "")) > 1000 or len(json.loads(form.get("collaborators", "[]"))) > 3:
        raise Refused(envelope(100))
    tags, has_place = json.loads(form.get("user_tags", "[]")), kind in ("image", "child")
    if any(("x" in tag and "y" in tag) is not has_place for tag in tags if kind != "STORIES"):
        raise Refused(envelope(100))


def _children(node: str, form: dict[str, str]) -> list[str]:
    ids = [number for number in form.get("children", "").split(",") if number]
    if not 2 <= len(ids) <= 10:
        raise Unfit(100, 2207028)
    for number in ids:
        child = world().containers.get(number)
        if child is None or child.account != node or not child.is_child:
            raise Unfit(24, 2207006)
        if child.awaits_upload or child.polls_left > 0 or child.error:
            raise Unfit(9007, 2207027)
    return ids


def _files(kind: str, form: dict[str, str]) -> tuple[list[Fetched], bool]:
    """What was fetched, and whether the film is still to come by upload."""
    if kind == "CAROUSEL":
        return [], False
    if form.get("upload_type") == "resumable":
        if g.host == "igraph":
            raise Refused(envelope(100))
        return [], True
    address = form.get("image_url") or form.get("video_url")
    if not address:
        raise Unfit(100, 2207023)
    if world().options.instant:
        return [Fetched(fetching.token_hash(address))], False
    if "image_url" in form:
        return [fetching.picture(address, story=kind == "STORIES")], False
    return [fetching.film(address)], False


@rupload.post("/ig-api-upload/<version>/<number>")
def upload(version: str, number: str) -> Any:
    """The film's bytes; strict about headers, with an envelope of its own."""
    try:
        graph_token("graph")
    except Refused as refused:
        return refused.answer
    if not request.headers.get("Authorization", "").startswith("OAuth "):
        return _not_uploaded("NotAuthorized")
    container = world().containers.get(number)
    told = request.environ["simulator.headers"]
    size = told.get("file_size", "")
    if container is None or told.get("offset") != "0" or not size.isdigit():
        return _not_uploaded("InvalidHeaders")
    body = request.get_data()
    if len(body) != int(size):
        return _not_uploaded("PartialRequestError", is_retriable=True)
    with world().lock:
        container.files = [Fetched("", hashlib.sha256(body).hexdigest(), len(body))]
        container.awaits_upload = False
    return jsonify({"success": True, "message": "Upload successful."})


def _not_uploaded(kind: str, *, is_retriable: bool = False) -> Any:
    facts = {"retriable": is_retriable, "type": kind, "message": "simulated"}
    return jsonify({"debug_info": facts}), 400


@bp.post("/<node>/media_publish")
@graph
def publish(node: str) -> Any:
    account(node)
    need("instagram_content_publish")
    with world().lock:
        container = world().containers.get(request.values.get("creation_id", ""))
        if container is None or container.account != node or container.is_child:
            raise Unfit(24, 2207006)
        if container.published:
            return _second(container)
        if container.made_at <= world().now() - timedelta(hours=24):
            raise Unfit(-2, 2207020)
        if container.awaits_upload or container.polls_left > 0 or container.error:
            raise Unfit(9007, 2207027)
        if world().used_quota(node) >= world().options.quota:
            raise Unfit(9, 2207042)
        return jsonify({"id": _shown_now(container)})


def _second(container: Container) -> Any:
    """Nobody has written down what the second publishing of one container does: three guesses."""
    if world().options.second_publish == "same_id":
        return jsonify({"id": container.published})
    if world().options.second_publish == "duplicate":
        return jsonify({"id": _shown_now(container)})
    raise Unfit(24, 2207008)


def _shown_now(container: Container) -> str:
    parts = [world().containers[number] for number in container.children] or [container]
    kind = {"image": "FEED", "STORIES": "STORY"}.get(container.kind, container.kind)
    made = world().post(
        "instagram",
        container.account,
        container.caption,
        kind,
        container=container.id,
        alts=[part.alt for part in parts],
        files=[file for part in parts for file in part.files],
        collaborators=container.collaborators,
        tags=[tag for part in parts for tag in part.tags],
    )
    container.published = made.id
    return made.id


@bp.get("/<node>/content_publishing_limit")
@graph
def read_quota(node: str) -> Any:
    account(node)
    need("instagram_content_publish")
    config = {"quota_total": world().options.quota, "quota_duration": 86400}
    return jsonify({"data": [{"quota_usage": world().used_quota(node), "config": config}]})


@bp.get("/<node>/media")
@graph
def list_media(node: str) -> Any:
    account(node)
    return listing(node)


@bp.get("/<node>/stories")
@graph
def list_stories(node: str) -> Any:
    account(node)
    return listing(node, stories=True)


def listing(node: str, *, stories: bool = False) -> Any:
    """The newest first, from ``since`` (seconds) on, in pages."""
    since = int(request.args.get("since", "0"))
    found = [p for p in world().listed(node, stories=stories) if p.posted_at.timestamp() >= since]
    if "until" in request.args:
        last = datetime.fromtimestamp(int(request.args["until"]), UTC)
        found = [post for post in found if post.posted_at <= last]
    start, most = int(request.args.get("after", "0")), int(request.args.get("limit", "25"))
    page: dict[str, Any] = {"data": [chosen(shown(p)).get_json() for p in found[start : start + most]]}
    if start + most < len(found):
        page["paging"] = {"cursors": {"after": str(start + most)}, "next": "there is more"}
    return jsonify(page)


unversioned = Blueprint("igraph", __name__, url_prefix="/igraph")


@unversioned.get("/refresh_access_token")
def refresh() -> Any:
    """A token for 60 more days; not before it is a day old."""
    try:
        token = graph_token("igraph")
    except Refused as refused:
        return refused.answer
    now = world().now()
    if token.issued_at > now - timedelta(hours=24) or request.args.get("grant_type") != "ig_refresh_token":
        return envelope(100)
    new = f"{token.value.split('.')[0]}.{world().new_id()}"
    world().add_token(new, "instagram", tuple(token.scopes), expires_at=now + timedelta(days=60))
    return jsonify({"access_token": new, "token_type": "bearer", "expires_in": 60 * 86400})
