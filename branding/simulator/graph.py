"""The Graph API's shared part: one node by its id, comments below it, its numbers, and taking it down."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, g, jsonify, request

from branding.simulator.doors import graph, need, world
from branding.simulator.faults import envelope
from branding.simulator.world import IG_ACCOUNT, PAGE, Container, LivePost

bp = Blueprint("graph", __name__, url_prefix="/<any(graph, igraph):host>/<version>")

#: Which numbers each kind of post has; asking for another one fails the whole call.
NUMBERS = {
    "FEED": {"views", "reach", "likes", "comments", "saved", "shares", "total_interactions"},
    "REELS": {"views", "reach", "likes", "comments", "saved", "shares", "total_interactions"},
    "STORY": {"views", "reach", "shares", "replies", "navigation", "total_interactions"},
    "PAGE": {"post_media_view", "post_total_media_view_unique"},
}


def stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S+0000")


def shown(post: LivePost) -> dict[str, Any]:
    kind = {"CAROUSEL": "FEED"}.get(post.kind, post.kind)
    media = {"CAROUSEL": "CAROUSEL_ALBUM", "REELS": "VIDEO"}.get(post.kind, "IMAGE")
    return {
        "id": post.id,
        "caption": post.caption,
        "message": post.caption,
        "timestamp": stamp(post.posted_at),
        "created_time": stamp(post.posted_at),
        "permalink": f"https://www.instagram.com/p/S{post.id}/",
        "permalink_url": f"https://www.facebook.com/{post.id}",
        "media_type": media,
        "media_product_type": kind,
        "like_count": 34,
        "comments_count": len(post.comments),
        "likes": {"summary": {"total_count": 34}},
        "comments": {"summary": {"total_count": len(post.comments)}},
        "shares": {"count": 3},
        "is_published": True,
    }


def live(post_id: str) -> LivePost | None:
    found = world().posts.get(post_id)
    return found if found is not None and found.deleted_at is None else None


def flaps(path: str) -> bool:
    """Whether this read says once more that the thing does not exist."""
    left = world().flapped.setdefault(path, world().options.flapping_reads)
    world().flapped[path] = max(0, left - 1)
    return left > 0


def chosen(facts: dict[str, Any]) -> Any:
    """Only the fields that were asked for; ``likes.summary(true)`` asks for ``likes``."""
    text = request.args.get("fields", "")
    names = [name.split(".")[0].split("{")[0] for name in text.split(",") if name]
    return jsonify({name: facts[name] for name in {"id", *names} if name in facts})


@bp.get("/me")
@graph
def me() -> Any:
    if g.host == "igraph":
        facts = {"id": "1", "user_id": IG_ACCOUNT, "username": "stafet.eksempel", "account_type": "BUSINESS"}
        return jsonify(facts)
    return chosen({"id": PAGE, "name": "Eksempelside", "instagram_business_account": {"id": IG_ACCOUNT}})


@bp.get("/<node>")
@graph
def read_node(node: str) -> Any:
    if flaps(request.path):
        return envelope(100, 33)
    if node in world().containers:
        return chosen(_status(world().containers[node]))
    if (post := live(node)) is not None:
        return chosen(shown(post))
    if node in world().accounts and (world().accounts[node] == "instagram" or g.host == "graph"):
        return chosen(
            {
                "id": node,
                "username": "stafet.eksempel",
                "name": "Stafet Eksempel",
                "followers_count": world().followers,
                "link": "https://www.facebook.com/stafet.eksempel",
            }
        )
    return envelope(100, 33)


def _status(container: Container) -> dict[str, Any]:
    """What a container says; asking brings it one step nearer."""
    with world().lock:
        is_old = container.made_at <= world().now() - timedelta(hours=24)
        if container.published:
            code, text = "PUBLISHED", "Published"
        elif is_old:
            code, text = "EXPIRED", "Expired"
        elif container.error is not None:
            code, text = "ERROR", f"Error: Media upload has failed with error code {container.error}"
        elif container.awaits_upload or container.polls_left > 0:
            container.polls_left -= not container.awaits_upload
            code, text = "IN_PROGRESS", "In Progress"
        else:
            code, text = "FINISHED", "Finished: Media has been uploaded and it is ready to be published."
    return {"id": container.id, "status_code": code, "status": text}


@bp.delete("/<node>")
@graph
def delete_node(node: str) -> Any:
    post = live(node)
    if post is None or g.host == "igraph":
        return envelope(100, 33)
    need("pages_manage_posts" if post.channel == "page" else "instagram_manage_contents")
    post.deleted_at = world().now()
    return jsonify({"success": True})


@bp.post("/<node>")
@graph
def change_node(node: str) -> Any:
    """Hiding a comment: ``hide`` on Instagram, ``is_hidden`` on a Page."""
    for post in world().posts.values():
        for comment in post.comments:
            if comment["id"] == node:
                is_page = post.channel == "page"
                need("pages_manage_engagement" if is_page else "instagram_manage_comments")
                comment["hidden"] = request.values.get("is_hidden" if is_page else "hide") == "true"
                return jsonify({"success": True})
    return envelope(100, 33)


@bp.get("/<node>/comments")
@graph
def read_comments(node: str) -> Any:
    post = live(node)
    if post is None:
        return envelope(100, 33)
    need("pages_read_engagement" if post.channel == "page" else "instagram_manage_comments")
    return jsonify({"data": post.comments})


@bp.post("/<node>/comments")
@graph
def write_comment(node: str) -> Any:
    post = live(node)
    if post is None:
        return envelope(100, 33)
    need("pages_manage_engagement" if post.channel == "page" else "instagram_manage_comments")
    with world().lock:
        made = {
            "id": world().new_id(),
            "text": request.values.get("message", ""),
            "message": request.values.get("message", ""),
            "timestamp": stamp(world().now()),
            "created_time": stamp(world().now()),
            "hidden": False,
            "from": {"id": post.account, "username": "stafet.eksempel"},
        }
        post.comments.append(made)
    if "fields" in request.values:  # the comment is there, and yet an error is answered
        return envelope(20, 1772107)
    return jsonify({"id": made["id"]})


@bp.get("/<node>/collaborators")
@graph
def read_collaborators(node: str) -> Any:
    post = live(node)
    if post is None or g.host == "igraph":
        return envelope(100, 33)
    return jsonify({"data": [{"username": name, "invite_status": "PENDING"} for name in post.collaborators]})


@bp.get("/<node>/insights")
@graph
def read_insights(node: str) -> Any:
    post = live(node)
    if post is None:
        return envelope(100, 33)
    need("read_insights" if post.channel == "page" else "instagram_manage_insights")
    kind = "PAGE" if post.channel == "page" else {"CAROUSEL": "FEED"}.get(post.kind, post.kind)
    asked = [name for name in request.args.get("metric", "").split(",") if name]
    if not asked or not set(asked) <= NUMBERS[kind]:
        return envelope(100, None)
    age = world().now() - post.posted_at
    if kind == "STORY" and (age > timedelta(hours=24) or world().options.viewers < 5):
        return envelope(10, None, 403)
    if age < timedelta(seconds=world().options.insights_delay):
        return jsonify({"data": []})
    values = [{"name": name, "period": "lifetime", "values": [{"value": _number(name)}]} for name in asked]
    return jsonify({"data": values})


def _number(name: str) -> int:
    return sum(map(ord, name)) % 500 + 5
