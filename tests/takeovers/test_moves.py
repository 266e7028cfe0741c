"""Moving slots and takeovers: days follow, hosts hear, and undo leaves no trace."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session, select

from branding.core.actor import SYSTEM
from branding.core.errors import Conflict, RuleBroken
from branding.core.isoweek import Week
from branding.organisation import service as organisation
from branding.organisation.values import Channel, ProfileRequest
from branding.outbox.models import OutboxMessage
from branding.rotation import service as rotation
from branding.rotation.values import Block, HolidayRequest, MoveRequest, NewSlot, PlanRequest
from branding.takeovers import queries
from branding.takeovers.service import moves, takeovers, telling
from branding.takeovers.values import MoveTakeover, PlanTakeover
from tests.takeovers import factories
from tests.takeovers.factories import COMMUNICATIONS, Letters

NOW = datetime(2026, 10, 1, 9, tzinfo=UTC)


def move(session: Session, slot_id: int, to: str) -> int:
    plan = rotation.plan_move(session, COMMUNICATIONS, slot_id, Week.parse(to))
    request = MoveRequest(slot_id, plan.to, plan.stamp)
    return moves.move_slot(session, COMMUNICATIONS, request, now=NOW)


def days(session: Session, takeover_id: int) -> tuple[date, date]:
    view = queries.takeover_view(session, takeover_id)
    return view.starts_on, view.ends_on


def test_a_moved_slot_takes_its_takeovers_with_it_and_the_undo_brings_them_back(session: Session) -> None:
    world = factories.world(session, NOW)
    takeover_id = factories.takeover(session, world, NOW)
    before = days(session, takeover_id)
    move_id = move(session, world.slot, "2026-W47")
    assert days(session, takeover_id) == (date(2026, 11, 16), date(2026, 11, 22))
    due = {task.key: task.due_on for task in queries.tasks_of(session, takeover_id)}
    assert due["first-post"] == date(2026, 11, 16)
    assert moves.undo_slot_move(session, COMMUNICATIONS, move_id, now=NOW) == world.slot
    assert days(session, takeover_id) == before


def test_takeovers_of_slots_that_are_pushed_follow_too(session: Session) -> None:
    world = factories.world(session, NOW)
    pushed = rotation.add_slot(
        session, SYSTEM, NewSlot(world.plan, world.other_area, Block(Week(2026, 47), 2)), now=NOW
    )
    takeover_id = factories.takeover(session, world, NOW)
    other = takeovers.plan_takeover(
        session,
        COMMUNICATIONS,
        PlanTakeover(pushed, world.other_area, date(2026, 11, 16), date(2026, 11, 22)),
        now=NOW,
    )
    move(session, world.slot, "2026-W46")
    assert days(session, takeover_id)[0] == date(2026, 11, 9)
    assert days(session, other)[0] == date(2026, 11, 23)


def test_invited_hosts_hear_ten_minutes_later_and_an_undo_in_time_is_never_noticed(session: Session) -> None:
    world = factories.world(session, NOW)
    takeover_id = factories.takeover(session, world, NOW)
    factories.invited(session, takeover_id, NOW)
    letters = Letters()
    wording = telling.Letters(letters.moved, letters.called_off)
    move_id = move(session, world.slot, "2026-W47")
    assert telling.tell_hosts(session, wording, now=NOW + timedelta(minutes=9)) == 0
    moves.undo_slot_move(session, COMMUNICATIONS, move_id, now=NOW)
    assert telling.tell_hosts(session, wording, now=NOW + timedelta(minutes=30)) == 0
    move(session, world.slot, "2026-W47")
    move(session, world.slot, "2026-W48")
    assert telling.tell_hosts(session, wording, now=NOW + timedelta(minutes=10)) == 1
    mails = [m for m in session.exec(select(OutboxMessage)) if m.subject == "Flyttet"]
    assert [m.body for m in mails] == ["2026-11-23/2026-11-29"]


def test_a_slot_whose_takeover_is_on_stays(session: Session) -> None:
    world = factories.world(session, NOW)
    takeover_id = factories.takeover(session, world, NOW)
    host_id, _ = factories.invited(session, takeover_id, NOW)
    factories.accepted(session, host_id, NOW)
    takeovers.advance(session, today=date(2026, 11, 3), now=NOW)
    with pytest.raises(RuleBroken) as refusal:
        move(session, world.slot, "2026-W48")
    assert refusal.value.code == "live"


def test_a_takeover_moves_inside_its_slot_and_back(session: Session) -> None:
    world = factories.world(session, NOW)
    takeover_id = factories.takeover(session, world, NOW)
    version = queries.takeover_view(session, takeover_id).version
    request = MoveTakeover(takeover_id, date(2026, 11, 9), date(2026, 11, 12), version)
    back = moves.move_takeover(session, COMMUNICATIONS, request, now=NOW)
    assert days(session, takeover_id) == (date(2026, 11, 9), date(2026, 11, 12))
    moves.move_takeover(session, COMMUNICATIONS, back, now=NOW)
    assert days(session, takeover_id) == (date(2026, 11, 2), date(2026, 11, 8))


def test_the_second_of_two_movers_sees_both_versions(session: Session) -> None:
    takeover_id = factories.takeover(session, factories.world(session, NOW), NOW)
    version = queries.takeover_view(session, takeover_id).version
    first = MoveTakeover(takeover_id, date(2026, 11, 9), date(2026, 11, 12), version)
    moves.move_takeover(session, COMMUNICATIONS, first, now=NOW)
    second = MoveTakeover(takeover_id, date(2026, 11, 3), date(2026, 11, 4), version)
    with pytest.raises(Conflict) as clash:
        moves.move_takeover(session, COMMUNICATIONS, second, now=NOW)
    assert [value for _, value in clash.value.mine] == [date(2026, 11, 3), date(2026, 11, 4)]
    assert [value for _, value in clash.value.theirs] == [date(2026, 11, 9), date(2026, 11, 12)]


def test_a_takeover_does_not_move_out_of_its_slot_or_onto_another(session: Session) -> None:
    world = factories.world(session, NOW)
    takeover_id = factories.takeover(session, world, NOW, days=3)
    factories.takeover(session, world, NOW, starts_on=date(2026, 11, 5), days=2)
    for first, last in ((date(2026, 11, 1), date(2026, 11, 3)), (date(2026, 11, 6), date(2026, 11, 7))):
        version = queries.takeover_view(session, takeover_id).version
        request = MoveTakeover(takeover_id, first, last, version)
        with pytest.raises(RuleBroken):
            moves.move_takeover(session, COMMUNICATIONS, request, now=NOW)
    assert days(session, takeover_id) == (date(2026, 11, 2), date(2026, 11, 4))


def test_a_slot_with_a_takeover_is_not_removed_under_it(session: Session) -> None:
    world = factories.world(session, NOW)
    takeover_id = factories.takeover(session, world, NOW)
    with pytest.raises(RuleBroken) as refusal:
        rotation.remove_slot(session, COMMUNICATIONS, world.slot, now=NOW)
    assert refusal.value.code == "has_takeovers"
    takeovers.cancel_takeover(session, COMMUNICATIONS, takeover_id, now=NOW)
    rotation.remove_slot(session, COMMUNICATIONS, world.slot, now=NOW)


def test_a_takeover_that_is_called_off_moves_with_its_slot_and_can_come_back_there(session: Session) -> None:
    world = factories.world(session, NOW)
    takeover_id = factories.takeover(session, world, NOW)
    takeovers.cancel_takeover(session, COMMUNICATIONS, takeover_id, now=NOW)
    move(session, world.slot, "2026-W48")
    assert days(session, takeover_id) == (date(2026, 11, 23), date(2026, 11, 29))
    takeovers.reopen_takeover(session, COMMUNICATIONS, takeover_id, today=NOW.date(), now=NOW)
    assert queries.takeover_view(session, takeover_id).status == "planned"


def test_one_that_is_called_off_may_lie_on_another_ones_days_and_still_move(session: Session) -> None:
    world = factories.world(session, NOW)
    off = factories.takeover(session, world, NOW)
    takeovers.cancel_takeover(session, COMMUNICATIONS, off, now=NOW)
    on = factories.takeover(session, world, NOW)
    move(session, world.slot, "2026-W48")
    assert days(session, on) == days(session, off) == (date(2026, 11, 23), date(2026, 11, 29))


def test_a_slot_that_has_been_used_stays_where_it_was(session: Session) -> None:
    world = factories.world(session, NOW)
    takeover_id = factories.takeover(session, world, NOW)
    host_id, _ = factories.invited(session, takeover_id, NOW)
    factories.accepted(session, host_id, NOW)
    takeovers.advance(session, today=date(2026, 11, 10), now=NOW)
    assert queries.takeover_view(session, takeover_id).status == "closed"
    with pytest.raises(RuleBroken) as refusal:
        move(session, world.slot, "2026-W48")
    assert refusal.value.code == "closed"


def test_a_move_is_not_undone_into_a_week_that_has_become_a_holiday(session: Session) -> None:
    world = factories.world(session, NOW)
    move_id = move(session, world.slot, "2026-W48")
    holiday = HolidayRequest(Week(2026, 46), "Lukkeuge")
    rotation.add_holidays(session, COMMUNICATIONS, [holiday], "", now=NOW)
    with pytest.raises(Conflict) as refusal:
        moves.undo_slot_move(session, COMMUNICATIONS, move_id, now=NOW)
    assert refusal.value.code == "weeks_are_holiday"


def test_a_plan_does_not_change_profile_under_its_takeovers(session: Session) -> None:
    world = factories.world(session, NOW)
    takeover_id = factories.takeover(session, world, NOW)
    other = organisation.add_profile(
        session, SYSTEM, ProfileRequest(Channel.INSTAGRAM, "anden", "Anden"), now=NOW
    )
    wanted = PlanRequest("Takeover 2026", other, version=1)
    with pytest.raises(RuleBroken) as refusal:
        rotation.edit_plan(session, COMMUNICATIONS, world.plan, wanted, now=NOW)
    assert (refusal.value.code, refusal.value.field) == ("has_takeovers", "profile_id")
    takeovers.cancel_takeover(session, COMMUNICATIONS, takeover_id, now=NOW)
    rotation.edit_plan(session, COMMUNICATIONS, world.plan, wanted, now=NOW)
    takeovers.reopen_takeover(session, COMMUNICATIONS, takeover_id, today=NOW.date(), now=NOW)
    assert queries.takeover_view(session, takeover_id).profile_id == other
