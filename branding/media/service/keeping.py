"""How long pictures and films are kept: originals go first, then everything (consent.md R58, T13).

The database is changed first; keys are destroyed and files removed after that is saved, by a sweep that
also finishes what a crash left, and what a backup brought back.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, select

from branding.consent.queries import retention as consent
from branding.core import policy
from branding.core.actor import SYSTEM, Actor
from branding.core.errors import Missing
from branding.core.key_store import CannotOpen, KeyGone
from branding.media import names, vault
from branding.media.models import MediaEdition, MediaItem, MediaPerson
from branding.media.service.opened import EDIT, noted
from branding.media.values.pictures import Size

#: Files and keys that no row knows are kept this long: a backup may be on its way back.
_STRAYS_KEPT = timedelta(days=30)
_EVER = datetime(2000, 1, 1, tzinfo=UTC)


def keep_until(
    session: Session, actor: Actor, ids: Collection[str], day: date | None, *, now: datetime
) -> None:
    """The last day on which the originals are kept; None: until somebody says."""
    for item in _items(session, actor, ids):
        if item.purged_at is None and item.keep_until != day:
            before, item.keep_until = item.keep_until, day
            noted(session, actor, item, "media:item:keep_until", now, {"keep_until": (before, day)})


def drop(session: Session, actor: Actor, ids: Collection[str], *, now: datetime) -> None:
    """Everything of these items goes: files within a minute, and nothing brings them back."""
    for item in _items(session, actor, ids):
        _drop(session, actor, item, now)


def purge(session: Session, *, today: date, now: datetime) -> list[str]:
    """Originals whose day is over; what pages show of the current edition stays.  Returns the ids."""
    rows = session.exec(
        select(MediaItem).where(
            col(MediaItem.keep_until) < today,
            col(MediaItem.purged_at).is_(None),
            col(MediaItem.dropped_at).is_(None),
        )
    ).all()
    for item in rows:
        _keep_shown(session, item)
        item.purged_at = now
        noted(session, SYSTEM, item, "media:item:purged", now)
    return [item.id for item in rows]


def follow(session: Session, *, now: datetime) -> None:
    """Pictures of people who were erased go, with everybody else in them; and what a backup brought back."""
    for item_id in to_drop(session):
        item = session.get(MediaItem, item_id)
        assert item is not None
        _drop(session, SYSTEM, item, now)
    for item_id in purged_before(session):
        item = session.get(MediaItem, item_id)
        assert item is not None
        item.purged_at = now
        noted(session, SYSTEM, item, "media:item:purged", now)


def to_drop(session: Session) -> list[str]:
    """Items that show somebody who was erased, and dropped ones that a backup brought back."""
    shown = session.exec(
        select(MediaPerson.subject_id, MediaPerson.item_id).where(MediaPerson.subject_id != "")
    ).all()
    erased = set(consent.erased_ids_since(session, _EVER)) if shown else set()
    found = {item_id for subject_id, item_id in shown if subject_id in erased}
    destroyed = set(vault.shown_keys(session).destroyed())
    if destroyed:
        standing = session.exec(select(MediaItem.id).where(col(MediaItem.dropped_at).is_(None))).all()
        found |= destroyed.intersection(standing)
    return sorted(found)


def purged_before(session: Session) -> list[str]:
    """Items whose original has gone and that a backup brought back as if it were there."""
    destroyed = set(vault.original_keys(session).destroyed())
    if not destroyed:
        return []
    standing = select(MediaItem.id).where(
        col(MediaItem.purged_at).is_(None), col(MediaItem.dropped_at).is_(None)
    )
    found = session.exec(standing).all()
    return sorted(destroyed.intersection(found))


def left_to_finish(session: Session) -> list[str]:
    """Items that were purged or dropped and whose keys are still there."""
    held = {*vault.original_keys(session).names(), *vault.shown_keys(session).names()}
    rows = session.exec(
        select(MediaItem).where(
            col(MediaItem.purged_at).is_not(None) | col(MediaItem.dropped_at).is_not(None)
        )
    )
    originals = vault.original_keys(session)
    return [row.id for row in rows if row.id in held and (row.dropped_at or originals.holds(row.id))]


def finish(session: Session, ids: Collection[str]) -> None:
    """Destroy the keys and remove the files of what was purged or dropped, once that is saved."""
    for item_id in ids:
        item = session.get(MediaItem, item_id)
        if item is None or (item.purged_at is None and item.dropped_at is None):
            continue
        vault.original_keys(session).destroy(item_id)
        folder = vault.folder_of(session, item_id)
        if item.dropped_at is not None:
            vault.shown_keys(session).destroy(item_id)
            vault.remove(folder)
            continue
        for path in folder.iterdir() if folder.exists() else ():
            if path.name not in (names.kept(Size.VIEW), names.kept(Size.THUMB)):
                path.unlink(missing_ok=True)


def remove_strays(session: Session, *, now: datetime) -> int:
    """Remove files and keys that no row has known for a month, and what is left of dropped items.

    The month counts from when a sweep first met them: on a database that was the wrong one for a day, or is
    older than the files, nothing is lost.
    """
    rows = session.exec(select(MediaItem.id, MediaItem.dropped_at)).all()
    folders = vault.names_in(session, "items")
    for item_id in folders.intersection(item_id for item_id, dropped_at in rows if dropped_at is not None):
        vault.remove(vault.folder_of(session, item_id))
    shelves = vault.original_keys(session), vault.shown_keys(session)
    strays = folders.union(*(keys.names() for keys in shelves)).difference(item_id for item_id, _ in rows)
    seen = vault.strays_since(session, strays, now=now.timestamp())
    old = [name for name, since in seen.items() if since < (now - _STRAYS_KEPT).timestamp()]
    for name in old:
        for keys in shelves:
            keys.forget_orphan(name)
        vault.remove(vault.folder_of(session, name))
    return len(old)


def _items(session: Session, actor: Actor, ids: Collection[str]) -> list[MediaItem]:
    found = []
    for item_id in ids:
        item = session.get(MediaItem, item_id)
        if item is None:
            raise Missing("media_item", item_id)
        policy.check(actor, EDIT, item.unit_id, thing="media_item", key=item_id)
        if item.dropped_at is None:
            found.append(item)
    return found


def _drop(session: Session, actor: Actor, item: MediaItem, now: datetime) -> None:
    """Ids, hashes of what was published and dates stay, for the record; the people go."""
    session.execute(delete(MediaPerson).where(col(MediaPerson.item_id) == item.id))
    item.dropped_at, item.keep_until = now, None
    item.source_sha256, item.mismatch_because, item.is_nobody = item.id, "", False
    for edition in session.exec(select(MediaEdition).filter_by(item_id=item.id)):
        edition.boxes = []
    noted(session, actor, item, "media:item:dropped", now)


def _keep_shown(session: Session, item: MediaItem) -> None:
    """What pages show, under a key of its own, so that the original's can be destroyed."""
    folder, shown = vault.folder_of(session, item.id), vault.shown_keys(session)
    try:
        key = vault.key_of(vault.original_keys(session), item.id)
        kept_key = shown.key(item.id) if shown.holds(item.id) else shown.make(item.id)
        for size in (Size.VIEW, Size.THUMB):
            source, name = names.shown(item.edition, size), names.kept(size)
            content = vault.SealedFile(folder / source, key, names.about(item.id, source)).read()
            vault.put(folder / name, kept_key, names.about(item.id, name), content)
    except (vault.Gone, KeyGone, CannotOpen):
        return  # nothing can be shown any more: the row says that the original is gone
