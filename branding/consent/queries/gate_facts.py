"""The facts that the gate judges, read in a fixed number of queries however many people there are."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from branding.consent import vault
from branding.consent.models import (
    Consent,
    ConsentScope,
    Evidence,
    FormVersion,
    Representation,
    Signature,
    Subject,
    Withdrawal,
)
from branding.consent.queries import rulebook
from branding.consent.queries.withdrawals import open_message_holds
from branding.consent.values.answers import Scope
from branding.consent.values.gate import (
    ConsentFacts,
    FormFacts,
    PersonFacts,
    RepresentationFacts,
    SignatureFacts,
    WithdrawalFacts,
    actor_ref,
)
from branding.consent.values.people import Hold, Kind, Mandate, Route
from branding.consent.values.records import (
    WRITTEN,
    Channel,
    EvidenceKind,
    Format,
    MediaKind,
    Purpose,
    SignerRole,
    Target,
)
from branding.core import clock


def person_facts(
    session: Session,
    subject_ids: Iterable[str],
    *,
    now: datetime,
    book: rulebook.Rulebook | None = None,
) -> dict[str, PersonFacts]:
    """Each person's facts; who was erased or never was has none.  ``book`` when it has been read already.

    Unresolved messages that have come by ``now`` hold those whom they may be about.
    """
    ids = sorted(set(subject_ids))
    if not ids:
        return {}
    people = _people(session, ids)
    answers = _answers(session, list(people))
    unit_ids = {row.unit_id for row, _, _ in people.values()}
    only_colleagues = all(_is_plain_colleague(row) for row, _, _ in people.values())
    book = book or rulebook.read(session, unit_ids, for_colleagues=only_colleagues)
    held = open_message_holds(session, unit_ids)
    found = {}
    for subject_id, (row, withdrawals, representations) in people.items():
        found[subject_id] = PersonFacts(
            id=subject_id,
            kind=Kind(row.kind),
            label=row.label,
            unit_id=row.unit_id,
            also_citizen=row.also_citizen,
            route=Route(row.route),
            turns_15_at=None if row.turns_15_on is None else clock.at_local(row.turns_15_on),
            turns_18_at=None if row.turns_18_on is None else clock.at_local(row.turns_18_on),
            left_at=None if row.left_on is None else clock.at_local(row.left_on + timedelta(days=1)),
            hold=Hold(row.hold),
            representations=tuple(representations),
            answers=tuple(answers.get(subject_id, ())),
            withdrawals=tuple(withdrawals),
            open_messages=tuple(came for came in held.get(subject_id, ()) if came <= now),
            policy=book.policy_of(row.unit_id),
            rules=book.rules,
            version=row.version,
        )
    return found


_Person = tuple[Subject, list[WithdrawalFacts], list[RepresentationFacts]]


def _is_plain_colleague(row: Subject) -> bool:
    """Nobody else's rules can ever hold for this person: of age, no citizen, and no one signs instead."""
    return (
        row.kind == Kind.COLLEAGUE
        and not row.also_citizen
        and row.route == Route.SELF
        and row.turns_15_on is None
        and row.turns_18_on is None
    )


def _people(session: Session, ids: list[str]) -> dict[str, _Person]:
    """The people with what was taken back and who may sign for them, in one query."""
    query = (
        select(Subject, Withdrawal, Representation)
        .join(Withdrawal, col(Withdrawal.subject_id) == Subject.id, isouter=True)
        .join(Representation, col(Representation.subject_id) == Subject.id, isouter=True)
        .where(col(Subject.id).in_(ids), col(Subject.erased_at).is_(None))
        .order_by(col(Subject.id))
    )
    rows: Iterable[tuple[Subject, Withdrawal | None, Representation | None]] = session.exec(query)
    found: dict[str, _Person] = {}
    seen: set[str] = set()
    for subject, withdrawal, representation in rows:
        _, withdrawals, representations = found.setdefault(subject.id, (subject, [], []))
        if withdrawal is not None and withdrawal.id not in seen:
            seen.add(withdrawal.id)
            withdrawals.append(_withdrawal(withdrawal))
        if representation is not None and representation.id not in seen:
            seen.add(representation.id)
            representations.append(_representation(representation))
    return found


def _withdrawal(row: Withdrawal) -> WithdrawalFacts:
    channels = None if row.channels is None else frozenset(Channel(one) for one in row.channels)
    return WithdrawalFacts(row.received_at, row.consent_id or "", channels)


