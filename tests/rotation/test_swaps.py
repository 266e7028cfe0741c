from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, select

from branding.accounts import service as accounts
from branding.audit.models import AuditEntry
from branding.core.actor import Actor, Role
from branding.core.db import Database
from branding.core.errors import Conflict, Missing, NotAllowed, RuleBroken
from branding.core.isoweek import Week
from branding.outbox.models import OutboxMessage
from branding.outbox.values import Mail
from branding.rotation import queries
from branding.rotation import service as rotation
from branding.rotation.models import SlotSwap, SwapLink
from branding.rotation.rules.swap import offered, swap_steps, why_not
from branding.rotation.service import swaps as service
from branding.rotation.values import Block, MoveRequest, SlotStatus, SlotView
from branding.rotation.values.planning import NewWeekRequest, RequestKind
from branding.rotation.values.swaps import SwapRequest, SwapStatus
from tests.rotation.factories import (
    COMMUNICATIONS,
    NOW,
    READER,
    coordinator,
    make_areas,
    make_plan,
    make_slot,
    slot,
)
from tests.support.client import InspectingClient

TODAY = date(2022, 3, 1)
LETTERS = service.SwapLetters(
    lambda person, swap, token: Mail(person.email, "Spurgt", token),
    lambda person, swap: Mail(person.email, "Svaret", swap.status),
)


class World:
    """Two specialområder with a turn of two weeks each, and a coordinator in each."""

    def __init__(self, session: Session) -> None:
        self.units = make_areas(session)
        self.plan = make_plan(session)
        self.sau = make_slot(session, self.plan, self.units["SAU"], 20, 2)
        self.sua = make_slot(session, self.plan, self.units["SUA"], 30, 2)
        self.short = make_slot(session, self.plan, self.units["SVO"], 40, 1)
        self.asker = self._person(session, "sau@example.dk", "SAU")
        self.asked = self._person(session, "sua@example.dk", "SUA")
        session.commit()

    def _person(self, session: Session, email: str, unit: str) -> Actor:
        unit_id = self.units[unit]
        user_id = accounts.add_user(
            session, f"Kim {unit}", email, {(Role.COORDINATOR, unit_id)}, now=NOW, password="tre gule ænder"
        )
        roles = frozenset({Role.COORDINATOR})
        return Actor("user", user_id, f"Kim {unit}", email, roles, frozenset({unit_id}))

    def propose(self, session: Session, actor: Actor | None = None, message: str = "") -> int:
        request = SwapRequest(self.sau, self.sua, message)
        return service.propose_swap(session, actor or self.asker, request, LETTERS, today=TODAY, now=NOW)

    def weeks(self, session: Session) -> tuple[int, int]:
        return tuple(slot(session, one).block.first.number for one in (self.sau, self.sua))  # type: ignore[return-value]


@pytest.fixture
def world(session: Session) -> World:
    return World(session)


def answer(session: Session, actor: Actor, swap_id: int, stamp: str | None = None) -> None:
    stamp = queries.swap_view(session, swap_id, TODAY).stamp if stamp is None else stamp
    service.accept_swap(session, actor, swap_id, stamp, LETTERS, today=TODAY, now=NOW)


def a_slot(
    key: int, unit: int, first: int, weeks: int = 1, plan: int = 1, status: str = "confirmed"
) -> SlotView:
    block = Block(Week(2022, first), weeks)
    return SlotView(key, plan, "Plan", None, 1, unit, block, None, "", "", "", SlotStatus(status), 1, NOW)


