"""What the gate answers with: reason codes, what kind of hindrance each is, and the decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from branding.consent.values.policies import PolicyKind
from branding.consent.values.records import Channel


class Code(StrEnum):
    """Why not, in the order in which people read it (consent.md sections 2c and 2e)."""

    EVALUATION_ERROR = "evaluation_error"
    # the post
    NOT_APPROVED = "not_approved"
    CONTENT_CHANGED = "content_changed"
    NO_DECLARATION = "no_declaration"
    DECLARATION_STALE = "declaration_stale"
    DECLARATION_UNCONFIRMED = "declaration_unconfirmed"
    FACE_COUNT_MISMATCH = "face_count_mismatch"
    # how somebody is seen
    UNKNOWN_PERSON = "unknown_person"
    UNVERIFIED_VISIBILITY = "unverified_visibility"
    OBSCURE_UNVERIFIED = "obscure_unverified"
    # the person
    HOLD = "hold"
    POLICY_BLOCKED = "policy_blocked"
    NO_VALID_SIGNATORY = "no_valid_signatory"
    WITHDRAWAL_UNRESOLVED = "withdrawal_unresolved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    NO_CONSENT = "no_consent"
    PREVIEW_MISSING = "preview_missing"
    # the consent
    OUTSIDE_SCOPE = "outside_scope"
    NOT_YET_VALID = "not_yet_valid"
    EXPIRED = "expired"
    REFLECTION = "reflection"
    WRONG_EVIDENCE = "wrong_evidence"
    NOT_TOLD_INSTAGRAM = "not_told_instagram"
    UNVERIFIED_EVIDENCE = "unverified_evidence"
    INVALID_EVIDENCE = "invalid_evidence"
    FORM_RECALLED = "form_recalled"
    WRONG_SIGNATORY = "wrong_signatory"
    AGE_TRANSITION = "age_transition"
    REPRESENTATION_ENDED = "representation_ended"
    EMPLOYEE_LEFT = "employee_left"
    # what the consent covers
    CHANNEL_NOT_COVERED = "channel_not_covered"
    CROSSPOST_NOT_COVERED = "crosspost_not_covered"
    FORMAT_NOT_COVERED = "format_not_covered"
    PURPOSE_NOT_COVERED = "purpose_not_covered"
    MEDIA_NOT_COVERED = "media_not_covered"
    NAME_NOT_COVERED = "name_not_covered"
    VOICE_NOT_COVERED = "voice_not_covered"
    PAID_NOT_COVERED = "paid_not_covered"
    # warnings: they stop nothing
    ASKER_POWER = "asker_power"
    EXPIRES_SOON = "expires_soon"


#: They are told, and stop nothing.
WARNINGS = frozenset({Code.ASKER_POWER, Code.EXPIRES_SOON})


class Remedy(StrEnum):
    """What kind of hindrance it is (decisions.md 1)."""

    #: "Ret selv": the one who makes the post can do something.
    FIX_YOURSELF = "fix_yourself"
    #: "Venter på nogen": time, or somebody else's act.
    WAITING = "waiting"
    #: "Lukket": choose another picture.
    CLOSED = "closed"


_WAITING = frozenset(
    {
        Code.NOT_APPROVED,
        Code.CONTENT_CHANGED,
        Code.DECLARATION_UNCONFIRMED,
        Code.UNVERIFIED_VISIBILITY,
        Code.OBSCURE_UNVERIFIED,
        Code.WITHDRAWAL_UNRESOLVED,
        Code.PREVIEW_MISSING,
        Code.NOT_YET_VALID,
        Code.REFLECTION,
        Code.UNVERIFIED_EVIDENCE,
        Code.INVALID_EVIDENCE,
    }
)
_CLOSED = frozenset(
    {
        Code.EVALUATION_ERROR,
        Code.HOLD,
        Code.POLICY_BLOCKED,
        Code.NO_VALID_SIGNATORY,
        Code.REFUSED,
        Code.WITHDRAWN,
    }
)
#: What no waiting heals is told first.
TOLD_FIRST = (Remedy.CLOSED, Remedy.FIX_YOURSELF, Remedy.WAITING)
REMEDIES: Mapping[Code, Remedy] = {
    code: Remedy.WAITING if code in _WAITING else Remedy.CLOSED if code in _CLOSED else Remedy.FIX_YOURSELF
    for code in Code
    if code not in WARNINGS
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that stands in the way, or is worth knowing.

    ``label`` is what people read for the person; ``media`` the item it is about, when it is about one.
    ``number`` and ``day`` are what the sentence needs: faces found, the instant it ends.
    """

    code: Code
    subject_id: str = ""
    label: str = ""
    channel: Channel | None = None
    media: str = ""
    number: int | None = None
    day: datetime | None = None
    #: Whom the unit is closed for, where no assessment could open.
    closed: PolicyKind | None = None

    @property
    def remedy(self) -> Remedy:
        return REMEDIES[self.code]

    def stored(self) -> dict[str, Any]:
        """For the record of decisions: ids, never names."""
        found: dict[str, Any] = {"code": self.code.value}
        if self.subject_id:
            found["subject"] = self.subject_id
        if self.channel is not None:
            found["channel"] = self.channel.value
        if self.media:
            found["media"] = self.media
        return found


@dataclass(frozen=True, slots=True)
class Decision:
    """The gate's answer.

    ``earliest`` is set when only time is missing.  ``consents`` are the ids that the answer rests on,
    and ``holds_until`` is when the first of them ends: the post must be down by then.
    """

    allowed: bool
    reasons: tuple[Reason, ...] = ()
    warnings: tuple[Reason, ...] = ()
    earliest: datetime | None = None
    consents: tuple[str, ...] = ()
    holds_until: datetime | None = None

    @property
    def codes(self) -> frozenset[Code]:
        return frozenset(reason.code for reason in self.reasons)

    @property
    def may_be_sent(self) -> bool:
        """Nothing is left that the one who makes the post can do, and nothing is closed."""
        return all(reason.remedy is Remedy.WAITING for reason in self.reasons)
