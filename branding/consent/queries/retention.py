"""What is kept, what is in use, and what was left over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from branding.consent.models import Consent, ConsentRequest, ConsentUse, Evidence, Subject, Withdrawal
from branding.consent.values.records import Outcome
from branding.consent.values.retention import Kept


def kept_answers(session: Session) -> list[Kept]:
    """Every answer whose proof has not been purged; four queries."""
    answers = session.exec(
        select(Consent, Subject.unit_id)
        .join(Subject, col(Subject.id) == col(Consent.subject_id))
        .where(col(Consent.purged_at).is_(None), col(Subject.erased_at).is_(None))
        .order_by(col(Consent.recorded_at), col(Consent.id))
    ).all()
    uses = defaultdict(list)
    for row in session.exec(select(ConsentUse)):
        uses[row.consent_id].append((row.live_from, row.live_until))
    of_one, of_all = _withdrawals(session)
    newer = (
        select(Consent.supersedes_id, func.min(Consent.signed_at))
        .where(col(Consent.supersedes_id).is_not(None), col(Consent.invalidated_at).is_(None))
        .group_by(col(Consent.supersedes_id))
    )
    replaced = dict(session.exec(newer).all())
    return [
        Kept(
            consent_id=consent.id,
            subject_id=consent.subject_id,
            unit_id=unit_id,
            is_refusal=consent.is_refusal,
            expires_at=consent.expires_at,
            withdrawn_at=_first(
                of_one.get(consent.id), *(at for at in of_all[consent.subject_id] if at >= consent.signed_at)
            ),
            replaced_at=replaced.get(consent.id),
            invalidated_at=consent.invalidated_at,
            uses=tuple(uses[consent.id]),
            journal_reference=consent.journal_reference,
        )
        for consent, unit_id in answers
    ]


def _withdrawals(session: Session) -> tuple[dict[str, datetime], dict[str, list[datetime]]]:
    """When single consents, and when everything a person had said yes to, was taken back for all channels."""
    of_one: dict[str, datetime] = {}
    of_all: dict[str, list[datetime]] = defaultdict(list)
    for row in session.exec(select(Withdrawal)):
        if row.channels is not None:
            continue
        if row.consent_id is None:
            of_all[row.subject_id].append(row.received_at)
        else:
            of_one[row.consent_id] = min(row.received_at, of_one.get(row.consent_id, row.received_at))
    return of_one, of_all


def _first(*moments: datetime | None) -> datetime | None:
    return min((at for at in moments if at is not None), default=None)


def uses_in_force(session: Session, subject_id: str) -> Sequence[ConsentUse]:
    """Where the person is shown now, or will be."""
    return session.exec(
        select(ConsentUse)
        .join(Consent, col(Consent.id) == col(ConsentUse.consent_id))
        .where(Consent.subject_id == subject_id, col(ConsentUse.live_until).is_(None))
        .order_by(col(ConsentUse.live_from))
    ).all()


def idle_subject_ids(session: Session, before: datetime) -> Sequence[str]:
    """People of whom nothing is left: no proof kept, no question open, and on the register since long."""
    has_proof = select(Consent.subject_id).where(col(Consent.purged_at).is_(None))
    is_asked = select(ConsentRequest.subject_id).where(
        or_(col(ConsentRequest.outcome) == Outcome.WAITING, col(ConsentRequest.asked_at) >= before)
    )
    return session.exec(
        select(Subject.id).where(
            col(Subject.erased_at).is_(None),
            col(Subject.made_at) < before,
            col(Subject.id).not_in(has_proof),
            col(Subject.id).not_in(is_asked),
        )
    ).all()


def erased_ids_since(session: Session, since: datetime) -> Sequence[str]:
    return session.exec(select(Subject.id).where(col(Subject.erased_at) >= since)).all()


def known_subject_ids(session: Session) -> set[str]:
    return set(session.exec(select(Subject.id)))


def standing_ids(session: Session, ids: Sequence[str]) -> Sequence[str]:
    """Those of these people who are on the register and not erased."""
    return session.exec(
        select(Subject.id).where(col(Subject.id).in_(ids), col(Subject.erased_at).is_(None))
    ).all()


def kept_file_names(session: Session) -> set[str]:
    return set(session.exec(select(Evidence.file_name).where(col(Evidence.purged_at).is_(None))))


def purged_file_names_since(session: Session, since: datetime) -> Sequence[str]:
    return session.exec(select(Evidence.file_name).where(col(Evidence.purged_at) >= since)).all()
