"""The hash chain: each entry's hash covers its line and the hash before it.

decisions.md 12: the chain holds ids and keyed hashes, never values, and a
whole sealed month can be dropped without breaking what follows it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable
from datetime import UTC
from typing import Any

from branding.audit.values import Line, Link, Verdict

#: What the first entry of all hangs on.
GENESIS = "0" * 64


def mark(key: str, value: Any) -> str:
    """A keyed hash of a value: shows that it was this value, without telling which."""
    return hmac.new(key.encode(), json.dumps(value, default=str).encode(), hashlib.sha256).hexdigest()


def link_hash(key: str, line: Line, previous: str) -> str:
    """The hash of one entry.  Keyed: whoever can write to the table still cannot forge it."""
    text = json.dumps(
        [
            line.at.astimezone(UTC).isoformat(timespec="microseconds"),
            line.actor_kind,
            line.actor_id,
            line.tag,
            line.subject_kind,
            line.subject_id,
            sorted(line.marks.items()),
            previous,
        ]
    )
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()


def seal_hash(key: str, month: str, last_id: int, last_hash: str) -> str:
    """The hash of a month's seal, so that a false seal cannot hide a cut in the chain."""
    return hmac.new(key.encode(), f"seal:{month}:{last_id}:{last_hash}".encode(), hashlib.sha256).hexdigest()


def verify(key: str, links: Iterable[Link], start: str, head_id: int | None, head_hash: str) -> Verdict:
    """Walk the chain from ``start``; the last entry must be the head, or the end was cut off."""
    previous, count, last_id = start, 0, None
    for link in links:
        count += 1
        expected = link_hash(key, link.line, previous)
        if link.previous_hash != previous or not hmac.compare_digest(link.hash, expected):
            return Verdict(count, link.id, previous)
        previous, last_id = link.hash, link.id
    if (count and head_id != last_id) or previous != head_hash:
        return Verdict(count, head_id or 0, previous)
    return Verdict(count, None, previous)
