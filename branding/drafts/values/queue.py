"""The queue of posts: what is asked for, and one row of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from branding.drafts.values.drafts import DraftState, DraftView, Standing

#: What has waited for a second person longer than this has stalled.
STALLED = timedelta(hours=24)
ROWS = 50


@dataclass(frozen=True, slots=True)
class NamedPost:
    """A post in the making as a search shows it."""

    id: str
    title: str
    unit_id: int
    state: DraftState
    due_at: datetime | None


class Tab(StrEnum):
    """Saved filters."""

    #: Sent by somebody else: one may approve it.
    WAITING = "waiting"
    #: One's own that are sent, and everything that is put on hold.
    OTHERS = "others"
    STALLED = "stalled"
    WRITING = "writing"
    APPROVED = "approved"
    OUT = "out"
    IDEAS = "ideas"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One post with what stands in its way now."""

    draft: DraftView
    standing: Standing
    is_stalled: bool
    #: Somebody other than the one who looks must approve it.
    is_own: bool
    #: The first picture that is there, and its edition.
    thumb: tuple[str, int] | None = None
    #: Why it is on hold, when somebody wrote that.
    word: str = ""


@dataclass(frozen=True, slots=True)
class Queue:
    rows: tuple[QueueRow, ...]
    counts: dict[Tab, int]
    page: int
    pages: int
