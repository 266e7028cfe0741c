"""What calendar feeds hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class FeedKind(StrEnum):
    ALL = "all"
    UNIT = "unit"
    HOST = "host"


class EventStatus(StrEnum):
    """As calendar files write it."""

    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class FeedView:
    """A feed as its page and its address know it."""

    id: int
    kind: FeedKind
    user_id: int | None
    host_id: int | None
    unit_id: int | None
    made_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """Whole days in a calendar.  No host and no citizen is named in one."""

    #: Never another one for the same thing, and never the same for another thing.
    uid: str
    #: Counts up at every change; calendars keep the highest.
    sequence: int
    changed_at: datetime
    starts_on: date
    ends_on: date
    status: EventStatus
    handle: str
    area: str
    unit: str
    topic: str = ""
    profession: str = ""
    responsible: str = ""
    #: The page of ours that tells more; empty when the reader may not open it.
    page: str = ""


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """A feed's entry in the reader's words."""

    uid: str
    sequence: int
    changed_at: datetime
    starts_on: date
    ends_on: date
    status: EventStatus
    summary: str
    description: str
    url: str = ""
