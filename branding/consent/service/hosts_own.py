"""The host's own yes: it comes with the rules of the takeover, and goes when the host does."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlmodel import Session, select

from branding.consent import texts
from branding.consent.models import Subject
from branding.consent.queries import links as link_queries
from branding.consent.queries.links import latest_answer
from branding.consent.service.links import link_for
from branding.consent.service.recording import record_answer
from branding.consent.service.subjects import add_subject
from branding.consent.service.withdrawing import Tell, withdraw_own
from branding.consent.values.answers import Answer, Asked, NewSubject, Scope, Signed
from branding.consent.values.oral import HOST_LINE, HostSelf
from branding.consent.values.people import Kind
from branding.consent.values.records import Audience, Channel, EvidenceKind, MediaKind, SignerRole
from branding.core.actor import Actor


def host_says_yes(session: Session, actor: Actor, me: HostSelf, *, now: datetime) -> str:
    """The host accepts the rules: the own consent for this takeover; a second time changes nothing."""
    subject_id = host_subject(session, me.host_id) or add_subject(
        session,
        actor,
        NewSubject(Kind.COLLEAGUE, me.name, me.unit_id, me.email, reference=f"host:{me.host_id}"),
        now=now,
    )
    standing = latest_answer(session, subject_id, me.about.ref)
    if standing is not None:
        own = link_queries.own_consent(session, standing, now)
        if own.left and not own.is_over:
            return standing
    text = texts.newest(Audience.COLLEAGUE_ORAL)
    answer = Answer(
        subject_id=subject_id,
        form_id=text.id,
        target=me.about.target,
        target_ref=me.about.ref,
        target_label=me.about.label,
        evidence=EvidenceKind.CLICK,
        asked=Asked(actor.kind, actor.id, now),
        scopes=(Scope(Channel.INSTAGRAM, media=frozenset(MediaKind), may_name=True, may_voice=True),),
        signatures=(Signed(SignerRole.SELF, EvidenceKind.CLICK, now, me.name),),
        told_instagram=True,
        clear_answer=True,
        text_sha256=hashlib.sha256(HOST_LINE.encode()).hexdigest(),
        shown={"line": HOST_LINE},
    )
    return record_answer(session, actor, answer, now=now)


def host_says_no(
    session: Session, actor: Actor, host_id: int, ref: str, tell: Tell | None, *, now: datetime
) -> None:
    """The host will not host after all: the own consent for this takeover is taken back."""
    found = host_subject(session, host_id)
    if found is not None:
        withdraw_own(session, actor, found, ref, tell, now=now)


def own_link_of_host(session: Session, host_id: int, ref: str, *, now: datetime) -> str | None:
    """A secret by which the host sees the own yes about this, and takes it back; None without one."""
    subject_id = host_subject(session, host_id)
    consent_id = latest_answer(session, subject_id, ref) if subject_id else None
    return None if consent_id is None else link_for(session, consent_id, now=now)


def host_subject(session: Session, host_id: int) -> str | None:
    """The host's own row on the register."""
    return session.exec(select(Subject.id).where(Subject.reference == f"host:{host_id}")).first()
