"""A person's own links and cards: 256 random bits, of which only the hash is kept."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlmodel import Session

from branding.audit.service import record
from branding.consent.models import Consent, Subject, SubjectLink
from branding.consent.queries.requests import token_hash
from branding.core import policy
from branding.core.actor import Actor
from branding.core.errors import Missing
from branding.core.ids import new_id


def link_for(session: Session, consent_id: str, *, now: datetime) -> str:
    """The secret of ``/my-consent/<secret>``, for a receipt."""
    consent = session.get(Consent, consent_id)
    if consent is None:
        raise Missing("consent", consent_id)
    return _new(session, consent.subject_id, consent_id, is_card=False, now=now)


def card_for(session: Session, subject_id: str, consent_id: str, *, now: datetime) -> str:
    """The secret of ``/withdraw/<secret>``, for the card that is handed over."""
    return _new(session, subject_id, consent_id, is_card=True, now=now)


def card_by_staff(session: Session, actor: Actor, consent_id: str, *, now: datetime) -> str:
    """A new card for somebody who has lost it; earlier ones go on working."""
    consent = session.get(Consent, consent_id)
    subject = session.get(Subject, consent.subject_id) if consent else None
    if subject is None or subject.erased_at is not None:
        raise Missing("consent", consent_id)
    policy.check(actor, "consent:consent:ask", subject.unit_id, thing="consent", key=consent_id)
    record(session, actor, "consent:card:made", "consent", consent_id, now=now)
    return card_for(session, subject.id, consent_id, now=now)


def _new(session: Session, subject_id: str, consent_id: str, *, is_card: bool, now: datetime) -> str:
    token = secrets.token_urlsafe(32)
    session.add(
        SubjectLink(
            id=new_id(),
            subject_id=subject_id,
            consent_id=consent_id,
            is_card=is_card,
            token_hash=token_hash(token),
            made_at=now,
        )
    )
    session.flush()
    return token
