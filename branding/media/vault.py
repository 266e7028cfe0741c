"""Sealed files of pictures and films: blocks that open with the item's own keys, and are gone with them.

A file is a row of sealed blocks, so that a film can be read from any place and is never whole in memory.
Two keys an item: one for what pages show, one for the originals, which go earlier.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
from collections.abc import Iterator, Set
from pathlib import Path
from typing import TYPE_CHECKING

from branding.core import sealed
from branding.core.key_store import KeyGone, KeyStore
from branding.core.sealed import CannotOpen

if TYPE_CHECKING:  # the child process opens files without a database
    from sqlmodel import Session

#: Bytes of a block before sealing, and what sealing adds: nonce and tag.
BLOCK = 1024 * 1024
_ADDED = 12 + 16
_FOLDER = "media"


class Gone(Exception):
    """The file is missing, was changed, or its key was destroyed."""


def shown_keys(session: Session) -> KeyStore:
    """Keys of thumbnails and views."""
    return _key_store(session).shelf("media")


def original_keys(session: Session) -> KeyStore:
    """Keys of originals, films and blurred editions in full size."""
    return _key_store(session).shelf("media-originals")


def upload_keys(session: Session) -> KeyStore:
    return _key_store(session).shelf("media-uploads")


def folder_of(session: Session, item_id: str) -> Path:
    """Where the item's files lie."""
    return _uploads(session) / "items" / item_id


def incoming_of(session: Session, upload_id: str) -> Path:
    """Where the chunks of an upload lie."""
    return _uploads(session) / "incoming" / upload_id


def names_in(session: Session, kind: str, *, older_than: float | None = None) -> set[str]:
    """Folders of ``items`` or ``incoming`` (that were made before this POSIX time), for the sweep."""
    folder = _uploads(session) / kind
    found = folder.iterdir() if folder.exists() else ()
    return {path.name for path in found if older_than is None or path.stat().st_mtime < older_than}


def strays_since(session: Session, strays: Set[str], *, now: float) -> dict[str, float]:
    """When each of these was first met without a row: a mark tells it, and goes when there is a row again."""
    folder = _uploads(session) / "strays"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    marked = {path.name: path.stat().st_mtime for path in folder.iterdir()}
    for name in marked.keys() - strays:
        (folder / name).unlink(missing_ok=True)
    for name in strays - marked.keys():
        (folder / name).touch(mode=0o600)
        os.utime(folder / name, (now, now))
    return {name: marked.get(name, now) for name in strays}


def remove(folder: Path) -> None:
    """Remove a folder with what is in it; twice does no harm."""
    shutil.rmtree(folder, ignore_errors=True)


class SealedWriter(io.RawIOBase):
    """Writes a sealed file from front to back; ``about`` names the file, and is needed to open it.

    Nothing is there under the name before :meth:`done`: a half file is never taken for a whole one.
    """

    def __init__(self, path: Path, key: bytes, about: str) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path, self._part = path, path.with_name(f".{os.urandom(8).hex()}.part")
        self._key, self._about, self._count = key, about, 0
        self._waiting, self._hash, self.size = bytearray(), hashlib.sha256(), 0
        self._file = os.fdopen(os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")

    def writable(self) -> bool:
        return True

    def write(self, content: object) -> int:
        piece = bytes(content)  # type: ignore[call-overload]
        self._waiting += piece
        self._hash.update(piece)
        self.size += len(piece)
        while len(self._waiting) > BLOCK:  # the last block is marked, so one is always held back
            self._seal(bytes(self._waiting[:BLOCK]), is_last=False)
            del self._waiting[:BLOCK]
        return len(piece)

    def done(self) -> str:
        """Finish the file; returns the SHA-256 of what was written, in hex."""
        self._seal(bytes(self._waiting), is_last=True)
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._part.replace(self._path)
        return self._hash.hexdigest()

    def close(self) -> None:
        """Leave nothing behind of what was not finished."""
        if not self._file.closed:
            self._file.close()
            self._part.unlink(missing_ok=True)
        super().close()

    def _seal(self, plain: bytes, *, is_last: bool) -> None:
        self._file.write(sealed.seal_bytes(self._key, plain, about=_about(self._about, self._count, is_last)))
        self._count += 1


class SealedFile:
    """A sealed file that can be read from any place."""

    def __init__(self, path: Path, key: bytes, about: str) -> None:
        try:
            kept = path.stat().st_size
        except OSError:
            raise Gone(about) from None
        self._path, self._key, self._about = path, key, about
        self._count = max(1, -(-kept // (BLOCK + _ADDED)))
        self.size = kept - self._count * _ADDED
        if self.size < 0:
            raise Gone(about)

    def block(self, number: int) -> bytes:
        is_last = number == self._count - 1
        try:
            with self._path.open("rb") as file:
                file.seek(number * (BLOCK + _ADDED))
                kept = file.read(BLOCK + _ADDED)
            return sealed.open_bytes(self._key, kept, about=_about(self._about, number, is_last))
        except (OSError, CannotOpen):
            raise Gone(self._about) from None

    def read(self, start: int = 0, end: int | None = None) -> bytes:
        """The bytes from ``start`` up to, not including, ``end``."""
        return b"".join(self.pieces(start, end))

    def pieces(self, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """The same, a block at a time."""
        end = self.size if end is None else min(end, self.size)
        while start < end:
            number, offset = divmod(start, BLOCK)
            piece = self.block(number)[offset : offset + end - start]
            yield piece
            start += len(piece)


def put(path: Path, key: bytes, about: str, content: bytes) -> str:
    """A whole file at once, over one that is there; returns its SHA-256."""
    with SealedWriter(path, key, about) as writer:
        writer.write(content)
        return writer.done()


def new_key() -> bytes:
    """A key that is kept nowhere."""
    return os.urandom(32)


def key_of(keys: KeyStore, name: str) -> bytes:
    """The key; :class:`Gone` when it was destroyed."""
    try:
        return keys.key(name)
    except (KeyGone, CannotOpen) as error:
        raise Gone(type(error).__name__) from None


def _about(about: str, number: int, is_last: bool) -> str:
    return f"media:{about}:{number}:{'last' if is_last else 'more'}"


def _key_store(session: Session) -> KeyStore:
    found = session.info.get("key_store")
    if not isinstance(found, KeyStore):
        raise RuntimeError("no key store: set STAFET_KEY_STORE")
    return found


def _uploads(session: Session) -> Path:
    uploads = session.info.get("uploads")
    if not isinstance(uploads, Path):
        raise RuntimeError("no folder for uploads: set STAFET_UPLOADS")
    return uploads / _FOLDER
