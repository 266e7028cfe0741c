"""Withdrawals in somebody's own words, who is told, and what they hold until somebody has read them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, or_, select

from branding.accounts import queries as accounts
from branding.accounts.values import PersonView
from branding.consent.models import Consent, OpenMessage, Subject
from branding.consent.rules.withdrawing import possible_matches
from branding.consent.values.people import Kind
from branding.consent.values.withdrawals import Message
from branding.core import sealed
from branding.core.actor import Role
from branding.core.errors import Missing
from branding.organisation import queries as organisation


def message_row(session: Session, message_id: str) -> OpenMessage:
    found = session.get(OpenMessage, message_id)
    if found is None:
        raise Missing("open_message", message_id)
    return found


def message_by_id(session: Session, message_id: str) -> Message:
    row = message_row(session, message_id)
    return _message(session, row, _labels(session, None if row.unit_id is None else _under(session, row)))


def open_messages(session: Session, unit_ids: Collection[int], *, without_unit: bool) -> list[Message]:
    """What nobody has resolved, the oldest first: of these units, and those that name none."""
    found = []
    for row in _open(session):
        if row.unit_id in unit_ids or (row.unit_id is None and without_unit):
            labels = _labels(session, None if row.unit_id is None else _under(session, row))
            found.append(_message(session, row, labels))
    return found


def open_message_count(session: Session, unit_ids: Collection[int], *, without_unit: bool) -> int:
    """How many messages wait for somebody of these units; one query, nothing is opened."""
    return int(session.execute(open_message_query(unit_ids, without_unit=without_unit)).scalar_one())


def open_message_query(unit_ids: Collection[int], *, without_unit: bool) -> Any:
    """The same, for those who count more at once."""
    mine = col(OpenMessage.unit_id).in_(unit_ids)
    here = or_(mine, col(OpenMessage.unit_id).is_(None)) if without_unit else mine
    return select(func.count()).select_from(OpenMessage).where(col(OpenMessage.resolved_at).is_(None), here)


def open_message_holds(
    session: Session, unit_ids: Collection[int] | None = None
) -> Mapping[str, tuple[datetime, ...]]:
    """When unresolved messages came that may be a person's withdrawal, by the person's id.

    People of these units (None: of all).  Two queries when no message waits.  A message that names
    nobody on the register holds every citizen it may be about (decisions.md 22).
    """
    rows = _open(session)
    found: dict[str, tuple[datetime, ...]] = {}
    for row in rows:
        among = None if row.unit_id is None else _under(session, row)
        labels = _labels(session, among)
        held = possible_matches(_text(session, row), labels) or _labels(session, among, only_citizens=True)
        for subject_id in held:
            found[subject_id] = (*found.get(subject_id, ()), row.received_at)
    if not found or unit_ids is None:
        return found
    here = set(_labels(session, frozenset(unit_ids)))
    return {subject_id: times for subject_id, times in found.items() if subject_id in here}


def stewards_of(session: Session, unit_id: int | None) -> list[PersonView]:
    """Who looks after the consents of a unit: its coordinators, else communications."""
    active = [one for one in accounts.people(session) if one.deactivated_at is None]
    if unit_id is not None:
        area_id = organisation.unit_by_id(session, unit_id).area_id
        own = [one for one in active if Role.COORDINATOR in one.roles and area_id in one.area_ids]
        if own:
            return own
    return [one for one in active if Role.COMMUNICATIONS in one.roles]


def about(message_id: str) -> str:
    """What the sealed text is bound to."""
    return f"open_message:{message_id}:text"


def _open(session: Session) -> list[OpenMessage]:
    waiting = select(OpenMessage).where(col(OpenMessage.resolved_at).is_(None))
    return list(session.exec(waiting.order_by(col(OpenMessage.received_at), col(OpenMessage.id))))


def _text(session: Session, row: OpenMessage) -> str:
    return sealed.unseal(session, row.text_sealed, about=about(row.id)) if row.text_sealed else ""


def _message(session: Session, row: OpenMessage, labels: Mapping[str, str]) -> Message:
    text = _text(session, row)
    return Message(row.id, text, row.unit_id, row.received_at, possible_matches(text, labels))


def _under(session: Session, row: OpenMessage) -> frozenset[int]:
    assert row.unit_id is not None
    return organisation.ids_under(session, [row.unit_id])


def _labels(
    session: Session, unit_ids: frozenset[int] | None, *, only_citizens: bool = False
) -> dict[str, str]:
    query = select(Subject.id, Subject.label).where(col(Subject.erased_at).is_(None))
    if unit_ids is not None:
        query = query.where(col(Subject.unit_id).in_(unit_ids))
    if only_citizens:
        query = query.where(or_(col(Subject.kind) == Kind.CITIZEN, col(Subject.also_citizen)))
    return dict(session.exec(query.order_by(col(Subject.sort_key), col(Subject.id))).all())


def consent_ids_of(session: Session, subject_id: str) -> list[str]:
    """Every yes of a person, newest first."""
    query = select(Consent.id).where(Consent.subject_id == subject_id, ~col(Consent.is_refusal))
    return list(session.exec(query.order_by(col(Consent.signed_at).desc(), col(Consent.id))))
