"""When to begin, how long to wait, and when late is too late."""

from __future__ import annotations

from datetime import datetime, timedelta

from branding.consent.values.records import Format
from branding.publishing.values.states import Way

#: Longer than the slowest call (65 s) with what is saved around it.
LEASE = timedelta(minutes=3)
#: Takeovers are bound to their days: so much later a person decides (publishing-apis.md section 5).
LATE = timedelta(hours=2)
#: Due for so long, and still not on its way: somebody is told.
OVERDUE = timedelta(minutes=5)
#: Pictures are handed over shortly before, because what lies ready dies after a day (section 1.3).
_AHEAD = timedelta(minutes=5)
_FILM_AHEAD = timedelta(minutes=30)
#: Minutes to wait after the first, second … failure (architecture.md section 4).
_BACK_OFF = (1, 5, 30, 120)
#: After so many failures a person must look.
MOST_FAILURES = len(_BACK_OFF) + 1
#: How long an unclear answer is looked into before a person must.
UNCLEAR_FOR = timedelta(minutes=30)
#: How soon, and how often, the channel is read after an unclear answer.
_LOOKS = (5, 15, 30, 60, 120, 300)
#: What lies ready must still say so for this long before we believe that it did not go out (section 1.9).
STILL_READY = timedelta(minutes=5)


def begin_at(due_at: datetime, way: Way, form: Format) -> datetime:
    """When a worker begins on it; only a channel's interface needs time."""
    if way is not Way.API:
        return due_at
    return due_at - (_FILM_AHEAD if form in (Format.REEL, Format.STORY) else _AHEAD)


def is_too_late(due_at: datetime, now: datetime) -> bool:
    return now - due_at > LATE


def too_late_at(due_at: datetime) -> datetime:
    """Soon enough after that to find that it is."""
    return due_at + LATE + timedelta(seconds=1)


def next_try(failures: int, now: datetime, wait: timedelta | None = None) -> datetime | None:
    """After this many failures: when to try again; None when a person must look.

    ``wait`` is what the channel asks for; it never shortens our own pause.
    """
    if failures >= MOST_FAILURES:
        return None
    pause = timedelta(minutes=_BACK_OFF[max(0, failures - 1)])
    return now + max(pause, wait or pause)


def next_look(looks: int, now: datetime) -> datetime:
    """After an unclear answer that was looked into this many times."""
    return now + timedelta(seconds=_LOOKS[min(looks, len(_LOOKS) - 1)])