@pytest.mark.parametrize(
    ("other", "today", "reason"),
    [
        (a_slot(2, 2, 30), date(2022, 3, 1), None),
        (a_slot(2, 2, 30, plan=2), date(2022, 3, 1), "different plans"),
        (a_slot(2, 1, 30), date(2022, 3, 1), "same unit"),
        (a_slot(2, 2, 30, weeks=2), date(2022, 3, 1), "equally long"),
        (a_slot(2, 2, 30, status="cancelled"), date(2022, 3, 1), "cancelled"),
        (a_slot(2, 2, 30, status="tentative"), date(2022, 3, 1), None),
        (a_slot(2, 2, 30), Week(2022, 20).monday, "begun"),
        (a_slot(2, 2, 18), Week(2022, 18).monday, "begun"),
        (a_slot(2, 2, 30), date(2022, 5, 15), None),
    ],
)
def test_two_slots_can_swap_when_nothing_is_in_the_way(
    other: SlotView, today: date, reason: str | None
) -> None:
    found = why_not(a_slot(1, 1, 20), other, today)
    assert (found is None) if reason is None else reason in str(found)


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 50), st.integers(1, 3)), min_size=2, max_size=8))
def test_a_swap_exchanges_exactly_two_blocks_and_twice_is_as_before(rows: list[tuple[int, int, int]]) -> None:
    slots = [a_slot(key, unit, first, weeks) for key, (unit, first, weeks) in enumerate(rows)]
    for other in offered(slots[0], slots, date(2021, 1, 1)):
        one, two = swap_steps(slots[0], other)
        assert (one.before, one.after) == (two.after, two.before)
        assert one.after.weeks == one.before.weeks


def test_the_other_unit_is_asked_by_mail_and_nothing_moves_before_the_answer(
    session: Session, world: World
) -> None:
    swap_id = world.propose(session, message="Vi har kursus")
    mails = session.exec(select(OutboxMessage)).all()
    assert [mail.to_address for mail in mails] == ["sua@example.dk"]
    assert mails[0].body not in session.exec(select(SwapLink)).one().model_dump().values()
    assert world.weeks(session) == (20, 30)
    assert queries.swap_view(session, swap_id, TODAY).is_open


def test_a_yes_exchanges_the_weeks_and_tells_who_asked(session: Session, world: World) -> None:
    swap_id = world.propose(session)
    answer(session, world.asked, swap_id)
    assert world.weeks(session) == (30, 20)
    swap = queries.swap_view(session, swap_id, TODAY)
    assert (swap.status, swap.answered_by) == (SwapStatus.ACCEPTED, world.asked.id)
    told = session.exec(select(OutboxMessage).where(OutboxMessage.to_address == "sau@example.dk")).one()
    assert told.body == "accepted"


def test_a_no_changes_nothing(session: Session, world: World) -> None:
    swap_id = world.propose(session)
    service.decline_swap(session, world.asked, swap_id, LETTERS, today=TODAY, now=NOW)
    assert world.weeks(session) == (20, 30)
    with pytest.raises(RuleBroken, match="swap_answered"):
        answer(session, world.asked, swap_id)


def test_a_swap_belongs_to_the_slots_and_survives_a_move_of_the_plan(session: Session, world: World) -> None:
    swap_id = world.propose(session)
    old_stamp = queries.swap_view(session, swap_id, TODAY).stamp
    moved = rotation.plan_move(session, COMMUNICATIONS, world.sua, Week(2022, 34))
    request = MoveRequest(world.sua, Week(2022, 34), moved.stamp)
    rotation.move_slots(session, COMMUNICATIONS, request, now=NOW)
    assert queries.swap_view(session, swap_id, TODAY).is_open
    with pytest.raises(Conflict):
        answer(session, world.asked, swap_id, old_stamp)
    answer(session, world.asked, swap_id)
    assert world.weeks(session) == (34, 20)
    moved = rotation.plan_move(session, COMMUNICATIONS, world.sau, Week(2022, 36))
    rotation.move_slots(session, COMMUNICATIONS, MoveRequest(world.sau, Week(2022, 36), moved.stamp), now=NOW)
    assert world.weeks(session) == (36, 20), "what was swapped stays swapped"


def test_a_stale_slot_stops_a_swap_with_a_reason(session: Session, world: World) -> None:
    swap_id = world.propose(session)
    rotation.remove_slot(session, COMMUNICATIONS, world.sua, now=NOW)
    swap = queries.swap_view(session, swap_id, TODAY)
    assert not swap.is_open and "cancelled" in str(swap.stale)
    with pytest.raises(RuleBroken, match="swap_stale"):
        answer(session, world.asked, swap_id)
    assert queries.open_swaps(session, TODAY) == []
    rotation.restore_slot(session, COMMUNICATIONS, world.sua, SlotStatus.CONFIRMED, now=NOW)
    assert queries.swap_view(session, swap_id, TODAY).is_open
    begun = Week(2022, 20).monday
    stamp = queries.swap_view(session, swap_id, begun).stamp
    with pytest.raises(RuleBroken, match="swap_stale"):
        service.accept_swap(session, world.asked, swap_id, stamp, LETTERS, today=begun, now=NOW)


