"""Whose signatures a consent needs, by age and route (consent.md section 2d)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from branding.consent.values.gate import (
    Code,
    ConsentFacts,
    PersonFacts,
    RepresentationFacts,
    SignatureFacts,
)
from branding.consent.values.people import Kind, Mandate, Route
from branding.consent.values.records import WRITTEN, SignerRole

#: Mandates for personal matters; money alone never signs for pictures (R41).
PERSONAL = frozenset({Mandate.GUARDIAN_PERSONAL, Mandate.GUARDIAN_BOTH, Mandate.FUTURE_POWER})
_FOR_OTHERS = frozenset({SignerRole.GUARDIAN, SignerRole.CUSTODY})


class Band(StrEnum):
    CHILD = "child"
    YOUTH = "youth"
    ADULT = "adult"


def band(person: PersonFacts, at: datetime) -> Band:
    """How old the person is, as far as signing goes."""
    if person.turns_15_at is not None and at < person.turns_15_at:
        return Band.CHILD
    if person.turns_18_at is None:
        return Band.ADULT if person.turns_15_at is None else Band.YOUTH
    return Band.YOUTH if at < person.turns_18_at else Band.ADULT


def needs_writing(person: PersonFacts, at: datetime) -> bool:
    """Whether only written answers of this person count (R20, B11, and minors)."""
    return person.is_citizen or person.kind == Kind.OTHER or band(person, at) != Band.ADULT


def signer_codes(consent: ConsentFacts, person: PersonFacts, at: datetime) -> list[Code]:
    """What is wrong with who signed: it must have been right then, and still be right at the instant."""
    if not consent.signatures:
        return []  # the kind of evidence is what is wrong then
    found: list[Code] = []
    then, now = band(person, consent.signed_at), band(person, at)
    if not _is_signed(consent, person, then, consent.signed_at):
        has_no_mandate = any(
            one.role in _FOR_OTHERS and not one.representation_id for one in consent.signatures
        )
        found.append(Code.NO_VALID_SIGNATORY if has_no_mandate else Code.WRONG_SIGNATORY)
    elif not _is_signed(consent, person, now, at):
        found.append(Code.AGE_TRANSITION if now is not then else Code.REPRESENTATION_ENDED)
    return found


def _is_signed(consent: ConsentFacts, person: PersonFacts, age: Band, at: datetime) -> bool:
    counted = _counted(consent, person)
    if age == Band.CHILD:
        return _has(counted, SignerRole.ASSENT) and _by_custody(counted, person, at)
    if age == Band.YOUTH:
        return _by_self(counted, person, age) and _by_custody(counted, person, at)
    if person.route == Route.SELF_AND_GUARDIAN:
        return _by_self(counted, person, age) and _by_guardian(counted, person, at)
    if person.route == Route.GUARDIAN_WITH_ASSENT:
        return _has(counted, SignerRole.ASSENT) and _by_guardian(counted, person, at)
    return _by_self(counted, person, age)


def _counted(consent: ConsentFacts, person: PersonFacts) -> Sequence[SignatureFacts]:
    """On a written form a spoken part counts only as assent."""
    if consent.evidence not in WRITTEN or not needs_writing(person, consent.signed_at):
        return consent.signatures
    return [one for one in consent.signatures if one.method in WRITTEN or one.role == SignerRole.ASSENT]


def _by_self(signatures: Sequence[SignatureFacts], person: PersonFacts, age: Band) -> bool:
    """The own signature, given at that age: a child's does not become an adult's with time (D2, D4)."""
    return any(one.role == SignerRole.SELF and band(person, one.signed_at) is age for one in signatures)


def _has(signatures: Sequence[SignatureFacts], role: SignerRole) -> bool:
    return any(one.role is role for one in signatures)


def _by_guardian(signatures: Sequence[SignatureFacts], person: PersonFacts, at: datetime) -> bool:
    allowed = {
        one.id
        for one in person.representations
        if one.mandate in PERSONAL and one.covers_images and _holds(one, at)
    }
    return any(one.role == SignerRole.GUARDIAN and one.representation_id in allowed for one in signatures)


def _by_custody(signatures: Sequence[SignatureFacts], person: PersonFacts, at: datetime) -> bool:
    """Every custody holder on file, or one of them where the organisation says that is enough (R47)."""
    holders = {one.id for one in person.representations if one.mandate == Mandate.CUSTODY and _holds(one, at)}
    signed = {one.representation_id for one in signatures if one.role == SignerRole.CUSTODY} & holders
    return bool(signed) and (person.rules.one_custody_holder or signed == holders)


def _holds(one: RepresentationFacts, at: datetime) -> bool:
    return one.valid_from <= at and (one.valid_until is None or at < one.valid_until)
