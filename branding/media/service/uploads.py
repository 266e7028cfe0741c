"""Uploads that stop and go on: chunks come in order, each as often as the network likes, and lie sealed."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func
from sqlmodel import Session, col, select

from branding.core import policy
from branding.core.actor import Actor
from branding.core.errors import Conflict, Missing, RuleBroken
from branding.core.ids import new_id
from branding.core.text import say
from branding.media import names, vault
from branding.media.models import MediaUpload
from branding.media.rules.kinds import HEAD, FileKind, check_size, kind_of
from branding.media.service import intake
from branding.media.service.opened import EDIT, by
from branding.media.values.developing import SealedPart
from branding.media.values.uploads import (
    MOST_CHUNK_BYTES,
    MOST_FILM_BYTES,
    MOST_PICTURE_BYTES,
    NewUpload,
    Prepared,
    UploadState,
)

#: Uploads that were begun longer ago than this are dropped.
KEPT = timedelta(days=1)
#: What one person may have under way.
_MOST_UNDER_WAY = 4 * MOST_FILM_BYTES


def begin(session: Session, actor: Actor, new: NewUpload, *, now: datetime) -> UploadState:
    """Say what is about to come."""
    policy.check(actor, EDIT, new.unit_id, thing="unit", key=new.unit_id)
    if new.size <= 0:
        raise RuleBroken("empty_file", say("The file is empty. Take the picture once more."), "file")
    is_picture = new.mime.startswith("image/")
    most = MOST_PICTURE_BYTES if is_picture else MOST_FILM_BYTES
    if new.size > most:
        text = (
            say("The picture is too big. The most is %(num)s MB.", num=most // 2**20)
            if is_picture
            else say("The film is too big. The most is %(num)s MB.", num=most // 2**20)
        )
        raise RuleBroken("too_big", text, "file")
    if _under_way(session, actor) + new.size > _MOST_UNDER_WAY:
        text = say("Too many files are under way. Wait until they are here.")
        raise RuleBroken("too_much_under_way", text, "file")
    row = MediaUpload(
        id=new_id(), place=new.place, unit_id=new.unit_id, size=new.size, made_by=by(actor), made_at=now
    )
    vault.upload_keys(session).make(row.id)
    session.add(row)
    session.flush()
    return _state(row)


def state(session: Session, actor: Actor, upload_id: str) -> UploadState:
    """How far it is: where to go on after a lost connection."""
    return _state(_own(session, actor, upload_id))


def add_chunk(
    session: Session, actor: Actor, upload_id: str, offset: int, content: bytes, *, now: datetime
) -> UploadState:
    """Add what comes at this place; a chunk that is here already is answered as it was the first time."""
    row = _own(session, actor, upload_id)
    end = offset + len(content)
    if row.item_id is not None or 0 <= offset < end <= row.received:
        return _state(row)
    if offset != row.received or not content or end > row.size or len(content) > MOST_CHUNK_BYTES:
        text = say("A part of the file came in the wrong place. %(num)s bytes are here.", num=row.received)
        raise Conflict("wrong_offset", text, theirs=[(say("Bytes received"), row.received)])
    if offset == 0:
        check_size(kind_of(content[:HEAD]), row.size)
    key = vault.key_of(vault.upload_keys(session), row.id)
    path = vault.incoming_of(session, row.id) / names.chunk(offset)
    vault.put(path, key, _about(row.id, offset), content)
    row.received = end
    session.flush()
    return _state(row)


def prepare(session: Session, actor: Actor, upload_id: str) -> Prepared | None:
    """Decode what has come whole, before :func:`finish`; None when it was finished before.

    It takes up to two minutes for a film, in which others must be able to write.  So it ends the caller's
    transaction, which may have read only.
    """
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("prepare an upload before anything is written")
    whole = _whole(session, actor, upload_id)
    if whole is None:
        return None
    session.rollback()
    return intake.develop(session, *whole)


def _whole(session: Session, actor: Actor, upload_id: str) -> tuple[FileKind, list[SealedPart], bytes] | None:
    """What there is to decode."""
    row = _own(session, actor, upload_id)
    if row.item_id is not None:
        return None
    if row.received != row.size:
        text = say("The file is not here yet. %(num)s bytes are missing.", num=row.size - row.received)
        raise RuleBroken("not_whole", text, "file")
    key = vault.key_of(vault.upload_keys(session), row.id)
    parts = _parts(session, row, key)
    head = vault.SealedFile(Path(parts[0].path), key, parts[0].about).read(0, HEAD)
    return kind_of(head), parts, key


def finish(
    session: Session, actor: Actor, upload_id: str, *, prepared: Prepared | None = None, now: datetime
) -> str:
    """Make an item of what has come; once more gives the same item."""
    row = _own(session, actor, upload_id)
    if row.item_id is not None:
        if prepared is not None:
            intake.discard(session, prepared)
        return row.item_id
    whole = None if prepared else _whole(session, actor, upload_id)
    found = prepared if whole is None else intake.develop(session, *whole)
    assert found is not None
    row.item_id = intake.keep(session, actor, row.place, row.unit_id, found, now=now)
    session.flush()
    return row.item_id


def drop_old(session: Session, *, now: datetime) -> list[str]:
    """Forget uploads of yesterday, and those that have become items; returns whose chunks may go."""
    rows = session.exec(select(MediaUpload).where(col(MediaUpload.made_at) < now - KEPT)).all()
    for row in rows:
        session.delete(row)
    session.flush()
    return [row.id for row in rows]


def finished_ids(session: Session) -> list[str]:
    """Uploads that have become items and whose chunks are still there."""
    held = set(vault.upload_keys(session).names())
    ids = session.exec(select(MediaUpload.id).where(col(MediaUpload.item_id).is_not(None)))
    return [upload_id for upload_id in ids if upload_id in held]


def remove(session: Session, upload_ids: list[str]) -> None:
    """Remove chunks and their keys, after that was saved; twice does no harm."""
    for upload_id in upload_ids:
        vault.upload_keys(session).forget_orphan(upload_id)
        vault.remove(vault.incoming_of(session, upload_id))


def remove_strays(session: Session, *, now: datetime) -> int:
    """Remove chunks and keys that no row knows: of uploads that were never saved."""
    before = (now - KEPT).timestamp()
    keys, known = vault.upload_keys(session), set(session.exec(select(MediaUpload.id)))
    old = {name for name in keys.names() if keys.made_at(name) < before}
    strays = (old | vault.names_in(session, "incoming", older_than=before)) - known
    remove(session, sorted(strays))
    return len(strays)


def _own(session: Session, actor: Actor, upload_id: str) -> MediaUpload:
    """The upload of whoever began it; nobody else finds it."""
    row = session.get(MediaUpload, upload_id)
    if row is None or row.made_by != by(actor):
        raise Missing("media_upload", upload_id)
    policy.check(actor, EDIT, row.unit_id, thing="media_upload", key=upload_id)
    return row


def _under_way(session: Session, actor: Actor) -> int:
    waiting = select(func.coalesce(func.sum(MediaUpload.size), 0)).where(
        MediaUpload.made_by == by(actor), col(MediaUpload.item_id).is_(None)
    )
    return int(session.exec(waiting).one())


def _parts(session: Session, row: MediaUpload, key: bytes) -> list[SealedPart]:
    """The chunks in order: each begins where the one before it ends."""
    folder, found, offset = vault.incoming_of(session, row.id), [], 0
    while offset < row.received:
        part = SealedPart(str(folder / names.chunk(offset)), _about(row.id, offset))
        found.append(part)
        offset += vault.SealedFile(Path(part.path), key, part.about).size
    return found


def _about(upload_id: str, offset: int) -> str:
    return f"upload:{upload_id}:{offset}"


def _state(row: MediaUpload) -> UploadState:
    return UploadState(row.id, row.received, row.size, row.item_id or "")
