"""Random ids for what must not be guessed: people, consents and evidence."""

from __future__ import annotations

import secrets


def new_id() -> str:
    """32 hex digits: 128 bits that say nothing."""
    return secrets.token_hex(16)
