"""What people read for the words of consent."""

from __future__ import annotations

from collections.abc import Mapping

from branding.consent.values.gate import Remedy
from branding.consent.values.people import Hold, Kind, Mandate
from branding.consent.values.policies import Openness, PolicyKind
from branding.consent.values.records import Audience, Channel, EvidenceKind, Purpose
from branding.consent.values.standing import State
from branding.core.text import Text, say

CHANNELS: Mapping[Channel, Text] = {
    Channel.INSTAGRAM: say("Instagram"),
    Channel.FACEBOOK: say("Facebook"),
    Channel.LINKEDIN: say("LinkedIn"),
    Channel.WEBSITE: say("the website"),
    Channel.INTRANET: say("the intranet"),
    Channel.PRINT: say("print"),
    Channel.PARTNER: say("other accounts"),
}
KINDS: Mapping[Kind, Text] = {
    Kind.CITIZEN: say("Citizen"),
    Kind.COLLEAGUE: say("Colleague"),
    Kind.OTHER: say("Other"),
}
POLICY_KINDS: Mapping[PolicyKind, Text] = {
    PolicyKind.CITIZEN: say("Citizens"),
    PolicyKind.MINOR: say("Children and young people"),
    PolicyKind.COLLEAGUE: say("Colleagues"),
    PolicyKind.OTHER: say("Others, such as relatives"),
}
PURPOSES: Mapping[Purpose, Text] = {
    Purpose.RECRUITING: say("Recruiting"),
    Purpose.INFORMATION: say("Information"),
}
OPENNESS: Mapping[Openness, Text] = {
    Openness.FORBIDDEN: say("Closed"),
    Openness.NEEDS_ASSESSMENT: say("Needs an assessment"),
    Openness.ALLOWED: say("Open with consent"),
}
STATES: Mapping[State, Text] = {
    State.VALID: say("Valid"),
    State.EXPIRING: say("Ends soon"),
    State.PENDING: say("Waiting"),
    State.REFUSED: say("No thank you"),
    State.WITHDRAWN: say("Taken back"),
    State.EXPIRED: say("Expired"),
    State.MISSING: say("Missing"),
    State.SUPERSEDED: say("Replaced"),
    State.INVALID: say("Invalid"),
}
REMEDIES: Mapping[Remedy, Text] = {
    Remedy.FIX_YOURSELF: say("You can put it right"),
    Remedy.WAITING: say("Waits for somebody"),
    Remedy.CLOSED: say("Closed"),
}
HOLDS: Mapping[Hold, Text] = {
    Hold.NONE: say("Nothing stands in the way"),
    Hold.DISPUTE: say("There is a dispute"),
    Hold.PROTECTED_ADDRESS: say("Protected address"),
    Hold.DECEASED: say("The person has died"),
    Hold.OTHER: say("Nothing may go out for now"),
}
MANDATES: Mapping[Mandate, Text] = {
    Mandate.CUSTODY: say("Custody holder"),
    Mandate.GUARDIAN_PERSONAL: say("Guardian in personal matters"),
    Mandate.GUARDIAN_FINANCIAL: say("Guardian for money only"),
    Mandate.GUARDIAN_BOTH: say("Guardian in personal matters and for money"),
    Mandate.CO_GUARDIAN: say("Co-guardian"),
    Mandate.FUTURE_POWER: say("Future power of attorney"),
}
AUDIENCES: Mapping[Audience, Text] = {
    Audience.CITIZEN_EASY: say("Citizen, easy to read"),
    Audience.CITIZEN_FULL: say("Citizen, full text"),
    Audience.GUARDIAN: say("Guardian"),
    Audience.YOUTH: say("Young people"),
    Audience.COLLEAGUE_ORAL: say("Colleague, how to ask"),
    Audience.COLLEAGUE_WRITTEN: say("Colleague, in writing"),
    Audience.OTHER: say("Others, such as relatives"),
}
HOW: Mapping[EvidenceKind, Text] = {
    EvidenceKind.ORAL: say("orally"),
    EvidenceKind.DRAWN: say("with a drawn signature"),
    EvidenceKind.TYPED: say("with a typed name"),
    EvidenceKind.PAPER: say("on paper"),
    EvidenceKind.CLICK: say("by personal link"),
}
