"""The second pair of eyes: somebody else agrees that nobody can recognise those who are hidden (R13, R17)."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from branding.core.actor import Actor
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.media.models import MediaItem
from branding.media.queries.items import edition_row, person_rows
from branding.media.rules.declaring import TO_CONFIRM
from branding.media.service.opened import REVIEW, by, noted, opened


def confirm(session: Session, actor: Actor, place: str, item_id: str, *, now: datetime) -> None:
    """Confirm the current edition, and everybody in it who is said not to be recognisable."""
    item = opened(session, actor, place, item_id, REVIEW)
    if by(actor) in _involved(session, item):
        text = say("Somebody else must confirm this: you have taken the picture in, or said who is in it.")
        raise RuleBroken("four_eyes", text)
    edition = edition_row(session, item_id, item.edition)
    edition.confirmed_by, edition.confirmed_at = by(actor), now
    for row in person_rows(session, item_id):
        if row.answer in TO_CONFIRM:
            row.confirmed_by, row.confirmed_at = by(actor), now
    noted(session, actor, item, "media:item:confirmed", now, {"edition": (None, edition.number)})


def may_confirm(session: Session, actor: Actor, place: str, item_id: str) -> bool:
    """Whether this person is somebody else: what a page asks before it shows the button."""
    item = opened(session, actor, place, item_id, REVIEW, also_purged=True)
    return item.purged_at is None and by(actor) not in _involved(session, item)


def _involved(session: Session, item: MediaItem) -> set[str]:
    rows = person_rows(session, item.id)
    involved = {item.made_by, item.declared_by, *(row.answered_by for row in rows)}
    number: int | None = item.edition
    while number is not None:  # each blur that the file holds
        edition = edition_row(session, item.id, number)
        involved.add(edition.made_by)
        number = edition.based_on
    return involved - {""}
