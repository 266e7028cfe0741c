"""A swap of slots takes the takeovers in them along."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlmodel import Session

from branding.core.actor import SYSTEM
from branding.core.errors import RuleBroken
from branding.core.isoweek import Week
from branding.outbox.values import Mail
from branding.rotation import queries as rotation
from branding.rotation import service as rotation_service
from branding.rotation.service import swaps
from branding.rotation.values import Block, NewSlot
from branding.rotation.values.swaps import SwapRequest
from branding.takeovers import queries
from branding.takeovers.service import takeovers
from branding.takeovers.values import PlanTakeover
from tests.support.client import InspectingClient
from tests.takeovers.factories import COMMUNICATIONS, takeover, world

At = Callable[[str], datetime]
LETTERS = swaps.SwapLetters(
    lambda person, swap, token: Mail(person.email, "", token), lambda person, swap: Mail(person.email, "", "")
)


def days(session: Session, key: int) -> tuple[date, date]:
    found = queries.takeover_view(session, key)
    return found.starts_on, found.ends_on


def two_slots(session: Session, now: datetime) -> tuple[int, int, int, int]:
    """SOH in weeks 45-46 and SVO in weeks 49-50, each with a takeover; both slots and both takeovers."""
    here = world(session, now)
    mine = takeover(session, here, now)
    block = Block(Week(2026, 49), 2)
    slot = rotation_service.add_slot(session, SYSTEM, NewSlot(here.plan, here.other_area, block), now=now)
    first = block.starts_on + timedelta(days=8)
    request = PlanTakeover(slot, here.other_area, first, first + timedelta(days=2))
    theirs = takeovers.plan_takeover(session, COMMUNICATIONS, request, now=now)
    return here.slot, slot, mine, theirs


def test_both_takeovers_keep_their_place_inside_their_slot(session: Session, at: At) -> None:
    now = at("2026-10-01 09:00")
    slot, other, mine, theirs = two_slots(session, now)
    request = SwapRequest(slot, other)
    before = days(session, mine), days(session, theirs)
    swap_id = swaps.propose_swap(session, COMMUNICATIONS, request, LETTERS, today=now.date(), now=now)
    stamp = rotation.swap_view(session, swap_id, now.date()).stamp
    swaps.accept_swap(session, COMMUNICATIONS, swap_id, stamp, LETTERS, today=now.date(), now=now)
    four_weeks = timedelta(weeks=4)
    assert days(session, mine) == tuple(day + four_weeks for day in before[0])
    assert days(session, theirs) == tuple(day - four_weeks for day in before[1])
    assert queries.takeover_view(session, mine).slot_id == slot
    swaps.undo_swap(session, COMMUNICATIONS, swap_id, LETTERS, today=now.date(), now=now)
    assert (days(session, mine), days(session, theirs)) == before


def test_a_takeover_that_is_live_keeps_its_slot_where_it_is(session: Session, at: At) -> None:
    now = at("2026-10-01 09:00")
    slot, other, mine, _ = two_slots(session, now)
    row = queries.takeover_by_id(session, mine)
    row.status = "live"
    session.flush()
    request = SwapRequest(slot, other)
    swap_id = swaps.propose_swap(session, COMMUNICATIONS, request, LETTERS, today=now.date(), now=now)
    stamp = rotation.swap_view(session, swap_id, now.date()).stamp
    with pytest.raises(RuleBroken, match="live"):
        swaps.accept_swap(session, COMMUNICATIONS, swap_id, stamp, LETTERS, today=now.date(), now=now)


def test_a_swap_that_a_takeover_stops_leaves_nothing_half_done(
    session: Session, client: InspectingClient, sign_in: Callable[..., int], at: At
) -> None:
    now = at("2026-10-01 09:00")
    slot, other, mine, _ = two_slots(session, now)
    queries.takeover_by_id(session, mine).status = "live"
    request = SwapRequest(slot, other)
    swap_id = swaps.propose_swap(session, COMMUNICATIONS, request, LETTERS, today=now.date(), now=now)
    session.commit()
    sign_in("communications")
    page = client.page(f"/swaps/{swap_id}")
    page = client.send(f"/swaps/{swap_id}/accept", page.fields("/accept"))
    assert "i gang" in page.source
    assert page.fields("/accept"), "the swap is still open"
    session.expire_all()
    assert rotation.slot_view(session, slot).block.first == Week(2026, 45)
