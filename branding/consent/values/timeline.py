"""A person's story as the pages tell it, and one answer with everything about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from branding.consent.values.answers import Scope
from branding.consent.values.records import FileKind, SignerRole


class Step(StrEnum):
    """What happened, in the order of a life: asked, answered, checked, used, ended."""

    ADDED = "added"
    ASKED = "asked"
    LAPSED = "lapsed"
    YES = "yes"
    NO = "no"
    VERIFIED = "verified"
    SHOWN = "shown"
    TAKEN_DOWN = "taken_down"
    WITHDRAWN = "withdrawn"
    INVALIDATED = "invalidated"
    EXPIRED = "expired"
    PURGED = "purged"


@dataclass(frozen=True, slots=True)
class Event:
    """One step; ``what`` is the thing it is about, as people read it."""

    at: datetime
    step: Step
    what: str = ""
    consent_id: str = ""
    request_id: str = ""
    #: Who did it, where that is somebody with a name in Stafet.
    user_id: int | None = None
    channels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One part of an answer: in which role, how and when."""

    role: SignerRole
    method: str
    signed_at: datetime
    by_mark: bool = False


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file of evidence, without its content."""

    id: str
    kind: FileKind
    mime: str
    size: int
    sha256: str
    stored_at: datetime
    purged_at: datetime | None


@dataclass(frozen=True, slots=True)
class UseLine:
    """Where a consent is, or was, in use."""

    label: str
    channel: str
    url: str
    live_from: datetime
    live_until: datetime | None


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One answer in a list."""

    id: str
    target_label: str
    is_refusal: bool
    evidence: str
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class ConsentPage:
    """One answer with all that belongs to it."""

    id: str
    subject_id: str
    unit_id: int
    label: str
    is_refusal: bool
    target_label: str
    evidence: str
    form_id: str
    text_sha256: str
    asked_by_kind: str
    asked_by_id: int | None
    asked_at: datetime
    place: str
    signed_at: datetime
    recorded_at: datetime
    expires_at: datetime
    verified_at: datetime | None
    verified_by_kind: str
    verified_by_id: int | None
    invalidated_at: datetime | None
    invalidated_why: str
    journal_reference: str
    purged_at: datetime | None
    asker_has_power: bool
    power_reason: str
    scopes: tuple[Scope, ...]
    signatures: tuple[SignatureLine, ...]
    files: tuple[FileLine, ...]
    uses: tuple[UseLine, ...]
    events: tuple[Event, ...]
