"""Moving slots on a real database: exactly what was shown, once, and back again."""

from __future__ import annotations

import pytest
from sqlmodel import Session

from branding.core.errors import Conflict, Missing, NotAllowed, RuleBroken
from branding.core.isoweek import Week
from branding.rotation import queries, service
from branding.rotation.values import HolidayRequest, MoveRequest, SlotFacts
from tests.rotation.factories import (
    COMMUNICATIONS,
    NOW,
    READER,
    blocks,
    make_areas,
    make_plan,
    make_slot,
    slot,
)


@pytest.fixture
def plan_id(session: Session) -> int:
    """SAU in week 33, SUA in 34, SVO in 36; week 35 is closed."""
    units = make_areas(session)
    plan_id = make_plan(session)
    for name, number in (("SAU", 33), ("SUA", 34), ("SVO", 36)):
        make_slot(session, plan_id, units[name], number)
    service.add_holidays(session, COMMUNICATIONS, [HolidayRequest(Week(2022, 35), "lukket")], "", now=NOW)
    return plan_id


def move(session: Session, slot_id: int, to: Week) -> int:
    plan = service.plan_move(session, COMMUNICATIONS, slot_id, to)
    return service.move_slots(session, COMMUNICATIONS, MoveRequest(slot_id, to, plan.stamp), now=NOW)


def test_a_move_shows_what_follows_and_then_does_exactly_that(session: Session, plan_id: int) -> None:
    plan = service.plan_move(session, COMMUNICATIONS, 1, Week(2022, 34))
    assert [str(text) for text in plan.consequences] == [
        "SAU moves from week 33 to week 34.",
        "SUA moves from week 34 to week 36.",
        "SVO moves from week 36 to week 37.",
        "Nobody loses a turn.",
    ]
    service.move_slots(session, COMMUNICATIONS, MoveRequest(1, Week(2022, 34), plan.stamp), now=NOW)
    assert blocks(session, plan_id) == {"1": "2022-W34", "2": "2022-W36", "3": "2022-W37"}
    assert slot(session, 2).starts_on.isoformat() == "2022-09-05"


def test_a_move_is_undone_whole_and_only_once(session: Session, plan_id: int) -> None:
    before = blocks(session, plan_id)
    move_id = move(session, 1, Week(2022, 34))
    steps = service.undo_move(session, COMMUNICATIONS, move_id, now=NOW)
    assert steps[0].slot_id == 1
    assert blocks(session, plan_id) == before
    with pytest.raises(RuleBroken, match="already_undone"):
        service.undo_move(session, COMMUNICATIONS, move_id, now=NOW)


def test_a_move_planned_on_an_older_version_is_a_conflict(session: Session, plan_id: int) -> None:
    plan = service.plan_move(session, COMMUNICATIONS, 1, Week(2022, 34))
    version = slot(session, 2).version
    service.edit_slot(session, COMMUNICATIONS, SlotFacts(2, version, topic="Nyt emne"), now=NOW)
    with pytest.raises(Conflict) as refused:
        service.move_slots(session, COMMUNICATIONS, MoveRequest(1, Week(2022, 34), plan.stamp), now=NOW)
    assert refused.value.theirs
    assert blocks(session, plan_id)["1"] == "2022-W33"


def test_an_undo_does_not_take_a_later_change_with_it(session: Session, plan_id: int) -> None:
    first = move(session, 1, Week(2022, 34))
    move(session, 1, Week(2022, 45))
    with pytest.raises(Conflict):
        service.undo_move(session, COMMUNICATIONS, first, now=NOW)


def test_an_undo_does_not_push_somebody_out_of_weeks_given_away_since(session: Session, plan_id: int) -> None:
    move_id = move(session, 1, Week(2022, 45))
    make_slot(session, plan_id, slot(session, 2).unit_id, 33)
    with pytest.raises(Conflict, match="weeks_taken"):
        service.undo_move(session, COMMUNICATIONS, move_id, now=NOW)


def test_a_move_over_new_year_keeps_weeks_and_days_together(session: Session, plan_id: int) -> None:
    move(session, 3, Week(2023, 1))
    moved = slot(session, 3)
    assert (str(moved.block.first), moved.starts_on.isoformat()) == ("2023-W01", "2023-01-02")


def test_a_cancelled_slot_is_not_moved_and_gives_no_way(session: Session, plan_id: int) -> None:
    service.remove_slot(session, COMMUNICATIONS, 2, now=NOW)
    with pytest.raises(RuleBroken, match="slot_cancelled"):
        service.plan_move(session, COMMUNICATIONS, 2, Week(2022, 40))
    assert len(service.plan_move(session, COMMUNICATIONS, 1, Week(2022, 34)).steps) == 1


def test_who_may_not_move_is_refused_and_nobody_moves_what_is_not_there(
    session: Session, plan_id: int
) -> None:
    with pytest.raises(NotAllowed):
        service.plan_move(session, READER, 1, Week(2022, 40))
    with pytest.raises(Missing):
        service.plan_move(session, COMMUNICATIONS, 99, Week(2022, 40))
    with pytest.raises(Missing):
        service.undo_move(session, COMMUNICATIONS, 99, now=NOW)


def test_the_nearest_turn_is_found_on_both_sides(session: Session, plan_id: int) -> None:
    assert queries.nearest_slot_date(session, Week(2022, 34).monday) == Week(2022, 34).monday
    assert queries.nearest_slot_date(session, Week(2024, 1).monday) == Week(2022, 36).sunday
    assert queries.nearest_slot_date(session, Week(2021, 1).monday) == Week(2022, 33).monday


def test_slots_between_two_days_leave_out_archived_plans_and_cancelled_turns(
    session: Session, plan_id: int
) -> None:
    first, last = Week(2022, 33).sunday, Week(2022, 36).monday
    assert [found.id for found in queries.slots_between(session, first, last)] == [1, 2, 3]
    service.remove_slot(session, COMMUNICATIONS, 2, now=NOW)
    assert [found.id for found in queries.slots_between(session, first, last)] == [1, 3]
    service.archive_plan(session, COMMUNICATIONS, plan_id, now=NOW)
    assert queries.slots_between(session, first, last) == []
    assert len(queries.slots_between(session, first, last, [plan_id])) == 2
    assert queries.nearest_slot_date(session, first) is None
