"""The practice profile: a feed that only staff, and the host whose days these are, can see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import url_for

from branding.core import clock
from branding.drafts.values.kinds import GUIDES
from branding.drafts.views.film import film_bytes
from branding.drafts.views.picture import picture_bytes
from branding.organisation import queries as organisation
from branding.publishing.queries import practice as queries
from branding.publishing.queries.practice import PracticeView
from branding.publishing.views.blueprint import bp
from branding.takeovers import queries as takeovers
from branding.takeovers.views.week import while_open
from branding.web.guards import actor, requires
from branding.web.pages import page
from branding.web.safe_address import page_number
from branding.web.transaction import db

VIEW = "publishing:publication:view"
HOST = "takeovers:host:week"


@bp.get("/practice/<int:profile_id>")
@requires(VIEW)
def practice_page(profile_id: int) -> Any:
    """The profile as its followers would see it, if it had any."""
    return _feed(profile_id, is_host=False)


@bp.get("/my-week/practice")
@requires(HOST)
@while_open
def host_practice_page() -> Any:
    """The same for the host of a takeover on this profile."""
    return _feed(_own_profile(), is_host=True)


@bp.get("/practice/<int:profile_id>/<id:post_id>")
@requires(VIEW)
def practice_post_page(profile_id: int, post_id: str) -> Any:
    return _post(profile_id, post_id, is_host=False)


@bp.get("/my-week/practice/<id:post_id>")
@requires(HOST)
@while_open
def host_practice_post_page(post_id: str) -> Any:
    return _post(_own_profile(), post_id, is_host=True)


@bp.get("/practice/<int:profile_id>/<id:post_id>/pictures/<id:item_id>")
@requires(VIEW)
def practice_picture(profile_id: int, post_id: str, item_id: str) -> Any:
    return picture_bytes(_one(profile_id, post_id).content, item_id)


@bp.get("/my-week/practice/<id:post_id>/pictures/<id:item_id>")
@requires(HOST)
@while_open
def host_practice_picture(post_id: str, item_id: str) -> Any:
    return picture_bytes(_one(_own_profile(), post_id).content, item_id)


@bp.get("/practice/<int:profile_id>/<id:post_id>/pictures/<id:item_id>/film")
@requires(VIEW)
def practice_film(profile_id: int, post_id: str, item_id: str) -> Any:
    return film_bytes(_one(profile_id, post_id).content, item_id)


@bp.get("/my-week/practice/<id:post_id>/pictures/<id:item_id>/film")
@requires(HOST)
@while_open
def host_practice_film(post_id: str, item_id: str) -> Any:
    return film_bytes(_one(_own_profile(), post_id).content, item_id)


def _feed(profile_id: int, *, is_host: bool) -> Any:
    found = queries.feed(db(), profile_id, page_number(), clock.now())
    return page("publishing/practice.html", feed=found, **_around(profile_id, is_host))


def _post(profile_id: int, post_id: str, *, is_host: bool) -> Any:
    return page(
        "publishing/practice_post.html", one=_one(profile_id, post_id), **_around(profile_id, is_host)
    )


def _one(profile_id: int, post_id: str) -> PracticeView:
    return queries.practice_post(db(), profile_id, post_id, clock.now())


def _own_profile() -> int:
    """The profile of the takeover whose link is open."""
    host = takeovers.host_view(db(), actor().id or 0)
    return takeovers.takeover_view(db(), host.takeover_id).profile_id


def _around(profile_id: int, is_host: bool) -> dict[str, Any]:
    return {
        "profile": organisation.profile_by_id(db(), profile_id),
        "guides": GUIDES,
        "frame": "host_layout.html" if is_host else "layout.html",
        "is_host": is_host,
        "to": _addresses(profile_id, is_host),
    }


def _addresses(profile_id: int, is_host: bool) -> Callable[..., str]:
    """``to("practice_post_page", post_id=…)`` for whoever is here."""

    def to(name: str, **values: Any) -> str:
        if is_host:
            return url_for(f"publishing.host_{name}", **values)
        return url_for(f"publishing.{name}", profile_id=profile_id, **values)

    return to
