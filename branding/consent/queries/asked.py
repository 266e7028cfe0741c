"""How far asking has come, for one thing: what higher rooms show of people, by label only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from branding.consent.models import Consent, ConsentRequest, Subject, Withdrawal
from branding.consent.values.people import Kind
from branding.consent.values.records import WRITTEN, Channel, Outcome, Target
from branding.consent.values.requests import AskedPerson, AskedState


def people_asked(session: Session, target: Target, ref: str, now: datetime) -> list[AskedPerson]:
    """Everybody who was asked about this, in Danish order: the latest answer, else the latest question."""
    consents = session.exec(
        select(Consent)
        .where(Consent.target == target, Consent.target_ref == ref, col(Consent.invalidated_at).is_(None))
        .order_by(col(Consent.recorded_at), col(Consent.id))
    ).all()
    requests = session.exec(
        select(ConsentRequest)
        .where(
            ConsentRequest.target == target,
            ConsentRequest.target_ref == ref,
            col(ConsentRequest.outcome).in_([Outcome.WAITING, Outcome.LAPSED]),
        )
        .order_by(col(ConsentRequest.asked_at), col(ConsentRequest.id))
    ).all()
    answered = {row.subject_id: row for row in consents}
    asked = {row.subject_id: row for row in requests}
    people = session.exec(
        select(Subject)
        .where(col(Subject.id).in_([*answered, *asked]), col(Subject.erased_at).is_(None))
        .order_by(col(Subject.sort_key), col(Subject.id))
    ).all()
    withdrawn = _withdrawn(session, consents)
    return [_person(one, answered.get(one.id), asked.get(one.id), withdrawn, now) for one in people]


def _person(
    person: Subject,
    consent: Consent | None,
    request: ConsentRequest | None,
    withdrawn: set[str],
    now: datetime,
) -> AskedPerson:
    kind = Kind(person.kind)
    is_asked_again = request is not None and (consent is None or request.asked_at > consent.recorded_at)
    if request is not None and is_asked_again:
        is_open = request.outcome == Outcome.WAITING and request.expires_at > now
        state = AskedState.WAITING if is_open else AskedState.LAPSED
        told = consent.id if consent else None
        return AskedPerson(person.id, person.label, person.unit_id, kind, state, request.id, told)
    assert consent is not None
    state = _state(consent, withdrawn, now)
    return AskedPerson(person.id, person.label, person.unit_id, kind, state, consent.request_id, consent.id)


def _state(consent: Consent, withdrawn: set[str], now: datetime) -> AskedState:
    if consent.id in withdrawn:
        return AskedState.WITHDRAWN
    if consent.is_refusal:
        return AskedState.NO
    if consent.expires_at <= now:
        return AskedState.EXPIRED
    needs_check = consent.evidence in WRITTEN and consent.verified_at is None
    return AskedState.TO_VERIFY if needs_check else AskedState.YES


def _withdrawn(session: Session, consents: Sequence[Consent]) -> set[str]:
    """Consents that were taken back for Instagram."""
    by_subject: dict[str, list[Withdrawal]] = {}
    for row in session.exec(
        select(Withdrawal).where(col(Withdrawal.subject_id).in_({one.subject_id for one in consents}))
    ):
        by_subject.setdefault(row.subject_id, []).append(row)
    return {
        one.id
        for one in consents
        for row in by_subject.get(one.subject_id, [])
        if (row.channels is None or Channel.INSTAGRAM in row.channels)
        and (row.consent_id == one.id or (row.consent_id is None and row.received_at >= one.signed_at))
    }
