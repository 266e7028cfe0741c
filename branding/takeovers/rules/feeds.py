"""What a subscribed calendar holds: the rotation as it is, half a year back and everything ahead."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from branding.rotation.values import SlotStatus
from branding.takeovers.values import EventStatus, TakeoverStatus

#: How long what is over, or was called off, stays in a calendar.
KEPT = timedelta(weeks=26)
#: Far enough for any plan.
_AHEAD = timedelta(weeks=520)
#: A person who has this many has lost track of them.
MOST_FEEDS = 20


def period(today: date) -> tuple[date, date]:
    """The days whose turns a feed holds."""
    return today - KEPT, today + _AHEAD


def holds_slot(status: SlotStatus, changed_at: datetime, now: datetime) -> bool:
    """A cancelled turn stays, as cancelled, until every calendar has heard of it."""
    return status != SlotStatus.CANCELLED or now - changed_at <= KEPT


def status_of_slot(status: SlotStatus) -> EventStatus:
    return {
        SlotStatus.TENTATIVE: EventStatus.TENTATIVE,
        SlotStatus.CONFIRMED: EventStatus.CONFIRMED,
        SlotStatus.CANCELLED: EventStatus.CANCELLED,
    }[status]


def status_for_host(status: TakeoverStatus, *, accepted: bool, declined: bool) -> EventStatus:
    """A host who said no does not host; one who has not answered may."""
    if declined or status == TakeoverStatus.CANCELLED:
        return EventStatus.CANCELLED
    return EventStatus.CONFIRMED if accepted else EventStatus.TENTATIVE


def host_feed_opens(ends_on: date, today: date) -> bool:
    """A host's feed ends when its days have left every calendar."""
    return today <= ends_on + KEPT


def uid(kind: str, key: int, began_at: datetime) -> str:
    """The plan's beginning is part of it: an emptied database counts its rows from 1 again."""
    return f"{kind}-{key}-{int(began_at.timestamp())}@stafet"
