"""How far asking has come, for one thing: what higher rooms show of people, by label only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from branding.consent.models import Consent, ConsentRequest
from branding.consent.queries.gate_facts import person_facts
from branding.consent.rules.asked import answer_about, answered_state
from branding.consent.values.gate import PersonFacts
from branding.consent.values.records import Outcome, Target
from branding.consent.values.requests import AskedPerson, AskedState
from branding.core.danish import sort_key


def people_asked(
    session: Session, target: Target, ref: str, now: datetime
) -> Iterator[tuple[AskedPerson, PersonFacts]]:
    """Everybody who was asked about this, in Danish order: the latest answer, else the latest question."""
    answered = session.exec(
        select(Consent.id, Consent.subject_id, Consent.request_id).where(
            Consent.target == target, Consent.target_ref == ref, col(Consent.invalidated_at).is_(None)
        )
    ).all()
    asked = _latest_questions(session, target, ref)
    people = person_facts(session, [*(subject_id for _, subject_id, _ in answered), *asked], now=now)
    requests = {consent_id: request_id for consent_id, _, request_id in answered}
    for person in sorted(people.values(), key=lambda one: (sort_key(one.label), one.id)):
        found = _person(person, (target, ref), asked.get(person.id), requests, now)
        if found is not None:
            yield found, person


def _latest_questions(session: Session, target: Target, ref: str) -> dict[str, ConsentRequest]:
    """By person; those that were answered or called off are not among them."""
    rows = session.exec(
        select(ConsentRequest)
        .where(
            ConsentRequest.target == target,
            ConsentRequest.target_ref == ref,
            col(ConsentRequest.outcome).in_([Outcome.WAITING, Outcome.LAPSED]),
        )
        .order_by(col(ConsentRequest.asked_at), col(ConsentRequest.id))
    )
    return {row.subject_id: row for row in rows}


def _person(
    person: PersonFacts,
    about: tuple[Target, str],
    question: ConsentRequest | None,
    requests: Mapping[str, str | None],
    now: datetime,
) -> AskedPerson | None:
    answer = answer_about(person, *about, now)
    state, request_id, at = AskedState.LAPSED, None, now
    if question is not None and (answer is None or question.asked_at > answer.recorded_at):
        if question.outcome == Outcome.WAITING and question.expires_at > now:
            state = AskedState.WAITING
        request_id, at = question.id, question.asked_at
    elif answer is not None:
        state, at = answered_state(person, answer, now), answer.signed_at
        request_id = requests.get(answer.id)
    else:
        return None
    consent_id = answer.id if answer else None
    return AskedPerson(
        person.id, person.label, person.unit_id, person.kind, state, at, request_id, consent_id
    )
