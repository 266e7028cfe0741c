"""States and small facts of a takeover that cross layers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from branding.takeovers.values.involvement import LeaderAnswer


class TakeoverStatus(StrEnum):
    PLANNED = "planned"
    HOST_FOUND = "host_found"
    INVITED = "invited"
    ACCEPTED = "accepted"
    BRIEFED = "briefed"
    LIVE = "live"
    CLOSED = "closed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class HostView:
    """A host as pages show it."""

    id: int
    takeover_id: int
    name: str
    email: str
    phone: str
    profession_id: int | None
    invited_at: datetime | None
    accepted_at: datetime | None
    declined_at: datetime | None
    briefed_at: datetime | None
    #: Whether the host holds a link that has not been taken back.
    has_link: bool = False
    version: int = 1
    leader_answer: LeaderAnswer = LeaderAnswer.NONE
    leader_answered_at: datetime | None = None
    #: A word from the leader to the coordinator.
    leader_note: str = ""
    #: When the host last saw the profile's password.
    login_seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TakeoverView:
    """A takeover as pages and calendars show it; ``hosts`` leaves out those who said no."""

    id: int
    slot_id: int
    unit_id: int
    profile_id: int
    starts_on: date
    ends_on: date
    status: TakeoverStatus
    version: int
    hosts: tuple[HostView, ...] = ()
    tasks_done: int = 0
    tasks: int = 0


@dataclass(frozen=True, slots=True)
class EventView:
    """One step in a takeover's life."""

    at: datetime
    status_before: str
    status_after: str
    actor_kind: str
    actor_id: int | None


@dataclass(frozen=True, slots=True)
class TaskView:
    """One line of the checklist; ``label`` is only set for lines people wrote themselves."""

    id: int
    key: str
    label: str
    due_on: date
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class PlanTakeover:
    """Give some days of a slot to a host's unit."""

    slot_id: int
    unit_id: int
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class NameHost:
    """Name a host, or put the details of one right; ``version`` is what the form was made from."""

    name: str
    email: str
    phone: str = ""
    profession_id: int | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class MoveTakeover:
    """New days for a takeover inside its slot; ``version`` is what the form was made from."""

    takeover_id: int
    starts_on: date
    ends_on: date
    version: int


@dataclass(frozen=True, slots=True)
class Booking:
    """One takeover's claim on a profile, for the rule that two never overlap."""

    takeover_id: int | None
    profile_id: int
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a mail to a host is written from; ``token`` is the secret of the link."""

    host: HostView
    takeover: TakeoverView
    token: str
