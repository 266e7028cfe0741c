"""Order, shape and cut of a post's pictures; each change can be undone, as the version before stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from branding.core.actor import Actor
from branding.core.errors import Missing
from branding.drafts.queries.drafts import version_row
from branding.drafts.service import saving
from branding.drafts.service.access import WRITE, draft_for
from branding.drafts.values.content import Content, Picture
from branding.drafts.values.shapes import shape_of
from branding.media.values import Focus, Ratio


def remove(session: Session, actor: Actor, draft_id: str, item_id: str, *, now: datetime) -> int:
    """Take a picture out; returns the number of the version that still has it."""
    row = draft_for(session, actor, draft_id, WRITE)
    before = row.number
    saving.close_version(session, row)
    saving.remove_picture(session, actor, draft_id, item_id, now=now)
    return before


def move(session: Session, actor: Actor, draft_id: str, item_id: str, by: int, *, now: datetime) -> None:
    """One place forwards or back; at the end it stays."""

    def how(content: Content) -> Content:
        pictures = list(content.pictures)
        at = _place(content, item_id)
        one = pictures.pop(at)
        pictures.insert(min(max(at + by, 0), len(pictures)), one)
        return replace(content, pictures=tuple(pictures))

    saving.change(session, actor, draft_id, how, now=now)


def crop(
    session: Session, actor: Actor, draft_id: str, item_id: str, ratio: Ratio, focus: Focus, *, now: datetime
) -> int:
    """Which part is shown, and in which shape the whole post is; returns the version before."""

    def how(content: Content) -> Content:
        _place(content, item_id)
        shaped = replace(content, ratio=ratio) if ratio is not Ratio.STORY else content
        one = next(one for one in content.pictures if one.item_id == item_id)
        return shaped.with_picture(item_id, focus={**one.focus, shape_of(shaped): focus})

    row = draft_for(session, actor, draft_id, WRITE)
    before = row.number
    saving.close_version(session, row)
    saving.change(session, actor, draft_id, how, now=now)
    return before


def put_back(
    session: Session, actor: Actor, draft_id: str, item_id: str, number: int, *, now: datetime
) -> None:
    """Undo of removing and of cropping: this picture as it was in that version, everything else as it is."""
    draft_for(session, actor, draft_id, WRITE)
    old = Content.from_json(version_row(session, draft_id, number).content)
    at = _place(old, item_id)

    def how(content: Content) -> Content:
        others = [one for one in content.pictures if one.item_id != item_id]
        others.insert(min(at, len(others)), _kept(content, old.pictures[at]))
        return replace(content, pictures=tuple(others), ratio=old.ratio)

    saving.change(session, actor, draft_id, how, now=now)


def _kept(content: Content, old: Picture) -> Picture:
    """What has been written of it meanwhile stays."""
    now = next((one for one in content.pictures if one.item_id == old.item_id), None)
    return old if now is None else replace(now, focus=old.focus)


def _place(content: Content, item_id: str) -> int:
    if item_id not in content.item_ids:
        raise Missing("picture", item_id)
    return content.item_ids.index(item_id)
