"""What the views of the calendar show, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from branding.core.isoweek import Week
from branding.organisation.values import UnitView
from branding.publishing.values.calendar import DayPosts
from branding.rotation.values import HolidayView, PlanView, PublicHoliday, SlotView
from branding.takeovers.values import TakeoverView


class Stage(StrEnum):
    """How far a turn has come: one word for all its takeovers together."""

    MISSING = "missing"  # nobody is found yet
    ASKED = "asked"  # somebody is found or invited
    READY = "ready"
    LIVE = "live"
    CLOSED = "closed"
    PAST = "past"  # its weeks are over, and nothing was written down


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader chose to see; kept in the URL."""

    plan: int | None = None
    area: int | None = None
    stage: Stage | None = None

    @property
    def query(self) -> dict[str, Any]:
        """The same as parameters of an address; what is not chosen is left out."""
        chosen = {"plan": self.plan, "area": self.area, "status": self.stage}
        return {name: value for name, value in chosen.items() if value}


@dataclass(frozen=True, slots=True)
class Turn:
    """A slot with its unit and takeovers.  ``is_open``: the reader may open it and see who hosts."""

    slot: SlotView
    unit: UnitView
    stage: Stage
    takeovers: tuple[TakeoverView, ...] = ()
    is_open: bool = True

    @property
    def hosts(self) -> tuple[str, ...]:
        """Names for those who may see them."""
        if not self.is_open:
            return ()
        return tuple(dict.fromkeys(host.name for takeover in self.takeovers for host in takeover.hosts))


@dataclass(frozen=True, slots=True)
class Span:
    """Something that lies from one column to another, both included."""

    first: int
    last: int
    thing: Any


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell: ``thing`` is what lies there, ``mark`` what kind of column an empty one crosses."""

    width: int
    thing: Any = None
    mark: str = ""


@dataclass(frozen=True, slots=True)
class GridRow:
    """One unit's year: a table row per lane, and how many turns it has."""

    unit: UnitView
    lanes: tuple[tuple[Cell, ...], ...]
    turns: int


@dataclass(frozen=True, slots=True)
class WeekHead:
    """A column of the year."""

    week: Week
    mark: str
    holiday: str = ""
    public: tuple[PublicHoliday, ...] = ()


@dataclass(frozen=True, slots=True)
class YearGrid:
    months: tuple[tuple[date, int], ...]
    heads: tuple[WeekHead, ...]
    rows: tuple[GridRow, ...]
    footer: tuple[Cell, ...]
    #: Weeks that nobody has, as runs of numbers: ``((23, 27), (32, 32))``.
    gaps: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class MonthBar:
    """A takeover, or a turn in a week where no takeover is made yet."""

    turn: Turn
    takeover: TakeoverView | None = None


@dataclass(frozen=True, slots=True)
class MonthDay:
    day: date
    is_outside: bool
    is_today: bool
    public: str = ""


@dataclass(frozen=True, slots=True)
class MonthWeek:
    """A row of the month.  ``more`` bars did not fit."""

    week: Week
    days: tuple[MonthDay, ...]
    lanes: tuple[tuple[Cell, ...], ...]
    more: int
    holiday: str = ""


@dataclass(frozen=True, slots=True)
class ListLine:
    """A line of the list: a turn, a holiday week, or weeks that nobody has."""

    kind: str
    first: date
    last: date
    turn: Turn | None = None
    name: str = ""
    is_now: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """What every calendar view needs around it."""

    filters: Filters
    plans: tuple[PlanView, ...]
    areas: tuple[UnitView, ...]
    turns: tuple[Turn, ...]
    holidays: tuple[HolidayView, ...]
    public: tuple[PublicHoliday, ...]
    units: tuple[UnitView, ...] = ()
    #: A day in the nearest plan, when the period has none.
    nearest: date | None = None
    #: What goes out on each day.
    posts: Mapping[date, DayPosts] = field(default_factory=dict)
    colours: Mapping[int, int] = field(default_factory=dict)

    def posts_in(self, first: date, last: date) -> int:
        """How many posts a period has."""
        return sum(len(one.entries) + one.more for day, one in self.posts.items() if first <= day <= last)
