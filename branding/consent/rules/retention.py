"""When proof must go (R59, R61; Datatilsynet on the duty to show consent): soon after the last use ended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from branding.consent.values.retention import Ended, Kept, Purge


def ending(kept: Kept) -> tuple[datetime, Ended]:
    """The instant from which the answer no longer counts, and why; in the future while it does."""
    found = [(kept.expires_at, Ended.EXPIRED)]
    for at, why in (
        (kept.withdrawn_at, Ended.WITHDRAWN),
        (kept.replaced_at, Ended.REPLACED),
        (kept.invalidated_at, Ended.INVALID),
    ):
        if at is not None:
            found.append((at, why))
    return min(found)


def purge_of(kept: Kept, now: datetime, *, keep_days: int, journal_first: bool) -> Purge:
    """When the proof of this answer goes.  A refusal is remembered for its time and then goes at once."""
    ended_at, why = ending(kept)
    is_in_use = any(until is None for _, until in kept.uses)
    last_seen = max((until for _, until in kept.uses if until is not None), default=ended_at)
    tail = timedelta(0) if kept.is_refusal else timedelta(days=keep_days)
    due_at = max(ended_at, last_seen) + tail
    waits = journal_first and not kept.is_refusal and not kept.journal_reference
    return Purge(kept, why, due_at, is_in_use=is_in_use, waits_for_journal=waits)


def due_purges(
    facts: Iterable[Kept], now: datetime, *, keep_days: int, journal_first: bool = False
) -> list[Purge]:
    """Everything whose time is up, the oldest first; what is in use or waits says so and stays."""
    found = (purge_of(kept, now, keep_days=keep_days, journal_first=journal_first) for kept in facts)
    return sorted((purge for purge in found if purge.due_at <= now), key=lambda purge: purge.due_at)
