"""Argon2id with the library's own parameters, which follow RFC 9106."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher()


def hashed(password: str) -> str:
    return _hasher.hash(password)


@cache
def _nobodys() -> str:
    return hashed("nobody has this password")


def matches(stored: str | None, password: str) -> bool:
    """Whether this is the password.  Without a stored one it takes just as long, and is not."""
    try:
        _hasher.verify(stored or _nobodys(), password)
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def is_outdated(stored: str) -> bool:
    """Whether the parameters have been made stronger since."""
    return _hasher.check_needs_rehash(stored)
