"""Who may open which page: one decorator, read by the guard and by the house tests."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, abort, g, redirect, request, url_for

from branding.core import policy
from branding.core.actor import ANONYMOUS, Actor, Role
from branding.core.errors import NotAllowed
from branding.web.stafet import stafet

View = TypeVar("View", bound=Callable[..., Any])


def actor() -> Actor:
    """Who acts in this request: the host on a host's page, else the signed-in person."""
    found: Actor = g.get("actor") or user()
    return found


def user() -> Actor:
    """The signed-in person, or nobody."""
    if "user" not in g:
        g.user = stafet().load_user() or ANONYMOUS
    found: Actor = g.user
    return found


def public(view: View) -> View:
    """Mark a page that anybody may open."""
    view.stafet_access = "public"  # type: ignore[attr-defined]
    return view


def requires(action: str) -> Callable[[View], View]:
    """Let a view run only for those whose role has the action (``core.policy``)."""
    for_hosts = Role.HOST in policy.ACTIONS[action].everywhere

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            g.actor = (stafet().load_host() or ANONYMOUS) if for_hosts else user()
            if g.actor.is_anonymous:
                if for_hosts:
                    return redirect(url_for("takeovers.link_needed_page"), 303)
                return redirect(url_for("accounts.sign_in_page", next=_here()), 303)
            if not policy.may(g.actor, action):
                raise NotAllowed(action)
            return view(*args, **kwargs)

        guarded.stafet_access = action  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return guard


def install(app: Flask) -> None:
    app.before_request(_refuse_nul)


def _refuse_nul() -> None:
    """No keyboard types NUL, no page may show it and PostgreSQL does not store it."""
    for values in (request.args, request.form):
        if any("\x00" in value for told in values.listvalues() for value in told):
            abort(400)


def _here() -> str | None:
    """Where to go on after signing in: only an address of ours, and only one that is safe to open."""
    return request.full_path.rstrip("?") if request.method == "GET" and request.path != "/" else None
