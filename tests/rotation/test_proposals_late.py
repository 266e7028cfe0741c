"""Proposals that are used late, taken back late, or made beside other plans."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session

from branding.core.errors import Conflict, RuleBroken
from branding.core.isoweek import Week
from branding.core.text import Text
from branding.rotation import queries, service
from branding.rotation.service import solving
from branding.rotation.values import HolidayKind, HolidayRequest
from branding.rotation.values.planning import (
    CopyRequest,
    FillRequest,
    NewWeekRequest,
    ProposalState,
    ReplanRequest,
    RequestKind,
)
from branding.rotation.values.weeks import Block
from tests.rotation.factories import COMMUNICATIONS, NOW, make_areas, make_plan, make_slot
from tests.rotation.test_proposals import fill, filling, turns, undo, use

THIS_WEEK = Week.of(NOW.date())


@pytest.fixture
def units(session: Session) -> dict[str, int]:
    return make_areas(session)


def beside(session: Session, plan_id: int, name: str = "Takeover 2021") -> int:
    """Another plan on the same profile, as last year's mostly is."""
    other_id = make_plan(session, name)
    queries.plan_by_id(session, other_id).profile_id = queries.plan_by_id(session, plan_id).profile_id
    session.flush()
    return other_id


def lead(session: Session, proposal_id: int) -> list[Text]:
    page = service.proposal_page(session, queries.proposal_view(session, proposal_id), THIS_WEEK)
    return list(page.lead)


def test_a_unit_that_sits_out_may_have_had_turns_before_the_period(
    session: Session, units: dict[str, int]
) -> None:
    plan_id = make_plan(session)
    make_slot(session, plan_id, units["SAU"], 2, 2)
    shares = dict.fromkeys(units.values(), 1) | {units["SAU"]: 0}
    request = FillRequest(Week(2022, 10), Week(2022, 20), 2, 4, shares)
    assert lead(session, fill(session, plan_id, request))


def test_the_gap_is_kept_to_turns_of_another_plan_on_the_profile(
    session: Session, units: dict[str, int]
) -> None:
    """A plan a year is usual, so New Year is where this matters."""
    plan_id = make_plan(session, "Takeover 2027")
    last_year = beside(session, plan_id, "Takeover 2026")
    make_slot(session, last_year, units["Holmstrupgård"], 52, 2, year=2026)  # weeks 52 and 53
    make_slot(session, last_year, units["DOK"], 23, 2, year=2027)
    shares = dict.fromkeys(units.values(), 1)
    use(session, fill(session, plan_id, FillRequest(Week(2027, 1), Week(2027, 30), 2, 5, shares)))
    found = queries.slots_of_plan(session, plan_id)
    first = next(slot for slot in found if slot.unit_id == units["Holmstrupgård"])
    assert first.block.first >= Week(2027, 6)
    for slot in found:
        if slot.unit_id == units["DOK"]:
            assert slot.block.last <= Week(2027, 17) or slot.block.first >= Week(2027, 30)


def test_nobody_gets_a_broken_block_too_near_a_turn_in_another_plan(
    session: Session, units: dict[str, int]
) -> None:
    plan_id = make_plan(session)
    other_id = beside(session, plan_id)
    for place, name in enumerate(("SOH", "SAU", "IKH", "SOH", "SAU", "IKH")):
        make_slot(session, plan_id, units[name], 10 + 2 * place, 2)
    make_slot(session, plan_id, units["DOK"], 30, 2)
    make_slot(session, other_id, units["DOK"], 24, 2)
    for name in AREAS_LEFT:
        request = NewWeekRequest(units[name], RequestKind.BLOCKED, Block(Week(2022, 9), 30))
        service.add_request(session, COMMUNICATIONS, request, now=NOW)
    made = service.propose_replan(
        session, COMMUNICATIONS, plan_id, ReplanRequest(Week(2022, 20), None, units["IKH"]), now=NOW
    )
    page = service.proposal_page(session, queries.proposal_view(session, made), THIS_WEEK)
    assert all(one.after != units["DOK"] for one in page.changes.switches if one.block.first.number == 20)
    assert all(one.before != units["DOK"] for one in page.changes.switches), "what lies there may stay"


AREAS_LEFT = ("Holmstrupgård", "SUA", "SBU", "SVO")


def test_a_turn_that_reaches_into_the_weeks_of_a_dropout_is_given_away_whole(
    session: Session, units: dict[str, int]
) -> None:
    plan_id = make_plan(session)
    for place, name in enumerate(("SOH", "SAU", "IKH", "DOK")):
        make_slot(session, plan_id, units[name], 12 + 2 * place, 2)
    made = service.propose_replan(
        session, COMMUNICATIONS, plan_id, ReplanRequest(Week(2022, 15), None, units["SAU"]), now=NOW
    )
    page = service.proposal_page(session, queries.proposal_view(session, made), THIS_WEEK)
    assert [one.block.label for one in page.changes.switches if one.before == units["SAU"]] == ["14-15"]


