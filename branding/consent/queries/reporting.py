"""What reports count: how people stand, and what was answered; units and numbers, no names."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlmodel import Session, col

from branding.consent.models import Consent, Subject, Withdrawal
from branding.consent.queries.board import everybody
from branding.consent.queries.settings import consent_rules
from branding.consent.rules.standing import BEST_FIRST
from branding.consent.values.people import Kind
from branding.consent.values.reporting import AnswerDay, PeopleCount, Said
from branding.core import clock


def people_counts(session: Session, now: datetime) -> list[PeopleCount]:
    """Everybody on the register, as the board words them; two queries."""
    people = everybody(timedelta(hours=consent_rules(session).reflection_hours), now)
    grouped = (col(Subject.unit_id), col(Subject.kind), people.c.rank, people.c.to_verify)
    query = select(*grouped, func.count()).join(people, people.c.id == col(Subject.id)).group_by(*grouped)
    return [
        PeopleCount(unit_id, Kind(kind), BEST_FIRST[rank], bool(waits), number)
        for unit_id, kind, rank, waits, number in session.execute(query.order_by(*grouped))
    ]


def answers_between(session: Session, first: datetime, last: datetime) -> list[AnswerDay]:
    """Answers written down or taken back from ``first`` until before ``last``, by day; two queries."""
    given = (
        select(col(Consent.recorded_at), col(Subject.unit_id), col(Consent.is_refusal))
        .join(Subject, col(Subject.id) == col(Consent.subject_id))
        .where(col(Consent.recorded_at) >= first, col(Consent.recorded_at) < last)
    )
    back = (
        select(col(Withdrawal.registered_at), col(Subject.unit_id))
        .join(Subject, col(Subject.id) == col(Withdrawal.subject_id))
        .where(col(Withdrawal.registered_at) >= first, col(Withdrawal.registered_at) < last)
    )
    found = [
        AnswerDay(clock.local(at).date(), unit_id, Said.NO if is_refusal else Said.YES)
        for at, unit_id, is_refusal in session.execute(given)
    ]
    found += [
        AnswerDay(clock.local(at).date(), unit_id, Said.WITHDRAWN) for at, unit_id in session.execute(back)
    ]
    return sorted(found, key=lambda one: (one.on, one.unit_id, one.said))
