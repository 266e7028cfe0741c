"""Recurring formats: what comes back in a fixed rhythm, and the open slots it leaves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from branding.plan.values.activities import ActivityKind, ActivityView
from branding.plan.values.channels import ChannelView


class Rhythm(StrEnum):
    """What is counted between two slots."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    QUARTERS = "quarters"


@dataclass(frozen=True, slots=True)
class RhythmView:
    """A rhythm and the days on which it counts: editing one ends it and begins another."""

    rhythm: Rhythm
    every: int
    #: Monday is 0; days have none.
    weekday: int | None
    #: Where counting begins, so that "every other week" keeps its weeks.
    anchor_on: date
    valid_from: date
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class FormatView:
    """A recurring format; ``rhythms`` in the order of time, the latest is the one that counts ahead."""

    id: int
    title: str
    channel: ChannelView
    kind: ActivityKind
    unit_id: int | None
    audience: str
    goal: str
    responsible: str
    responsible_id: int | None
    at: time | None
    rhythms: tuple[RhythmView, ...]
    version: int = 1

    @property
    def rhythm(self) -> RhythmView:
        return self.rhythms[-1]


@dataclass(frozen=True, slots=True)
class FormatRequest:
    """A format as it is written in the form."""

    title: str
    channel_id: int
    kind: ActivityKind
    rhythm: Rhythm
    every: int
    weekday: int | None
    starts_on: date
    until: date | None = None
    at: time | None = None
    unit_id: int | None = None
    audience: str = ""
    goal: str = ""
    responsible_id: int | None = None
    responsible_name: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class FormatSlot:
    """One time that a format comes round: filled by an activity, or open."""

    format_id: int
    title: str
    channel: ChannelView
    on: date
    responsible: str
    activity: ActivityView | None = None
    unit_id: int | None = None
    #: The holiday or holiday week it falls in; it is kept, and marked.
    holiday: str = ""
