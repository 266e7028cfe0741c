"""What the calendar, the front page and the search show; everybody imports them from here."""

from branding.home.values.calendar import (
    Cell,
    Filters,
    Frame,
    GridRow,
    ListLine,
    MonthBar,
    MonthDay,
    MonthWeek,
    Span,
    Stage,
    Turn,
    WeekHead,
    YearGrid,
)
from branding.home.values.front import ComingWeek, FirstStep, FrontPage, Pace, Part, PlanNow, Waiting
from branding.home.values.search import Found, Group, Hit
from branding.home.values.wheel import Month, Sector, Segment, Wheel

__all__ = [
    "Cell",
    "ComingWeek",
    "Filters",
    "FirstStep",
    "Found",
    "Frame",
    "FrontPage",
    "GridRow",
    "Group",
    "Hit",
    "ListLine",
    "Month",
    "MonthBar",
    "MonthDay",
    "MonthWeek",
    "Pace",
    "Part",
    "PlanNow",
    "Sector",
    "Segment",
    "Span",
    "Stage",
    "Turn",
    "Waiting",
    "WeekHead",
    "Wheel",
    "YearGrid",
]
