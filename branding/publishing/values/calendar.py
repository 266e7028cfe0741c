"""A post as the calendar shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from branding.consent.values.records import Channel
from branding.core.text import Text
from branding.publishing.values.plan import LOOKS, Look

#: What can still be dragged to another day.
_MOVABLE = (Look.PLANNED, Look.AGAIN, Look.PAUSED, Look.BROKEN, Look.OVERDUE, Look.MISSED, Look.FAILED)


@dataclass(frozen=True, slots=True)
class Entry:
    """``at`` is Danish wall-clock time."""

    id: str
    draft_id: str
    at: datetime
    unit_id: int
    channel: Channel
    title: str
    kind: str
    look: Look
    version: int

    @property
    def word(self) -> Text:
        return LOOKS[self.look][1]

    @property
    def kind_of_status(self) -> str:
        return LOOKS[self.look][0]

    @property
    def is_movable(self) -> bool:
        return self.look in _MOVABLE


@dataclass(frozen=True, slots=True)
class DayPosts:
    """The first posts of a day, and how many more there are."""

    entries: tuple[Entry, ...] = ()
    more: int = 0
