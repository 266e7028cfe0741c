"""When a message that could not be sent is tried again."""

from __future__ import annotations

from datetime import datetime, timedelta

#: Minutes to wait after the first, second, ... failure; the last is used over and over.
RETRY_MINUTES = (1, 5, 30, 120)

#: So often a message is tried: for three days, for a mail server may be away over a weekend.
MOST_ATTEMPTS = 40

#: A claim that has not ended in this time belonged to a process that died.
LEASE = timedelta(minutes=5)


def next_attempt_at(attempt: int, failed_at: datetime) -> datetime | None:
    """When to try again after the ``attempt``-th failure, or None to give up."""
    if attempt >= MOST_ATTEMPTS:
        return None
    return failed_at + timedelta(minutes=RETRY_MINUTES[min(attempt, len(RETRY_MINUTES)) - 1])
