"""What the data protection officer sees: figures and findings, without names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class FormInUse:
    """A version of a form, as shipped and as used."""

    id: str
    title: str
    audience: str
    language: str
    number: int
    sha256: str
    #: Consents that rest on it and have not ended.
    standing: int
    #: All that were ever given on it.
    given: int
    first_used_at: datetime | None
    accepted_until: datetime | None
    recalled_at: datetime | None
    #: The file is another than the one that people were shown.
    is_changed: bool


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """Somebody opened a proof, a person's page or an export."""

    at: datetime
    user_id: int | None
    actor_kind: str
    tag: str
    subject_kind: str
    subject_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Unverified:
    """Proof that nobody else has looked at yet."""

    consent_id: str
    unit_id: int
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class AssessmentLine:
    """A legal assessment that ends soon, or has ended."""

    id: str
    reference: str
    review_on: date
