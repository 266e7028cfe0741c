"""The facts that the gate judges: frozen, complete, and free of the database.

Instants are aware and UTC; what is a day in the tables is here the instant at which it begins in
Denmark, and periods are half-open.  Whoever acted is named ``user:3``, ``host:5`` or ``subject:``
(see :func:`actor_ref`); drafts, takeovers and media are named by their rooms' own references.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from branding.consent.values.answers import Scope
from branding.consent.values.people import Hold, Kind, Mandate, Route
from branding.consent.values.policies import SHIPPED, Openness, PolicyKind
from branding.consent.values.reasons import WARNINGS, Code, Decision, Reason, Remedy
from branding.consent.values.records import (
    Channel,
    EvidenceKind,
    Format,
    MediaKind,
    Purpose,
    SignerRole,
    Target,
)

__all__ = ["WARNINGS", "Code", "Decision", "Reason", "Remedy", "Scope"]

#: How old the word may be that a profile shares to no other by itself (R69).
ATTESTATION_LASTS = timedelta(days=90)
#: Where a profile's posts can go by themselves, until somebody has looked.
CAN_SHARE_TO: Mapping[Channel, frozenset[Channel]] = {Channel.INSTAGRAM: frozenset({Channel.FACEBOOK})}
#: A consent that ends sooner after the slot is warned of (consent.md section 2c).
LEAST_LIVE = timedelta(days=7)


def actor_ref(kind: str, actor_id: int | None = None) -> str:
    """``user:3``; ``subject:`` for a person by a personal link."""
    return f"{kind}:{'' if actor_id is None else actor_id}" if kind else ""


class Stage(StrEnum):
    """What somebody is about to do; facts are judged as they stand after it (decisions.md 1)."""

    SUBMIT = "submit"
    APPROVE = "approve"
    SCHEDULE = "schedule"
    PUBLISH = "publish"


class Visibility(StrEnum):
    """How a person is in a picture."""

    RECOGNISABLE = "recognisable"
    OBSCURED = "obscured"
    NOT_RECOGNISABLE = "not_recognisable"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class DepictionFacts:
    """A person in a media item; without ``media`` in the text only, without ``subject_id`` nobody known."""

    media: str
    visibility: Visibility
    subject_id: str = ""
    is_named: bool = False
    is_heard: bool = False
    #: Who confirmed that the person cannot be recognised; counts when it is not the declarer.
    confirmed_by: str = ""


@dataclass(frozen=True, slots=True)
class MediaFacts:
    """One picture or film.  ``sha256`` is of the file that would go out."""

    ref: str
    kind: MediaKind
    sha256: str = ""
    #: The author said who is in it, or that nobody is.
    is_declared: bool = False
    #: Faces the detector found, or the reviewer counted; empty: nobody has counted.
    faces: int | None = None
    #: Boxes that were marked "not a face".
    not_faces: int = 0
    is_mismatch_explained: bool = False
    #: The file that would go out is the blurred one that a second person looked at.
    is_verified_derivative: bool = False
    #: Somebody can be heard.
    has_voice: bool = False
    #: The shoots that it was taken at.
    shoots: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class DeclarationFacts:
    """Who is in it, as the author said; ``sha256`` over what decisions.md 4 lists, as it was then."""

    sha256: str
    by: str
    #: Who looked again.
    confirmed_by: str = ""


@dataclass(frozen=True, slots=True)
class PreviewFacts:
    """The last time a citizen was shown the post: which version, and whether it was refused."""

    version_hash: str
    is_refused: bool = False


@dataclass(frozen=True, slots=True)
class CrosspostFacts:
    """Where the profile shares to by itself, by somebody's word; without a fresh one, wherever it can."""

    shares_to: frozenset[Channel] = frozenset()
    attested_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DraftFacts:
    """A version of a post.  ``people_hash`` is what a declaration's hash must be today."""

    reference: str
    version_hash: str
    people_hash: str
    author: str
    format: Format
    purpose: Purpose
    media: tuple[MediaFacts, ...] = ()
    depictions: tuple[DepictionFacts, ...] = ()
    declaration: DeclarationFacts | None = None
    approved_hash: str = ""
    approved_by: str = ""
    #: The takeover that the post belongs to.
    takeover: str = ""
    is_paid: bool = False
    #: Other accounts that show it as theirs: co-authors, reposts.
    partners: tuple[str, ...] = ()
    crossposts: Mapping[Channel, CrosspostFacts] = field(default_factory=dict)
    previews: Mapping[str, PreviewFacts] = field(default_factory=dict)
    #: People on the register whose names the lint found in the text.
    names_found: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class FormFacts:
    id: str
    accepted_until: datetime | None = None
    recalled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SignatureFacts:
    role: SignerRole
    method: EvidenceKind
    signed_at: datetime
    representation_id: str = ""


