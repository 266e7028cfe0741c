"""Where an indicator stands on a day, and what others get to see of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from branding.core.text import Text, say
from branding.indicators.values.measures import Aim
from branding.indicators.values.tree import NodeFacts


class State(StrEnum):
    ON_TRACK = "on_track"
    BEHIND = "behind"
    MISSED = "missed"
    MET = "met"
    NOT_MEASURED = "not_measured"
    UNDECIDED = "undecided"


STATE_NAMES: Mapping[State, Text] = {
    State.ON_TRACK: say("on track"),
    State.BEHIND: say("behind"),
    State.MISSED: say("missed"),
    State.MET: say("met"),
    State.NOT_MEASURED: say("not measured"),
    State.UNDECIDED: say("not decided"),
}
#: The look of ``status`` in templates/components/status.html.
STATE_LOOKS: Mapping[State, str] = {
    State.ON_TRACK: "live",
    State.BEHIND: "warn",
    State.MISSED: "stop",
    State.MET: "ok",
    State.NOT_MEASURED: "idle",
    State.UNDECIDED: "info",
}


@dataclass(frozen=True, slots=True)
class Period:
    """Days that are judged together, with the first and the last of them."""

    first: date
    last: date
    name: Text


@dataclass(frozen=True, slots=True)
class Measured:
    """A result: None is unknown; ``count`` says from how many answers or posts, ``of`` out of how many."""

    value: Decimal | None
    count: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """What became of the aim, or is becoming of it, with the sentence why."""

    state: State
    why: Text
    period: Period | None = None
    value: Decimal | None = None
    target: Decimal | None = None

    @property
    def name(self) -> Text:
        return STATE_NAMES[self.state]

    @property
    def look(self) -> str:
        return STATE_LOOKS[self.state]

    @property
    def needs_somebody(self) -> bool:
        return self.state in (State.BEHIND, State.MISSED)


@dataclass(frozen=True, slots=True)
class IndicatorFacts:
    """One indicator as it is stored."""

    id: int
    initiative_id: int
    place: int
    name: str
    aim: Aim
    responsible: str
    note: str
    kind_text: str
    target_text: str
    version: int
    is_archived: bool = False


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """One indicator with where it stands; ``name`` falls back to its initiative's text."""

    facts: IndicatorFacts
    initiative: str
    standing: Standing
    aim_text: Text

    @property
    def id(self) -> int:
        return self.facts.id

    @property
    def name(self) -> str:
        return self.facts.name or self.initiative

    @property
    def responsible(self) -> str:
        return self.facts.responsible

    @property
    def aim(self) -> Aim:
        return self.facts.aim


@dataclass(frozen=True, slots=True)
class NodeView:
    """A node with what stands below it."""

    facts: NodeFacts
    children: tuple[NodeView, ...] = ()
    indicators: tuple[IndicatorView, ...] = ()

    @property
    def id(self) -> int:
        return self.facts.id

    @property
    def text(self) -> str:
        return self.facts.text

    def all_indicators(self) -> Iterator[IndicatorView]:
        yield from self.indicators
        for child in self.children:
            yield from child.all_indicators()


@dataclass(frozen=True, slots=True)
class MapView:
    """The whole map on one day: vision and strategic goals on top, perspectives below them."""

    on: date
    visions: tuple[NodeView, ...]
    strategic: tuple[NodeView, ...]
    perspectives: tuple[NodeView, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.visions or self.strategic or self.perspectives)

    def all_indicators(self) -> Iterator[IndicatorView]:
        for node in self.perspectives:
            yield from node.all_indicators()

    def tally(self) -> dict[State, int]:
        """How many indicators there are in each state, in the order in which they matter."""
        found = [one.standing.state for one in self.all_indicators()]
        order = (State.MISSED, State.BEHIND, State.ON_TRACK, State.MET, State.NOT_MEASURED, State.UNDECIDED)
        return {state: found.count(state) for state in order if state in found}


@dataclass(frozen=True, slots=True)
class PeriodStanding:
    """One indicator in one of its periods."""

    indicator: IndicatorFacts
    #: The indicator's name, or its initiative's.
    name: str
    initiative: str
    goal: str
    period: Period
    standing: Standing

    @property
    def label(self) -> Text:
        return self.period.name

    @property
    def value(self) -> Decimal | None:
        return self.standing.value

    @property
    def target(self) -> Decimal | None:
        return self.standing.target


@dataclass(frozen=True, slots=True)
class ReadingView:
    """A result that somebody wrote down."""

    id: int
    indicator_id: int
    first: date
    last: date
    value: Decimal
    note: str
    made_by: str
    made_at: datetime
    version: int
