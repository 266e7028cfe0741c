"""A LinkedIn organisation played: pictures, posts, comments and numbers."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import unquote

from flask import Blueprint, Response, g, jsonify, request

from branding.simulator.doors import Refused, linkedin_error, linkedin_token, world
from branding.simulator.fetching import Unfit, looked_at
from branding.simulator.world import Fetched, LivePost

bp = Blueprint("linkedin", __name__, url_prefix="/linkedin")

_VERSION = re.compile(r"20\d{2}(0[1-9]|1[0-2])")
#: A version that has ended.
LAST_ENDED = "202511"


def door(*scopes: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Headers, token and scopes, refused as LinkedIn refuses."""

    def around(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def opened(*args: Any, **kwargs: Any) -> Any:
            try:
                g.token = linkedin_token()
                version = request.headers.get("LinkedIn-Version", "")
                if not _VERSION.fullmatch(version):
                    return linkedin_error(400, "VERSION_MISSING")
                if version <= LAST_ENDED:
                    return linkedin_error(426, "NONEXISTENT_VERSION")
                if request.headers.get("X-Restli-Protocol-Version") != "2.0.0":
                    return linkedin_error(400, "PROTOCOL")
                if not set(scopes) <= g.token.scopes:
                    return linkedin_error(403, "ACCESS_DENIED")
                return view(*args, **kwargs)
            except Refused as refused:
                return refused.answer

        return opened

    return around


@bp.post("/rest/images")
@door("w_organization_social")
def initialize() -> Any:
    if request.args.get("action") != "initializeUpload":
        return linkedin_error(400, "ILLEGAL_ARGUMENT")
    with world().lock:
        number = world().new_id()
        world().staged[f"urn:li:image:{number}"] = {"file": None, "polls": world().options.polls}
    address = request.host_url + f"linkedin/dms-uploads/{number}?signed=yes"
    return jsonify({"value": {"uploadUrl": address, "image": f"urn:li:image:{number}"}})


@bp.put("/dms-uploads/<number>")
def put_image(number: str) -> Any:
    staged = world().staged.get(f"urn:li:image:{number}")
    if staged is None:
        return linkedin_error(404, "NOT_FOUND")
    body = request.get_data()
    try:
        looked_at(body, story=True)
    except Unfit:
        return linkedin_error(400, "BAD_IMAGE")
    staged["file"] = Fetched("", hashlib.sha256(body).hexdigest(), len(body))
    return Response("", 201)


@bp.get("/rest/images/<path:urn>")
@door("w_organization_social")
def image_status(urn: str) -> Any:
    staged = world().staged.get(unquote(urn))
    if staged is None:
        return linkedin_error(404, "NOT_FOUND")
    if staged["file"] is None:
        return jsonify({"id": urn, "status": "WAITING_UPLOAD"})
    staged["polls"] -= 1
    return jsonify({"id": urn, "status": "AVAILABLE" if staged["polls"] < 0 else "PROCESSING"})


@bp.post("/rest/posts")
@door("w_organization_social")
def create() -> Any:
    body = request.get_json(silent=True) or {}
    needed = {"author", "commentary", "visibility", "distribution", "lifecycleState"}
    account = str(body.get("author", "")).rsplit(":", 1)[-1]
    if not needed <= set(body) or world().accounts.get(account) != "organisation":
        return linkedin_error(400, "ILLEGAL_ARGUMENT")
    content = body.get("content", {})
    if "media" in content:
        images = [(content["media"]["id"], content["media"].get("altText", ""))]
    else:
        images = [(i["id"], i.get("altText", "")) for i in content.get("multiImage", {}).get("images", [])]
        if content and not 2 <= len(images) <= 20:
            return linkedin_error(400, "ILLEGAL_ARGUMENT")
    if any(not (world().staged.get(urn) or {}).get("file") for urn, _ in images):
        return linkedin_error(400, "ILLEGAL_ARGUMENT")
    return _created(account, _shown_text(body["commentary"]), images)


def _created(account: str, text: str, images: list[tuple[str, str]]) -> Any:
    with world().lock:
        same = next((p for p in world().posts.values() if _is_same(p, account, text)), None)
        if same is not None:
            return linkedin_error(422, "DUPLICATE_POST", f"Content is a duplicate of {same.id}")
        post = world().post(
            "linkedin",
            account,
            text,
            "POST",
            id=f"urn:li:share:{world().new_id()}",
            alts=[alt for _, alt in images],
            files=[world().staged[urn]["file"] for urn, _ in images],
        )
    answer = Response("", 201)
    if not world().options.is_id_missing:
        answer.headers["x-restli-id"] = post.id
    return answer


def _is_same(post: LivePost, account: str, text: str) -> bool:
    return post.account == account and post.deleted_at is None and post.caption == text


def _shown_text(commentary: str) -> str:
    """Little text as people see it: cut at the first reserved character without a backslash."""
    found = re.match(r"(?:\\.|#\w|[^\\|{}@\[\]()<>#*_~])*", commentary, re.DOTALL)
    return re.sub(r"\\(.)", r"\1", found[0] if found else "", flags=re.DOTALL)


@bp.get("/rest/posts")
@door("r_organization_social")
def list_posts() -> Any:
    account = unquote(request.args.get("author", "")).rsplit(":", 1)[-1]
    most = int(request.args.get("count", "10"))
    return jsonify({"elements": [_facts(post) for post in world().listed(account)[:most]]})


def _facts(post: LivePost) -> dict[str, Any]:
    made = int(post.posted_at.timestamp() * 1000)
    escaped = re.sub(r"([\\|{}@\[\]()<>*_~])", r"\\\1", post.caption)
    return {
        "id": post.id,
        "commentary": escaped,
        "createdAt": made,
        "publishedAt": made,
        "lifecycleState": "PUBLISHED",
    }


@bp.get("/rest/posts/<path:urn>")
@door("r_organization_social")
def read_post(urn: str) -> Any:
    post = world().posts.get(unquote(urn))
    if post is None or post.deleted_at is not None:
        return linkedin_error(404, "NOT_FOUND")
    return jsonify(_facts(post))


@bp.delete("/rest/posts/<path:urn>")
@door("w_organization_social")
def delete_post(urn: str) -> Any:
    post = world().posts.get(unquote(urn))
    if post is not None and post.deleted_at is None:
        post.deleted_at = world().now()
    return Response("", 204)


@bp.route("/rest/socialActions/<path:urn>/comments", methods=["GET", "POST"])
@door()
def comments(urn: str) -> Any:
    post = world().posts.get(unquote(urn))
    if post is None or post.deleted_at is not None:
        return linkedin_error(404, "NOT_FOUND")
    if request.method == "GET":
        return jsonify({"elements": post.comments})
    body = request.get_json(silent=True) or {}
    number = world().new_id()
    made = {
        "id": number,
        "actor": body.get("actor", ""),
        "message": {"text": body.get("message", {}).get("text", "")},
        "created": {"time": int(world().now().timestamp() * 1000)},
    }
    post.comments.append(made)
    answer = jsonify(made)
    answer.status_code = 201
    answer.headers["x-restli-id"] = number
    return answer


@bp.get("/rest/organizationalEntityShareStatistics")
@door("rw_organization_admin")
def statistics() -> Any:
    numbers = {
        "impressionCount": 210,
        "uniqueImpressionsCount": 160,
        "likeCount": 14,
        "commentCount": 2,
        "shareCount": 1,
        "clickCount": 9,
    }
    return jsonify({"elements": [{"totalShareStatistics": numbers}]})


@bp.get("/rest/networkSizes/<path:urn>")
@door("r_organization_social")
def followers(urn: str) -> Any:
    return jsonify({"firstDegreeSize": world().followers})


@bp.get("/rest/organizations/<number>")
@door("rw_organization_admin")
def organisation(number: str) -> Any:
    if world().accounts.get(number) != "organisation":
        return linkedin_error(404, "NOT_FOUND")
    return jsonify({"id": int(number), "localizedName": "Eksempelorganisation"})