def test_an_answer_can_be_taken_back_until_the_weeks_begin_or_somebody_moves_them(
    session: Session, world: World
) -> None:
    swap_id = world.propose(session)
    answer(session, world.asked, swap_id)
    service.undo_swap(session, world.asked, swap_id, LETTERS, today=TODAY, now=NOW)
    assert world.weeks(session) == (20, 30)
    assert queries.swap_view(session, swap_id, TODAY).is_open
    answer(session, world.asked, swap_id)
    with pytest.raises(RuleBroken, match="swap_stale"):
        service.undo_swap(session, world.asked, swap_id, LETTERS, today=Week(2022, 20).monday, now=NOW)
    moved = rotation.plan_move(session, COMMUNICATIONS, world.sau, Week(2022, 36))
    rotation.move_slots(session, COMMUNICATIONS, MoveRequest(world.sau, Week(2022, 36), moved.stamp), now=NOW)
    with pytest.raises(Conflict):
        service.undo_swap(session, world.asked, swap_id, LETTERS, today=TODAY, now=NOW)


def test_whoever_has_been_told_an_answer_is_told_that_it_is_taken_back(
    session: Session, world: World
) -> None:
    def told() -> list[tuple[str, str]]:
        wanted = select(OutboxMessage).where(OutboxMessage.to_address == "sau@example.dk")
        found = session.exec(wanted.order_by(OutboxMessage.id)).all()  # type: ignore[arg-type]
        return [(str(mail.status), mail.body) for mail in found]

    swap_id = world.propose(session)
    answer(session, world.asked, swap_id)
    service.undo_swap(session, world.asked, swap_id, LETTERS, today=TODAY, now=NOW)
    assert told() == [("cancelled", "")], "the answer has not left: nobody needs to hear of it"
    later = NOW + timedelta(hours=1)
    stamp = queries.swap_view(session, swap_id, TODAY).stamp
    service.accept_swap(session, world.asked, swap_id, stamp, LETTERS, today=TODAY, now=later)
    session.exec(select(OutboxMessage).where(OutboxMessage.body == "accepted")).one().status = "sent"
    later += timedelta(hours=1)
    service.undo_swap(session, world.asked, swap_id, LETTERS, today=TODAY, now=later)
    assert told()[1:] == [("sent", "accepted"), ("waiting", "proposed")]


def test_a_coordinator_sees_own_answered_swaps_however_many_others_have(
    session: Session, world: World
) -> None:
    mine = world.propose(session)
    service.decline_swap(session, world.asked, mine, LETTERS, today=TODAY, now=NOW)
    third = make_slot(session, world.plan, world.units["DOK"], 44)
    request = SwapRequest(world.short, third)
    for minute in range(25):
        now = NOW + timedelta(minutes=1 + minute)
        other = service.propose_swap(session, COMMUNICATIONS, request, LETTERS, today=TODAY, now=now)
        service.decline_swap(session, COMMUNICATIONS, other, LETTERS, today=TODAY, now=now)
    own = frozenset({world.units["SAU"]})
    assert [swap.id for swap in queries.swaps(session, TODAY, own)] == [mine]
    assert len(queries.swaps(session, TODAY)) == 20


def test_the_same_swap_is_asked_for_once(session: Session, world: World) -> None:
    world.propose(session)
    with pytest.raises(RuleBroken, match="asked_already"):
        world.propose(session)
    with pytest.raises(RuleBroken, match="swap_stale"):
        service.propose_swap(
            session, world.asker, SwapRequest(world.sau, world.short), LETTERS, today=TODAY, now=NOW
        )


def block(session: Session, unit_id: int, week: int) -> None:
    request = NewWeekRequest(unit_id, RequestKind.BLOCKED, Block(Week(2022, week)), "tilsyn")
    rotation.add_request(session, COMMUNICATIONS, request, now=NOW)


def test_nobody_asks_for_weeks_that_its_own_unit_has_blocked(session: Session, world: World) -> None:
    block(session, world.units["SAU"], 31)
    with pytest.raises(RuleBroken, match="weeks_blocked"):
        world.propose(session)


