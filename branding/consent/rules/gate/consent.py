"""Whether one consent grants one use at an instant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from branding.consent.rules.answers import is_withdrawn
from branding.consent.rules.gate.channel import not_covered
from branding.consent.rules.gate.use import Finding, Use
from branding.consent.rules.signers import needs_writing, signer_codes
from branding.consent.values.gate import Code, ConsentFacts, PersonFacts, actor_ref
from branding.consent.values.people import Kind
from branding.consent.values.records import WRITTEN, ActorKind, EvidenceKind

_SUBJECT = actor_ref(ActorKind.SUBJECT)


def consent_findings(consent: ConsentFacts, person: PersonFacts, use: Use, at: datetime) -> list[Finding]:
    """Everything that keeps this consent from granting; empty when it grants."""
    found = list(_time(consent, person, use, at))
    found += _evidence(consent, person, use, at)
    found += [Finding(code) for code in signer_codes(consent, person, at)]
    form = consent.form
    if (form.recalled_at is not None and form.recalled_at <= at) or (
        form.accepted_until is not None and consent.signed_at >= form.accepted_until
    ):
        found.append(Finding(Code.FORM_RECALLED))
    if _has_left(consent, person, at):
        found.append(Finding(Code.EMPLOYEE_LEFT))
    found += not_covered(consent, use)
    return found


def _time(consent: ConsentFacts, person: PersonFacts, use: Use, at: datetime) -> Iterator[Finding]:
    if use.targets is not None and (consent.target, consent.target_ref) not in use.targets:
        yield Finding(Code.OUTSIDE_SCOPE)
    begins = max(consent.valid_from, consent.signed_at, consent.recorded_at)
    if at < begins:
        yield Finding(Code.NOT_YET_VALID, day=begins)
    if at >= consent.expires_at:
        yield Finding(Code.EXPIRED, day=consent.expires_at)
    if person.is_citizen and at < consent.signed_at + person.rules.reflection:
        yield Finding(Code.REFLECTION, day=consent.signed_at + person.rules.reflection)
    if person.withdrawals:
        for channel, _ in use.reach:
            if is_withdrawn(consent, person.withdrawals, channel, at):
                yield Finding(Code.WITHDRAWN, channel)


def _evidence(consent: ConsentFacts, person: PersonFacts, use: Use, at: datetime) -> Iterator[Finding]:
    """Written where it must be, clear where it was said, looked at by a second person, and still there."""
    is_written = consent.evidence in WRITTEN
    if needs_writing(person, consent.signed_at):
        if not is_written or not any(one.method in WRITTEN for one in consent.signatures):
            yield Finding(Code.WRONG_EVIDENCE)
    else:
        yield from _colleagues_word(consent, person)
    if not _is_verified(consent, use, at):
        yield Finding(Code.UNVERIFIED_EVIDENCE)
    if not consent.evidence_intact:
        yield Finding(Code.INVALID_EVIDENCE)


def _colleagues_word(consent: ConsentFacts, person: PersonFacts) -> Iterator[Finding]:
    """Oral is enough when Instagram was named and the answer was a clear yes (B5, B6, B9)."""
    if not consent.signatures or not (consent.clear_answer or consent.evidence in WRITTEN):
        yield Finding(Code.NO_CONSENT)
    if consent.evidence == EvidenceKind.ORAL and person.rules.colleague_written:
        yield Finding(Code.WRONG_EVIDENCE)
    if consent.evidence not in WRITTEN and not consent.told_instagram:
        yield Finding(Code.NOT_TOLD_INSTAGRAM)


def _is_verified(consent: ConsentFacts, use: Use, at: datetime) -> bool:
    """By another than who asked or wrote it down (R33).  Oral: own tap, or the review (decisions.md 2)."""
    if consent.evidence == EvidenceKind.CLICK:
        return True
    has_been = (
        consent.verified_at is not None
        and consent.verified_at <= at
        and consent.verified_by not in ("", consent.recorded_by)
    )
    if consent.evidence == EvidenceKind.ORAL:
        return has_been or use.before_review or use.confirmed_by not in ("", consent.recorded_by)
    return has_been and consent.verified_by not in (_SUBJECT, consent.asked_by)


def _has_left(consent: ConsentFacts, person: PersonFacts, at: datetime) -> bool:
    """Stopped before the instant, and not asked again in writing since (E1)."""
    if person.kind != Kind.COLLEAGUE or person.left_at is None or at < person.left_at:
        return False
    return consent.signed_at < person.left_at or consent.evidence not in WRITTEN
