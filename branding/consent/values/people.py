"""People who may be seen in a picture, and those who may sign for them."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What the person is to the unit; the rules differ (consent.md section 2d)."""

    CITIZEN = "citizen"
    COLLEAGUE = "colleague"
    #: Visitors, relatives, partners: written, and closed until assessed (decisions.md 3).
    OTHER = "other"


class Route(StrEnum):
    """How the person signs: never why (R40)."""

    SELF = "self"
    SELF_AND_GUARDIAN = "self_guardian"
    GUARDIAN_WITH_ASSENT = "guardian_assent"
    #: Under 15: custody holders and the child heard.  From 15: the youth as well.
    CUSTODY = "custody"
    NONE_POSSIBLE = "none_possible"


class Hold(StrEnum):
    """Why nothing of the person may go out for now, whatever consents say."""

    NONE = "none"
    DISPUTE = "dispute"
    PROTECTED_ADDRESS = "protected_address"
    DECEASED = "deceased"
    OTHER = "other"


class Mandate(StrEnum):
    """What gives somebody the right to sign for another (R41)."""

    CUSTODY = "custody"
    GUARDIAN_PERSONAL = "guardian_personal"
    #: Never signs for pictures.
    GUARDIAN_FINANCIAL = "guardian_financial"
    GUARDIAN_BOTH = "guardian_both"
    #: Værgemålsloven § 7: beside the person, for money.
    CO_GUARDIAN = "co_guardian"
    #: Fremtidsfuldmagt.
    FUTURE_POWER = "future_power"