def test_whoever_answers_sees_what_the_unit_has_blocked_and_decides(session: Session, world: World) -> None:
    swap_id = world.propose(session)
    block(session, world.units["SUA"], 20)
    told = service.blocked_by_swap(session, queries.swap_view(session, swap_id, TODAY))
    assert [str(text) for text in told] == ["SUA has blocked week 20 (tilsyn)."]
    answer(session, world.asked, swap_id)
    assert world.weeks(session) == (30, 20)


def test_a_withdrawn_swap_takes_its_mail_back(session: Session, world: World) -> None:
    swap_id = world.propose(session)
    service.withdraw_swap(session, world.asker, swap_id, today=TODAY, now=NOW)
    assert session.exec(select(OutboxMessage)).one().status == "cancelled"
    with pytest.raises(RuleBroken, match="swap_answered"):
        answer(session, world.asked, swap_id)
    with pytest.raises(RuleBroken, match="swap_withdrawn"):
        service.undo_swap(session, world.asked, swap_id, LETTERS, today=TODAY, now=NOW)


def test_communications_decides_for_both_and_no_mail_asks_anybody(session: Session, world: World) -> None:
    swap_id = world.propose(session, COMMUNICATIONS)
    assert session.exec(select(OutboxMessage)).all() == []
    answer(session, COMMUNICATIONS, swap_id)
    assert world.weeks(session) == (30, 20)


def test_nobody_else_asks_or_answers(session: Session, world: World) -> None:
    with pytest.raises(NotAllowed):
        world.propose(session, READER)
    with pytest.raises(Missing):
        world.propose(session, coordinator(world.units["DOK"]))
    swap_id = world.propose(session)
    for stranger in (world.asker, coordinator(world.units["DOK"])):
        with pytest.raises(Missing):
            answer(session, stranger, swap_id)
    with pytest.raises(Missing):
        service.withdraw_swap(session, world.asked, swap_id, today=TODAY, now=NOW)


def test_every_step_is_in_the_log(session: Session, world: World) -> None:
    swap_id = world.propose(session)
    answer(session, world.asked, swap_id)
    service.undo_swap(session, world.asked, swap_id, LETTERS, today=TODAY, now=NOW)
    service.decline_swap(session, world.asked, swap_id, LETTERS, today=TODAY, now=NOW)
    service.undo_swap(session, world.asked, swap_id, LETTERS, today=TODAY, now=NOW)
    service.withdraw_swap(session, world.asker, swap_id, today=TODAY, now=NOW)
    tags = session.exec(select(AuditEntry.tag).where(AuditEntry.subject_kind == "slot_swap")).all()
    verbs = ["proposed", "accepted", "undone", "declined", "undone", "withdrawn"]
    assert tags == [f"rotation:swap:{verb}" for verb in verbs]


# --- pages ----------------------------------------------------------------------------------


@pytest.fixture
def then(at: Callable[[str], datetime]) -> datetime:
    return at("2022-03-01 10:00")


def link_of(session: Session, address: str) -> str:
    mail = session.exec(select(OutboxMessage).where(OutboxMessage.to_address == address)).one()
    session.commit()
    found = re.search(r"/swap-answer/\S+", mail.body)
    assert found
    return found[0]


def enter(client: InspectingClient, database: Database, actor: Actor) -> None:
    with database.transaction() as session:
        token = accounts.open_session(session, actor.id or 0, device="", now=datetime(2022, 3, 1, tzinfo=UTC))
    with client.session_transaction() as cookie:
        cookie["sign_in"] = token


