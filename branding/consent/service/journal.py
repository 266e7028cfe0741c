"""Handing proof over to the authority's records system before it is purged (R60)."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from branding.audit.service import record
from branding.consent.models import Consent, Subject
from branding.core import policy
from branding.core.actor import Actor
from branding.core.errors import Missing, RuleBroken
from branding.core.text import say


def note_reference(session: Session, actor: Actor, consent_id: str, reference: str, *, now: datetime) -> None:
    """Write down under which number the proof lies in the records system."""
    consent = session.get(Consent, consent_id)
    subject = session.get(Subject, consent.subject_id) if consent else None
    if consent is None or subject is None or subject.erased_at is not None:
        raise Missing("consent", consent_id)
    policy.check(actor, "consent:rights:manage", subject.unit_id, thing="consent", key=consent_id)
    reference = " ".join(reference.split())
    if len(reference) > 80:
        raise RuleBroken("too_long", say("Write at most %(max)s characters.", max=80), "reference")
    if reference == consent.journal_reference:
        return
    changes = {"journal_reference": (consent.journal_reference, reference)}
    consent.journal_reference = reference
    session.flush()
    record(session, actor, "consent:consent:journalised", "consent", consent_id, changes=changes, now=now)
