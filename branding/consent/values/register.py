"""The register of people as pages show it, and changes to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from branding.consent.values.people import Hold, Kind, Mandate, Route


@dataclass(frozen=True, slots=True)
class SubjectView:
    """A person, contact details opened."""

    id: str
    kind: Kind
    also_citizen: bool
    label: str
    unit_id: int
    email: str
    phone: str
    route: Route
    turns_15_on: date | None
    turns_18_on: date | None
    left_on: date | None
    hold: Hold
    reference: str | None
    made_at: datetime
    version: int
    #: Mail and phone do not open.
    is_unreadable: bool = False

    @property
    def is_as_citizen(self) -> bool:
        """Whether the citizens' rules hold (truth table B13)."""
        return self.kind is Kind.CITIZEN or self.also_citizen


@dataclass(frozen=True, slots=True)
class NewRepresentation:
    """Somebody's right to sign, as a document showed it."""

    mandate: Mandate
    name: str
    covers_images: bool
    seen_on: date
    valid_from: date
    valid_until: date | None = None
    review_on: date | None = None
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class RepresentationView:
    id: str
    subject_id: str
    mandate: Mandate
    name: str
    email: str
    phone: str
    covers_images: bool
    seen_by: int
    seen_on: date
    valid_from: date
    valid_until: date | None
    review_on: date | None
    recorded_at: datetime
    version: int
    #: Name, mail and phone do not open.
    is_unreadable: bool = False

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)