def test_two_coordinators_swap_one_on_the_page_and_one_by_the_mailed_link(
    session: Session, database: Database, client: InspectingClient, world: World, then: datetime
) -> None:
    enter(client, database, world.asker)
    page = client.page(f"/slots/{world.sau}/swap")
    assert str(world.short) not in [option.get("value") for option in page.all("option")]
    page = client.send(f"/slots/{world.sau}/swap", {"other_id": world.sua, "message": "Vi har kursus"})
    assert "Kim SUA" in page.text() and page.path.startswith("/swaps/")
    assert "waits" not in page.text()
    link = link_of(session, "sua@example.dk")
    client.post("/sign-out")
    page = client.page(link)
    assert "Vi har kursus" in page.text() and "Uge" not in page.text("h1")
    assert client.get(link).status_code == 200, "looking uses nothing up"
    fields = page.fields("/accept")
    done = client.send(f"{link}/accept", fields)
    assert "De har byttet" in done.text()
    session.expire_all()
    assert world.weeks(session) == (30, 20)
    session.commit()
    again = client.send(f"{link}/accept", fields)
    assert "allerede" in again.source
    back = client.send(f"{link}/undo")
    assert back.fields("/accept")
    assert client.get("/swaps").status_code == 303, "the link opens this swap and nothing else"


def test_an_answer_to_what_has_changed_since_is_refused_and_shown(
    session: Session, client: InspectingClient, database: Database, world: World, then: datetime
) -> None:
    enter(client, database, world.asker)
    client.send(f"/slots/{world.sau}/swap", {"other_id": world.sua})
    link = link_of(session, "sua@example.dk")
    fields = client.page(link).fields("/accept")
    moved = rotation.plan_move(session, COMMUNICATIONS, world.sua, Week(2022, 34))
    rotation.move_slots(session, COMMUNICATIONS, MoveRequest(world.sua, Week(2022, 34), moved.stamp), now=NOW)
    session.commit()
    assert client.send(f"{link}/accept", fields, status=409)
    rotation.remove_slot(session, COMMUNICATIONS, world.sua, now=NOW)
    session.commit()
    page = client.page(link)
    assert "aflyst" in page.text()
    with pytest.raises(AssertionError):
        page.fields("/accept")


def test_a_link_is_worth_what_its_person_may_now(
    session: Session, client: InspectingClient, database: Database, world: World, then: datetime
) -> None:
    enter(client, database, world.asker)
    client.send(f"/slots/{world.sau}/swap", {"other_id": world.sua})
    link = link_of(session, "sua@example.dk")
    assert client.get("/swap-answer/nonsense").status_code == 404
    boss = Actor("user", 99, roles=frozenset({Role.ADMIN}))
    accounts.add_user(session, "Chef", "chef@example.dk", {(Role.ADMIN, None)}, now=NOW)
    accounts.deactivate(session, boss, world.asked.id or 0, now=NOW)
    session.commit()
    assert client.get(link).status_code == 404
    assert client.post(f"{link}/accept").status_code == 404
    assert session.exec(select(SlotSwap)).one().status == "proposed"


@pytest.mark.parametrize("role", ["reader", "dpo", "admin"])
def test_other_roles_see_no_swaps(
    client: InspectingClient, sign_in: Callable[..., int], world: World, session: Session, role: str
) -> None:
    swap_id = world.propose(session)
    session.commit()
    sign_in(role)
    for address in ("/swaps", f"/swaps/{swap_id}", f"/slots/{world.sau}/swap"):
        assert client.get(address).status_code == 403
    for verb in ("accept", "decline", "undo", "withdraw"):
        assert client.post(f"/swaps/{swap_id}/{verb}").status_code == 403


def test_a_coordinator_of_a_third_unit_sees_none_of_it(
    client: InspectingClient, sign_in: Callable[..., int], world: World, session: Session
) -> None:
    swap_id = world.propose(session)
    session.commit()
    sign_in("coordinator", world.units["DOK"])
    assert client.get(f"/swaps/{swap_id}").status_code == 404
    assert client.get(f"/slots/{world.sau}/swap").status_code == 404
    assert client.post(f"/swaps/{swap_id}/accept").status_code == 404
    assert "SAU" not in client.page("/swaps").text()


def test_the_list_has_what_waits_first(
    client: InspectingClient, sign_in: Callable[..., int], world: World, session: Session, then: datetime
) -> None:
    sign_in("communications")
    assert "Ingen byttede uger endnu" in client.page("/swaps").text()
    swap_id = world.propose(session)
    session.commit()
    page = client.page("/swaps")
    assert f"/swaps/{swap_id}" in page.links().values() and "venter på dig" in page.text()
    page = client.page(f"/swaps/{swap_id}")
    client.send(f"/swaps/{swap_id}/decline", page.fields("/decline"))
    assert "afvist" in client.page("/swaps").text()
