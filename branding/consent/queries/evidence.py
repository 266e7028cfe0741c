"""Reads of evidence: metadata by the whole chain to the unit, the file as it was kept, and what waits."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from branding.consent import vault
from branding.consent.models import (
    Consent,
    ConsentRequest,
    ConsentScope,
    Evidence,
    Signature,
    Subject,
    Withdrawal,
)
from branding.consent.queries.standing import of_every_channel, recalled_forms
from branding.consent.values.people import Kind
from branding.consent.values.records import WRITTEN, EvidenceKind, FileKind, SignerRole
from branding.consent.values.requests import Offered
from branding.consent.vault import PutAway
from branding.core.errors import Missing


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """A sealed file, with the chain to the unit; nothing of what is in it."""

    id: str
    consent_id: str
    subject_id: str
    unit_id: int
    label: str
    about: str
    kind: FileKind
    mime: str
    size: int
    sha256: str
    source_sha256: str
    stored_at: datetime
    purged_at: datetime | None
    file: PutAway

    @property
    def is_picture(self) -> bool:
        return self.mime in ("image/jpeg", "image/svg+xml")


@dataclass(frozen=True, slots=True)
class SignedView:
    """Who signed how; the name as it was signed."""

    role: SignerRole
    method: EvidenceKind
    signed_at: datetime
    name: str
    #: By which right, for guardians and holders of custody.
    representation_id: str = ""
    #: By pointing, with a sign or with a word: a witness stands beside it, as nobody else needs one.
    by_mark: bool = False
    #: The name does not open.
    is_unreadable: bool = False


@dataclass(frozen=True, slots=True)
class ToVerify:
    """One line of the queue."""

    consent_id: str
    subject_id: str
    label: str
    kind: Kind
    unit_id: int
    about: str
    evidence: EvidenceKind
    recorded_at: datetime
    recorded_by_kind: str
    recorded_by_id: int | None
    asked_by_kind: str
    asked_by_id: int | None

    def is_of(self, kind: str, actor_id: int | None) -> bool:
        """Whether this person wrote it down, or asked: who hands over the device could sign too."""
        return (kind, actor_id) in (
            (self.recorded_by_kind, self.recorded_by_id),
            (self.asked_by_kind, self.asked_by_id),
        )


def evidence_by_id(session: Session, evidence_id: str) -> EvidenceView:
    """Evidence, consent, person and unit in one query; a broken link anywhere is Missing (T2)."""
    found = session.exec(_chain().where(Evidence.id == evidence_id)).first()
    if found is None:
        raise Missing("evidence", evidence_id)
    return _view(*found)


def evidence_of(session: Session, consent_id: str) -> list[EvidenceView]:
    """The files of one answer, in the order in which they were put away."""
    query = _chain().where(Evidence.consent_id == consent_id)
    rows = session.exec(query.order_by(col(Evidence.stored_at), col(Evidence.kind), col(Evidence.id)))
    return [_view(*row) for row in rows]


def content_of(session: Session, found: EvidenceView) -> bytes:
    """The file as it was put away; :class:`vault.Damaged` when it cannot be had whole."""
    if found.purged_at is not None:
        raise vault.Damaged("purged")
    return vault.read(session, found.subject_id, found.id, found.file)


def is_whole(session: Session, found: EvidenceView) -> bool:
    """Whether the file opens and is what was put away."""
    try:
        content_of(session, found)
    except vault.Damaged:
        return False
    return True


def signatures_of(session: Session, consent_id: str, subject_id: str) -> list[SignedView]:
    """Everybody's part of the answer, in the order in which they were written down."""
    rows = session.exec(
        select(Signature).where(Signature.consent_id == consent_id).order_by(col(Signature.id))
    ).all()
    marks = by_mark(rows)
    return [_signed(session, subject_id, row, is_mark=row.id in marks) for row in rows]


def by_mark(rows: Sequence[Signature]) -> set[int | None]:
    """Of the signatures of one answer those that are a mark: somebody stood beside the person."""
    if not any(row.role == SignerRole.WITNESS for row in rows):
        return set()
    return {row.id for row in rows if row.role == SignerRole.SELF and row.method == EvidenceKind.TYPED}


