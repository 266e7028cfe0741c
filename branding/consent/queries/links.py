"""What a person's own link or card opens."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from branding.consent.models import Consent, ConsentScope, ConsentUse, Subject, SubjectLink, Withdrawal
from branding.consent.queries.requests import token_hash
from branding.consent.rules.withdrawing import first_name
from branding.consent.values.records import Channel, EvidenceKind, MediaKind
from branding.consent.values.withdrawals import OpenedCard, OwnConsent, Shown
from branding.core import clock
from branding.core.errors import Missing


def find_card(session: Session, token: str, now: datetime) -> OpenedCard | None:
    """What the secret opens; None when it was taken back (the person is erased) or nobody knows it.

    Of an answer that was replaced since it opens the newer one: whoever takes back means what counts now.
    """
    link = session.exec(select(SubjectLink).where(SubjectLink.token_hash == token_hash(token))).first()
    if link is None or link.revoked_at is not None or link.consent_id is None:
        return None
    try:
        return OpenedCard(own_consent(session, _newest(session, link.consent_id), now), link.is_card)
    except Missing:
        return None


def was_revoked(session: Session, token: str) -> bool:
    """Whether the secret was one of ours, and is one no more."""
    found = session.exec(select(SubjectLink.revoked_at).where(SubjectLink.token_hash == token_hash(token)))
    return found.first() is not None


def own_consent(session: Session, consent_id: str, now: datetime) -> OwnConsent:
    """One answer as the person sees it."""
    consent = session.get(Consent, consent_id)
    subject = session.get(Subject, consent.subject_id) if consent else None
    if consent is None or subject is None or subject.erased_at is not None:
        raise Missing("consent", consent_id)
    scopes = session.exec(
        select(ConsentScope).where(ConsentScope.consent_id == consent_id).order_by(col(ConsentScope.id))
    ).all()
    channels = tuple(Channel(one.channel) for one in scopes)
    withdrawn, withdrawn_at = _withdrawn(session, consent, frozenset(channels))
    is_replaced = _newest(session, consent_id) != consent_id
    is_over = bool(consent.is_refusal or consent.expires_at <= now or consent.invalidated_at or is_replaced)
    return OwnConsent(
        id=consent_id,
        subject_id=subject.id,
        unit_id=subject.unit_id,
        first_name=first_name(subject.label),
        about=consent.target_label,
        evidence=EvidenceKind(consent.evidence),
        said_at=consent.signed_at,
        last_day=(clock.local(consent.expires_at) - timedelta(seconds=1)).date(),
        channels=channels,
        media=frozenset(MediaKind(kind) for one in scopes for kind in one.media),
        may_name=any(one.may_name for one in scopes),
        may_voice=any(one.may_voice for one in scopes),
        withdrawn=withdrawn,
        withdrawn_at=withdrawn_at,
        is_confirmed=consent.verified_at is not None,
        is_over=is_over,
        shown=_shown(session, consent_id),
    )


def _newest(session: Session, consent_id: str) -> str:
    """What stands in place of this answer: the one given last about the same thing (rules.answers)."""
    this = session.get(Consent, consent_id)
    if this is None:
        raise Missing("consent", consent_id)
    found = session.exec(
        select(Consent.id)
        .where(
            Consent.subject_id == this.subject_id,
            Consent.target == this.target,
            Consent.target_ref == this.target_ref,
            col(Consent.invalidated_at).is_(None),
        )
        .order_by(col(Consent.signed_at).desc(), col(Consent.recorded_at).desc(), col(Consent.id).desc())
    ).first()
    return found or consent_id


def _withdrawn(
    session: Session, consent: Consent, channels: frozenset[Channel]
) -> tuple[frozenset[Channel], datetime | None]:
    found: set[Channel] = set()
    first: datetime | None = None
    for row in session.exec(select(Withdrawal).where(Withdrawal.subject_id == consent.subject_id)):
        is_about = row.consent_id == consent.id or (
            row.consent_id is None and consent.signed_at <= row.received_at
        )
        if is_about:
            found |= channels if row.channels is None else channels & {Channel(one) for one in row.channels}
            first = min(first or row.received_at, row.received_at)
    return frozenset(found), first


def _shown(session: Session, consent_id: str) -> tuple[Shown, ...]:
    rows = session.exec(
        select(ConsentUse)
        .where(ConsentUse.consent_id == consent_id, col(ConsentUse.live_until).is_(None))
        .order_by(col(ConsentUse.live_from), col(ConsentUse.id))
    )
    return tuple(Shown(row.label, row.url, Channel(row.channel), row.live_from) for row in rows)


def latest_answer(session: Session, subject_id: str, ref: str) -> str | None:
    """The person's newest answer about this, a no too."""
    return session.exec(
        select(Consent.id)
        .where(
            Consent.subject_id == subject_id, Consent.target_ref == ref, col(Consent.invalidated_at).is_(None)
        )
        .order_by(col(Consent.recorded_at).desc(), col(Consent.id))
    ).first()
