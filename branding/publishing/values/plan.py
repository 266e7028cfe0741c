"""The plan as pages show it: a publication with what stands around it, and the word for where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from branding.consent.values.records import Channel
from branding.core.text import Text, say
from branding.drafts.values.kinds import PostKind
from branding.organisation.values import ProfileView, UnitView
from branding.publishing.values.states import State, Way


class Look(StrEnum):
    """Where a publication stands, as people need to know it."""

    PLANNED = "planned"
    ON_ITS_WAY = "on_its_way"
    AGAIN = "again"
    CHECKED = "checked"
    IS_IT_OUT = "is_it_out"
    OUT = "out"
    BY_HAND = "by_hand"
    HAND_LATE = "hand_late"
    MISSED = "missed"
    FAILED = "failed"
    OFF = "off"
    DOWN = "down"
    PAUSED = "paused"
    BROKEN = "broken"
    OVERDUE = "overdue"


#: The drawing of ``components/status.html`` and the word, for each.
LOOKS: Mapping[Look, tuple[str, Text]] = {
    Look.PLANNED: ("ok", say("in the plan")),
    Look.ON_ITS_WAY: ("live", say("on its way")),
    Look.AGAIN: ("half", say("is tried again")),
    Look.CHECKED: ("half", say("is being checked")),
    Look.IS_IT_OUT: ("warn", say("is it out?")),
    Look.OUT: ("done", say("out")),
    Look.BY_HAND: ("half", say("is put up by hand")),
    Look.HAND_LATE: ("warn", say("not put up yet")),
    Look.MISSED: ("stop", say("missed its time")),
    Look.FAILED: ("stop", say("could not go out")),
    Look.OFF: ("idle", say("not in the plan")),
    Look.DOWN: ("idle", say("taken down")),
    Look.PAUSED: ("warn", say("paused")),
    Look.BROKEN: ("stop", say("no connection")),
    Look.OVERDUE: ("stop", say("overdue")),
}
#: Somebody has to do something, in the order in which it hurries.
FOR_PEOPLE = (Look.IS_IT_OUT, Look.OVERDUE, Look.HAND_LATE, Look.BROKEN, Look.FAILED, Look.MISSED)


@dataclass(frozen=True, slots=True)
class PublicationView:
    """One post on one channel."""

    id: str
    draft_id: str
    channel: Channel
    profile_id: int
    unit_id: int
    takeover_id: int | None
    title: str
    kind: PostKind
    state: State
    state_since: datetime
    code: str
    due_at: datetime
    look: Look
    way: Way
    version: int
    author: str = ""
    planned_by: str = ""
    planned_at: datetime | None = None
    next_attempt_at: datetime | None = None
    failures: int = 0
    publish_started_at: datetime | None = None
    published_at: datetime | None = None
    permalink: str = ""
    remove_by: date | None = None
    removed_at: datetime | None = None

    @property
    def kind_of_status(self) -> str:
        return LOOKS[self.look][0]

    @property
    def word(self) -> Text:
        return LOOKS[self.look][1]

    @property
    def is_for_people(self) -> bool:
        return self.look in FOR_PEOPLE

    @property
    def is_movable(self) -> bool:
        """People may still give it another time."""
        return self.state in (
            State.SCHEDULED,
            State.RETRY_WAIT,
            State.NOT_PUBLISHED,
            State.MISSED,
            State.FAILED,
            State.CANCELLED,
            State.HANDED,
        )

    @property
    def is_planned(self) -> bool:
        """It is in the plan, so it can be taken out of it."""
        return self.is_movable and self.state not in (State.CANCELLED, State.FAILED)


@dataclass(frozen=True, slots=True)
class PauseView:
    """Nothing goes out on this profile, or on any when there is none."""

    id: int
    profile_id: int | None
    reason: str
    made_by: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """An approved post that has no time, or was taken out, with times that would fit."""

    draft_id: str
    title: str
    kind: PostKind
    unit_id: int
    takeover_id: int
    suggestions: tuple[datetime, ...] = ()
    #: It was in the plan before.
    publication: PublicationView | None = None
    why: Text | None = None


@dataclass(frozen=True, slots=True)
class PlanPage:
    """What goes out, day by day, with what needs a person first."""

    for_people: tuple[PublicationView, ...]
    days: tuple[tuple[date, tuple[PublicationView, ...]], ...]
    waiting: tuple[Waiting, ...]
    pauses: tuple[PauseView, ...]
    profiles: Mapping[int, ProfileView]
    units: Mapping[int, UnitView]
    #: The first picture of each post that is listed: its draft and edition.
    thumbs: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    more: int = 0
    #: Channels on which a post is meant to come out and nobody has a profile, by its draft.
    nowhere: Mapping[str, tuple[Channel, ...]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not (self.for_people or self.days or self.waiting)


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the story of a publication."""

    text: Text
    at: datetime | None
    by: str = ""
    #: It has not happened yet.
    is_ahead: bool = False


@dataclass(frozen=True, slots=True)
class AttemptView:
    """One call, in words and with what the channel's own support asks for."""

    step: Text
    started_at: datetime
    answer: Text
    codes: str
    trace_id: str
