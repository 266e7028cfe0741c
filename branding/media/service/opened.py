"""What every change of an item begins and ends with: permission, place, and the log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from branding.audit.service import record
from branding.consent.values.gate import actor_ref
from branding.core import policy
from branding.core.actor import Actor
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.media.models import MediaItem
from branding.media.queries.items import edition_row, item_row, person_rows

VIEW, EDIT, REVIEW = "media:item:view", "media:item:edit", "media:item:review"


def opened(
    session: Session,
    actor: Actor,
    place: str,
    item_id: str,
    action: str = EDIT,
    *,
    also_purged: bool = False,
) -> MediaItem:
    """The item for a change; Missing for another place's or unit's, refused once the original is gone."""
    item = item_row(session, place, item_id)
    policy.check(actor, action, item.unit_id, thing="media_item", key=item_id)
    if item.purged_at is not None and not also_purged:
        text = say("The original picture has been deleted, so nothing about it can be changed any more.")
        raise RuleBroken("purged", text)
    return item


def by(actor: Actor) -> str:
    """Who acted, as it is stored: ``user:3``."""
    return actor_ref(actor.kind, actor.id)


def declared(session: Session, actor: Actor, item: MediaItem, now: datetime) -> None:
    """Something was said of the people: what a second person agreed to before no longer counts."""
    item.declared_by, item.declared_at = by(actor), now
    forget_confirmations(session, item)


def forget_confirmations(session: Session, item: MediaItem) -> None:
    edition = edition_row(session, item.id, item.edition)
    edition.confirmed_by, edition.confirmed_at = "", None
    for row in person_rows(session, item.id):
        row.confirmed_by, row.confirmed_at = "", None


def noted(
    session: Session,
    actor: Actor,
    item: MediaItem,
    tag: str,
    now: datetime,
    changes: Mapping[str, tuple[Any, Any]] | None = None,
) -> None:
    """Count the version up and write the log; ``changes`` name no person."""
    item.version += 1
    session.flush()
    record(session, actor, tag, "media_item", item.id, changes=changes, now=now)
