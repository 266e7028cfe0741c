"""One key for each person, in a folder of its own: whoever destroys the key has erased the person.

The folder lies outside the database and outside the backups that are kept in versions, so that an
old backup cannot bring back what was erased.  Each key is wrapped by the master key (the data key).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from branding.core.sealed import CannotOpen, open_bytes, seal_bytes

_NAME = re.compile(r"[0-9a-f]{32}")
_KEY_BYTES = 32


class KeyGone(Exception):
    """The person's key was destroyed, or never made: what it sealed cannot be read."""


class KeyStore:
    """Keys by the person's id (32 hex digits).  A destroyed key leaves a mark, for restores."""

    def __init__(self, folder: Path, master_key: str, *, is_shelf: bool = False) -> None:
        self._folder, self._master_key, self._is_shelf = folder, master_key, is_shelf

    def shelf(self, name: str) -> KeyStore:
        """Keys of another kind of thing, in a folder beside: no sweep over these meets those."""
        return KeyStore(self._folder / name, self._master_key, is_shelf=True)

    def make(self, name: str) -> bytes:
        """A new key.  One that exists, or was destroyed, is never replaced."""
        key = os.urandom(_KEY_BYTES)
        if self.is_destroyed(name):
            raise KeyGone(name)
        self._make_folder()
        wrapped = seal_bytes(self._master_key, key, about=f"key:{name}")
        _write_new(self._path(name), wrapped)
        return key

    def key(self, name: str) -> bytes:
        """The person's key; :class:`KeyGone` when it was destroyed, ``CannotOpen`` under a wrong master."""
        try:
            wrapped = self._path(name).read_bytes()
        except FileNotFoundError:
            raise KeyGone(name) from None
        return open_bytes(self._master_key, wrapped, about=f"key:{name}")

    def holds(self, name: str) -> bool:
        return self._path(name).exists()

    def is_destroyed(self, name: str) -> bool:
        return self._mark(name).exists()

    def destroyed(self) -> Iterator[str]:
        """The ids of everybody who was erased, ever: a restored database is erased again by it."""
        return (path.stem for path in self._folder.glob("*.erased")) if self._folder.exists() else iter(())

    def names(self) -> Iterator[str]:
        """The ids of all keys there are."""
        return (path.stem for path in self._folder.glob("*.key")) if self._folder.exists() else iter(())

    def destroy(self, name: str) -> None:
        """Overwrite and remove the key; done twice it does no harm.  There is no way back."""
        self._make_folder()
        self._mark(name).touch(mode=0o600)  # first: a half-done erasure is done again
        path = self._path(name)
        try:
            with path.open("r+b") as file:
                file.write(os.urandom(path.stat().st_size))
                file.flush()
                os.fsync(file.fileno())
            path.unlink()
        except FileNotFoundError:
            pass

    def forget_orphan(self, name: str) -> None:
        """Remove the key of somebody who was never saved: nothing was sealed with it."""
        self._path(name).unlink(missing_ok=True)

    def made_at(self, name: str) -> float:
        """When the key's file was written, as a POSIX timestamp."""
        return self._path(name).stat().st_mtime

    def _make_folder(self) -> None:
        """Nobody else may look in: not on a shelf, and not into the store that it stands in."""
        if self._is_shelf:
            self._folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def _path(self, name: str) -> Path:
        return self._folder / f"{_checked(name)}.key"

    def _mark(self, name: str) -> Path:
        return self._folder / f"{_checked(name)}.erased"


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError("not the id of a person")
    return name


def _write_new(path: Path, content: bytes) -> None:
    """The whole file or none: the disk has it before anything rests on it."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


__all__ = ["CannotOpen", "KeyGone", "KeyStore"]
