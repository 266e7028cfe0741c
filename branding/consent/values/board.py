"""What the consent board is asked for, and what one row of it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from branding.consent.values.people import Kind
from branding.consent.values.standing import Standing, State
from branding.consent.values.uses import UseView
from branding.core.text import Text
from branding.organisation.values import UnitView

ROWS_A_PAGE = 50


class Tab(StrEnum):
    """Saved filters; the count of each stands on it."""

    ALL = "all"
    MISSING = "missing"
    EXPIRING = "expiring"
    TO_VERIFY = "to_verify"
    WITHDRAWN = "withdrawn"


#: The states that a tab shows; the others are asked in another way.
TAB_STATES: Mapping[Tab, frozenset[State]] = {
    Tab.MISSING: frozenset({State.MISSING, State.EXPIRED}),
    Tab.EXPIRING: frozenset({State.EXPIRING}),
    Tab.WITHDRAWN: frozenset({State.WITHDRAWN}),
}


@dataclass(frozen=True, slots=True)
class BoardFilter:
    """All of it together.  ``unit_ids``: empty for all units; ``references``: a takeover week's, or None."""

    unit_ids: frozenset[int] | None = None
    kind: Kind | None = None
    state: State | None = None
    tab: Tab = Tab.ALL
    text: str = ""
    references: frozenset[str] | None = None
    page: int = 1


class Step(StrEnum):
    """The one button of a row."""

    ASK = "ask"
    RENEW = "renew"
    VERIFY = "verify"
    #: The reader asked or wrote it down: another person checks it.
    WAIT = "wait"
    REQUEST = "request"
    SEE = "see"


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """What a person was asked and has not answered."""

    id: str
    label: str
    asked_on: date
    reminded_at: datetime | None


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One person; ``key`` is the answer that the button is about, where it is about one."""

    subject_id: str
    label: str
    unit: UnitView
    kind: Kind
    standing: Standing
    #: What stands in the way first, in a few words each.
    why_not: tuple[Text, ...]
    step: Step
    key: str = ""
    request: OpenRequest | None = None
    uses: tuple[UseView, ...] = ()
    #: After a no: the first day on which somebody may ask again.
    ask_from: date | None = None


@dataclass(frozen=True, slots=True)
class Board:
    rows: tuple[BoardRow, ...]
    counts: Mapping[Tab, int]
    #: How many rows the filter finds in all.
    found: int
    page: int
    #: Nobody is on the register of these units at all.
    is_empty: bool

    @property
    def has_more(self) -> bool:
        return self.page * ROWS_A_PAGE < self.found


@dataclass(frozen=True, slots=True)
class ToDo:
    """How many people wait for something, for the front page."""

    to_verify: int = 0
    expiring: int = 0
    citizens_to_ask: int = 0
