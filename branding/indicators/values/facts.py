"""Plain facts that indicators are counted from, sorted by day so that a period is found by halving."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from branding.indicators.values.measures import Measure
from branding.indicators.values.standing import ReadingView


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that has happened; ``counts`` names a channel, a kind of activity or an initiative's id."""

    #: The days on which something happened, by measure and what it counts.
    days: Mapping[tuple[Measure, str], tuple[date, ...]] = field(default_factory=dict)
    #: By channel: the day of each post whose views are known, and how many.
    views: Mapping[str, tuple[tuple[date, int], ...]] = field(default_factory=dict)
    #: By channel and profile: how many followed on a day.
    followers: Mapping[str, tuple[tuple[tuple[date, int], ...], ...]] = field(default_factory=dict)
    #: The last day of each takeover that a host has answered about, and how equipped (1 to 5).
    equipped: tuple[tuple[date, int], ...] = ()
    #: What somebody wrote down, by indicator, in the order of time.
    readings: Mapping[int, tuple[ReadingView, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which facts a set of indicators asks for, and from which day on."""

    since: date
    measures: frozenset[Measure]
