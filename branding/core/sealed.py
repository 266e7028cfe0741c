"""Encrypting the few things that must be read again: AES-256-GCM.

What is about a row is bound to it: a sealed text that is copied to another row does not open.
``seal`` and ``unseal`` take the data key; with the ``_bytes`` pair the caller brings the key.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

if TYPE_CHECKING:  # a child process that only decodes pictures does without a database
    from sqlmodel import Session

#: NIST SP 800-38D section 5.2.1.1: 96 bits, never the same twice for one key.
_NONCE_BYTES = 12
_VERSION = "v1."


class CannotOpen(Exception):
    """The key is another one, or what was sealed was changed or moved."""


def seal(session: Session, plain: str, *, about: str) -> str:
    """The text, encrypted; ``about`` names its row and field, and is needed to open it."""
    return to_text(seal_bytes(str(session.info["data_key"]), plain.encode(), about=about))


def unseal(session: Session, sealed: str, *, about: str) -> str:
    """What was sealed; :class:`CannotOpen` when it cannot be read any more."""
    return open_bytes(str(session.info["data_key"]), from_text(sealed), about=about).decode()


def seal_bytes(key: str | bytes, plain: bytes, *, about: str) -> bytes:
    """Nonce and ciphertext.  A key in bytes has 32 of them; any text of 32 characters or more is a key."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + _cipher(key).encrypt(nonce, plain, about.encode())


def open_bytes(key: str | bytes, sealed: bytes, *, about: str) -> bytes:
    """What was sealed with this key about this thing; :class:`CannotOpen` otherwise."""
    try:
        return _cipher(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], about.encode())
    except (InvalidTag, ValueError) as error:
        raise CannotOpen(type(error).__name__) from None


def to_text(sealed: bytes) -> str:
    """For a column of text."""
    return _VERSION + base64.urlsafe_b64encode(sealed).decode()


def from_text(sealed: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(sealed.removeprefix(_VERSION))
    except (binascii.Error, ValueError) as error:
        raise CannotOpen(type(error).__name__) from None


def _cipher(key: str | bytes) -> AESGCM:
    if len(key) < 32:
        raise RuntimeError("no data key: set STAFET_DATA_KEY")
    # Any text of enough characters is a key; AES wants exactly 32 bytes.
    return AESGCM(hashlib.sha256(key.encode()).digest() if isinstance(key, str) else key)
