"""Encrypting the few things that must be read again: AES-256-GCM with the data key.

What is about a row is bound to it: a sealed text that is copied to another row does not open.
"""

from __future__ import annotations

import base64
import hashlib
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlmodel import Session

#: NIST SP 800-38D section 5.2.1.1: 96 bits, never the same twice for one key.
_NONCE_BYTES = 12
_VERSION = "v1."


class CannotOpen(Exception):
    """The data key is another one, or the sealed text was changed or moved."""


def seal(session: Session, plain: str, *, about: str) -> str:
    """The text, encrypted; ``about`` names its row and field, and is needed to open it."""
    nonce = os.urandom(_NONCE_BYTES)
    sealed = _cipher(session).encrypt(nonce, plain.encode(), about.encode())
    return _VERSION + base64.urlsafe_b64encode(nonce + sealed).decode()


def unseal(session: Session, sealed: str, *, about: str) -> str:
    """What was sealed; :class:`CannotOpen` when it cannot be read any more."""
    try:
        raw = base64.urlsafe_b64decode(sealed.removeprefix(_VERSION))
        plain = _cipher(session).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], about.encode())
    except (InvalidTag, ValueError) as error:
        raise CannotOpen(type(error).__name__) from None
    return plain.decode()


def _cipher(session: Session) -> AESGCM:
    key = str(session.info["data_key"])
    if len(key) < 32:
        raise RuntimeError("no data key: set STAFET_DATA_KEY")
    # Any text of enough characters is a key; AES wants exactly 32 bytes.
    return AESGCM(hashlib.sha256(key.encode()).digest())
