"""The plan as its pages show it: the year's strip, a month, a board and a list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from branding.core.isoweek import Week
from branding.organisation.values import UnitView
from branding.plan.values.activities import ActivityView, Filters, Shown
from branding.plan.values.channels import ChannelView
from branding.plan.values.formats import FormatSlot
from branding.publishing.values.calendar import DayPosts
from branding.takeovers.values import TakeoverView


@dataclass(frozen=True, slots=True)
class StripMonth:
    """A month of the year's strip."""

    first: date
    activities: int
    gaps: int
    late: int
    is_shown: bool = False
    is_now: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """Something that lasts for days, as columns 0 (Monday) to 6; one of the two."""

    first: int
    last: int
    activity: ActivityView | None = None
    takeover: TakeoverView | None = None


@dataclass(frozen=True, slots=True)
class BarCell:
    """A cell of a week's lane: a bar, or the room between two."""

    width: int
    bar: Bar | None = None


@dataclass(frozen=True, slots=True)
class DayCell:
    """What stands on a day; ``more`` activities are counted and not shown."""

    day: date
    is_outside: bool
    is_today: bool
    holiday: str
    activities: tuple[ActivityView, ...]
    more: int
    slots: tuple[FormatSlot, ...]
    posts: DayPosts | None


@dataclass(frozen=True, slots=True)
class MonthRow:
    week: Week
    days: tuple[DayCell, ...]
    lanes: tuple[tuple[BarCell, ...], ...]
    holiday: str = ""
    more: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the board."""

    shown: Shown
    activities: tuple[ActivityView, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Around:
    """What every page of the plan shows around its content."""

    year: int
    month: int
    filters: Filters
    strip: tuple[StripMonth, ...]
    channels: tuple[ChannelView, ...]
    units: Mapping[int, UnitView]
    #: Open slots from today on, the next weeks' first.
    gaps: tuple[FormatSlot, ...]
    has_formats: bool
    is_empty: bool
    late: int = 0