@dataclass(frozen=True, slots=True)
class ConsentFacts:
    """One answer.  ``evidence_intact``: every sealed file that should be there is there."""

    id: str
    target: Target
    target_ref: str
    evidence: EvidenceKind
    signed_at: datetime
    recorded_at: datetime
    valid_from: datetime
    expires_at: datetime
    form: FormFacts
    scopes: tuple[Scope, ...] = ()
    signatures: tuple[SignatureFacts, ...] = ()
    is_refusal: bool = False
    told_instagram: bool = False
    clear_answer: bool = False
    asker_has_power: bool = False
    recorded_by: str = ""
    #: Whoever asked held the device or the link.
    asked_by: str = ""
    verified_at: datetime | None = None
    verified_by: str = ""
    invalidated_at: datetime | None = None
    evidence_intact: bool = False
    target_label: str = ""


@dataclass(frozen=True, slots=True)
class WithdrawalFacts:
    """Without ``consent_id`` all consents given before; without ``channels`` all channels."""

    received_at: datetime
    consent_id: str = ""
    channels: frozenset[Channel] | None = None


@dataclass(frozen=True, slots=True)
class RepresentationFacts:
    id: str
    mandate: Mandate
    valid_from: datetime
    valid_until: datetime | None = None
    covers_images: bool = False


@dataclass(frozen=True, slots=True)
class AssessmentFacts:
    """An assessment that covers the person's unit; ``closes_at``: its review day, or when it was ended."""

    id: str
    opens_at: datetime
    closes_at: datetime
    kinds: frozenset[PolicyKind]
    purposes: frozenset[Purpose]
    channels: frozenset[Channel]
    guardian_alone: bool = False


@dataclass(frozen=True, slots=True)
class PolicyFacts:
    """What holds for the person's unit."""

    openness: Mapping[PolicyKind, Openness] = field(default_factory=lambda: SHIPPED)
    assessments: tuple[AssessmentFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class RulesFacts:
    """The organisation's own choices."""

    reflection: timedelta = timedelta(hours=24)
    colleague_written: bool = False
    one_custody_holder: bool = False


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """A person with every answer that is kept.  Erased people have no facts."""

    id: str
    kind: Kind
    label: str = ""
    unit_id: int = 0
    also_citizen: bool = False
    route: Route = Route.SELF
    turns_15_at: datetime | None = None
    turns_18_at: datetime | None = None
    #: The midnight after the last day at work.
    left_at: datetime | None = None
    hold: Hold = Hold.NONE
    representations: tuple[RepresentationFacts, ...] = ()
    #: Yes and no; :func:`branding.consent.rules.standing.in_force` tells which still count.
    answers: tuple[ConsentFacts, ...] = ()
    withdrawals: tuple[WithdrawalFacts, ...] = ()
    #: When unresolved messages came that may be this person's withdrawal (decisions.md 22).
    open_messages: tuple[datetime, ...] = ()
    policy: PolicyFacts = PolicyFacts()
    rules: RulesFacts = RulesFacts()
    version: int = 1

    @property
    def is_citizen(self) -> bool:
        """The citizen's rules hold for a colleague who is also a citizen (B13)."""
        return self.kind == Kind.CITIZEN or self.also_citizen


@dataclass(frozen=True, slots=True)
class GateFacts:
    """Everything that one decision needs."""

    draft: DraftFacts
    people: Mapping[str, PersonFacts] = field(default_factory=dict)
