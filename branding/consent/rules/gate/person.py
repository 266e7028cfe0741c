"""Whether one person may be shown in one way: holds, policy, refusals, and one consent that grants it all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from branding.consent.rules.answers import in_force
from branding.consent.rules.gate.consent import consent_findings
from branding.consent.rules.gate.use import Finding, Use
from branding.consent.rules.signers import Band, band
from branding.consent.values.gate import Code, ConsentFacts, PersonFacts
from branding.consent.values.people import Hold, Kind, Route
from branding.consent.values.policies import Openness, PolicyKind
from branding.consent.values.records import Channel


def person_findings(person: PersonFacts, use: Use, at: datetime) -> tuple[list[Finding], ConsentFacts | None]:
    """Everything that stands in the way, and the consent that grants, or comes nearest to it."""
    Kind(person.kind), Route(person.route)  # what is not known raises, and is a no
    found: list[Finding] = []
    if person.hold != Hold.NONE:
        found.append(Finding(Code.HOLD))
    found += _policy(person, use, at)
    if any(received <= at for received in person.open_messages):
        found.append(Finding(Code.WITHDRAWAL_UNRESOLVED))
    if person.route == Route.NONE_POSSIBLE:
        return [*found, Finding(Code.NO_VALID_SIGNATORY)], None
    lacks, consent = _best(person, use, at)
    return found + lacks, consent


def policy_kind(person: PersonFacts, at: datetime) -> PolicyKind:
    """Minors are their own kind, whatever else they are."""
    if band(person, at) != Band.ADULT:
        return PolicyKind.MINOR
    if person.is_citizen:
        return PolicyKind.CITIZEN
    return PolicyKind.COLLEAGUE if person.kind == Kind.COLLEAGUE else PolicyKind.OTHER


def _policy(person: PersonFacts, use: Use, at: datetime) -> list[Finding]:
    """Whether this kind of person may be shown at all (R1, R2); a guardian alone needs an assessment."""
    kind = policy_kind(person, at)
    openness = person.policy.openness[kind]
    alone = person.route == Route.GUARDIAN_WITH_ASSENT and band(person, at) == Band.ADULT
    if openness == Openness.ALLOWED and not alone:
        return []
    open_now = [
        one
        for one in person.policy.assessments
        if one.opens_at <= at < one.closes_at
        and kind in one.kinds
        and use.purpose in one.purposes
        and (one.guardian_alone or not alone)
    ]
    if openness != Openness.NEEDS_ASSESSMENT and not (alone and openness == Openness.ALLOWED):
        open_now = []
    closed = [channel for channel, _ in use.reach if not any(channel in one.channels for one in open_now)]
    never = kind if openness == Openness.FORBIDDEN else None
    return [Finding(Code.POLICY_BLOCKED, channel, closed=never) for channel in closed[:1]]


def _best(person: PersonFacts, use: Use, at: datetime) -> tuple[list[Finding], ConsentFacts | None]:
    """The findings of the consent that grants; where none does, of the one that lacks least."""
    answers = in_force(person.answers, at)
    refusals = [one for one in answers if one.is_refusal and refuses(one, use, at)]
    judged = []
    for answer in answers:
        if answer.is_refusal:
            continue
        lacks = consent_findings(answer, person, use, at)
        if any(no.signed_at >= answer.signed_at for no in refusals):
            lacks.append(Finding(Code.REFUSED))
        judged.append((lacks, answer))
    if not judged:
        return [Finding(Code.REFUSED if refusals else Code.NO_CONSENT)], None
    return min(judged, key=_rank) if len(judged) > 1 else judged[0]


def _rank(judged: tuple[Sequence[Finding], ConsentFacts]) -> tuple[bool, int, bool, float, str]:
    """What grants first, then what is about this post, then what lacks least, then what lasts longest."""
    lacks, answer = judged
    is_outside = any(one.code is Code.OUTSIDE_SCOPE for one in lacks)
    return (
        is_outside,
        len(lacks),
        answer.asker_has_power,
        -answer.expires_at.timestamp(),
        answer.id,
    )


def refuses(answer: ConsentFacts, use: Use, at: datetime) -> bool:
    """A no that is about this use and has not lapsed (R61)."""
    if not answer.signed_at <= at < answer.expires_at:
        return False
    if use.targets is not None and (answer.target, answer.target_ref) not in use.targets:
        return False
    if not answer.scopes:
        return True
    asked: set[Channel] = {scope.channel for scope in answer.scopes}
    return any(channel in asked for channel, _ in use.reach)


def warnings(person: PersonFacts, consent: ConsentFacts, at: datetime, least: timedelta) -> list[Finding]:
    """What is told although it stops nothing (B7, C3)."""
    found = []
    if consent.asker_has_power:
        found.append(Finding(Code.ASKER_POWER))
    if consent.expires_at < at + least:
        found.append(Finding(Code.EXPIRES_SOON, day=consent.expires_at))
    return found
