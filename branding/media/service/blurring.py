"""Blurring faces in the picture itself: a new file, not a layer (consent.md R17)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, select

from branding.core.actor import Actor
from branding.core.errors import Missing, RuleBroken
from branding.core.text import say
from branding.media import darkroom, vault
from branding.media.models import MediaEdition, MediaItem, MediaPerson
from branding.media.queries.items import edition_row, person_row, person_rows
from branding.media.service.opened import by, declared, noted, opened
from branding.media.values.developing import Blur
from branding.media.values.items import Answer, MediaKind


def blur(
    session: Session, actor: Actor, place: str, item_id: str, box_ids: Collection[str], *, now: datetime
) -> int:
    """Make a new edition in which these boxes are blurred too; returns its number.

    It counts once a second person has confirmed that nobody can recognise them.
    """
    item = opened(session, actor, place, item_id)
    if item.kind != MediaKind.PHOTO:
        text = say("Faces in a film cannot be blurred here. Blur them on the phone, and send the film again.")
        raise RuleBroken("film", text, "people")
    rows = [person_row(session, item_id, box_id) for box_id in box_ids]
    boxes = [row.box for row in rows if row.box is not None]
    if not boxes or len(boxes) != len(rows):
        raise RuleBroken("no_box", say("Choose the faces that are to be blurred."), "people")
    number = _make(session, actor, item, boxes, now)
    for row in rows:
        row.answer, row.subject_id, row.because, row.is_heard = Answer.BLURRED, "", "", False
        row.answered_by, row.answered_at = by(actor), now
    declared(session, actor, item, now)
    noted(session, actor, item, "media:item:blurred", now, {"edition": (number - 1, number)})
    return number


def unblur(session: Session, actor: Actor, place: str, item_id: str, *, now: datetime) -> None:
    """Back to the edition before; nothing is said any more of those who were blurred in this one."""
    item = opened(session, actor, place, item_id)
    edition = edition_row(session, item_id, item.edition)
    if edition.based_on is None:
        raise RuleBroken("not_blurred", say("Nothing in the picture is blurred."), "people")
    before = edition_row(session, item_id, edition.based_on)
    for row in person_rows(session, item_id):
        if row.box not in before.boxes and _rests_on(row, edition):
            row.answer, row.because, row.answered_by, row.answered_at = None, "", "", None
    item.edition = before.number
    declared(session, actor, item, now)
    noted(session, actor, item, "media:item:unblurred", now, {"edition": (edition.number, before.number)})


def _rests_on(row: MediaPerson, edition: MediaEdition) -> bool:
    """What was said of the face may hold only as long as it is blurred."""
    if row.answer == Answer.BLURRED:
        return True
    return row.box in edition.boxes and row.answer in (Answer.NOT_RECOGNISABLE, Answer.NOT_A_FACE)


def _make(session: Session, actor: Actor, item: MediaItem, boxes: list[list[float]], now: datetime) -> int:
    last = session.exec(select(func.max(MediaEdition.number)).filter_by(item_id=item.id)).one()
    number, before = int(last or 0) + 1, edition_row(session, item.id, item.edition)
    try:
        key = vault.key_of(vault.original_keys(session), item.id)
    except vault.Gone:
        raise Missing("media_item", item.id) from None
    folder = str(vault.folder_of(session, item.id))
    drawn = tuple((float(x), float(y), float(w), float(h)) for x, y, w, h in boxes)
    made = darkroom.blur(Blur(item.id, folder, key.hex(), item.edition, number, drawn))
    session.add(
        MediaEdition(
            item_id=item.id,
            number=number,
            based_on=before.number,
            sha256=made.sha256,
            size=made.size,
            boxes=[*before.boxes, *boxes],
            made_by=by(actor),
            made_at=now,
        )
    )
    item.edition = number
    session.flush()
    return number
