"""Tables of consent, by subject; private to this room, which imports them from here."""

from branding.consent.models.decisions import ConsentUse, GateDecision
from branding.consent.models.evidence import Evidence
from branding.consent.models.people import Representation, RightsRequest, Subject, SubjectLink
from branding.consent.models.policies import Assessment, AssessmentUnit, ConsentRules, PublicationPolicy
from branding.consent.models.records import Consent, ConsentScope, Signature, Withdrawal
from branding.consent.models.requests import (
    BlankForm,
    ConsentRequest,
    FormVersion,
    OpenMessage,
    Shoot,
    SigningLink,
)

__all__ = [
    "Assessment",
    "AssessmentUnit",
    "BlankForm",
    "Consent",
    "ConsentRequest",
    "ConsentRules",
    "ConsentScope",
    "ConsentUse",
    "Evidence",
    "FormVersion",
    "GateDecision",
    "OpenMessage",
    "PublicationPolicy",
    "Representation",
    "RightsRequest",
    "Shoot",
    "Signature",
    "SigningLink",
    "Subject",
    "SubjectLink",
    "Withdrawal",
]
