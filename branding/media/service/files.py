"""The bytes of pictures and films, for pages and for publishing.

Nobody is asked here whether they may: the page that shows an item has asked, as some are opened by links.
A file that is gone is Missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlmodel import Session

from branding.core.errors import Missing
from branding.media import films, names, pictures, vault
from branding.media.models import MediaItem
from branding.media.queries.items import edition_row
from branding.media.values.items import MediaKind
from branding.media.values.pictures import Focus, Ratio, Size


def rendition(
    session: Session,
    item_id: str,
    *,
    size: Size = Size.VIEW,
    edition: int | None = None,
    ratio: Ratio | None = None,
    focus: Focus | None = None,
) -> bytes:
    """A JPEG for the screen: the whole picture or a part of it; of a film, its poster."""
    item = _item(session, item_id)
    number = item.edition if edition is None else edition
    with _or_missing(item_id):
        if item.purged_at is not None:
            return _kept(session, item, size, ratio, focus or Focus())
        if ratio is None:
            name = names.full(number) if size == Size.FULL else names.shown(number, size)
            return _original(session, item, name).read()
        return _cropped(session, item, number, size, ratio, focus or Focus())


def published(
    session: Session, item_id: str, edition: int, ratio: Ratio | None = None, focus: Focus | None = None
) -> bytes:
    """The JPEG that goes out: sRGB, baseline, at most 1440 wide, and nothing in it but the picture.

    Without a ratio the whole picture, for channels that take any shape.
    """
    item = _item(session, item_id)
    edition_row(session, item_id, edition)
    with _or_missing(item_id):
        content = _original(session, item, names.full(edition)).read()
    return pictures.published(content, ratio, focus or Focus())


def film(session: Session, item_id: str) -> vault.SealedFile:
    """The film, to be read from any place; it is never whole in memory."""
    item = _item(session, item_id)
    if item.kind != MediaKind.VIDEO:
        raise Missing("film", item_id)
    with _or_missing(item_id):
        return _original(session, item, names.film(0))


def poster(session: Session, item_id: str, *, size: Size = Size.VIEW) -> bytes:
    """The picture that stands for a film."""
    return rendition(session, item_id, size=size)


def strip(session: Session, item_id: str) -> list[int]:
    """The numbers of the pictures in which people look for people, evenly over the film."""
    item = _item(session, item_id)
    if item.kind != MediaKind.VIDEO or item.purged_at is not None:
        return []
    folder = vault.folder_of(session, item_id)
    return [number for number in range(films.FRAMES) if (folder / names.frame(number)).is_file()]


def frame(session: Session, item_id: str, number: int) -> bytes:
    """One picture of the strip."""
    item = _item(session, item_id)
    with _or_missing(item_id):
        return _original(session, item, names.frame(number)).read()


def _cropped(
    session: Session, item: MediaItem, edition: int, size: Size, ratio: Ratio, focus: Focus
) -> bytes:
    """Made once for each focus: the newest takes the place of the one before."""
    if size == Size.FULL:
        return published(session, item.id, edition, ratio, focus)
    name = names.cropped(edition, size, ratio)
    path, about = vault.folder_of(session, item.id) / name, names.about(item.id, name, focus)
    key = vault.key_of(vault.original_keys(session), item.id)
    try:
        return vault.SealedFile(path, key, about).read()
    except vault.Gone:
        source = names.full(edition) if size == Size.VIEW else names.shown(edition, Size.VIEW)
        content = pictures.shown(_original(session, item, source).read(), size, ratio, focus)
    vault.put(path, key, about, content)
    return content


def _kept(session: Session, item: MediaItem, size: Size, ratio: Ratio | None, focus: Focus) -> bytes:
    """What is left when the original has gone; never larger than a page shows."""
    key = vault.key_of(vault.shown_keys(session), item.id)
    name = names.kept(Size.THUMB if size == Size.THUMB and ratio is None else Size.VIEW)
    path = vault.folder_of(session, item.id) / name
    content = vault.SealedFile(path, key, names.about(item.id, name)).read()
    return content if ratio is None else pictures.shown(content, size, ratio, focus)


def _original(session: Session, item: MediaItem, name: str) -> vault.SealedFile:
    key = vault.key_of(vault.original_keys(session), item.id)
    return vault.SealedFile(vault.folder_of(session, item.id) / name, key, names.about(item.id, name))


def _item(session: Session, item_id: str) -> MediaItem:
    item = session.get(MediaItem, item_id)
    if item is None or item.dropped_at is not None:
        raise Missing("media_item", item_id)
    return item


@contextmanager
def _or_missing(item_id: str) -> Iterator[None]:
    try:
        yield
    except vault.Gone:
        raise Missing("media_item", item_id) from None
