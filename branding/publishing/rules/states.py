"""Which state may follow which (publishing-apis.md section 5): whatever moves a publication asks here."""

from __future__ import annotations

from collections.abc import Mapping

from branding.publishing.values.states import PLANNED, REPEATABLE, State

_S = State
#: What a worker that holds a claim may find: it goes out of the plan, back to it, or is tried again later.
_BACK = frozenset({_S.CANCELLED, _S.SCHEDULED, _S.RETRY_WAIT, _S.FAILED, _S.MISSED})
MAY: Mapping[State, frozenset[State]] = {
    _S.SCHEDULED: frozenset({_S.SCHEDULED, _S.CLAIMED, _S.CANCELLED, _S.MISSED}),
    _S.MISSED: frozenset({_S.SCHEDULED, _S.CANCELLED}),
    _S.CLAIMED: frozenset({_S.CLAIMED, _S.PREPARING, _S.PROCESSING, _S.HANDED, _S.READY}) | _BACK,
    _S.PREPARING: frozenset({_S.CLAIMED, _S.PREPARING, _S.PROCESSING, _S.READY}) | _BACK,
    _S.PROCESSING: frozenset({_S.CLAIMED, _S.PREPARING, _S.PROCESSING, _S.READY}) | _BACK,
    _S.READY: frozenset({_S.CLAIMED, _S.READY, _S.PUBLISHING}) | _BACK,
    # Back only when the call surely was not sent, or the channel refused it before doing anything.
    _S.PUBLISHING: frozenset(
        {_S.PUBLISHED, _S.PUBLISHED_NO_ID, _S.UNKNOWN, _S.READY, _S.RETRY_WAIT, _S.FAILED, _S.SCHEDULED}
    ),
    _S.UNKNOWN: frozenset({_S.PUBLISHED, _S.PUBLISHED_NO_ID, _S.NOT_PUBLISHED, _S.NEEDS_REVIEW}),
    _S.PUBLISHED_NO_ID: frozenset({_S.PUBLISHED, _S.NEEDS_REVIEW, _S.REMOVED}),
    _S.NOT_PUBLISHED: frozenset(
        {_S.CLAIMED, _S.SCHEDULED, _S.CANCELLED, _S.MISSED, _S.NEEDS_REVIEW, _S.FAILED}
    ),
    _S.NEEDS_REVIEW: frozenset({_S.PUBLISHED, _S.SCHEDULED, _S.CANCELLED, _S.REMOVED}),
    _S.RETRY_WAIT: frozenset({_S.CLAIMED, _S.SCHEDULED, _S.CANCELLED, _S.MISSED, _S.FAILED}),
    _S.HANDED: frozenset({_S.PUBLISHED, _S.CANCELLED, _S.SCHEDULED, _S.HANDED, _S.FAILED}),
    _S.FAILED: frozenset({_S.SCHEDULED, _S.CANCELLED}),
    _S.CANCELLED: frozenset({_S.SCHEDULED}),
    _S.PUBLISHED: frozenset({_S.REMOVED}),
    _S.REMOVED: frozenset(),
}
#: What a worker may take: before the marker only.
CLAIMABLE = (*PLANNED, *REPEATABLE)
#: People may still move it or take it out; once the marker stands they no longer can.
MOVABLE = (*PLANNED, *REPEATABLE, State.MISSED, State.FAILED, State.CANCELLED, State.HANDED)


class NoSuchMove(Exception):
    """A programmer's error: nothing outside the table ever happens."""


def check_move(before: State, after: State) -> None:
    if after not in MAY[before]:
        raise NoSuchMove(f"{before} -> {after}")
