"""Every attempt leaves a row, and nothing is published without a fresh yes to exactly that."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from branding.consent.models import GateDecision
from branding.consent.service.decisions import LASTS, Decided, check_decision, decide, digest
from branding.consent.values.gate import Code, GateFacts, Stage
from branding.consent.values.records import Channel
from branding.core.actor import SYSTEM, Actor, Role
from branding.core.errors import RuleBroken
from tests.consent.worlds import DRAFT, NOW, SIGNED, SLOT, Facts, Stored

REFERENCE = "draft_version:12"


def _ask(session: Session, facts: GateFacts, stage: Stage = Stage.PUBLISH, **told: Any) -> Decided:
    told = {"at": None, "now": SLOT, **told}
    return decide(session, SYSTEM, REFERENCE, facts, Channel.INSTAGRAM, stage=stage, **told)


def _facts(tell: Callable[[Facts], object] = lambda world: world.said(world.colleague())) -> GateFacts:
    world = Facts()
    tell(world)
    return GateFacts(world.draft, world.people())


def test_a_yes_is_kept_with_what_it_rests_on(session: Session) -> None:
    facts = _facts()
    decided = _ask(session, facts)
    row = session.get_one(GateDecision, decided.id)
    assert (row.is_allowed, row.stage, row.channel, row.reference) == (
        True,
        "publish",
        "instagram",
        REFERENCE,
    )
    assert (row.asked_at, row.judged_for, row.asked_by_kind) == (SLOT, SLOT, "system")
    (person,) = facts.people.values()
    assert list(row.inputs["people"]) == [person.id]
    assert row.inputs["draft"]["reference"] == DRAFT
    assert row.inputs_sha256 == digest(row.inputs)


def test_a_no_is_kept_too_with_ids_and_no_names(session: Session) -> None:
    decided = _ask(session, _facts(lambda world: world.colleague("Alma")))
    row = session.get_one(GateDecision, decided.id)
    assert not row.is_allowed
    (reason,) = row.reasons
    assert reason["code"] == Code.NO_CONSENT
    assert "Alma" not in f"{row.reasons} {row.inputs}"


def test_what_cannot_be_understood_is_a_no_that_is_kept(session: Session) -> None:
    for nonsense in (GateFacts(None), replace(_facts(), people=None)):  # type: ignore[arg-type]
        for stage in (Stage.PUBLISH, Stage.SUBMIT):
            decided = _ask(session, nonsense, stage)
            assert decided.decision.codes == {Code.EVALUATION_ERROR}
            assert session.get_one(GateDecision, decided.id).inputs.keys() == {"unreadable"}


def test_every_attempt_leaves_its_own_row(session: Session) -> None:
    facts = _facts()
    for _ in range(3):
        _ask(session, facts)
    assert len(session.exec(select(GateDecision)).all()) == 3


def test_without_a_slot_the_earliest_lawful_instant_is_judged(session: Session) -> None:
    def tell(world: Facts) -> None:
        world.assess()
        world.signed(world.citizen(), signed=NOW, verified=NOW)

    facts = _facts(tell)
    decided = _ask(session, facts, Stage.APPROVE, now=NOW)
    assert decided.decision.allowed and decided.judged_for == NOW + timedelta(hours=24)
    wished = _ask(session, facts, Stage.APPROVE, now=NOW, at=NOW + timedelta(hours=1))
    assert wished.decision.earliest == NOW + timedelta(hours=24)


def test_publishing_is_judged_for_now_whatever_slot_is_told(session: Session) -> None:
    facts = _facts(lambda world: world.said(world.colleague(), until=(SLOT - timedelta(days=1)).date()))
    decided = _ask(session, facts, at=SIGNED + timedelta(days=1))
    assert decided.judged_for == SLOT and decided.decision.codes == {Code.EXPIRED}


def test_a_publisher_is_let_through_with_a_fresh_yes_only(session: Session) -> None:
    decided = _ask(session, _facts())
    for now in (SLOT, SLOT + LASTS):
        check_decision(session, decided.id, REFERENCE, Channel.INSTAGRAM, now)
    refused = {
        "too old": (decided.id, REFERENCE, Channel.INSTAGRAM, SLOT + LASTS + timedelta(seconds=1)),
        "before it was asked": (decided.id, REFERENCE, Channel.INSTAGRAM, SLOT - timedelta(seconds=1)),
        "another post": (decided.id, "draft_version:13", Channel.INSTAGRAM, SLOT),
        "another channel": (decided.id, REFERENCE, Channel.FACEBOOK, SLOT),
        "unknown": ("f" * 32, REFERENCE, Channel.INSTAGRAM, SLOT),
        "to approve": (_ask(session, _facts(), Stage.APPROVE).id, REFERENCE, Channel.INSTAGRAM, SLOT),
        "a no": (
            _ask(session, _facts(lambda world: world.colleague())).id,
            REFERENCE,
            Channel.INSTAGRAM,
            SLOT,
        ),
    }
    for told in refused.values():
        with pytest.raises(RuleBroken):
            check_decision(session, *told)


def test_no_role_and_no_argument_overrides_the_gate(session: Session) -> None:
    asked = ["session", "actor", "reference", "facts", "channel", "stage", "at", "now"]
    assert list(inspect.signature(decide).parameters) == asked
    facts = _facts(lambda world: world.colleague())
    for role in Role:
        actor = Actor("user", 1, roles=frozenset({role}))
        decided = decide(session, actor, REFERENCE, facts, Channel.INSTAGRAM, stage=Stage.PUBLISH, now=SLOT)
        assert not decided.decision.allowed


def test_facts_from_the_database_can_be_kept(session: Session) -> None:
    world = Stored(session)
    world.assess()
    person = world.citizen()
    world.signed(person)
    world.represent(person, "guardian_both")  # type: ignore[arg-type]
    world.withdraw(person, SIGNED - timedelta(days=1))
    facts = GateFacts(world.draft, world.people())
    decided = _ask(session, facts)
    assert decided.decision.allowed
    kept = session.get_one(GateDecision, decided.id).inputs["people"][person]
    assert len(kept["answers"]) == len(kept["withdrawals"]) == len(kept["representations"]) == 1
