"""What the front page shows, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from branding.core.isoweek import Week
from branding.core.text import Text
from branding.home.values.calendar import Turn
from branding.indicators.values.standing import State
from branding.organisation.values import ProfileView, UnitView
from branding.plan.values import ActivityView, FormatSlot
from branding.publishing.values.plan import PauseView, PublicationView
from branding.reports.values.schedules import FileView


class Part(StrEnum):
    """A part of the front page that only some roles have."""

    TODAY = "today"
    GAPS = "gaps"
    GOALS = "goals"
    MINE = "mine"
    WEEK = "week"
    REPORT = "report"
    OVERSIGHT = "oversight"


@dataclass(frozen=True, slots=True)
class Pace:
    """A format's latest times: how many there were, and how many of them became something."""

    title: str
    channel: str
    done: int
    count: int

    @property
    def state(self) -> State:
        return State.ON_TRACK if self.done == self.count else State.BEHIND


@dataclass(frozen=True, slots=True)
class PlanNow:
    """The content plan: open slots, what is late, what this week has, and what is kept up with."""

    gaps: tuple[FormatSlot, ...]
    late: tuple[ActivityView, ...]
    week: tuple[ActivityView, ...]
    paces: tuple[Pace, ...]
    has_formats: bool


@dataclass(frozen=True, slots=True)
class FirstStep:
    """One of the first things to do in a new organisation."""

    text: Text
    endpoint: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for the reader, and where to do it."""

    text: Text
    endpoint: str
    values: Mapping[str, Any] = field(default_factory=dict)
    unit: UnitView | None = None
    when: date | None = None


@dataclass(frozen=True, slots=True)
class ComingWeek:
    """One of the next weeks on the front page."""

    week: Week
    turns: tuple[Turn, ...]
    holiday: str = ""
    is_now: bool = False


@dataclass(frozen=True, slots=True)
class FrontPage:
    greeting: Text
    now: tuple[Turn, ...]
    weeks: tuple[ComingWeek, ...]
    waiting: tuple[Waiting, ...]
    more_waiting: int = 0
    has_plans: bool = True
    today: tuple[PublicationView, ...] = ()
    units: Mapping[int, UnitView] = field(default_factory=dict)
    pauses: tuple[PauseView, ...] = ()
    profiles: Mapping[int, ProfileView] = field(default_factory=dict)
    parts: frozenset[Part] = frozenset()
    plan: PlanNow | None = None
    #: Of the plan, what the reader can do something about.
    gaps: tuple[FormatSlot, ...] = ()
    late: tuple[ActivityView, ...] = ()
    #: The reader's own turns.
    mine: tuple[Turn, ...] = ()
    newest: FileView | None = None
    steps: tuple[FirstStep, ...] = ()
