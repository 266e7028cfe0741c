"""Facts for the gate: a fixed number of queries, whole people, and proof that is really there."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import event
from sqlmodel import Session, select

from branding.consent.models import Consent, Evidence, OpenMessage, Subject
from branding.consent.queries.gate_facts import person_facts
from branding.consent.rules.gate import may_publish
from branding.consent.values.gate import Code, GateFacts, PersonFacts, Stage
from branding.consent.values.people import Kind, Mandate
from branding.consent.values.policies import Openness, PolicyKind
from branding.consent.values.records import Channel, EvidenceKind, SignerRole
from branding.core import sealed
from branding.core.clock import at_local
from branding.core.ids import new_id
from tests.consent.worlds import NOW, SIGNED, SLOT, By, Stored

MOST_QUERIES = 8


@pytest.fixture
def world(session: Session) -> Stored:
    return Stored(session)


def _facts(world: Stored, subject_id: str) -> PersonFacts:
    return world.people()[subject_id]


def test_eight_queries_however_many_people(world: Stored, session: Session) -> None:
    world.assess()
    for n in range(30):
        person = world.citizen(f"Vega {n}")
        guardian = world.represent(person, Mandate.GUARDIAN_BOTH)
        world.signed(person, by=(By(), By(SignerRole.GUARDIAN, guardian)))
        world.withdraw(person, NOW)
    session.flush()
    session.expire_all()
    sent: list[str] = []
    engine = session.connection().engine

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    counts = []
    for ids in (world.ids[:1], world.ids):
        sent.clear()
        assert len(person_facts(session, ids, now=NOW)) == len(ids)
        counts.append(len(sent))
    event.remove(engine, "before_cursor_execute", note)
    assert counts[0] == counts[1] <= MOST_QUERIES


def test_days_become_the_danish_midnights_at_which_they_begin(world: Stored) -> None:
    person = world.person(
        Kind.COLLEAGUE,
        "Alma",
        turns_15_on=date(2026, 3, 29),
        turns_18_on=date(2029, 3, 29),
        left_on=date(2026, 10, 24),
    )
    facts = _facts(world, person)
    assert facts.turns_15_at == at_local(date(2026, 3, 29))
    assert facts.left_at == at_local(date(2026, 10, 25))


def test_nothing_is_multiplied_by_what_hangs_on_a_person(world: Stored) -> None:
    person = world.citizen()
    holders = [world.represent(person, Mandate.CUSTODY) for _ in range(3)]
    consent = world.signed(person, by=tuple(By(SignerRole.CUSTODY, one) for one in holders))
    for n in range(2):
        world.withdraw(person, NOW + timedelta(hours=n), consent)
    facts = _facts(world, person)
    assert (len(facts.representations), len(facts.withdrawals), len(facts.answers)) == (3, 2, 1)
    assert (len(facts.answers[0].signatures), len(facts.answers[0].scopes)) == (3, 1)


def test_proof_is_intact_while_every_file_is_there(world: Stored, session: Session) -> None:
    person = world.citizen()
    consent = world.signed(person)
    assert _facts(world, person).answers[0].evidence_intact
    file = session.exec(select(Evidence)).one()
    for change in ({"purged_at": NOW}, {"purged_at": None, "damaged_at": NOW}):
        for name, value in change.items():
            setattr(file, name, value)
        assert not _facts(world, person).answers[0].evidence_intact
    file.damaged_at = None
    assert _facts(world, person).answers[0].evidence_intact
    world.lose_file(consent)
    assert not _facts(world, person).answers[0].evidence_intact


def test_a_written_yes_without_a_file_and_a_tombstone_are_no_proof(world: Stored, session: Session) -> None:
    person = world.citizen()
    consent = world.signed(person, files=False)
    assert not _facts(world, person).answers[0].evidence_intact
    colleague = world.colleague()
    said = world.said(colleague)
    assert _facts(world, colleague).answers[0].evidence_intact
    session.get_one(Consent, said).purged_at = NOW
    assert not _facts(world, colleague).answers[0].evidence_intact
    assert consent != said


def test_erased_and_unknown_people_have_no_facts(world: Stored, session: Session) -> None:
    person = world.citizen()
    session.get_one(Subject, person).erased_at = NOW
    assert person_facts(session, [person, "f" * 32], now=NOW) == {}
    assert person_facts(session, [], now=NOW) == {}


def test_an_unresolved_message_holds_whom_it_may_mean(world: Stored, session: Session) -> None:
    person = world.citizen()
    world.policy(PolicyKind.CITIZEN, Openness.ALLOWED)
    world.signed(person)
    message_id = new_id()
    text = sealed.seal(session, "Vega vil ikke mere", about=f"open_message:{message_id}:text")
    session.add(OpenMessage(id=message_id, text_sealed=text, unit_id=world.unit, received_at=NOW))
    people = world.people()
    assert people[person].open_messages == (NOW,)
    facts = GateFacts(world.draft, people)
    asked = may_publish(facts, Channel.INSTAGRAM, stage=Stage.PUBLISH, at=SLOT)
    assert asked.codes == {Code.WITHDRAWAL_UNRESOLVED}


def test_an_older_answer_written_down_late_overrules_nothing(world: Stored) -> None:
    """Backdated records are decided by when the answer was given."""
    world.assess()
    person = world.citizen()
    world.signed(person)
    before: datetime = SIGNED - timedelta(days=1)
    world.signed(person, signed=before, recorded=NOW, refusal=True, evidence=EvidenceKind.PAPER)
    assert world.scheduled().allowed
    world.signed(person, signed=NOW - timedelta(hours=1), recorded=NOW, refusal=True)
    assert world.scheduled().codes == {Code.REFUSED}


@pytest.mark.parametrize("openness", list(Openness))
def test_an_assessment_is_read_for_colleagues_when_the_unit_asks_for_one(
    world: Stored, openness: Openness
) -> None:
    world.assess()
    person = world.colleague()
    world.policy(PolicyKind.COLLEAGUE, openness)
    read = _facts(world, person).policy
    assert read.openness[PolicyKind.COLLEAGUE] is openness
    assert bool(read.assessments) is (openness is not Openness.ALLOWED)
    world.citizen()
    assert all(one.policy.assessments for one in world.people().values())
