"""What the organisation decides about consent: requests to change it, and how pages show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from branding.consent.values.policies import Openness, PolicyKind
from branding.consent.values.records import Channel, Purpose
from branding.organisation.values import UnitView

#: What the form of an assessment asks (R3); all of it is answered in words.
QUESTIONS = ("dependence", "asker", "necessity", "dpia")
#: An assessment is looked at again after a year at most (R2).
MOST_MONTHS = 12
#: So many days before its review day an assessment is warned of.
REVIEW_NEAR = 30


class Source(StrEnum):
    """Where a policy comes from; the first that says something holds."""

    OWN = "own"
    AREA = "area"
    ORGANISATION = "organisation"
    SHIPPED = "shipped"


@dataclass(frozen=True, slots=True)
class SetPolicy:
    """Without ``openness`` what stands above holds again; without ``unit_id`` it is everybody's."""

    unit_id: int | None
    kind: PolicyKind
    openness: Openness | None
    version: int


@dataclass(frozen=True, slots=True)
class PolicyCell:
    """What holds for one kind of person in one unit; ``version`` is 0 where it has no word of its own."""

    kind: PolicyKind
    openness: Openness
    source: Source
    version: int
    own: Openness | None
    #: Open assessments that cover it now.
    assessments: tuple[AssessmentView, ...] = ()

    @property
    def is_open(self) -> bool:
        needs_one = self.openness is Openness.NEEDS_ASSESSMENT
        return self.openness is Openness.ALLOWED or (needs_one and bool(self.assessments))


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """``unit`` is None for the whole organisation."""

    unit: UnitView | None
    cells: tuple[PolicyCell, ...]

    def cell(self, kind: PolicyKind) -> PolicyCell:
        return next(cell for cell in self.cells if cell.kind is kind)


@dataclass(frozen=True, slots=True)
class NewAssessment:
    """``answers`` holds one text for each of :data:`QUESTIONS`."""

    reference: str
    decided_by: str
    decided_on: date
    review_on: date
    unit_ids: tuple[int, ...]
    kinds: frozenset[PolicyKind]
    purposes: frozenset[Purpose]
    channels: frozenset[Channel]
    answers: tuple[tuple[str, str], ...]
    guardian_alone: bool = False


@dataclass(frozen=True, slots=True)
class AssessmentView:
    id: str
    reference: str
    decided_by: str
    decided_on: date
    review_on: date
    kinds: tuple[PolicyKind, ...]
    purposes: tuple[Purpose, ...]
    channels: tuple[Channel, ...]
    answers: tuple[tuple[str, str], ...]
    guardian_alone: bool
    made_at: datetime
    ended_at: datetime | None
    unit_ids: tuple[int, ...]

    def is_open(self, today: date) -> bool:
        return self.ended_at is None and self.decided_on <= today < self.review_on

    def days_left(self, today: date) -> int:
        return (self.review_on - today).days

    def is_near(self, today: date) -> bool:
        """It opens something, and not for long."""
        return self.is_open(today) and self.days_left(today) <= REVIEW_NEAR


@dataclass(frozen=True, slots=True)
class RulesRequest:
    """Time limits and choices, as the form sends them."""

    reflection_hours: int
    citizen_months: int
    colleague_months: int
    citizen_live_days: int
    evidence_days: int
    refusal_months: int
    log_months: int
    colleague_written: bool
    one_custody_holder: bool
    journal_first: bool
    controller: str
    dpo_contact: str
    phone: str
    version: int
