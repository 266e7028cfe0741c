"""Replanning when hosts are at work: what lies in a turn moves with it, or keeps it where it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session

from branding.core.isoweek import Week
from branding.rotation import queries, service
from branding.rotation.values import Block, NewSlot
from branding.rotation.values.planning import FillRequest, NewWeekRequest, ReplanRequest, RequestKind
from branding.takeovers import queries as takeovers
from branding.takeovers.service.takeovers import cancel_takeover
from tests.support.client import InspectingClient
from tests.takeovers.factories import COMMUNICATIONS, World, takeover, world

NOW_TEXT = "2026-10-01 09:00"


def laid(session: Session, now: datetime) -> World:
    """SOH has weeks 45-46 with a takeover in the first, SVO has 47-48."""
    found = world(session, now)
    new = NewSlot(found.plan, found.other_area, Block(Week(2026, 47), 2))
    service.add_slot(session, COMMUNICATIONS, new, now=now)
    takeover(session, found, now)
    return found


def test_a_turn_with_a_takeover_is_named_before_and_when_the_plan_is_used(
    session: Session, client: InspectingClient, at: Callable[[str], datetime], sign_in: Callable[..., int]
) -> None:
    found = laid(session, at(NOW_TEXT))
    session.commit()
    sign_in("communications")
    form = client.page(f"/plans/{found.plan}/replan").fields()
    proposal = client.send(f"/plans/{found.plan}/replan", form | {"unit_id": str(found.area)})
    assert "Først skal disse ture være fri" in proposal.text()
    assert f"/slots/{found.slot}" in proposal.links().values()
    assert "Aflys takeoveren i uge 45-46, og kom tilbage hertil" in proposal.links()
    assert "Brug planen" not in proposal.text()
    again = client.send(f"{proposal.path}/again", proposal.fields("again"))
    assert "Aflys takeoveren i uge 45-46, og kom tilbage hertil" in again.links()
    refused = client.send(f"{again.path}/use", {"answer": "greedy"}, status=400)
    assert "Først skal disse ture være fri" in refused.text() and "Intet er skrevet" not in refused.text()
    session.expire_all()
    assert [slot.unit_id for slot in queries.slots_of_plan(session, found.plan)] == [
        found.area,
        found.other_area,
    ]
    (there,) = takeovers.takeovers_of_slots(session, [found.slot])
    cancel_takeover(session, COMMUNICATIONS, there.id, now=at(NOW_TEXT))
    session.commit()
    free = client.send(f"{again.path}/again", again.fields("again"))
    assert "Brug planen" in free.text() and "Først skal disse ture være fri" not in free.text()


def test_a_unit_that_only_gets_other_weeks_takes_its_takeover_along(
    session: Session, at: Callable[[str], datetime]
) -> None:
    now = at(NOW_TEXT)
    found = laid(session, now)
    for unit_id, number in ((found.area, 45), (found.other_area, 47)):
        request = NewWeekRequest(unit_id, RequestKind.BLOCKED, Block(Week(2026, number), 2))
        service.add_request(session, COMMUNICATIONS, request, now=now)
    wanted = ReplanRequest(Week(2026, 45))
    made = service.propose_replan(session, COMMUNICATIONS, found.plan, wanted, now=now)
    service.keep_objections(session, COMMUNICATIONS, made, now=now)
    page = service.proposal_page(session, queries.proposal_view(session, made), Week(2026, 40))
    assert len(page.changes.steps) == 2 and not page.changes.removed and not page.objections
    service.use_proposal(session, COMMUNICATIONS, made, page.answer, now=now)
    moved = takeovers.takeovers_of_slots(session, [found.slot])[0]
    assert Week.of(moved.starts_on) == Week(2026, 47)
    service.undo_proposal(session, COMMUNICATIONS, made, now=now)
    back = takeovers.takeovers_of_slots(session, [found.slot])[0]
    assert Week.of(back.starts_on) == Week(2026, 45)


def test_a_laid_turn_that_a_host_has_been_given_is_not_undone(
    session: Session, client: InspectingClient, at: Callable[[str], datetime], sign_in: Callable[..., int]
) -> None:
    from branding.takeovers.service.takeovers import plan_takeover
    from branding.takeovers.values import PlanTakeover

    now = at(NOW_TEXT)
    found = world(session, now)
    request = FillRequest(Week(2026, 47), Week(2026, 50), 2, 0, {found.area: 1, found.other_area: 1})
    made = service.propose_fill(session, COMMUNICATIONS, found.plan, request, now=now)
    service.use_proposal(session, COMMUNICATIONS, made, "greedy", now=now)
    slot = queries.slots_of_plan(session, found.plan)[1]
    days = slot.block.first.monday, slot.block.first.sunday
    plan_takeover(session, COMMUNICATIONS, PlanTakeover(slot.id, slot.unit_id, *days), now=now)
    session.commit()
    sign_in("communications")
    page = client.send(f"/plan-proposals/{made}/undo")
    assert "så intet blev fortrudt" in page.text()
    session.expire_all()
    assert len(queries.slots_of_plan(session, found.plan)) == 3
