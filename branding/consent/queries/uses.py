"""Where consents are in use (consent_use): the answer to "where am I shown"."""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import Session, col, select

from branding.consent.models import Consent, ConsentUse
from branding.consent.values.records import Channel
from branding.consent.values.uses import UseView


def uses_of_consents(session: Session, consent_ids: Iterable[str]) -> dict[str, list[UseView]]:
    """By consent, the earliest first; those taken down are among them."""
    wanted = sorted(set(consent_ids))
    rows = session.exec(
        select(ConsentUse)
        .where(col(ConsentUse.consent_id).in_(wanted))
        .order_by(col(ConsentUse.live_from), col(ConsentUse.id))
    )
    found: dict[str, list[UseView]] = {}
    for row in rows:
        found.setdefault(row.consent_id, []).append(_view(row))
    return found


def uses_of_subjects(session: Session, subject_ids: Iterable[str]) -> dict[str, list[UseView]]:
    """By person, the earliest first."""
    rows = session.exec(
        select(Consent.subject_id, ConsentUse)
        .join(Consent, col(Consent.id) == ConsentUse.consent_id)
        .where(col(Consent.subject_id).in_(sorted(set(subject_ids))))
        .order_by(col(ConsentUse.live_from), col(ConsentUse.id))
    )
    found: dict[str, list[UseView]] = {}
    for subject_id, row in rows:
        found.setdefault(subject_id, []).append(_view(row))
    return found


def uses_of_subject(session: Session, subject_id: str) -> list[UseView]:
    return uses_of_subjects(session, [subject_id]).get(subject_id, [])


def uses_of_reference(session: Session, reference: str) -> list[UseView]:
    """The consents that one post rests on."""
    rows = session.exec(
        select(ConsentUse).where(ConsentUse.reference == reference).order_by(col(ConsentUse.id))
    )
    return [_view(row) for row in rows]


def _view(row: ConsentUse) -> UseView:
    return UseView(
        row.consent_id,
        row.reference,
        Channel(row.channel),
        row.label,
        row.url,
        row.live_from,
        row.live_until,
    )
