"""A second pair of eyes: another person than the recorder looks at the evidence before it counts (R33)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from branding.accounts import queries as accounts
from branding.audit.service import record
from branding.consent import vault
from branding.consent.models import Consent, Evidence
from branding.consent.queries import evidence as queries
from branding.consent.queries.evidence import EvidenceView
from branding.consent.values.records import WRITTEN
from branding.core import log, policy
from branding.core.actor import SYSTEM, Actor, Role
from branding.core.errors import Missing, RuleBroken
from branding.core.text import Text, say

_VERIFY = "consent:evidence:verify"
_VIEW = "consent:evidence:view"
#: Why an answer never counted (models.Consent.invalidated_why).
WHY: Mapping[str, Text] = {
    "wrong_signer": say("The wrong person signed"),
    "pressure": say("The person was pressed"),
    "mistake": say("It was written down wrongly"),
    "bad_evidence": say("The proof cannot be read, or does not fit"),
}
#: Files that the nightly job opens.
_SAMPLE = 200


def check_reason(actor: Actor, reason: str) -> str:
    """Why the evidence is opened, tidied; whoever only oversees must say."""
    why = " ".join(reason.split())[:200]
    if needs_reason(actor) and not why:
        raise RuleBroken("no_reason", say("Write why you open it. It goes into the log."), "reason")
    return why


def find_content(session: Session, found: EvidenceView, *, now: datetime) -> bytes | None:
    """The file as it was put away.  None when it is missing or was changed: noted, and the gate closes."""
    try:
        return queries.content_of(session, found)
    except vault.Damaged as error:
        _note_damage(session, found, error, now)
        return None


def _note_damage(session: Session, found: EvidenceView, error: vault.Damaged, now: datetime) -> None:
    row = session.get(Evidence, found.id)
    log.event("consent.evidence_damaged", evidence=found.id, why=str(error))
    if row is not None and row.damaged_at is None and row.purged_at is None and not session.info.get("reads"):
        row.damaged_at = now
        session.flush()
        record(session, SYSTEM, "consent:evidence:damaged", "evidence", found.id, now=now)


def evidence_for(session: Session, actor: Actor, evidence_id: str) -> EvidenceView:
    """Metadata of a file of the actor's units; another unit's is as if it were not there."""
    found = queries.evidence_by_id(session, evidence_id)
    policy.check(actor, _VIEW, found.unit_id, thing="evidence", key=evidence_id)
    return found


def needs_reason(actor: Actor) -> bool:
    """The DPO does not work with the consents, so each look has a reason (consent.md section 6)."""
    return not policy.may(actor, _VERIFY) and actor.has(Role.DPO)


def verify(session: Session, actor: Actor, consent_id: str, *, now: datetime) -> None:
    """Somebody else than the one who asked or wrote it down has looked at it: it counts from now on."""
    consent = _row(session, actor, consent_id)
    waiting = queries.waiting_consent(session, consent_id)
    if consent.verified_at is not None:
        raise RuleBroken("verified", say("Somebody has confirmed this already."))
    if waiting.is_of(actor.kind, actor.id):
        text = say("You asked or wrote it down yourself. Another person must look at it.")
        raise RuleBroken("own_record", text)
    files = queries.evidence_of(session, consent_id)
    is_written = consent.evidence in WRITTEN
    if (is_written and not files) or any(not queries.is_whole(session, one) for one in files):
        text = say("A file of the proof is missing or was changed. It cannot be confirmed.")
        raise RuleBroken("evidence_missing", text)
    consent.verified_at, consent.verified_by_kind, consent.verified_by_id = now, actor.kind, actor.id
    session.flush()
    record(session, actor, "consent:consent:verified", "consent", consent_id, now=now)


def invalidate(session: Session, actor: Actor, consent_id: str, why: str, *, now: datetime) -> None:
    """A defect was found: the answer never counted.  There is no way back but to ask anew (R30)."""
    if why not in WHY:
        raise RuleBroken("no_why", say("Choose what is wrong."), "why")
    consent = _row(session, actor, consent_id)
    if consent.is_refusal:  # an older yes would count again
        raise RuleBroken("refusal", say("A no stands. Ask anew if the person has changed their mind."))
    consent.invalidated_at, consent.invalidated_why = now, why
    session.flush()
    changes = {"why": (None, why)}
    record(session, actor, "consent:consent:invalidated", "consent", consent_id, changes=changes, now=now)


def _row(session: Session, actor: Actor, consent_id: str) -> Consent:
    waiting = queries.waiting_consent(session, consent_id)
    policy.check(actor, _VERIFY, waiting.unit_id, thing="consent", key=consent_id)
    consent = session.get(Consent, consent_id)
    if consent is None:
        raise Missing("consent", consent_id)
    if consent.invalidated_at is not None:
        raise RuleBroken("invalid", say("This answer has been found not to count."))
    return consent


def other_verifiers(session: Session, actor: Actor, unit_id: int, area_id: int) -> int:
    """How many others than the actor could look at a proof of this unit."""
    return sum(
        1
        for one in accounts.people(session)
        if one.deactivated_at is None
        and one.id != actor.id
        and (
            Role.COMMUNICATIONS in one.roles
            or (Role.COORDINATOR in one.roles and {unit_id, area_id} & one.area_ids)
        )
    )


def check_evidence(session: Session, *, now: datetime) -> list[str]:
    """Open a sample of the files and compare; returns the ids of those that are missing or changed.

    Each night begins where the ids of another day begin, so that in time every file is opened.
    """
    start = f"{(now.timetuple().tm_yday * 37) % 256:02x}"
    damaged = []
    for found in queries.sample(session, _SAMPLE, start):
        if find_content(session, found, now=now) is None:
            damaged.append(found.id)
    return damaged


def without_second_person(session: Session) -> bool:
    """Whether nobody but one could look at proofs: ``doctor`` and the queue say so (decisions.md 2)."""
    people = [
        one
        for one in accounts.people(session)
        if one.deactivated_at is None and {Role.COMMUNICATIONS, Role.COORDINATOR} & one.roles
    ]
    return len(people) < 2


def next_to_verify(session: Session, actor: Actor, unit_ids: set[int], now: datetime) -> str | None:
    """The oldest of the queue that the actor may confirm."""
    for one in queries.to_verify(session, unit_ids, now):
        if not one.is_of(actor.kind, actor.id):
            return one.consent_id
    return None
