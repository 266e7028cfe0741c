"""Who may in: tokens, their age, their kind and what they allow, with Meta's and LinkedIn's own refusals."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, current_app, g, jsonify, request

from branding.simulator.faults import envelope
from branding.simulator.fetching import Unfit
from branding.simulator.world import Flavour, Token, World

View = Callable[..., Any]


def world() -> World:
    found: World = current_app.extensions["world"]
    return found


def bearer() -> str:
    """The token of this call, from wherever the channel takes it."""
    kind, _, value = request.headers.get("Authorization", "").partition(" ")
    return value if kind in ("Bearer", "OAuth") else request.values.get("access_token", "")


class Refused(Exception):
    def __init__(self, answer: Response) -> None:
        super().__init__(answer.status)
        self.answer = answer


def graph_token(host: str) -> Token:
    """The token, when this host takes it; raises Meta's refusal otherwise."""
    token = world().tokens.get(bearer())
    wanted: Flavour = "instagram" if host == "igraph" else "facebook"
    if token is None or token.flavour != wanted:
        raise Refused(envelope(190, None, 401))
    if token.expires_at is not None and token.expires_at <= world().now():
        raise Refused(envelope(190, 463, 401))
    return token


def need(scope: str, *, code: int = 10) -> None:
    """``instagram_content_publish`` and the like; Instagram Login has names of its own."""
    token: Token = g.token
    name = scope
    if token.flavour == "instagram":
        name = scope.replace("instagram_", "instagram_business_", 1)
    if name not in token.scopes:
        raise Refused(envelope(code, None, 403))


def linkedin_token() -> Token:
    token = world().tokens.get(bearer())
    if token is None or token.flavour != "linkedin":
        raise Refused(linkedin_error(401, "INVALID_ACCESS_TOKEN"))
    if token.expires_at is not None and token.expires_at <= world().now():
        raise Refused(linkedin_error(401, "EXPIRED_ACCESS_TOKEN"))
    return token


def linkedin_error(status: int, code: str, message: str = "simulated") -> Response:
    answer = jsonify({"status": status, "code": code, "message": message})
    answer.status_code = status
    answer.headers["x-li-uuid"] = "simtrace"
    return answer


def graph(view: View) -> View:
    """A Graph view: the token is checked, and refusals are answers."""

    @wraps(view)
    def opened(*args: Any, **kwargs: Any) -> Any:
        try:
            g.host = kwargs.pop("host")
            kwargs.pop("version", None)
            g.token = graph_token(g.host)
            return view(*args, **kwargs)
        except Refused as refused:
            return refused.answer
        except Unfit as unfit:
            return envelope(unfit.code, unfit.subcode)

    return opened
