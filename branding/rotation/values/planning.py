"""Wishes, blocked weeks and proposals: what is asked for, what is stored, and what pages show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from branding.core.isoweek import Week
from branding.core.text import Text
from branding.rotation.values.requests import SlotStep
from branding.rotation.values.weeks import Block

#: The longest period that is filled at once: two long years.
MOST_PLANNED = 106
#: Limits of what a form of the planner takes.
LONGEST_TURN, LARGEST_GAP, LARGEST_SHARE = 8, 26, 9
#: How much a reason may say: it is no place for personal matters.
REASON_LENGTH = 80


class RequestKind(StrEnum):
    WISH = "wish"  # ønske
    BLOCKED = "blocked"  # spærret


class ProposalKind(StrEnum):
    FILL = "fill"
    REPLAN = "replan"
    COPY = "copy"


class ProposalState(StrEnum):
    WAITING = "waiting"
    SOLVING = "solving"
    PROVEN = "proven"
    BEST_FOUND = "best_found"
    UNAVAILABLE = "unavailable"
    FAILED = "failed"
    USED = "used"
    DISCARDED = "discarded"


#: A better answer may still come.
UNDER_WAY = frozenset({ProposalState.WAITING, ProposalState.SOLVING})
#: Nothing more happens with the proposal.
ENDED = frozenset({ProposalState.USED, ProposalState.DISCARDED})


@dataclass(frozen=True, slots=True)
class NewWeekRequest:
    """A wish or blocked weeks to write down; without ``plan_id`` it counts in every plan."""

    unit_id: int
    kind: RequestKind
    block: Block
    reason: str = ""
    plan_id: int | None = None


@dataclass(frozen=True, slots=True)
class WeekRequestView:
    """A wish or blocked weeks as pages show them."""

    id: int
    unit_id: int
    plan_id: int | None
    kind: RequestKind
    block: Block
    reason: str
    version: int


@dataclass(frozen=True, slots=True)
class FillRequest:
    """Fill the open weeks of a period; a share of 0 is not this time, 2 is double."""

    first: Week
    last: Week
    length: int
    gap: int
    shares: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class ReplanRequest:
    """A unit drops out of these weeks; without a unit only new blocked weeks are looked for."""

    first: Week
    last: Week | None = None
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class CopyRequest:
    """A year's turns in another year, in a plan that exists or in a new one of this name."""

    source_year: int
    target_year: int
    target_plan_id: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Addition:
    """A turn that a proposal adds; ``source_id`` is the slot whose topic it takes over."""

    unit_id: int
    block: Block
    source_id: int | None = None


@dataclass(frozen=True, slots=True)
class Switch:
    """Weeks that go from one unit to another, or to nobody."""

    block: Block
    before: int
    after: int | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What a proposal would write: turns added, moved and cancelled."""

    added: tuple[Addition, ...] = ()
    steps: tuple[SlotStep, ...] = ()
    removed: tuple[int, ...] = ()
    switches: tuple[Switch, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.steps or self.removed)


@dataclass(frozen=True, slots=True)
class PictureCell:
    """Weeks of one row: ``kind`` is new, kept, moved, gone, holiday, blocked, taken or empty."""

    kind: str
    block: Block
    name: str = ""


@dataclass(frozen=True, slots=True)
class PictureRow:
    unit_id: int
    cells: tuple[PictureCell, ...]
    weeks: int
    wishes: int = 0
    met: int = 0
    #: Wishes that count as met by some of their weeks: what the unit got, and what it asked for.
    partly: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A period with units down and weeks across; ``months`` are first weeks and widths."""

    weeks: tuple[Week, ...]
    rows: tuple[PictureRow, ...]
    holidays: Mapping[Week, str]
    months: tuple[tuple[Week, int], ...]
    #: The row at the bottom: weeks that nobody has, and holidays.
    empty: tuple[PictureCell, ...]

    @property
    def has_gone(self) -> bool:
        return any(cell.kind == "gone" for row in self.rows for cell in row.cells)

    @property
    def has_kept(self) -> bool:
        return any(cell.kind == "kept" for row in self.rows for cell in row.cells)

    @property
    def has_blocked(self) -> bool:
        return any(cell.kind == "blocked" for row in self.rows for cell in row.cells)

    @property
    def has_taken(self) -> bool:
        return any(cell.kind == "taken" for row in self.rows for cell in row.cells)

    @property
    def lines(self) -> list[tuple[int | None, PictureCell]]:
        """The same week by week: turns, and below them what nobody has."""
        turns: list[tuple[int | None, PictureCell]] = [
            (row.unit_id, cell)
            for row in self.rows
            for cell in row.cells
            if cell.kind in ("new", "moved", "kept", "gone")
        ]
        rest: list[tuple[int | None, PictureCell]] = [
            (None, cell) for cell in self.empty if cell.kind in ("empty", "holiday")
        ]
        return sorted([*turns, *rest], key=lambda line: line[1].block)


@dataclass(frozen=True, slots=True)
class Alternative:
    """The nearest rules that would leave fewer weeks empty: what to send, and what to call it."""

    label: Text
    gap: int
    length: int


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A stored proposal.  ``best`` is the solver's answer, when it has found one."""

    id: int
    plan_id: int
    kind: ProposalKind
    state: ProposalState
    request: Mapping[str, Any]
    stamp: str
    greedy: Mapping[str, Any]
    best: Mapping[str, Any] | None
    progress: Mapping[str, Any]
    made_at: datetime
    used_at: datetime | None
    #: The plan that got its turns; a copy's is another than the one it was asked for.
    target_id: int

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """Everything that the page of a proposal shows."""

    #: How good it is, in one or two sentences.
    lead: tuple[Text, ...]
    picture: Picture
    changes: Changes
    #: Why weeks stay empty, and rules that cannot be kept together.
    reasons: tuple[Text, ...]
    alternative: Alternative | None
    #: Slots that somebody uses, so that they cannot go: slot id and why.
    objections: tuple[tuple[int, Text], ...]
    #: Which answer is shown: it is the one that is used.
    answer: str
    #: Years without holiday weeks.
    missing_years: tuple[int, ...] = ()
    #: The rules it was made by; only a fill has any.
    asked: Text | None = None


@dataclass(frozen=True, slots=True)
class Claimed:
    """A proposal that this worker solves; the lease tells it from a later claim."""

    id: int
    lease_until: datetime


@dataclass(frozen=True, slots=True)
class UnitTurns:
    """A unit's turns in the last year and to come."""

    unit_id: int
    past_weeks: int
    coming_weeks: int
    turns: int
    last: Block | None
    weeks_since: int | None
    next: Block | None
    #: Clearly fewer weeks than the others (-1), about as many (0), or clearly more (1).
    standing: int

    @property
    def weeks(self) -> int:
        return self.past_weeks + self.coming_weeks


@dataclass(frozen=True, slots=True)
class Fairness:
    """The report: units in order, empty weeks ahead, and one sentence that says how it stands."""

    units: tuple[UnitTurns, ...] = ()
    empty: tuple[Week, ...] = ()
    sentences: tuple[Text, ...] = field(default=())
