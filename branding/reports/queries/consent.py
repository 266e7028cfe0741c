"""The facts of the consent status."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from branding.consent.queries.oversight import forms_in_use
from branding.consent.queries.reporting import answers_between, people_counts
from branding.consent.values.reporting import AnswerDay, PeopleCount
from branding.core import clock
from branding.publishing.queries.down import open_count
from branding.reports.queries.reach import Reach
from branding.reports.values.orders import Order


@dataclass(frozen=True, slots=True)
class ConsentFacts:
    """``forms``: version, yeses that stand, yeses given."""

    people: list[PeopleCount]
    answers: list[AnswerDay]
    forms: list[tuple[str, int, int]]
    takedowns: int


def consent_facts(session: Session, order: Order, reach: Reach, now: datetime) -> ConsentFacts:
    """Nine queries however many people there are."""
    units = None if reach.everything else set(reach.units)
    return ConsentFacts(
        people_counts(session, now),
        answers_between(session, clock.at_local(order.first), clock.at_local(order.last + timedelta(days=1))),
        [(one.id, one.standing, one.given) for one in forms_in_use(session, now)],
        open_count(session, units),
    )
