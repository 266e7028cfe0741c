"""The control room: set the clock, script faults, and read what happened; answers never hold a token."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, fields, replace
from datetime import timedelta
from typing import Any

from flask import Blueprint, Flask, Response, current_app, g, jsonify, request

from branding.simulator.doors import bearer, world
from branding.simulator.faults import Fault, Faults
from branding.simulator.world import Options

bp = Blueprint("control", __name__, url_prefix="/__sim__")


def _faults() -> Faults:
    found: Faults = current_app.extensions["faults"]
    return found


@bp.post("/reset")
def reset() -> Any:
    """Everything as at the start, with these options."""
    world().reset(**_options())
    _faults().script([])
    return jsonify({"ok": True})


@bp.post("/options")
def options() -> Any:
    world().options = replace(world().options, **_options())
    return jsonify(asdict(world().options))


def _options() -> dict[str, Any]:
    told = request.get_json(silent=True) or {}
    known = {item.name for item in fields(Options)}
    return {name: value for name, value in told.items() if name in known}


@bp.post("/advance")
def advance() -> Any:
    told = request.get_json(silent=True) or {}
    world().ahead += timedelta(seconds=float(told.get("seconds", 0)))
    return jsonify({"now": world().now().isoformat()})


@bp.post("/faults")
def set_faults() -> Any:
    known = {item.name for item in fields(Fault)} - {"details", "seen"}
    script = []
    for told in request.get_json(silent=True) or []:
        details = {name: value for name, value in told.items() if name not in known}
        script.append(Fault(**{name: told[name] for name in known & set(told)}, details=details))
    _faults().script(script)
    return jsonify({"faults": len(script)})


@bp.post("/accounts")
def add_account() -> Any:
    """``{"id": …, "kind": "instagram" | "page" | "organisation"}``"""
    told = request.get_json(silent=True) or {}
    world().accounts[str(told["id"])] = told["kind"]
    return jsonify({"ok": True})


@bp.post("/tokens")
def set_token() -> Any:
    """``{"value": …, "flavour": …, "scopes": [...], "expires_in": seconds}``"""
    told = request.get_json(silent=True) or {}
    until = world().now() + timedelta(seconds=told["expires_in"]) if "expires_in" in told else None
    scopes = tuple(told["scopes"]) if "scopes" in told else None
    world().add_token(told["value"], told["flavour"], scopes, expires_at=until)
    if "issued_ago" in told:
        world().tokens[told["value"]].issued_at = world().now() - timedelta(seconds=told["issued_ago"])
    return jsonify({"ok": True})


@bp.post("/foreign")
def foreign_post() -> Any:
    """Somebody posts with the phone."""
    told = request.get_json(silent=True) or {}
    kind = {"page": "page", "organisation": "linkedin"}.get(world().accounts[told["account"]], "instagram")
    post = world().post(
        kind, told["account"], told.get("caption", ""), told.get("kind", "FEED"), is_foreign=True
    )
    return jsonify({"id": post.id})


@bp.get("/state")
def state() -> Any:
    """Live posts with whose pictures they are, containers, and the clock."""
    with world().lock:
        return jsonify(
            {
                "now": world().now().isoformat(),
                "posts": [asdict(post) for post in world().posts.values()],
                "containers": [asdict(container) for container in world().containers.values()],
            }
        )


@bp.get("/calls")
def calls() -> Any:
    return jsonify(world().calls)


def install(app: Flask) -> None:
    """Write every call into the ledger: no token, no query, and of the body only a digest."""

    @app.before_request
    def begin() -> None:
        if not request.path.startswith("/__sim__"):
            shown = {k: v for k, v in request.headers.items() if k.lower() != "authorization"}
            g.call = {
                "at": world().now().isoformat(),
                "method": request.method,
                "path": request.path,
                "headers": shown,
                "has_token": bool(bearer()),
                "digest": hashlib.sha256(request.get_data(cache=True)).hexdigest(),
                "status": None,
                "fault": "",
            }
            world().calls.append(g.call)

    @app.after_request
    def end(response: Response) -> Response:
        if "call" in g:
            fault = g.get("fault")
            g.call.update(status=response.status_code, fault=fault.action if fault is not None else "")
        return response
