"""What somebody must be told: every event has one place that raises it, a mail, and a test."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Event(StrEnum):
    """Declared here and nowhere else; the house test looks for who raises each."""

    # a post on its way
    PUBLISHED = "published"
    TAKEN_OUT = "taken_out"
    FAILED = "failed"
    UNCLEAR = "unclear"
    MISSED = "missed"
    QUOTA_FULL = "quota_full"
    # by hand
    HAND_DUE = "hand_due"
    HAND_CHASE = "hand_chase"
    HAND_STOPPED = "hand_stopped"
    # down again
    TAKEDOWN = "takedown"
    TAKEDOWN_LATE = "takedown_late"
    COLLEAGUE_LEFT = "colleague_left"
    REVIEW_LIVE = "review_live"
    UNREGISTERED = "unregistered"
    INCIDENT = "incident"
    INCIDENT_CLOCK = "incident_clock"
    # the profile
    RECONNECT = "reconnect"
    TOKEN_SOON = "token_soon"  # noqa: S105 - the name of an event
    CROSSPOST_WORD = "crosspost_word"
    PAUSED = "paused"
    COMMENTS = "comments"
    COMMENT_NAMES = "comment_names"
    # Stafet itself
    OVERDUE = "overdue"


class Told(StrEnum):
    """Whom an event is for."""

    #: Who made the post.
    AUTHOR = "author"
    #: The coordinators of the unit.
    COORDINATORS = "coordinators"
    COMMUNICATIONS = "communications"
    #: The one who posts by hand.
    HOLDER = "holder"
    #: Who answers comments on a takeover's posts.
    ANSWERER = "answerer"
    ADMINS = "admins"
    DPO = "dpo"


@dataclass(frozen=True, slots=True)
class AlertView:
    """An alert as pages show it."""

    id: int
    event: Event
    publication_id: str | None
    profile_id: int | None
    unit_id: int | None
    code: str
    made_at: datetime
    ended_at: datetime | None
