"""Reads of the register: people, those who may sign for them, and people who may be the same."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlmodel import Session, col, select

from branding.consent import vault
from branding.consent.models import Representation, Subject
from branding.consent.values.people import Hold, Kind, Mandate, Route
from branding.consent.values.register import RepresentationView, SubjectView
from branding.core.errors import Missing


def subject_row(session: Session, subject_id: str) -> Subject:
    """The row, while the person has not been erased."""
    found = session.get(Subject, subject_id)
    if found is None or found.erased_at is not None:
        raise Missing("subject", subject_id)
    return found


def subject_by_id(session: Session, subject_id: str) -> SubjectView:
    return _view(session, subject_row(session, subject_id))


def subjects_of_units(
    session: Session, unit_ids: Collection[int], kind: Kind | None = None
) -> list[SubjectView]:
    """People of these units in Danish order, without their contact details."""
    query = select(Subject).where(col(Subject.unit_id).in_(unit_ids), col(Subject.erased_at).is_(None))
    if kind is not None:
        query = query.where(Subject.kind == kind)
    rows = session.exec(query.order_by(col(Subject.sort_key), col(Subject.id)))
    return [_view(session, row, opened=False) for row in rows]


def alike(session: Session, unit_ids: Collection[int], label: str, *, but: str = "") -> list[SubjectView]:
    """People of these units with the same first word: perhaps the person is there already."""
    words = label.casefold().split()
    if not words:
        return []
    query = select(Subject).where(
        col(Subject.unit_id).in_(unit_ids),
        col(Subject.erased_at).is_(None),
        col(Subject.search_key).startswith(words[0], autoescape=True),
        Subject.id != but,
    )
    rows = session.exec(query.order_by(col(Subject.sort_key), col(Subject.id)).limit(20)).all()
    return [_view(session, row, opened=False) for row in rows if row.search_key.split()[0] == words[0]]


def labels_of(session: Session, subject_ids: Iterable[str]) -> dict[str, str]:
    rows = session.exec(select(Subject.id, Subject.label).where(col(Subject.id).in_(list(subject_ids))))
    return dict(rows.all())


def contact_of(session: Session, row: Subject) -> dict[str, str] | None:
    """Mail and phone; None when they do not open."""
    about = f"subject:{row.id}:contact"
    return vault.facts_or_none(session, row.id, row.contact_sealed, about=about)


def representations_of(session: Session, subject_id: str) -> list[RepresentationView]:
    """Those who may sign for the person, those whose right has ended too, in the order they were written."""
    rows = session.exec(
        select(Representation)
        .where(Representation.subject_id == subject_id)
        .order_by(col(Representation.recorded_at), col(Representation.id))
    )
    return [_representation(session, row) for row in rows]


def representation_row(session: Session, subject_id: str, representation_id: str) -> Representation:
    found = session.get(Representation, representation_id)
    if found is None or found.subject_id != subject_id:
        raise Missing("representation", representation_id)
    return found


def representation_by_id(session: Session, subject_id: str, representation_id: str) -> RepresentationView:
    return _representation(session, representation_row(session, subject_id, representation_id))


def _view(session: Session, row: Subject, *, opened: bool = True) -> SubjectView:
    found = contact_of(session, row) if opened else {}
    contact = found or {}
    return SubjectView(
        row.id,
        Kind(row.kind),
        row.also_citizen,
        row.label,
        row.unit_id,
        contact.get("email", ""),
        contact.get("phone", ""),
        Route(row.route),
        row.turns_15_on,
        row.turns_18_on,
        row.left_on,
        Hold(row.hold),
        row.reference,
        row.made_at,
        row.version,
        is_unreadable=found is None,
    )


def _representation(session: Session, row: Representation) -> RepresentationView:
    about = f"representation:{row.id}:contact"
    found = vault.facts_or_none(session, row.subject_id, row.contact_sealed, about=about)
    contact = found or {}
    return RepresentationView(
        row.id,
        row.subject_id,
        Mandate(row.mandate),
        contact.get("name", ""),
        contact.get("email", ""),
        contact.get("phone", ""),
        row.covers_images,
        row.seen_by,
        row.seen_on,
        row.valid_from,
        row.valid_until,
        row.review_on,
        row.recorded_at,
        row.version,
        is_unreadable=found is None,
    )