def _representation(row: Representation) -> RepresentationFacts:
    return RepresentationFacts(
        row.id,
        Mandate(row.mandate),
        clock.at_local(row.valid_from),
        None if row.valid_until is None else clock.at_local(row.valid_until),
        row.covers_images,
    )


def _answers(session: Session, ids: list[str]) -> dict[str, list[ConsentFacts]]:
    """Every answer with what it covers, who signed and what proves it, in one query."""
    rows: Iterable[tuple[Consent, FormVersion, ConsentScope | None, Signature | None, Evidence | None]]
    rows = session.exec(
        select(Consent, FormVersion, ConsentScope, Signature, Evidence)  # type: ignore[call-overload]
        .join(FormVersion, col(FormVersion.id) == Consent.form_id)
        .join(ConsentScope, col(ConsentScope.consent_id) == Consent.id, isouter=True)
        .join(Signature, col(Signature.consent_id) == Consent.id, isouter=True)
        .join(Evidence, col(Evidence.consent_id) == Consent.id, isouter=True)
        .where(col(Consent.subject_id).in_(ids))
    )
    kept: dict[str, _Kept] = {}
    for consent, form, scope, signature, file in rows:
        one = kept.setdefault(consent.id, _Kept(consent, form))
        if scope is not None:
            one.scopes.setdefault(scope.id or 0, scope)
        if signature is not None:
            one.signatures.setdefault(signature.id or 0, signature)
        if file is not None:
            one.files.setdefault(file.id, file)
    found: dict[str, list[ConsentFacts]] = {}
    for one in kept.values():
        files = [_is_there(session, file) for file in one.files.values()]
        found.setdefault(one.consent.subject_id, []).append(
            _answer(
                one.consent,
                one.form,
                tuple(_scope(scope) for scope in one.scopes.values()),
                tuple(_signature(signature) for signature in one.signatures.values()),
                is_intact=_is_intact(one.consent, files),
            )
        )
    return found


@dataclass(slots=True)
class _Kept:
    """What belongs to one answer, each once: the query gives every combination."""

    consent: Consent
    form: FormVersion
    scopes: dict[int, ConsentScope] = field(default_factory=dict)
    signatures: dict[int, Signature] = field(default_factory=dict)
    files: dict[str, Evidence] = field(default_factory=dict)


def _is_there(session: Session, file: Evidence) -> bool:
    is_gone = file.purged_at is not None or file.damaged_at is not None
    return not is_gone and vault.is_there(session, file.file_name)


def _is_intact(consent: Consent, files: Collection[bool]) -> bool:
    """What is written is proved by a file at least; what was said needs none."""
    has_enough = bool(files) or consent.evidence not in WRITTEN
    return consent.purged_at is None and has_enough and all(files)


def _scope(row: ConsentScope) -> Scope:
    return Scope(
        Channel(row.channel),
        frozenset(Format(one) for one in row.formats),
        frozenset(Purpose(one) for one in row.purposes),
        frozenset(MediaKind(one) for one in row.media),
        row.may_name,
        row.may_voice,
        row.may_be_paid,
    )


def _signature(row: Signature) -> SignatureFacts:
    return SignatureFacts(
        SignerRole(row.role), EvidenceKind(row.method), row.signed_at, row.representation_id or ""
    )


def _answer(
    row: Consent,
    form: FormVersion,
    scopes: tuple[Scope, ...],
    signatures: tuple[SignatureFacts, ...],
    *,
    is_intact: bool,
) -> ConsentFacts:
    return ConsentFacts(
        id=row.id,
        target=Target(row.target),
        target_ref=row.target_ref,
        target_label=row.target_label,
        evidence=EvidenceKind(row.evidence),
        signed_at=row.signed_at,
        recorded_at=row.recorded_at,
        valid_from=row.valid_from,
        expires_at=row.expires_at,
        form=FormFacts(form.id, form.accepted_until, form.recalled_at),
        scopes=scopes,
        signatures=signatures,
        is_refusal=row.is_refusal,
        told_instagram=row.told_instagram,
        clear_answer=row.clear_answer,
        asker_has_power=row.asker_has_power,
        recorded_by=actor_ref(row.recorded_by_kind, row.recorded_by_id),
        asked_by=actor_ref(row.asked_by_kind, row.asked_by_id),
        verified_at=row.verified_at,
        verified_by=actor_ref(row.verified_by_kind, row.verified_by_id),
        invalidated_at=row.invalidated_at,
        evidence_intact=is_intact,
    )
