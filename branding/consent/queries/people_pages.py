"""What the pages of a person and of one answer show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlmodel import Session, col, or_, select

from branding.consent.models import (
    Consent,
    ConsentRequest,
    ConsentScope,
    ConsentUse,
    Evidence,
    Signature,
    Subject,
    Withdrawal,
)
from branding.consent.queries.evidence import by_mark
from branding.consent.queries.subjects import subject_row
from branding.consent.values.answers import Scope
from branding.consent.values.records import Channel, FileKind, Format, MediaKind, Outcome, Purpose, SignerRole
from branding.consent.values.timeline import (
    AnswerLine,
    ConsentPage,
    Event,
    FileLine,
    SignatureLine,
    Step,
    UseLine,
)
from branding.core.errors import Missing


def events_of_subject(session: Session, subject_id: str) -> list[Event]:
    """Everything that happened with a person, in no order; five queries."""
    subject = subject_row(session, subject_id)
    consents = session.exec(select(Consent).where(Consent.subject_id == subject_id)).all()
    requests = session.exec(select(ConsentRequest).where(ConsentRequest.subject_id == subject_id)).all()
    withdrawals = session.exec(select(Withdrawal).where(Withdrawal.subject_id == subject_id)).all()
    ids = [consent.id for consent in consents]
    uses = session.exec(select(ConsentUse).where(col(ConsentUse.consent_id).in_(ids))).all()
    return [
        Event(subject.made_at, Step.ADDED),
        *_of_requests(requests),
        *(event for consent in consents for event in _of_consent(consent)),
        *_of_withdrawals(withdrawals, {consent.id: consent.target_label for consent in consents}),
        *_of_uses(uses),
    ]


def _of_requests(requests: Sequence[ConsentRequest]) -> Iterator[Event]:
    for row in requests:
        asker = row.asked_by_id if row.asked_by_kind == "user" else None
        yield Event(row.asked_at, Step.ASKED, row.target_label, request_id=row.id, user_id=asker)
        if row.outcome in (Outcome.LAPSED, Outcome.CANCELLED) and row.ended_at:
            yield Event(row.ended_at, Step.LAPSED, row.target_label, request_id=row.id)


def _of_consent(row: Consent) -> Iterator[Event]:
    what, link = row.target_label, row.id
    recorder = row.recorded_by_id if row.recorded_by_kind == "user" else None
    yield Event(row.signed_at, Step.NO if row.is_refusal else Step.YES, what, link, user_id=recorder)
    if row.verified_at:
        checker = row.verified_by_id if row.verified_by_kind == "user" else None
        yield Event(row.verified_at, Step.VERIFIED, what, link, user_id=checker)
    if row.invalidated_at:
        yield Event(row.invalidated_at, Step.INVALIDATED, what, link)
    if row.purged_at:
        yield Event(row.purged_at, Step.PURGED, what, link)
    yield Event(row.expires_at, Step.EXPIRED, what, link)


def _of_withdrawals(rows: Sequence[Withdrawal], labels: dict[str, str]) -> Iterator[Event]:
    for row in rows:
        writer = row.registered_by_id if row.registered_by_kind == "user" else None
        yield Event(
            row.received_at,
            Step.WITHDRAWN,
            labels.get(row.consent_id or "", ""),
            row.consent_id or "",
            user_id=writer,
            channels=tuple(row.channels or ()),
        )


def _of_uses(rows: Sequence[ConsentUse]) -> Iterator[Event]:
    for row in rows:
        yield Event(row.live_from, Step.SHOWN, row.label, row.consent_id, channels=(row.channel,))
        if row.live_until:
            yield Event(row.live_until, Step.TAKEN_DOWN, row.label, row.consent_id, channels=(row.channel,))


def answers_of(session: Session, subject_id: str, most: int) -> list[AnswerLine]:
    """The person's answers, the newest first."""
    rows = session.exec(
        select(Consent)
        .where(Consent.subject_id == subject_id)
        .order_by(col(Consent.signed_at).desc(), col(Consent.id))
        .limit(most)
    )
    return [AnswerLine(row.id, row.target_label, row.is_refusal, row.evidence, row.signed_at) for row in rows]


