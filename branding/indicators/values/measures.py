"""What an indicator is: its kind, its rhythm, and how it is counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from branding.core.text import Text, say


class Kind(StrEnum):
    COUNT = "count"
    AT_LEAST = "at_least"
    SHARE = "share"
    INCREASE = "increase"
    MILESTONE = "milestone"
    UNDECIDED = "undecided"


class PeriodKind(StrEnum):
    WEEK = "week"
    WEEKS = "weeks"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    NAMED = "named"
    POST = "post"
    TAKEOVER = "takeover"
    NONE = "none"


class Measure(StrEnum):
    """How a result comes about: a closed list.  ``HAND``: somebody writes it down."""

    HAND = "hand"
    CHANNEL = "channel"
    ACTIVITY = "activity"
    TIED = "tied"
    POSTS = "posts"
    VIEWS = "views"
    FOLLOWERS = "followers"
    EQUIPPED = "equipped"
    TAKEOVERS = "takeovers"


KIND_NAMES: Mapping[Kind, Text] = {
    Kind.COUNT: say("A number of times"),
    Kind.AT_LEAST: say("At least"),
    Kind.SHARE: say("A share in percent"),
    Kind.INCREASE: say("More than in the period before"),
    Kind.MILESTONE: say("A milestone"),
    Kind.UNDECIDED: say("Not decided"),
}

PERIOD_NAMES: Mapping[PeriodKind, Text] = {
    PeriodKind.WEEK: say("every week"),
    PeriodKind.WEEKS: say("every so many weeks"),
    PeriodKind.MONTH: say("every month"),
    PeriodKind.QUARTER: say("every quarter"),
    PeriodKind.YEAR: say("every year"),
    PeriodKind.NAMED: say("from one day to another"),
    PeriodKind.POST: say("per post"),
    PeriodKind.TAKEOVER: say("per takeover"),
    PeriodKind.NONE: say("no period"),
}

MEASURE_NAMES: Mapping[Measure, Text] = {
    Measure.HAND: say("Somebody writes the result down"),
    Measure.CHANNEL: say("Activities done on a channel"),
    Measure.ACTIVITY: say("Activities done of one kind"),
    Measure.TIED: say("Activities done that are tied to the initiative"),
    Measure.POSTS: say("Posts that Stafet has published"),
    Measure.VIEWS: say("Views of a post, in the middle"),
    Measure.FOLLOWERS: say("Followers"),
    Measure.EQUIPPED: say("Hosts who felt equipped"),
    Measure.TAKEOVERS: say("Takeovers held"),
}

#: These add up over a period; nothing counted is 0, where the others are unknown.
COUNTED = frozenset({Measure.CHANNEL, Measure.ACTIVITY, Measure.TIED, Measure.POSTS, Measure.TAKEOVERS})
#: These need to know which channel, or which kind of activity.
ON_CHANNEL = frozenset({Measure.CHANNEL, Measure.POSTS, Measure.VIEWS, Measure.FOLLOWERS})
#: Kinds that mean nothing without a target.
NEED_TARGET = frozenset({Kind.COUNT, Kind.AT_LEAST, Kind.SHARE})


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Which days belong together.  ``first`` and ``last`` are the days of a named period."""

    kind: PeriodKind
    begins_on: date
    every: int = 1
    first: date | None = None
    last: date | None = None
    written: str = ""


@dataclass(frozen=True, slots=True)
class Aim:
    """What is to be reached and how it is counted."""

    kind: Kind
    rhythm: Rhythm
    target: Decimal | None = None
    unit: str = ""
    measure: Measure = Measure.HAND
    #: The channel, or the kind of activity, that the measure counts.
    counts: str = ""
    due_on: date | None = None
    done_on: date | None = None

    @property
    def is_undecided(self) -> bool:
        return self.kind is Kind.UNDECIDED or (self.kind in NEED_TARGET and self.target is None)


@dataclass(frozen=True, slots=True)
class IndicatorRequest:
    """What a form or a table says of an indicator; the texts keep what was not understood."""

    name: str
    aim: Aim
    responsible: str = ""
    note: str = ""
    kind_text: str = ""
    target_text: str = ""


@dataclass(frozen=True, slots=True)
class ReadingRequest:
    """A result written down for the period that holds ``on``."""

    on: date
    value: Decimal
    note: str = ""
