"""What the steps of making a post share: the host has them under the own week, staff under the posts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import url_for

from branding.core import clock
from branding.core.text import Text, say
from branding.drafts.queries.drafts import view_of, views_of
from branding.drafts.queries.facts import Judged, judged
from branding.drafts.service.access import WRITE, draft_for, place_of, ref_of
from branding.drafts.service.answers import told
from branding.drafts.service.standing import standing_of
from branding.drafts.values.answers import Line, Told
from branding.drafts.values.content import Content
from branding.drafts.values.drafts import WITH_AUTHOR, DraftView, Standing
from branding.drafts.values.kinds import GUIDES, Guide
from branding.drafts.values.shapes import focus_of, shape_of
from branding.drafts.views.blueprint import bp
from branding.media import queries as media
from branding.media.values import ItemView
from branding.takeovers.views.week import while_open
from branding.web.guards import actor, requires
from branding.web.i18n import translate
from branding.web.pages import page
from branding.web.transaction import db

HOST = "takeovers:host:week"
View = TypeVar("View", bound=Callable[..., Any])

#: The steps in their order, and what people call them.
STEPS: Mapping[str, Text] = {
    "pictures": say("Picture"),
    "people": say("Who is in it?"),
    "text": say("Text"),
    "send": say("Send"),
}


@bp.app_template_filter("told")
def told_here(standing: Standing) -> Told:
    """``standing | told``: what stands in the way, for whoever is here."""
    return told(standing, is_inside=actor().kind == "user")


@bp.app_template_filter("gathered")
def gathered(lines: tuple[Line, ...]) -> list[list[Line]]:
    """``group.lines | gathered``: what is said of several pictures in the same words, once."""
    found: dict[tuple[str, str, str], list[Line]] = {}
    for line in lines:
        key = (str(translate(line.text)), line.code, line.step if line.item_id else line.subject_id)
        found.setdefault(key, []).append(line)
    return list(found.values())


def step(path: str, *methods: str, action: str = WRITE) -> Callable[[View], View]:
    """Register a view for the host by the link, and for staff by their role, under the same name."""

    def register(view: View) -> View:
        name = view.__name__
        wanted = list(methods) or ["GET"]
        for_host = requires(HOST)(while_open(view))
        bp.add_url_rule(f"/my-week/posts/<id:draft_id>{path}", f"host_{name}", for_host, methods=wanted)
        bp.add_url_rule(f"/posts/<id:draft_id>{path}", name, requires(action)(view), methods=wanted)
        return view

    return register


def way(draft_id: str, name: str, **values: Any) -> str:
    """The address of a page of this post for whoever is here; a step by its short name."""
    endpoint = f"{name}_page" if name in STEPS else name
    prefix = "host_" if actor().kind == "host" else ""
    return url_for(f"drafts.{prefix}{endpoint}", draft_id=draft_id, **values)


@dataclass(frozen=True, slots=True)
class Making:
    """A post that somebody makes, with its pictures and films as they are now."""

    draft: DraftView
    items: Mapping[str, ItemView]
    #: What media knows its pictures by.
    place: str

    @property
    def guide(self) -> Guide:
        return GUIDES[self.draft.kind]

    @property
    def is_with_author(self) -> bool:
        return self.draft.state in WITH_AUTHOR

    def way(self, name: str, **values: Any) -> str:
        return way(self.draft.id, name, **values)

    def src(self, item_id: str, size: str = "view", *, is_whole: bool = False) -> str:
        """The address of a picture's bytes, cut as the post cuts it; it changes when the picture does."""
        item = self.items.get(item_id)
        values: dict[str, Any] = {"item_id": item_id, "size": size, "v": item.edition if item else 0}
        if not is_whole:
            values |= cut_of(self.draft.content, item_id)
        return way(self.draft.id, "picture", **values)


def cut_of(content: Content, item_id: str) -> dict[str, Any]:
    """How an address says which part of a picture the post shows."""
    one = next((one for one in content.pictures if one.item_id == item_id), None)
    if one is None:
        return {}
    shape = shape_of(content)
    focus = focus_of(one, shape)
    return {"shape": shape.value, "cut": f"{focus.x:g}-{focus.y:g}-{focus.zoom:g}"}


def opened(draft_id: str) -> Making:
    """The post, when whoever is here may make it; anything else is not there."""
    row = draft_for(db(), actor(), draft_id, WRITE)
    draft = views_of(db(), [row])[0]
    items = media.item_views(db(), draft.content.item_ids)
    return Making(draft, {key: one for key, one in items.items() if not one.is_dropped}, place_of(row))


def weighed(draft_id: str) -> tuple[Making, Judged, Standing]:
    """The same with everything that stands in the post's way."""
    row, now = draft_for(db(), actor(), draft_id, WRITE), clock.now()
    one = judged(db(), [row], now=now)[row.id]
    shown = {key: item for key, item in one.items.items() if not item.is_dropped}
    making = Making(view_of(row, one.content), shown, place_of(row))
    return making, one, standing_of(row, one, by=ref_of(actor()), now=now)


def step_page(name: str, making: Making, *, status: int = 200, **context: Any) -> Any:
    """A step with the frame of whoever is here."""
    is_host, template = actor().kind == "host", f"post_{name}"
    return page(
        f"drafts/{template}.html",
        status=status,
        frame="host_layout.html" if is_host else "layout.html",
        is_host=is_host,
        is_author=is_host or making.draft.author == ref_of(actor()),
        making=making,
        draft=making.draft,
        content=making.draft.content,
        items=making.items,
        guide=making.guide,
        way=making.way,
        src=making.src,
        steps=STEPS,
        current=name,
        **context,
    )
