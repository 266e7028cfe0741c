"""The year as a ring, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from branding.core.isoweek import Week
from branding.home.values.calendar import Turn


@dataclass(frozen=True, slots=True)
class Sector:
    """A turn as a piece of the wheel's ring, with its name along the radius."""

    turn: Turn
    path: str
    rim: str
    label: str
    #: How far the label is turned, and how far out it begins.
    angle: float
    x: float
    is_long: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A piece of the wheel's inner ring."""

    first: date
    path: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Segment:
    """One week of one lane: what can be chosen.  ``row`` is the line of the table that tells of it."""

    week: Week
    column: int
    lane: int
    kind: str
    row: int | None


@dataclass(frozen=True, slots=True)
class Wheel:
    """The year as a ring; see ``home.rules.wheel``."""

    lanes: int
    sectors: tuple[Sector, ...]
    #: Holidays and weeks that nobody has: which of the two, and the piece of the ring.
    blanks: tuple[tuple[str, str], ...]
    months: tuple[Month, ...]
    numbers: tuple[tuple[int, float, float], ...]
    #: How many degrees a week is.
    step: float
    #: One week of each lane, and one week of all lanes, lying at the top.
    hits: tuple[str, ...]
    whole: str
    segments: tuple[Segment, ...]
    chosen: Segment
    hand: float | None
    not_drawn: int = 0
