"""The word for where a publication stands: its state, the clock, pauses and the connection together."""

from __future__ import annotations

from datetime import datetime, timedelta

from branding.publishing.rules.times import OVERDUE
from branding.publishing.values.plan import Look
from branding.publishing.values.states import PLANNED, State

#: Whoever posts by hand has this long before it counts as late.
HAND_LATE = timedelta(hours=1)
_PLAIN = {
    State.SCHEDULED: Look.PLANNED,
    State.RETRY_WAIT: Look.AGAIN,
    State.NOT_PUBLISHED: Look.AGAIN,
    State.CLAIMED: Look.ON_ITS_WAY,
    State.PREPARING: Look.ON_ITS_WAY,
    State.PROCESSING: Look.ON_ITS_WAY,
    State.READY: Look.ON_ITS_WAY,
    State.PUBLISHING: Look.ON_ITS_WAY,
    State.UNKNOWN: Look.CHECKED,
    State.PUBLISHED_NO_ID: Look.CHECKED,
    State.NEEDS_REVIEW: Look.IS_IT_OUT,
    State.PUBLISHED: Look.OUT,
    State.HANDED: Look.BY_HAND,
    State.MISSED: Look.MISSED,
    State.FAILED: Look.FAILED,
    State.CANCELLED: Look.OFF,
    State.REMOVED: Look.DOWN,
}


def look_of(state: State, due_at: datetime, now: datetime, *, is_paused: bool, is_broken: bool) -> Look:
    """What people see; a pause explains why something is not on its way, so it comes before "overdue"."""
    if state in PLANNED:
        if is_paused:
            return Look.PAUSED
        if is_broken:
            return Look.BROKEN
        if is_overdue(state, due_at, now):
            return Look.OVERDUE
    if state is State.HANDED and now - due_at > HAND_LATE:
        return Look.HAND_LATE
    return _PLAIN[state]


def is_overdue(state: State, due_at: datetime, now: datetime) -> bool:
    """Its time has passed, and nobody works on it.

    What is tried again on purpose is not overdue before its next try has been missed too; the caller
    gives that try as ``due_at``.
    """
    return state in PLANNED and now - due_at > OVERDUE
