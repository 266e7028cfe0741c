"""Everything that is kept about one person, for the person (GDPR article 15)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, SQLModel, col, select

from branding.audit import queries as audit
from branding.consent import vault
from branding.consent.models import (
    Consent,
    ConsentRequest,
    ConsentScope,
    ConsentUse,
    Evidence,
    GateDecision,
    Representation,
    RightsRequest,
    Signature,
    Subject,
    Withdrawal,
)
from branding.consent.queries.subjects import contact_of, subject_row
from branding.consent.values.rights import Everything, Reading, Right, RightView

#: Never handed out: secrets, sealed columns whose plain text stands beside, and other rooms' words.
_LEFT_OUT = {"token_hash", "wrapped_key", "file_name", "search_key", "sort_key", "version", "reference"}


def everything_about(session: Session, subject_id: str) -> Everything:
    """All rows about the person, opened.  The files themselves are handed out with the proof."""
    subject = subject_row(session, subject_id)
    consents = session.exec(
        select(Consent).where(Consent.subject_id == subject_id).order_by(col(Consent.signed_at))
    ).all()
    ids = [consent.id for consent in consents]
    scopes = _grouped(session, ConsentScope, ids)
    signatures = _grouped(session, Signature, ids)
    evidence = _grouped(session, Evidence, ids)
    uses = session.exec(
        select(ConsentUse).where(col(ConsentUse.consent_id).in_(ids)).order_by(col(ConsentUse.live_from))
    ).all()
    return Everything(
        subject=_plain(subject) | _opened(contact_of(session, subject)),
        representations=tuple(
            _representation(session, row) for row in _of(session, Representation, subject_id)
        ),
        requests=tuple(map(_plain, _of(session, ConsentRequest, subject_id))),
        consents=tuple(
            _plain(consent)
            | {
                "scopes": [_plain(row) for row in scopes[consent.id]],
                "signatures": [_signature(session, subject_id, row) for row in signatures[consent.id]],
                "files": [_plain(row) for row in evidence[consent.id]],
            }
            for consent in consents
        ),
        withdrawals=tuple(map(_plain, _of(session, Withdrawal, subject_id))),
        shown=tuple(map(_plain, uses)),
        decisions=tuple(
            _decision(row, subject_id) for row in _decisions(session, {use.reference for use in uses})
        ),
        wishes=tuple(map(_plain, _of(session, RightsRequest, subject_id))),
        log=_log(session, subject_id, ids, [row.id for rows in evidence.values() for row in rows]),
    )


def _grouped(session: Session, kind: type[SQLModel], consent_ids: Sequence[str]) -> Mapping[str, list[Any]]:
    found: defaultdict[str, list[Any]] = defaultdict(list)
    column = kind.__table__.c  # type: ignore[attr-defined]
    row: Any
    for row in session.exec(select(kind).where(column.consent_id.in_(consent_ids)).order_by(column.id)):
        found[row.consent_id].append(row)
    return found


def _of(session: Session, kind: type[SQLModel], subject_id: str) -> Sequence[Any]:
    column = kind.__table__.c  # type: ignore[attr-defined]
    return session.exec(select(kind).where(column.subject_id == subject_id).order_by(column.id)).all()


def _decisions(session: Session, references: Iterable[str]) -> Sequence[GateDecision]:
    return session.exec(
        select(GateDecision)
        .where(col(GateDecision.reference).in_(list(references)))
        .order_by(col(GateDecision.asked_at))
    ).all()


def _decision(row: GateDecision, subject_id: str) -> dict[str, Any]:
    """One answer of the gate, with this person's part of it: the others in the picture are not told of."""
    people = row.inputs.get("people", {})
    return _plain(row) | {
        "reasons": [one for one in row.reasons if one.get("subject", subject_id) == subject_id],
        "inputs": {"people": {key: facts for key, facts in people.items() if key == subject_id}},
    }


def _representation(session: Session, row: Representation) -> dict[str, Any]:
    about = f"representation:{row.id}:contact"
    found = vault.facts_or_none(session, row.subject_id, row.contact_sealed, about=about)
    return _plain(row) | _opened(found)


def _signature(session: Session, subject_id: str, row: Signature) -> dict[str, Any]:
    about = f"consent_signature:{row.id}:name"
    return _plain(row) | _opened(vault.facts_or_none(session, subject_id, row.name_sealed, about=about))


def _opened(found: dict[str, str] | None) -> dict[str, Any]:
    """What was sealed; that it does not open is told too."""
    return {"is_unreadable": True} if found is None else dict(found)


def _plain(row: SQLModel) -> dict[str, Any]:
    """The row's columns that mean something to the person."""
    return {
        name: value
        for name, value in row.model_dump().items()
        if name not in _LEFT_OUT and not name.endswith("_sealed")
    }


def _log(
    session: Session, subject_id: str, consent_ids: Sequence[str], evidence_ids: Sequence[str]
) -> tuple[Reading, ...]:
    subjects = {"subject": [subject_id], "consent": consent_ids, "evidence": evidence_ids}
    return tuple(
        Reading(entry.at, entry.actor_kind, entry.actor_id, entry.tag, _reason(entry.changes))
        for entry in audit.entries_about(session, subjects)
    )


def _reason(changes: Iterable[tuple[str, Any, Any]]) -> str:
    return next((str(after) for field, _, after in changes if field == "reason"), "")


def wishes_of(session: Session, subject_id: str) -> list[RightView]:
    """What the person has asked for, the newest first."""
    rows = session.exec(
        select(RightsRequest)
        .where(RightsRequest.subject_id == subject_id)
        .order_by(col(RightsRequest.received_on).desc(), col(RightsRequest.id))
    )
    return [_wish(row) for row in rows]


def open_wishes(session: Session) -> list[tuple[RightView, int]]:
    """Every wish that waits for an answer, the most urgent first, with the person's unit."""
    rows = session.exec(
        select(RightsRequest, Subject.unit_id)
        .join(Subject, col(Subject.id) == col(RightsRequest.subject_id))
        .where(col(RightsRequest.done_at).is_(None))
        .order_by(col(RightsRequest.due_on), col(RightsRequest.id))
    )
    return [(_wish(row), unit_id) for row, unit_id in rows]


def open_wish_query(units: Collection[int] | None, due_before: date | None = None) -> Any:
    """How many wishes wait, all of them or those whose day has come; ``units`` None: of everybody."""
    query = select(func.count()).select_from(RightsRequest).where(col(RightsRequest.done_at).is_(None))
    if units is not None:
        query = query.join(Subject, col(Subject.id) == col(RightsRequest.subject_id))
        query = query.where(col(Subject.unit_id).in_(units))
    return query if due_before is None else query.where(col(RightsRequest.due_on) < due_before)


def _wish(row: RightsRequest) -> RightView:
    return RightView(row.id, row.subject_id, Right(row.kind), row.received_on, row.due_on, row.done_at)
