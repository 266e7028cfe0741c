"""Something that is planned on a channel, and the word for where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Any

from branding.core.text import Text, say
from branding.plan.values.channels import ChannelKind, ChannelView


class ActivityKind(StrEnum):
    POST = "post"
    VIDEO = "video"
    PRESS = "press"
    FAIR = "fair"
    VISIT = "visit"
    JOB_POST = "job_post"
    CAMPAIGN = "campaign"
    AMBASSADOR_SHARE = "ambassador_share"
    OTHER = "other"


class Status(StrEnum):
    """What people say of an activity."""

    IDEA = "idea"
    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    CANCELLED = "cancelled"


class Shown(StrEnum):
    """The same as pages show it: what is promised and past its last day is late."""

    IDEA = "idea"
    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    LATE = "late"
    DONE = "done"
    CANCELLED = "cancelled"


#: The drawing of ``components/status.html`` and the word, for each.
LOOKS: Mapping[Shown, tuple[str, Text]] = {
    Shown.IDEA: ("idle", say("idea")),
    Shown.PLANNED: ("half", say("is planned")),
    Shown.IN_PROGRESS: ("live", say("under way")),
    Shown.LATE: ("stop", say("is late")),
    Shown.DONE: ("ok", say("is done")),
    Shown.CANCELLED: ("done", say("called off")),
}


@dataclass(frozen=True, slots=True)
class ActivityView:
    """An activity as pages and reports show it."""

    id: int
    title: str
    channel: ChannelView
    kind: ActivityKind
    status: Status
    starts_on: date
    ends_on: date
    unit_id: int | None
    audience: str
    goal: str
    #: A name: of an account, or as it was written.
    responsible: str
    link: str
    #: What the strategy map calls the initiative that it belongs to; opaque here.
    initiative_ref: str | None
    format_id: int | None
    #: The day of the format's slot that it fills.
    slot_on: date | None
    done_on: date | None
    #: Danish wall-clock time.
    at: time | None = None
    note: str = ""
    responsible_id: int | None = None
    version: int = 1

    def shown(self, today: date) -> Shown:
        """Where it stands on this day."""
        is_promised = self.status in (Status.PLANNED, Status.IN_PROGRESS)
        return Shown.LATE if is_promised and self.ends_on < today else Shown(self.status)


@dataclass(frozen=True, slots=True)
class ActivityRequest:
    """An activity as it is written in the form; ``version`` is what the form was made from."""

    title: str
    channel_id: int
    kind: ActivityKind
    starts_on: date
    ends_on: date
    status: Status = Status.PLANNED
    at: time | None = None
    unit_id: int | None = None
    audience: str = ""
    goal: str = ""
    responsible_id: int | None = None
    responsible_name: str = ""
    link: str = ""
    note: str = ""
    initiative_ref: str | None = None
    format_id: int | None = None
    slot_on: date | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class DoneView:
    """What was done, as indicators count it."""

    channel_kind: ChannelKind
    activity_kind: ActivityKind
    done_on: date
    initiative_ref: str | None


@dataclass(frozen=True, slots=True)
class Filters:
    """What a page of the plan shows; ``None`` or empty: everything."""

    channel: int | None = None
    unit: int | None = None
    kind: ActivityKind | None = None
    status: Shown | None = None

    @property
    def query(self) -> dict[str, Any]:
        """The same for an address."""
        named = {"channel": self.channel, "unit": self.unit, "kind": self.kind, "status": self.status}
        return {name: value for name, value in named.items() if value}
