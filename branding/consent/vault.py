"""Sealed text and files of one person: everything opens with the person's key, and is gone with it.

Each file has a key of its own, wrapped by the person's key, which the master key wraps (core.key_store).
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session

from branding.core import sealed
from branding.core.errors import RuleBroken
from branding.core.ids import new_id
from branding.core.key_store import KeyGone, KeyStore
from branding.core.sealed import CannotOpen
from branding.core.text import say

_FOLDER = "evidence"


@dataclass(frozen=True, slots=True)
class PutAway:
    """What finds a sealed file again: its name, its wrapped key, and size and SHA-256 before sealing."""

    name: str
    wrapped_key: str
    size: int
    sha256: str


class Damaged(Exception):
    """The file is missing, was changed, or no longer opens."""


def key_store(session: Session) -> KeyStore:
    found = session.info.get("key_store")
    if not isinstance(found, KeyStore):
        raise RuntimeError("no key store: set STAFET_KEY_STORE")
    return found


def seal_facts(session: Session, subject_id: str, facts: Mapping[str, str], *, about: str) -> str:
    """Facts of the person for a column; ``about`` is ``table:id:field``.  Empty facts give empty text."""
    if not any(facts.values()):
        return ""
    plain = json.dumps(dict(facts), ensure_ascii=False).encode()
    try:
        key = key_store(session).key(subject_id)
    except CannotOpen:
        text = say("The person's key does not open, so nothing new can be kept. Ask an administrator.")
        raise RuleBroken("key_closed", text) from None
    return sealed.to_text(sealed.seal_bytes(key, plain, about=about))


def open_facts(session: Session, subject_id: str, text: str, *, about: str) -> dict[str, str]:
    """What :func:`seal_facts` took; empty when there was nothing, or the person was erased."""
    if not text:
        return {}
    try:
        key = key_store(session).key(subject_id)
    except KeyGone:
        return {}
    found = json.loads(sealed.open_bytes(key, sealed.from_text(text), about=about))
    return {str(name): str(value) for name, value in found.items()}


def facts_or_none(session: Session, subject_id: str, text: str, *, about: str) -> dict[str, str] | None:
    """The same for a page; None when it does not open: it was changed, or the master key is another one."""
    try:
        return open_facts(session, subject_id, text, about=about)
    except CannotOpen:
        return None


def put(session: Session, subject_id: str, evidence_id: str, content: bytes) -> PutAway:
    """Seal a file under ``uploads``; the caller writes the row that finds it again."""
    file_key, name = os.urandom(32), new_id()
    key = key_store(session).key(subject_id)
    path = _path(session, name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(sealed.seal_bytes(file_key, content, about=f"evidence:{evidence_id}"))
        file.flush()
        os.fsync(file.fileno())
    wrapped = sealed.seal_bytes(key, file_key, about=f"evidence:{evidence_id}:key")
    return PutAway(name, sealed.to_text(wrapped), len(content), hashlib.sha256(content).hexdigest())


def read(session: Session, subject_id: str, evidence_id: str, file: PutAway) -> bytes:
    """The file as it was put away; :class:`Damaged` when it cannot be had whole."""
    try:
        wrapped = sealed.from_text(file.wrapped_key)
        key = sealed.open_bytes(
            key_store(session).key(subject_id), wrapped, about=f"evidence:{evidence_id}:key"
        )
        kept = _path(session, file.name).read_bytes()
        content = sealed.open_bytes(key, kept, about=f"evidence:{evidence_id}")
    except (CannotOpen, KeyGone, OSError) as error:
        raise Damaged(type(error).__name__) from None
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise Damaged("sha256")
    return content


def is_there(session: Session, file_name: str) -> bool:
    """Whether the sealed file lies where it should: what the gate asks, without opening it."""
    return _path(session, file_name).is_file()


def remove(session: Session, file_name: str) -> None:
    """Remove a sealed file; twice does no harm."""
    _path(session, file_name).unlink(missing_ok=True)


def file_names(session: Session, *, older_than: float) -> set[str]:
    """Every sealed file written before this POSIX time, for the sweep that looks for orphans."""
    folder = _folder(session)
    if not folder.exists():
        return set()
    return {path.name for path in folder.iterdir() if path.stat().st_mtime < older_than}


def _folder(session: Session) -> Path:
    uploads = session.info.get("uploads")
    if not isinstance(uploads, Path):
        raise RuntimeError("no folder for uploads: set STAFET_UPLOADS")
    return uploads / _FOLDER


def _path(session: Session, file_name: str) -> Path:
    return _folder(session) / file_name
