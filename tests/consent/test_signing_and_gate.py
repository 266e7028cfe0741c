"""What the pages collect is what the gate asks for: the same signers, by two rules written apart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from sqlmodel import Session

from branding.consent.models import FormVersion
from branding.consent.queries.gate_facts import person_facts
from branding.consent.rules.signers import signer_codes
from branding.consent.service import requests, signing
from branding.consent.service.representations import add_representation, end_representation
from branding.consent.values.people import Mandate, Route
from branding.consent.values.records import EvidenceKind, SignerRole, Target
from branding.consent.values.register import NewRepresentation
from branding.consent.values.requests import About, Given, Life, NewRequest, Part
from branding.core.actor import Actor, Role
from branding.core.errors import RuleBroken
from branding.organisation import service as organisation
from tests.consent import factories

KAREN = Actor("user", 1, "Karen", "karen@example.dk", frozenset({Role.COMMUNICATIONS}))
ABOUT = About(Target.TAKEOVER, "takeover:1", "Takeover i uge 48")


@pytest.fixture
def now(session: Session, area: int, at: Callable[[str], datetime]) -> datetime:
    moment = at("2026-11-23 10:00")
    organisation.set_up_organisation(session, "Prøveområdet", now=moment)
    return moment


def right(mandate: Mandate, name: str) -> NewRepresentation:
    return NewRepresentation(mandate, name, True, date(2026, 11, 1), date(2026, 1, 1))


def asked(
    session: Session, area: int, now: datetime, rights: tuple[Mandate, ...] = (), **facts: object
) -> tuple[str, str]:
    """A citizen who is asked; returns the person's id and a link."""
    subject_id = factories.citizen(session, area, now=now, **facts)
    for number, mandate in enumerate(rights):
        add_representation(session, KAREN, subject_id, right(mandate, f"Gerda {number}"), now=now)
    request_id = requests.ask(session, KAREN, NewRequest(subject_id, ABOUT), now=now)
    return subject_id, requests.make_link(session, KAREN, request_id, now=now)


def given(part: Part, *, is_yes: bool = True, by_mark: bool = False) -> Given:
    answers = part.role not in (SignerRole.WITNESS, SignerRole.ASSENT)
    choices = {"photo": is_yes, "instagram": is_yes} if answers else {}
    name = "" if by_mark and part.role is SignerRole.SELF else "Prøve"
    return Given(
        part.key, choices, EvidenceKind.TYPED, name, by_mark=by_mark and part.role is SignerRole.SELF
    )


CHILD = {"turns_15_on": date(2030, 1, 1), "turns_18_on": date(2033, 1, 1)}
YOUTH = {"turns_18_on": date(2028, 1, 1)}
PARENTS = (Mandate.CUSTODY, Mandate.CUSTODY)


@pytest.mark.parametrize(
    ("rights", "facts", "signers"),
    [
        ((), {}, 1),
        ((Mandate.GUARDIAN_PERSONAL,), {"route": Route.SELF_AND_GUARDIAN}, 2),
        ((Mandate.FUTURE_POWER,), {"route": Route.GUARDIAN_WITH_ASSENT}, 2),
        (PARENTS, CHILD, 3),
        (PARENTS, YOUTH, 3),
    ],
)
@pytest.mark.parametrize("by_mark", [False, True])
def test_the_gate_accepts_the_signers_that_the_pages_asked_for(
    session: Session,
    area: int,
    now: datetime,
    rights: tuple[Mandate, ...],
    facts: dict[str, object],
    signers: int,
    by_mark: bool,
) -> None:
    subject_id, token = asked(session, area, now, rights, **facts)
    signed = 0
    while True:
        opened = signing.find_open(session, token, now=now)
        assert opened is not None and opened.now is not None
        ended = signing.sign(session, opened, given(opened.now, by_mark=by_mark), now=now)
        signed += 1
        if ended.consent_id:
            break
        assert not person_facts(session, [subject_id], now=now)[subject_id].answers
    person = person_facts(session, [subject_id], now=now)[subject_id]
    has_own_part = facts.get("route") is not Route.GUARDIAN_WITH_ASSENT and facts is not CHILD
    assert signed == signers + (by_mark and has_own_part)
    assert signer_codes(person.answers[0], person, now) == []


def test_a_no_of_one_is_the_answer_whatever_others_have_said(
    session: Session, area: int, now: datetime
) -> None:
    subject_id, token = asked(session, area, now, (Mandate.GUARDIAN_BOTH,), route=Route.SELF_AND_GUARDIAN)
    opened = signing.find_open(session, token, now=now)
    assert opened is not None and opened.now is not None
    signing.sign(session, opened, given(opened.now), now=now)
    second = signing.find_open(session, token, now=now)
    assert second is not None and second.now is not None and second.now.role is SignerRole.GUARDIAN
    no = Given(second.now.key, {}, EvidenceKind.CLICK)
    assert signing.refuse(session, second, no, now=now).is_refusal
    person = person_facts(session, [subject_id], now=now)[subject_id]
    assert [one.is_refusal for one in person.answers] == [True]


def test_a_signers_own_link_opens_that_part_only_and_closes_with_it(
    session: Session, area: int, now: datetime
) -> None:
    _, token = asked(session, area, now, (Mandate.GUARDIAN_BOTH,), route=Route.SELF_AND_GUARDIAN)
    whole = signing.find_open(session, token, now=now)
    assert whole is not None
    guardian = whole.request.parts[1]
    own = requests.make_link(session, KAREN, whole.request.id, part=guardian.key, now=now)
    opened = signing.find_open(session, own, now=now)
    assert opened is not None and opened.now == guardian
    with pytest.raises(RuleBroken):
        signing.sign(session, opened, given(whole.request.parts[0]), now=now)
    assert signing.sign(session, opened, given(guardian), now=now).consent_id is None
    again = signing.find_open(session, own, now=now)
    assert again is not None and again.life is Life.CLOSED
    with pytest.raises(RuleBroken):
        requests.make_link(session, KAREN, whole.request.id, part=guardian.key, now=now)


def test_whose_rights_end_while_asking_takes_the_question_away(
    session: Session, area: int, now: datetime, at: Callable[[str], datetime]
) -> None:
    subject_id, token = asked(session, area, now, (Mandate.GUARDIAN_BOTH,), route=Route.SELF_AND_GUARDIAN)
    opened = signing.find_open(session, token, now=now)
    assert opened is not None
    right_id = opened.request.parts[1].representation_id or ""
    end_representation(session, KAREN, subject_id, right_id, today=date(2026, 11, 23), now=now)
    closed = signing.find_open(session, token, now=now)
    assert closed is not None and closed.life is Life.CLOSED


def test_a_text_that_was_retired_is_asked_anew(session: Session, area: int, now: datetime) -> None:
    _, token = asked(session, area, now)
    form = session.get(FormVersion, "citizen_easy-1-da")
    assert form is not None
    form.accepted_until = now
    session.flush()
    opened = signing.find_open(session, token, now=now)
    assert opened is not None and opened.life is Life.OUTDATED