def consent_page(session: Session, consent_id: str) -> ConsentPage:
    """One answer; ``Missing`` when there is none, or the person was erased.  Six queries."""
    found = session.exec(
        select(Consent, Subject)
        .join(Subject, col(Subject.id) == col(Consent.subject_id))
        .where(Consent.id == consent_id, col(Subject.erased_at).is_(None))
    ).first()
    if found is None:
        raise Missing("consent", consent_id)
    row, subject = found
    events, uses = _life(session, row)
    return ConsentPage(
        id=row.id,
        subject_id=subject.id,
        unit_id=subject.unit_id,
        label=subject.label,
        is_refusal=row.is_refusal,
        target_label=row.target_label,
        evidence=row.evidence,
        form_id=row.form_id,
        text_sha256=row.text_sha256,
        asked_by_kind=row.asked_by_kind,
        asked_by_id=row.asked_by_id,
        asked_at=row.asked_at,
        place=row.place,
        signed_at=row.signed_at,
        recorded_at=row.recorded_at,
        expires_at=row.expires_at,
        verified_at=row.verified_at,
        verified_by_kind=row.verified_by_kind,
        verified_by_id=row.verified_by_id,
        invalidated_at=row.invalidated_at,
        invalidated_why=row.invalidated_why,
        journal_reference=row.journal_reference,
        purged_at=row.purged_at,
        asker_has_power=row.asker_has_power,
        power_reason=row.power_reason,
        scopes=_scopes(session, consent_id),
        signatures=_signatures(session, consent_id),
        files=_files(session, consent_id),
        uses=tuple(UseLine(u.label, u.channel, u.url, u.live_from, u.live_until) for u in uses),
        events=events,
    )


def _life(session: Session, row: Consent) -> tuple[tuple[Event, ...], Sequence[ConsentUse]]:
    """What happened with the answer, and where it was used."""
    uses = session.exec(
        select(ConsentUse).where(ConsentUse.consent_id == row.id).order_by(col(ConsentUse.live_from))
    ).all()
    of_all = col(Withdrawal.consent_id).is_(None) & (col(Withdrawal.received_at) >= row.signed_at)
    withdrawals = session.exec(
        select(Withdrawal).where(
            Withdrawal.subject_id == row.subject_id, or_(col(Withdrawal.consent_id) == row.id, of_all)
        )
    ).all()
    labels = {row.id: row.target_label}
    return (*_of_consent(row), *_of_withdrawals(withdrawals, labels), *_of_uses(uses)), uses


def _scopes(session: Session, consent_id: str) -> tuple[Scope, ...]:
    rows = session.exec(
        select(ConsentScope).where(ConsentScope.consent_id == consent_id).order_by(col(ConsentScope.id))
    )
    return tuple(
        Scope(
            Channel(row.channel),
            frozenset(map(Format, row.formats)),
            frozenset(map(Purpose, row.purposes)),
            frozenset(map(MediaKind, row.media)),
            row.may_name,
            row.may_voice,
            row.may_be_paid,
        )
        for row in rows
    )


def _signatures(session: Session, consent_id: str) -> tuple[SignatureLine, ...]:
    rows = session.exec(
        select(Signature).where(Signature.consent_id == consent_id).order_by(col(Signature.id))
    ).all()
    marks = by_mark(rows)
    return tuple(
        SignatureLine(SignerRole(row.role), row.method, row.signed_at, row.id in marks) for row in rows
    )


def _files(session: Session, consent_id: str) -> tuple[FileLine, ...]:
    rows = session.exec(
        select(Evidence)
        .where(Evidence.consent_id == consent_id)
        .order_by(col(Evidence.stored_at), col(Evidence.id))
    )
    return tuple(
        FileLine(row.id, FileKind(row.kind), row.mime, row.size, row.sha256, row.stored_at, row.purged_at)
        for row in rows
    )
