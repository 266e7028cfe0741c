"""Holiday weeks on a real database: they shift the queue of every plan they meet, and can be undone."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import Session

from branding.core.errors import Conflict, NotAllowed, RuleBroken
from branding.core.isoweek import Week
from branding.rotation import queries, service
from branding.rotation.service import followers
from branding.rotation.values import HolidayKind, HolidayRequest, HolidaysAdded
from tests.rotation.factories import COMMUNICATIONS, NOW, READER, blocks, make_areas, make_plan, make_slot
from tests.rotation.test_plans_and_slots import Veto

CLOSED = HolidayRequest(Week(2022, 34), "lukket")


@pytest.fixture
def plan_id(session: Session) -> int:
    """SAU in week 33, SUA in 34, SVO in 35."""
    units = make_areas(session)
    plan_id = make_plan(session)
    for name, number in (("SAU", 33), ("SUA", 34), ("SVO", 35)):
        make_slot(session, plan_id, units[name], number)
    return plan_id


def add(session: Session, *requests: HolidayRequest) -> HolidaysAdded:
    stamp = service.plan_holidays(session, COMMUNICATIONS, requests).stamp
    return service.add_holidays(session, COMMUNICATIONS, requests, stamp, now=NOW)


def test_a_holiday_shifts_the_queue_from_there_and_tells_it_before(session: Session, plan_id: int) -> None:
    plan = service.plan_holidays(session, COMMUNICATIONS, [CLOSED])
    assert [str(text) for text in plan.consequences] == [
        "SUA moves from week 34 to week 35.",
        "SVO moves from week 35 to week 36.",
        "Nobody loses a turn.",
    ]
    add(session, CLOSED)
    assert blocks(session, plan_id) == {"1": "2022-W33", "2": "2022-W35", "3": "2022-W36"}


def test_a_holiday_is_undone_with_everything_it_shifted(
    session: Session, plan_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    follower = Veto()
    monkeypatch.setattr(followers, "_followers", [follower])
    before = blocks(session, plan_id)
    added = add(session, CLOSED)
    service.undo_holidays(session, COMMUNICATIONS, added, now=NOW)
    assert blocks(session, plan_id) == before
    assert queries.holiday_weeks_in(session, 2022) == []
    there, back = follower.shifted
    assert [(step.slot_id, step.before, step.after) for step in there] == [
        (step.slot_id, step.after, step.before) for step in back
    ]


def test_a_holiday_of_one_plan_leaves_the_others_alone(session: Session, plan_id: int) -> None:
    other = make_plan(session, "Pilot")
    add(session, HolidayRequest(Week(2022, 34), "lukket", plan_id=other))
    assert blocks(session, plan_id)["2"] == "2022-W34"


def test_what_was_shown_must_still_hold(session: Session, plan_id: int) -> None:
    with pytest.raises(Conflict):
        service.add_holidays(session, COMMUNICATIONS, [CLOSED], "stale", now=NOW)
    assert queries.holiday_weeks_in(session, 2022) == []


def test_a_week_is_a_holiday_once(session: Session) -> None:
    add(session, CLOSED)
    with pytest.raises(RuleBroken, match="holiday_exists"):
        add(session, CLOSED)


def test_a_move_by_a_person_is_not_undone_as_a_holiday(session: Session, plan_id: int) -> None:
    from branding.rotation.values import MoveRequest

    to = Week(2022, 40)
    stamp = service.plan_move(session, COMMUNICATIONS, 1, to).stamp
    move_id = service.move_slots(session, COMMUNICATIONS, MoveRequest(1, to, stamp), now=NOW)
    with pytest.raises(RuleBroken, match="not_by_holiday"):
        service.undo_holidays(session, COMMUNICATIONS, HolidaysAdded((), (move_id,)), now=NOW)


def test_a_removed_week_comes_back_unless_somebody_has_a_turn_there(session: Session) -> None:
    units = make_areas(session)
    plan_id = make_plan(session)
    added = add(session, CLOSED)
    was = service.remove_holiday(session, COMMUNICATIONS, added.holiday_ids[0], now=NOW)
    service.restore_holiday(session, COMMUNICATIONS, was, now=NOW)
    again = queries.holiday_weeks_in(session, 2022)
    assert [(one.week, one.name) for one in again] == [(CLOSED.week, "lukket")]
    service.remove_holiday(session, COMMUNICATIONS, again[0].id, now=NOW)
    make_slot(session, plan_id, units["SAU"], 34)
    with pytest.raises(Conflict):
        service.restore_holiday(session, COMMUNICATIONS, was, now=NOW)


def test_two_people_renaming_a_week_see_both_versions(session: Session) -> None:
    key = add(session, CLOSED).holiday_ids[0]
    service.edit_holiday(session, COMMUNICATIONS, key, "ferielukket", HolidayKind.CLOSING, 1, now=NOW)
    with pytest.raises(Conflict) as refused:
        service.edit_holiday(session, COMMUNICATIONS, key, "efterår", HolidayKind.SCHOOL, 1, now=NOW)
    assert (refused.value.mine[0][1], refused.value.theirs[0][1]) == ("efterår", "ferielukket")


def test_the_seed_fills_an_empty_table_once_and_leaves_touched_years_alone(session: Session) -> None:
    add(session, HolidayRequest(Week(2023, 40), "lukket"))
    assert service.seed_holiday_weeks(session, COMMUNICATIONS, now=NOW) > 30
    assert service.seed_holiday_weeks(session, COMMUNICATIONS, now=NOW) == 0
    assert [one.name for one in queries.holiday_weeks_in(session, 2023)] == ["lukket"]


def test_a_missing_next_year_is_told_and_filled_in(session: Session) -> None:
    service.seed_holiday_weeks(session, COMMUNICATIONS, now=NOW)
    assert queries.missing_holiday_years(session, date(2027, 5, 1)) == [2028]
    wanted = service.copied_holidays(session, 2028)
    assert {request.name for request in wanted} >= {"påskeferie", "juleferie", "sommerferie"}
    add(session, *wanted)
    assert queries.missing_holiday_years(session, date(2027, 5, 1)) == []
    assert service.copied_holidays(session, 2028) == []


def test_a_reader_changes_no_holidays(session: Session) -> None:
    with pytest.raises(NotAllowed):
        service.plan_holidays(session, READER, [CLOSED])