def test_a_proposal_whose_first_week_is_over_is_not_used(session: Session, units: dict[str, int]) -> None:
    plan_id = make_plan(session)
    made = fill(session, plan_id, filling(units, 10, 20))
    late = NOW + timedelta(weeks=2)
    assert service.is_stale(session, queries.proposal_view(session, made), Week.of(late.date()))
    with pytest.raises(Conflict, match="plan_changed"):
        service.use_proposal(session, COMMUNICATIONS, made, "greedy", now=late)
    assert turns(session, plan_id) == []


def test_a_plan_that_was_made_for_a_copy_stays_when_somebody_has_planned_in_it(
    session: Session, units: dict[str, int]
) -> None:
    plan_id = make_plan(session)
    make_slot(session, plan_id, units["SAU"], 20)
    request = CopyRequest(2022, 2023, None, "Takeover 2023")
    made = service.propose_copy(session, COMMUNICATIONS, plan_id, request, now=NOW)
    new_id = use(session, made)
    make_slot(session, new_id, units["SOH"], 30, year=2023)
    session.commit()
    with pytest.raises(Conflict, match="slot_used"):
        undo(session, made)
    session.rollback()
    assert queries.plan_view(session, new_id).status == "active"
    assert len(turns(session, new_id)) == 2


def test_turns_are_not_put_back_into_weeks_that_are_holidays_by_now(
    session: Session, units: dict[str, int]
) -> None:
    """The unit takes weeks that another gives up, and its own stay empty: they may become a holiday."""
    plan_id = make_plan(session)
    soh = make_slot(session, plan_id, units["SOH"], 20, 2)
    sau = make_slot(session, plan_id, units["SAU"], 30, 2)
    for name, number, weeks in (("SOH", 20, 2), ("SAU", 20, 20), *((name, 20, 20) for name in OTHERS)):
        request = NewWeekRequest(units[name], RequestKind.BLOCKED, Block(Week(2022, number), weeks))
        service.add_request(session, COMMUNICATIONS, request, now=NOW)
    made = service.propose_replan(session, COMMUNICATIONS, plan_id, ReplanRequest(THIS_WEEK), now=NOW)
    page = service.proposal_page(session, queries.proposal_view(session, made), THIS_WEEK)
    assert [(one.slot_id, one.after.label) for one in page.changes.steps] == [(soh, "30-31")]
    assert page.changes.removed == (sau,)
    service.use_proposal(session, COMMUNICATIONS, made, page.answer, now=NOW)
    holiday = HolidayRequest(Week(2022, 20), "Lukket", HolidayKind.CLOSING)
    service.add_holidays(session, COMMUNICATIONS, [holiday], "", now=NOW)
    with pytest.raises(Conflict, match="weeks_are_holiday"):
        undo(session, made)


OTHERS = ("Holmstrupgård", "SUA", "SBU", "SVO", "IKH", "DOK")


def test_a_proposal_that_is_gone_stops_nobody_who_was_solving_it(
    session: Session, units: dict[str, int]
) -> None:
    made = fill(session, make_plan(session), filling(units))
    queries.proposal_by_id(session, made).state = ProposalState.WAITING
    session.flush()
    claimed = solving.claim(session, now=NOW)
    assert claimed is not None
    question, _ = solving.question_of(session, claimed)
    session.delete(queries.proposal_by_id(session, made))
    session.flush()
    solving.note_progress(session, claimed, "empty", 1.0, 0.0, now=NOW)
    solving.store(session, claimed, question, None, now=NOW)
    solving.give_up(session, claimed)


def test_a_removed_wish_does_not_come_back_into_weeks_that_are_blocked_now(
    session: Session, units: dict[str, int]
) -> None:
    weeks = Block(Week(2022, 20), 2)
    wish = NewWeekRequest(units["SAU"], RequestKind.WISH, weeks)
    wish_id = service.add_request(session, COMMUNICATIONS, wish, now=NOW)
    service.remove_request(session, COMMUNICATIONS, wish_id, now=NOW)
    blocked = NewWeekRequest(units["SAU"], RequestKind.BLOCKED, weeks)
    service.add_request(session, COMMUNICATIONS, blocked, now=NOW)
    with pytest.raises(RuleBroken, match="contradiction"):
        service.restore_request(session, COMMUNICATIONS, wish_id, now=NOW)
