"""Taking a picture or film in: sniffed, decoded by the child, sealed, and only then written down.

Decoding takes up to a second, a film longer.  A page that would hold the write lock meanwhile calls
:func:`prepare` first and :func:`keep` afterwards; :func:`take_in` is both in one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import BinaryIO

from sqlalchemy import event
from sqlalchemy.orm import SessionTransaction
from sqlmodel import Session, select

from branding.core import clock, policy
from branding.core.actor import Actor
from branding.core.ids import new_id
from branding.media import darkroom, faces, names, vault
from branding.media.models import MediaEdition, MediaItem
from branding.media.rules.kinds import HEAD, FileKind, check_size, kind_of
from branding.media.service.opened import EDIT, by, noted
from branding.media.values.developing import SealedPart, TakeIn
from branding.media.values.items import FaceState, MediaKind
from branding.media.values.uploads import Prepared

_PIECE = 4 * 1024 * 1024
#: How long an original is kept of which nobody says anything else (consent.md T15).
_KEPT = timedelta(days=90)
#: In ``session.info``: items of the transaction that is not over yet.
_UNSAVED = "media_unsaved"


def take_in(
    session: Session,
    actor: Actor,
    place: str,
    unit_id: int,
    data: bytes | BinaryIO,
    *,
    now: datetime,
) -> str:
    """Take in a file that a form sent; returns the item's id.  The same bytes are one item at a place."""
    policy.check(actor, EDIT, unit_id, thing="unit", key=unit_id)
    return keep(session, actor, place, unit_id, prepare(session, data), now=now)


def prepare(session: Session, data: bytes | BinaryIO) -> Prepared:
    """Decode and seal a file that a form sent; nothing is written down yet."""
    upload_id, key = new_id(), vault.new_key()
    folder = vault.incoming_of(session, upload_id)
    about = f"upload:{upload_id}"
    try:
        head, size = b"", 0
        path = folder / names.chunk(0)
        with vault.SealedWriter(path, key, about) as writer:
            for piece in _pieces(data):
                head = head or piece[:HEAD]
                size += len(piece)
                check_size(kind_of(head), size)
                writer.write(piece)
            kind = kind_of(head)  # when nothing came, it says so
            writer.done()
        return develop(session, kind, [SealedPart(str(path), about)], key)
    finally:
        vault.remove(folder)


def develop(session: Session, kind: FileKind, parts: Sequence[SealedPart], key: bytes) -> Prepared:
    """Let the child decode what lies in these parts; refused, it leaves no file and no key."""
    item_id = new_id()
    folder = vault.folder_of(session, item_id)
    own_key = vault.original_keys(session).make(item_id)
    task = TakeIn(kind, tuple(parts), key.hex(), item_id, str(folder), own_key.hex())
    try:
        facts = darkroom.take_in(task)
    except BaseException:
        _forget(session, item_id)
        raise
    is_film = kind == FileKind.FILM
    return Prepared(item_id, MediaKind.VIDEO if is_film else MediaKind.PHOTO, facts)


def keep(
    session: Session, actor: Actor, place: str, unit_id: int, prepared: Prepared, *, now: datetime
) -> str:
    """Write down what was prepared; returns the id of the item, or of the one that has the same bytes."""
    try:
        policy.check(actor, EDIT, unit_id, thing="unit", key=unit_id)
        twin = _twin(session, place, prepared)
        if twin is not None:
            discard(session, prepared)
            return twin
        item = _item(actor, place, unit_id, prepared, now)
        session.add(item)
        session.flush()
        session.add(_edition(item, prepared, now))
        session.info.setdefault(_UNSAVED, []).append(item.id)
        noted(session, actor, item, "media:item:taken_in", now, {"kind": (None, str(item.kind))})
    except BaseException:
        discard(session, prepared)
        raise
    return item.id


def discard(session: Session, prepared: Prepared) -> None:
    """Leave nothing of what was prepared and is not wanted after all; twice does no harm."""
    _forget(session, prepared.item_id)


def _forget(session: Session, item_id: str) -> None:
    vault.remove(vault.folder_of(session, item_id))
    vault.original_keys(session).forget_orphan(item_id)


@event.listens_for(Session, "after_soft_rollback")
def _forget_unsaved(session: Session, transaction: SessionTransaction) -> None:
    """What the page went on to do failed: nothing stays of a picture that no row knows."""
    if transaction.parent is None:
        for item_id in session.info.pop(_UNSAVED, ()):
            _forget(session, item_id)


@event.listens_for(Session, "after_commit")
def _saved(session: Session) -> None:
    if not session.in_nested_transaction():
        session.info.pop(_UNSAVED, None)


def _pieces(data: bytes | BinaryIO) -> Iterator[bytes]:
    if isinstance(data, bytes):
        yield data
        return
    while piece := data.read(_PIECE):
        yield piece


def _twin(session: Session, place: str, prepared: Prepared) -> str | None:
    """The item here that was made from the same bytes; one whose original is gone makes room."""
    found = session.exec(
        select(MediaItem).filter_by(place=place, source_sha256=prepared.facts.source_sha256)
    ).first()
    if found is None:
        return None
    if found.purged_at is None:
        return found.id
    found.source_sha256 = found.id
    session.flush()
    return None


def _item(actor: Actor, place: str, unit_id: int, prepared: Prepared, now: datetime) -> MediaItem:
    facts = prepared.facts
    counts = prepared.kind == MediaKind.PHOTO and faces.is_available()
    return MediaItem(
        id=prepared.item_id,
        place=place,
        unit_id=unit_id,
        kind=prepared.kind,
        width=facts.width,
        height=facts.height,
        seconds=facts.seconds,
        frame_rate=facts.frame_rate,
        codec=facts.codec[:20],
        has_sound=facts.has_sound,
        had_location=facts.had_location,
        source_sha256=facts.source_sha256,
        face_state=FaceState.WAITING if counts else FaceState.UNAVAILABLE,
        made_by=by(actor),
        made_at=now,
        keep_until=clock.local(now).date() + _KEPT,
        version=0,
    )


def _edition(item: MediaItem, prepared: Prepared, now: datetime) -> MediaEdition:
    return MediaEdition(
        item_id=item.id,
        number=0,
        sha256=prepared.facts.sha256,
        size=prepared.facts.size,
        made_by=item.made_by,
        made_at=now,
    )
