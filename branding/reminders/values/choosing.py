"""What people decide for themselves: how they are told, and what is put off or not theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Mode(StrEnum):
    """How a person wants to hear of a kind of thing."""

    MAIL = "mail"
    #: In Monday's letter only.
    DIGEST = "digest"
    OFF = "off"


class Outcome(StrEnum):
    """What became of a reminder."""

    SENT = "sent"
    #: Kept for Monday's letter.
    FOR_DIGEST = "for_digest"
    #: It would have come too late to help.
    DROPPED = "dropped"
    #: The person does not want this kind.
    LEFT_OUT = "left_out"


class Reason(StrEnum):
    """Why it was not sent as the rule says."""

    NONE = ""
    TOO_LATE = "too_late"
    OWN_CHOICE = "own_choice"
    PUT_OFF = "put_off"
    #: The room that writes the letter had no reason left.
    GONE = "gone"
    #: It had not left yet when its reason went, or its day moved.
    TAKEN_BACK = "taken_back"


class Later(StrEnum):
    """Until when something is put off."""

    TOMORROW = "tomorrow"
    IN_THREE_DAYS = "in_three_days"
    MONDAY = "monday"


@dataclass(frozen=True, slots=True)
class Again:
    """Somebody has put a reminder off until this moment."""

    id: int
    rule_id: int
    occasion: str
    ref: str
    until: datetime


@dataclass(frozen=True, slots=True)
class SentView:
    """A line of the log; who it is about is a reference, never a name."""

    id: int
    rule_id: int
    trigger: str
    occasion: str
    to: str
    via: str
    planned_at: datetime
    decided_at: datetime
    outcome: Outcome
    reason: Reason
    unit_id: int | None
    outbox_key: str
    #: The day that the rule meant.
    for_on: date
    #: It had been put off.
    is_again: bool
