"""Counting faces in the background: claimed by a lease, counted by the child, then written down.

It never stops anybody, and finding nothing declares nothing (consent.md R15).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_
from sqlmodel import Session, col, select

from branding.core.actor import SYSTEM
from branding.core.ids import new_id
from branding.media import vault
from branding.media.models import MediaItem, MediaPerson
from branding.media.queries.items import person_rows
from branding.media.service.opened import forget_confirmations, noted
from branding.media.values.developing import Counted, CountFaces
from branding.media.values.items import CERTAIN, FaceState, FoundBy
from branding.media.values.pictures import Box

_LEASE = timedelta(seconds=90)
#: A picture that no child survives is left to the reviewer.
_MOST_TRIES = 3
#: Boxes that share so much are about one face.
_SAME = 0.3
_AS_TAKEN_IN = 0


@dataclass(frozen=True, slots=True)
class Claimed:
    """A picture that this process counts in, until the lease ends."""

    item_id: str
    lease_until: datetime
    task: CountFaces


def any_due(session: Session, *, now: datetime) -> bool:
    """Whether a picture waits; a tick must not take the write lock for nothing."""
    return session.exec(_due(now).limit(1)).first() is not None


def claim(session: Session, *, now: datetime) -> Claimed | None:
    """Take the one that has waited longest; None when there is nothing to do."""
    item = session.exec(
        _due(now).order_by(col(MediaItem.made_at)).limit(1).with_for_update(skip_locked=True)
    ).first()
    if item is None:
        return None
    item.count_tries += 1
    try:
        key = vault.key_of(vault.original_keys(session), item.id)
    except vault.Gone:
        key = b""
    if item.count_tries > _MOST_TRIES or not key:
        item.face_state, item.count_lease_until = FaceState.FAILED, None
        session.flush()
        return None
    item.count_lease_until = now + _LEASE
    session.flush()
    folder = str(vault.folder_of(session, item.id))
    # As it was taken in: a face that is blurred by then is there again when the blur is taken back.
    return Claimed(item.id, now + _LEASE, CountFaces(item.id, folder, key.hex(), _AS_TAKEN_IN))


def store(session: Session, claimed: Claimed, found: Counted, *, now: datetime) -> None:
    """Write down the boxes, unless a reviewer or another worker was quicker."""
    item = _ours(session, claimed)
    if item is None:
        return
    item.count_lease_until = None
    if not found.is_available:
        item.face_state = FaceState.UNAVAILABLE
        session.flush()
        return
    item.face_state = FaceState.COUNTED
    for x, y, w, h, certainty in found.faces:
        _box(session, item, Box(x, y, w, h), certainty, now)
    if found.faces:
        # What was explained or confirmed before did not know of these.
        item.mismatch_because = ""
        forget_confirmations(session, item)
    noted(session, SYSTEM, item, "media:item:counted", now, {"faces": (None, len(found.faces))})


def give_up(session: Session, claimed: Claimed) -> None:
    """The child could not: the reviewer counts."""
    item = _ours(session, claimed)
    if item is not None:
        item.face_state, item.count_lease_until = FaceState.FAILED, None


def _box(session: Session, item: MediaItem, box: Box, certainty: int, now: datetime) -> None:
    """A new box, or the certainty of one that somebody drew meanwhile around the same face."""
    for row in person_rows(session, item.id):
        if row.box is not None and row.found_by == FoundBy.PERSON and _share(Box(*row.box), box) > _SAME:
            if certainty >= CERTAIN:  # otherwise somebody's eyes are worth more
                row.found_by, row.certainty = FoundBy.DETECTOR, certainty
            return
    session.add(
        MediaPerson(
            id=new_id(),
            item_id=item.id,
            box=[box.x, box.y, box.w, box.h],
            found_by=FoundBy.DETECTOR,
            certainty=certainty,
            made_at=now,
        )
    )
    session.flush()


def _share(one: Box, other: Box) -> float:
    """How much of both together lies in both."""
    wide = min(one.x + one.w, other.x + other.w) - max(one.x, other.x)
    high = min(one.y + one.h, other.y + other.h) - max(one.y, other.y)
    both = max(0.0, wide) * max(0.0, high)
    return both / max(one.w * one.h + other.w * other.h - both, 1e-9)


def _due(now: datetime):  # type: ignore[no-untyped-def]  # a SELECT's type is longer than this file
    return select(MediaItem).where(
        MediaItem.face_state == FaceState.WAITING,
        col(MediaItem.dropped_at).is_(None),
        or_(col(MediaItem.count_lease_until).is_(None), col(MediaItem.count_lease_until) < now),
    )


def _ours(session: Session, claimed: Claimed) -> MediaItem | None:
    item = session.get(MediaItem, claimed.item_id)
    if item is None or item.face_state != FaceState.WAITING or item.dropped_at is not None:
        return None
    return item if item.count_lease_until == claimed.lease_until else None
