"""What the board counts in the database is what the rule says of each person, for every history."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from branding.consent.queries.board import people_states
from branding.consent.rules.standing import person_state, to_verify
from branding.consent.values.gate import PersonFacts, RulesFacts
from branding.core.actor import SYSTEM
from branding.organisation import service as organisation
from branding.organisation.values import UnitRequest
from tests.consent import histories
from tests.consent.stored_histories import store

FEW = settings(
    max_examples=1000 if os.environ.get("STAFET_FULL") else 60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
people = st.tuples(*(histories.people(f"p{n}", most_answers=5) for n in range(3)))


@FEW
@given(people=people, at=histories.instants)
def test_the_database_says_what_the_rule_says(
    session: Session, people: tuple[PersonFacts, ...], at: datetime
) -> None:
    unit = organisation.add_unit(session, SYSTEM, UnitRequest("Specialområde Hjerneskade", "SOH"), now=at)
    people = tuple(_until(one, at) for one in people)
    store(session, unit, people)
    found = people_states(session, RulesFacts().reflection, at)
    said = {one.id: (person_state(one, at)[0], bool(to_verify(one, at))) for one in people}
    session.rollback()
    assert found == said


def _until(person: PersonFacts, at: datetime) -> PersonFacts:
    """What was written down by then: the tables hold nothing from later."""
    answers = tuple(
        replace(
            one,
            verified_at=_past(one.verified_at, at),
            invalidated_at=_past(one.invalidated_at, at),
        )
        for one in person.answers
        if one.recorded_at <= at
    )
    ids = {"", *(one.id for one in answers)}
    return replace(
        person,
        answers=answers,
        withdrawals=tuple(
            one for one in person.withdrawals if one.received_at <= at and one.consent_id in ids
        ),
    )


def _past(moment: datetime | None, at: datetime) -> datetime | None:
    return moment if moment is not None and moment <= at else None
