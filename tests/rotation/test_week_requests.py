"""Wishes and blocked weeks: who may write them down, and what they do to turns by hand."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session

from branding.audit.queries import entries
from branding.core.actor import Actor
from branding.core.errors import Missing, NotAllowed, RuleBroken
from branding.core.isoweek import Week
from branding.organisation import service as organisation
from branding.organisation.values import UnitRequest
from branding.rotation import queries, service
from branding.rotation.service import solving
from branding.rotation.values import Block
from branding.rotation.values.planning import NewWeekRequest, RequestKind
from tests.rotation.factories import (
    COMMUNICATIONS,
    NOW,
    READER,
    coordinator,
    make_areas,
    make_plan,
    make_slot,
)


@pytest.fixture
def units(session: Session) -> dict[str, int]:
    return make_areas(session)


def blocked(
    session: Session, unit_id: int, number: int, weeks: int = 1, *, actor: Actor = COMMUNICATIONS,
    reason: str = "", plan_id: int | None = None, kind: RequestKind = RequestKind.BLOCKED
) -> int:  # fmt: skip
    request = NewWeekRequest(unit_id, kind, Block(Week(2022, number), weeks), reason, plan_id)
    return service.add_request(session, actor, request, now=NOW)


def listed(session: Session) -> list[str]:
    found = queries.week_requests(session, Week(2022, 1).monday, Week(2022, 52).sunday)
    return [f"{one.kind} {one.block.label}" for one in found]


def tags(session: Session) -> list[str]:
    return [entry.tag for entry in entries(session, tag="rotation:request")[0]]


def test_a_request_is_added_removed_and_restored_and_the_log_says_so(
    session: Session, units: dict[str, int]
) -> None:
    request_id = blocked(session, units["SAU"], 20, 2, reason="orlov")
    assert listed(session) == ["blocked 20-21"]
    service.remove_request(session, COMMUNICATIONS, request_id, now=NOW)
    assert listed(session) == []
    service.restore_request(session, COMMUNICATIONS, request_id, now=NOW)
    assert listed(session) == ["blocked 20-21"]
    assert sorted(tags(session)) == [f"rotation:request:{verb}" for verb in ("added", "removed", "restored")]


def test_a_coordinator_writes_for_own_units_only(session: Session, units: dict[str, int]) -> None:
    own = coordinator(units["SAU"])
    blocked(session, units["SAU"], 20, actor=own)
    with pytest.raises(Missing):
        blocked(session, units["SOH"], 20, actor=own)
    others = blocked(session, units["SOH"], 22)
    for change in (service.remove_request, service.restore_request):
        with pytest.raises(Missing):
            change(session, own, others, now=NOW)


def test_a_reader_writes_nothing(session: Session, units: dict[str, int]) -> None:
    with pytest.raises(NotAllowed):
        blocked(session, units["SAU"], 20, actor=READER)


def test_the_same_weeks_twice_are_refused(session: Session, units: dict[str, int]) -> None:
    blocked(session, units["SAU"], 20, 2)
    with pytest.raises(RuleBroken, match="there_already"):
        blocked(session, units["SAU"], 20, 2)


def test_a_wish_in_blocked_weeks_is_refused(session: Session, units: dict[str, int]) -> None:
    blocked(session, units["SAU"], 20, 2)
    with pytest.raises(RuleBroken, match="contradiction"):
        blocked(session, units["SAU"], 21, kind=RequestKind.WISH)


def test_a_reason_is_a_few_words(session: Session, units: dict[str, int]) -> None:
    with pytest.raises(RuleBroken, match="too_long"):
        blocked(session, units["SAU"], 20, reason="x" * 81)


def test_a_new_turn_in_blocked_weeks_is_refused_with_the_reason(
    session: Session, units: dict[str, int]
) -> None:
    plan_id = make_plan(session)
    blocked(session, units["SAU"], 20, 2, reason="orlov")
    with pytest.raises(RuleBroken, match="weeks_blocked") as refused:
        make_slot(session, plan_id, units["SAU"], 21)
    assert "SAU has blocked week 20-21 (orlov). Choose other weeks" in str(refused.value.text)
    make_slot(session, plan_id, units["SOH"], 21)


def test_blocked_weeks_of_an_area_count_for_its_departments(session: Session, units: dict[str, int]) -> None:
    plan_id = make_plan(session, "Pilot", units["SOH"])
    wanted = UnitRequest("Høskoven", area_id=units["SOH"])
    unit_id = organisation.add_unit(session, COMMUNICATIONS, wanted, now=NOW)
    blocked(session, units["SOH"], 20)
    with pytest.raises(RuleBroken, match="weeks_blocked"):
        make_slot(session, plan_id, unit_id, 20)


def test_weeks_blocked_in_one_plan_are_open_in_others(session: Session, units: dict[str, int]) -> None:
    plan_id, other_id = make_plan(session), make_plan(session, "Anden")
    blocked(session, units["SAU"], 20, plan_id=plan_id)
    make_slot(session, other_id, units["SAU"], 20)
    with pytest.raises(RuleBroken, match="weeks_blocked"):
        make_slot(session, plan_id, units["SAU"], 20)


def test_a_move_into_blocked_weeks_says_so_before_nobody_loses_a_turn(
    session: Session, units: dict[str, int]
) -> None:
    plan_id = make_plan(session)
    slot_id = make_slot(session, plan_id, units["SAU"], 20)
    blocked(session, units["SAU"], 30, reason="orlov")
    plan = service.plan_move(session, COMMUNICATIONS, slot_id, Week(2022, 30))
    assert [str(text) for text in plan.consequences] == [
        "SAU moves from week 20 to week 30.",
        "SAU has blocked week 30 (orlov).",
        "Nobody loses a turn.",
    ]


def test_removed_requests_are_deleted_after_30_days(session: Session, units: dict[str, int]) -> None:
    request_id = blocked(session, units["SAU"], 20)
    service.remove_request(session, COMMUNICATIONS, request_id, now=NOW)
    assert solving.purge(session, now=NOW + timedelta(days=29)) == 0
    assert solving.purge(session, now=NOW + timedelta(days=31)) == 1
    with pytest.raises(Missing):
        queries.week_request_by_id(session, request_id)
