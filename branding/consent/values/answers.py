"""What use cases are asked to write down: people and answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from branding.consent.values.people import Hold, Kind, Route
from branding.consent.values.records import (
    Channel,
    EvidenceKind,
    Format,
    MediaKind,
    Purpose,
    SignerRole,
    Target,
)


@dataclass(frozen=True, slots=True)
class Scope:
    """What may be shown on one channel, and how."""

    channel: Channel
    formats: frozenset[Format] = frozenset(Format)
    purposes: frozenset[Purpose] = frozenset({Purpose.RECRUITING})
    media: frozenset[MediaKind] = frozenset({MediaKind.PHOTO})
    may_name: bool = False
    may_voice: bool = False
    may_be_paid: bool = False


@dataclass(frozen=True, slots=True)
class Signed:
    """One person's part: ``name`` as it was signed, for paper as it is read."""

    role: SignerRole
    method: EvidenceKind
    signed_at: datetime
    name: str = ""
    representation_id: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asked, when and where; kind and id as in ``ActorKind``."""

    by_kind: str
    by_id: int | None
    at: datetime
    place: str = ""
    #: The asker decides on the person's help or is the person's manager (R28).
    has_power: bool = False
    power_reason: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A yes with its scopes, or a no to what is in them."""

    subject_id: str
    form_id: str
    target: Target
    target_ref: str
    target_label: str
    evidence: EvidenceKind
    asked: Asked
    scopes: tuple[Scope, ...]
    signatures: tuple[Signed, ...]
    #: The last day of a yes; empty: as long as the rules allow for this kind of person.
    lasts_until: date | None = None
    is_refusal: bool = False
    told_instagram: bool = False
    clear_answer: bool = False
    request_id: str | None = None
    text_sha256: str = ""
    #: What filled the blanks of the form, and how it was read: nothing about the person.
    shown: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NewSubject:
    """A person for the register."""

    kind: Kind
    label: str
    unit_id: int
    email: str = ""
    phone: str = ""
    route: Route = Route.SELF
    also_citizen: bool = False
    turns_15_on: date | None = None
    turns_18_on: date | None = None
    left_on: date | None = None
    hold: Hold = Hold.NONE
    #: Whom a higher room knows the person as; it alone can read it.
    reference: str | None = None
