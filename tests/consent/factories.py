"""People and answers, made the short way through the real services."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from branding.consent.service.recording import record_answer
from branding.consent.service.subjects import add_subject
from branding.consent.values.answers import Answer, Asked, NewSubject, Scope, Signed
from branding.consent.values.people import Kind
from branding.consent.values.records import Channel, EvidenceKind, MediaKind, SignerRole, Target
from branding.core.actor import SYSTEM, Actor

ON_INSTAGRAM = (Scope(Channel.INSTAGRAM, media=frozenset(MediaKind)),)


def citizen(session: Session, unit_id: int, *, now: datetime, label: str = "Vega", **facts: object) -> str:
    """A citizen on the register; returns the id."""
    new = NewSubject(Kind.CITIZEN, label, unit_id, **facts)  # type: ignore[arg-type]
    return add_subject(session, SYSTEM, new, now=now)


def colleague(session: Session, unit_id: int, *, now: datetime, label: str = "Alma", **facts: object) -> str:
    """A colleague on the register; returns the id."""
    new = NewSubject(Kind.COLLEAGUE, label, unit_id, **facts)  # type: ignore[arg-type]
    return add_subject(session, SYSTEM, new, now=now)


def written(
    session: Session, subject_id: str, *, now: datetime, actor: Actor = SYSTEM, **facts: object
) -> str:
    """A citizen's signed yes to Instagram for takeover 1; returns the consent's id."""
    usual: dict[str, object] = {
        "form_id": "citizen_easy-1-da",
        "evidence": EvidenceKind.DRAWN,
        "signatures": (Signed(SignerRole.SELF, EvidenceKind.DRAWN, now, "Vega"),),
    }
    return answered(session, subject_id, now=now, actor=actor, **{**usual, **facts})


def oral(session: Session, subject_id: str, *, now: datetime, actor: Actor = SYSTEM, **facts: object) -> str:
    """A colleague's clear yes, told that it goes on Instagram, for takeover 1; returns the consent's id."""
    usual: dict[str, object] = {
        "form_id": "colleague_oral-1-da",
        "evidence": EvidenceKind.ORAL,
        "signatures": (Signed(SignerRole.SELF, EvidenceKind.ORAL, now),),
        "told_instagram": True,
        "clear_answer": True,
    }
    return answered(session, subject_id, now=now, actor=actor, **{**usual, **facts})


def answered(session: Session, subject_id: str, *, now: datetime, actor: Actor, **facts: object) -> str:
    usual: dict[str, object] = {
        "subject_id": subject_id,
        "target": Target.TAKEOVER,
        "target_ref": "takeover:1",
        "target_label": "Takeover i uge 42",
        "asked": Asked(actor.kind, actor.id, now),
        "scopes": ON_INSTAGRAM,
    }
    return record_answer(session, actor, Answer(**{**usual, **facts}), now=now)  # type: ignore[arg-type]
