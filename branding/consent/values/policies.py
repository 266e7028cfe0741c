"""Words of publication policy and legal assessment."""

from __future__ import annotations

from enum import StrEnum


class PolicyKind(StrEnum):
    """Whom a policy is about: minors are their own kind (R1)."""

    CITIZEN = "citizen"
    MINOR = "minor"
    COLLEAGUE = "colleague"
    OTHER = "other"


class Openness(StrEnum):
    FORBIDDEN = "forbidden"
    #: Open only where and while a legal assessment says so (R2).
    NEEDS_ASSESSMENT = "needs_assessment"
    ALLOWED = "allowed"


#: As shipped (R1, decisions.md 3).
SHIPPED = {
    PolicyKind.CITIZEN: Openness.NEEDS_ASSESSMENT,
    PolicyKind.MINOR: Openness.FORBIDDEN,
    PolicyKind.COLLEAGUE: Openness.ALLOWED,
    PolicyKind.OTHER: Openness.NEEDS_ASSESSMENT,
}