def said_no_to(session: Session, consent_id: str) -> tuple[str, ...]:
    """The lines that were asked and that the yes leaves out; none where nothing was written to answer."""
    consent = session.get(Consent, consent_id)
    request = session.get(ConsentRequest, consent.request_id) if consent and consent.request_id else None
    if request is None:
        return ()
    given: set[str] = set()
    for scope in session.exec(select(ConsentScope).where(ConsentScope.consent_id == consent_id)):
        given |= {scope.channel, *scope.media}
        ticks = {"name": scope.may_name, "voice": scope.may_voice, "paid": scope.may_be_paid}
        given |= {key for key, is_yes in ticks.items() if is_yes}
    return tuple(line for line in Offered.from_json(request.offered).choices if line not in given)


def to_verify(session: Session, unit_ids: Collection[int], now: datetime) -> list[ToVerify]:
    """Written yeses that another person has not looked at, the oldest first."""
    taken_back = select(Withdrawal.consent_id).where(
        col(Withdrawal.consent_id).is_not(None), of_every_channel(Withdrawal)
    )
    replaced = select(Consent.supersedes_id).where(
        col(Consent.supersedes_id).is_not(None), col(Consent.invalidated_at).is_(None)
    )
    rows = session.exec(
        select(Consent, Subject)
        .join(Subject, col(Subject.id) == col(Consent.subject_id))
        .where(
            col(Consent.evidence).in_(WRITTEN),
            ~col(Consent.is_refusal),
            col(Consent.verified_at).is_(None),
            col(Consent.invalidated_at).is_(None),
            col(Consent.purged_at).is_(None),
            col(Consent.expires_at) > now,
            col(Consent.id).not_in(taken_back),
            col(Consent.form_id).not_in(recalled_forms(now)),
            col(Consent.id).not_in(replaced),
            col(Subject.erased_at).is_(None),
            col(Subject.unit_id).in_(unit_ids),
        )
        .order_by(col(Consent.recorded_at), col(Consent.id))
    )
    return [_waiting(consent, subject) for consent, subject in rows]


def waiting_consent(session: Session, consent_id: str) -> ToVerify:
    """One answer with its person's unit, whether or not it waits."""
    consent = session.get(Consent, consent_id)
    subject = session.get(Subject, consent.subject_id) if consent else None
    if consent is None or subject is None or subject.erased_at is not None:
        raise Missing("consent", consent_id)
    return _waiting(consent, subject)


def sample(session: Session, limit: int, after: str) -> Sequence[EvidenceView]:
    """The next files in the order of their (random) ids, from the beginning again at the end."""
    kept = _chain().where(col(Evidence.purged_at).is_(None)).order_by(col(Evidence.id))
    found = session.exec(kept.where(col(Evidence.id) > after).limit(limit)).all()
    if len(found) < limit:
        found = [*found, *session.exec(kept.where(col(Evidence.id) <= after).limit(limit - len(found)))]
    return [_view(*row) for row in found]


def _chain() -> SelectOfScalar[Any]:
    chain: Any = (
        select(Evidence, Consent, Subject)
        .join(Consent, col(Consent.id) == col(Evidence.consent_id))
        .join(Subject, col(Subject.id) == col(Consent.subject_id))
        .where(col(Subject.erased_at).is_(None))
    )
    return chain  # type: ignore[no-any-return]


def _view(row: Evidence, consent: Consent, subject: Subject) -> EvidenceView:
    return EvidenceView(
        id=row.id,
        consent_id=consent.id,
        subject_id=subject.id,
        unit_id=subject.unit_id,
        label=subject.label,
        about=consent.target_label,
        kind=FileKind(row.kind),
        mime=row.mime,
        size=row.size,
        sha256=row.sha256,
        source_sha256=row.source_sha256,
        stored_at=row.stored_at,
        purged_at=row.purged_at,
        file=PutAway(row.file_name, row.wrapped_key, row.size, row.sha256),
    )


def _waiting(consent: Consent, subject: Subject) -> ToVerify:
    return ToVerify(
        consent.id,
        subject.id,
        subject.label,
        Kind(subject.kind),
        subject.unit_id,
        consent.target_label,
        EvidenceKind(consent.evidence),
        consent.recorded_at,
        consent.recorded_by_kind,
        consent.recorded_by_id,
        consent.asked_by_kind,
        consent.asked_by_id,
    )


def _signed(session: Session, subject_id: str, row: Signature, *, is_mark: bool) -> SignedView:
    about = f"consent_signature:{row.id}:name"
    found = vault.facts_or_none(session, subject_id, row.name_sealed, about=about)
    return SignedView(
        SignerRole(row.role),
        EvidenceKind(row.method),
        row.signed_at,
        (found or {}).get("name", ""),
        row.representation_id or "",
        is_mark,
        is_unreadable=found is None,
    )
