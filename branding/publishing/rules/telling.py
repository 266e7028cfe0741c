"""Who is told of what, and how often somebody who posts by hand is asked again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from branding.core.actor import Role
from branding.publishing.values.alerts import Event, Told

_A, _K, _C, _H = Told.AUTHOR, Told.COORDINATORS, Told.COMMUNICATIONS, Told.HOLDER
TOLD: Mapping[Event, tuple[Told, ...]] = {
    Event.PUBLISHED: (_A,),
    Event.TAKEN_OUT: (_A, _K, _C),
    Event.FAILED: (_K, _C),
    Event.UNCLEAR: (_K, _C),
    Event.MISSED: (_K, _C),
    Event.QUOTA_FULL: (_C,),
    Event.HAND_DUE: (_H,),
    Event.HAND_CHASE: (_H,),
    Event.HAND_STOPPED: (_H, _C),
    Event.TAKEDOWN: (_K, _C),
    Event.TAKEDOWN_LATE: (_K, _C, Told.DPO),
    Event.COLLEAGUE_LEFT: (_K,),
    Event.REVIEW_LIVE: (_K, _C),
    Event.UNREGISTERED: (_C,),
    Event.INCIDENT: (_C, Told.DPO),
    Event.INCIDENT_CLOCK: (_C, Told.DPO),
    Event.RECONNECT: (_C, Told.ADMINS),
    Event.TOKEN_SOON: (_C, Told.ADMINS),
    Event.CROSSPOST_WORD: (_C,),
    Event.PAUSED: (_K, _C),
    Event.COMMENTS: (Told.ANSWERER,),
    Event.COMMENT_NAMES: (_K, _C),
    Event.OVERDUE: (_C, Told.ADMINS),
}
#: What somebody can do something about stands on the front page until it is done.
TO_DO = frozenset(TOLD) - {
    Event.PUBLISHED,
    Event.TAKEN_OUT,
    Event.HAND_STOPPED,
    Event.HAND_DUE,
    Event.QUOTA_FULL,
    Event.PAUSED,
}


def to_do_of(roles: Collection[Role], *, plans: bool) -> frozenset[Event]:
    """What stands on somebody's front page: all of it for those who plan, else what the role is told of."""
    if plans:
        return TO_DO
    told = {_TOLD_AS[role] for role in roles if role in _TOLD_AS}
    return frozenset(event for event in TO_DO if told & set(TOLD[event]))


_TOLD_AS = {Role.ADMIN: Told.ADMINS, Role.DPO: Told.DPO}
CHASE_EVERY = timedelta(hours=1)
#: Nobody is asked at night.
_HOURS = range(7, 22)


def chase_number(made_at: datetime, now: datetime, hour: int) -> int:
    """How many times somebody should have been asked again by now; 0: not yet, or it is night.

    ``hour`` is the time of day in Denmark.
    """
    return int((now - made_at) / CHASE_EVERY) if hour in _HOURS else 0
