"""Leaders are told early, say OK or no to hosts, and hear of what changes; on a real database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event
from sqlmodel import Session, select

from branding.core.actor import SYSTEM, Actor, Role
from branding.core.errors import Missing, NotAllowed, RuleBroken
from branding.core.isoweek import Week
from branding.organisation import queries as organisation_queries
from branding.organisation import service as organisation
from branding.organisation.values import UnitRequest
from branding.outbox.values import Mail
from branding.rotation import service as rotation
from branding.rotation.values import Block, MoveRequest, NewSlot, SlotFacts, SlotStatus
from branding.takeovers import queries
from branding.takeovers.models import LeaderAsk, LeaderLink
from branding.takeovers.queries import leader_pages
from branding.takeovers.service import hosts, leaders, moves, takeovers, telling_leaders, volunteers
from branding.takeovers.values import Answer, LeaderAnswer, LeaderState, NameHost, PlanTakeover, SignUp
from tests.takeovers import factories
from tests.takeovers.factories import COMMUNICATIONS, LeaderLetters, World

NOW = datetime(2026, 10, 1, 9, tzinfo=UTC)
TODAY = NOW.date()
OK, NO = LeaderAnswer.OK, LeaderAnswer.NO


@pytest.fixture
def letters() -> LeaderLetters:
    return LeaderLetters()


@pytest.fixture
def world(session: Session) -> World:
    made = factories.world(session, NOW)
    factories.with_leaders(session, made, NOW)
    return made


def ask(session: Session, letters: LeaderLetters, today: date = TODAY, now: datetime = NOW) -> int:
    return leaders.ask_leaders(session, letters.asked, today=today, now=now)


def tell(session: Session, letters: LeaderLetters, minutes: int) -> int:
    now = NOW + timedelta(minutes=minutes)
    is_needed = telling_leaders.anything_to_do(session, today=TODAY, now=now)
    count = telling_leaders.tell_leaders(session, letters.wording(), today=TODAY, now=now)
    assert is_needed or not count
    return count


def name(session: Session, takeover_id: int, person: str = "Mette") -> int:
    request = NameHost(f"{person} Prøve", f"{person.lower()}@example.dk")
    return hosts.name_host(session, COMMUNICATIONS, takeover_id, request, today=TODAY, now=NOW)


def the_ask(session: Session) -> LeaderAsk:
    return session.exec(select(LeaderAsk)).one()


def move(session: Session, slot_id: int, to: str) -> int:
    plan = rotation.plan_move(session, COMMUNICATIONS, slot_id, Week.parse(to))
    return moves.move_slot(session, COMMUNICATIONS, MoveRequest(slot_id, plan.to, plan.stamp), now=NOW)


def test_a_leader_is_told_once_eight_weeks_ahead(
    session: Session, world: World, letters: LeaderLetters
) -> None:
    early = date(2026, 9, 6)  # the slot begins on 2 November
    assert ask(session, letters, early) == 0
    assert ask(session, letters, early + timedelta(days=1)) == 1
    assert ask(session, letters, early + timedelta(days=1)) == 0
    assert factories.mails(session) == [("lone@example.dk", "asked")]
    assert "takeovers:leader:asked" in factories.tags(session)


def test_nearer_slots_are_told_at_once_and_those_that_have_begun_never(
    session: Session, world: World, letters: LeaderLetters
) -> None:
    assert ask(session, letters, date(2026, 11, 2)) == 0
    assert ask(session, letters, date(2026, 11, 1)) == 1


def test_nobody_is_told_when_no_leader_is_registered(session: Session, letters: LeaderLetters) -> None:
    bare = factories.world(session, NOW)
    assert ask(session, letters) == 0
    slot = leader_pages.rotation.slot_view(session, bare.slot)
    assert [one.email for one in leader_pages.leaders_of_slot(session, slot)] == [""]


def test_a_departments_takeover_is_asked_of_its_own_leader_or_else_of_the_areas(
    session: Session, world: World, letters: LeaderLetters
) -> None:
    request = PlanTakeover(world.slot, world.department, date(2026, 11, 2), date(2026, 11, 4))
    takeovers.plan_takeover(session, COMMUNICATIONS, request, now=NOW)
    assert ask(session, letters) == 1  # one leader, one mail, for both units
    factories.department_leader(session, world, NOW)
    assert ask(session, letters) == 1
    assert factories.mails(session) == [("lone@example.dk", "asked"), ("dan@example.dk", "asked")]


def test_only_a_hash_of_the_link_is_kept(session: Session, world: World, letters: LeaderLetters) -> None:
    ask(session, letters)
    link = session.exec(select(LeaderLink)).one()
    assert letters.tokens[0] not in link.token_hash
    assert queries.find_leader_link(session, letters.tokens[0]) is not None
    assert queries.find_leader_link(session, letters.tokens[0] + "x") is None


def test_a_leader_says_ok_and_may_change_the_answer_until_the_days_begin(
    session: Session, world: World, letters: LeaderLetters
) -> None:
    takeover_id = factories.takeover(session, world, NOW)
    host_id = name(session, takeover_id)
    ask(session, letters)
    actor = leaders.leader_actor(the_ask(session))
    assert state(session, takeover_id) == LeaderState.WAITING
    leaders.answer(session, actor, Answer(host_id, OK), today=TODAY, now=NOW)
    assert state(session, takeover_id) == LeaderState.OK
    leaders.answer(session, actor, Answer(host_id, NO, "På ferie"), today=TODAY, now=NOW)
    view = queries.host_view(session, host_id)
    assert (view.leader_answer, view.leader_note, view.leader_answered_at) == (NO, "På ferie", NOW)
    assert [r.name for r in queries.hosts_refused_by_leader(session, TODAY)] == ["Mette Prøve"]
    with pytest.raises(RuleBroken) as refusal:
        leaders.answer(session, actor, Answer(host_id, OK), today=date(2026, 11, 2), now=NOW)
    assert refusal.value.code == "has_begun"
    assert factories.tags(session).count("takeovers:leader:answered") == 2


def state(session: Session, takeover_id: int) -> LeaderState:
    return leader_pages.leader_states(session, [queries.takeover_view(session, takeover_id)])[takeover_id]


def test_a_leader_answers_for_no_other_slot_and_no_other_department(
    session: Session, world: World, letters: LeaderLetters
) -> None:
    takeover_id = factories.takeover(session, world, NOW)
    own = name(session, takeover_id)
    factories.department_leader(session, world, NOW)
    request = PlanTakeover(world.slot, world.department, date(2026, 11, 9), date(2026, 11, 15))
    other = name(session, takeovers.plan_takeover(session, COMMUNICATIONS, request, now=NOW), "Bo")
    ask(session, letters)
    asks = {one.unit_id: one for one in session.exec(select(LeaderAsk))}
    area, department = (leaders.leader_actor(asks[key]) for key in (world.area, world.department))
    for actor, mine, theirs in ((area, own, other), (department, other, own)):
        leaders.answer(session, actor, Answer(mine, OK), today=TODAY, now=NOW)
        with pytest.raises(Missing):
            leaders.answer(session, actor, Answer(theirs, OK), today=TODAY, now=NOW)
    page = leader_pages.leader_page(session, asks[world.area], TODAY)
    assert [(one.host.id, one.is_mine) for one in page.hosts] == [(own, True), (other, False)]


def test_a_host_who_is_named_later_is_asked_about_once(
    session: Session, world: World, letters: LeaderLetters
) -> None:
    takeover_id = factories.takeover(session, world, NOW)
    first = name(session, takeover_id)
    ask(session, letters)  # the first mail names Mette already
    assert tell(session, letters, 0) == 0
    name(session, takeover_id, "Bo")
    assert tell(session, letters, 1) == 1
    assert tell(session, letters, 60) == 0
    assert factories.mails(session) == [("lone@example.dk", "asked"), ("lone@example.dk", "named")]
    assert queries.host_by_id(session, first).leader_asked_at == NOW
    for token in letters.tokens:
        assert queries.find_leader_link(session, token)[0].revoked_at is None  # type: ignore[index]


def test_a_name_that_was_put_down_by_mistake_is_not_asked_about(
    session: Session, world: World, letters: LeaderLetters
) -> None:
    takeover_id = factories.takeover(session, world, NOW)
    ask(session, letters)
    host_id = name(session, takeover_id)
    tell(session, letters, 1)
    hosts.remove_host(session, COMMUNICATIONS, host_id, today=TODAY, now=NOW)
    assert factories.mails(session) == [("lone@example.dk", "asked")]
    hosts.restore_host(session, COMMUNICATIONS, host_id, today=TODAY, now=NOW)
    assert tell(session, letters, 20) == 1


def test_other_weeks_are_told_ten_minutes_later_and_an_undo_in_time_is_never_noticed(
    session: Session, world: World, letters: LeaderLetters
) -> None:
    ask(session, letters)
    move_id = move(session, world.slot, "2026-W47")
    assert [tell(session, letters, minute) for minute in (1, 9)] == [0, 0]
    moves.undo_slot_move(session, COMMUNICATIONS, move_id, now=NOW)
    assert tell(session, letters, 30) == 0
    move(session, world.slot, "2026-W48")
    assert [tell(session, letters, minute) for minute in (31, 42, 60)] == [0, 1, 0]
    assert factories.mails(session)[1:] == [("lone@example.dk", "moved")]
    row = the_ask(session)
    assert (row.told_starts_on, row.told_ends_on) == (date(2026, 11, 23), date(2026, 12, 6))


def test_a_slot_that_is_called_off_is_told_and_so_is_its_return(
    session: Session, world: World, letters: LeaderLetters
) -> None:
    ask(session, letters)
    before = rotation.remove_slot(session, COMMUNICATIONS, world.slot, now=NOW)
    assert [tell(session, letters, minute) for minute in (0, 10, 20)] == [0, 1, 0]
    rotation.restore_slot(session, COMMUNICATIONS, world.slot, before, now=NOW)
    assert [tell(session, letters, minute) for minute in (30, 40, 50)] == [0, 1, 0]
    assert [subject for _, subject in factories.mails(session)] == ["asked", "off", "moved"]


def test_sending_again_goes_to_the_leader_of_today_and_closes_the_links_before(
    session: Session, world: World, letters: LeaderLetters
) -> None:
    ask(session, letters)
    send = (session, COMMUNICATIONS, world.slot, world.area, letters.asked)
    leaders.send_to_leader(*send, today=TODAY, now=NOW)
    first, second = (queries.find_leader_link(session, token) for token in letters.tokens)
    assert first is not None and first[0].revoked_at == NOW
    assert second is not None and second[0].revoked_at is None
    leaders.revoke_leader_link(session, COMMUNICATIONS, world.slot, world.area, now=NOW)
    assert second[0].revoked_at == NOW
    assert factories.tags(session)[-1] == "takeovers:leader:link-revoked"
    with pytest.raises(RuleBroken):
        leaders.send_to_leader(*send, today=date(2027, 1, 1), now=NOW)
    with pytest.raises(Missing):
        leaders.send_to_leader(
            session, COMMUNICATIONS, world.slot, world.other_area, letters.asked, today=TODAY, now=NOW
        )


def test_only_those_who_name_hosts_may_send_to_the_leader(
    session: Session, world: World, letters: LeaderLetters
) -> None:
    stranger = Actor("user", 2, roles=frozenset({Role.COORDINATOR}), units=frozenset({world.other_area}))
    reader = Actor("user", 3, roles=frozenset({Role.READER}))
    for actor, error in ((stranger, Missing), (reader, NotAllowed)):
        with pytest.raises(error):
            leaders.send_to_leader(
                session, actor, world.slot, world.area, letters.asked, today=TODAY, now=NOW
            )
        with pytest.raises(error):
            leaders.revoke_leader_link(session, actor, world.slot, world.area, now=NOW)


def test_another_person_is_asked_about_anew(session: Session, world: World, letters: LeaderLetters) -> None:
    takeover_id = factories.takeover(session, world, NOW)
    host_id = name(session, takeover_id)
    ask(session, letters)
    actor = leaders.leader_actor(the_ask(session))
    leaders.answer(session, actor, Answer(host_id, OK), today=TODAY, now=NOW)
    typo = NameHost("Mette Prøve", "mette.proeve@example.dk", version=1)
    hosts.change_host(session, COMMUNICATIONS, host_id, typo, today=TODAY, now=NOW)
    assert state(session, takeover_id) == LeaderState.OK
    other = NameHost("Bo Prøve", "bo@example.dk", version=2)
    hosts.change_host(session, COMMUNICATIONS, host_id, other, today=TODAY, now=NOW)
    assert state(session, takeover_id) == LeaderState.WAITING
    assert tell(session, letters, 1) == 1


def test_a_question_that_has_not_left_goes_with_the_person_and_with_the_takeover(
    session: Session, world: World, letters: LeaderLetters
) -> None:
    takeover_id = factories.takeover(session, world, NOW)
    ask(session, letters)
    host_id = name(session, takeover_id)
    assert tell(session, letters, 1) == 1
    other = NameHost("Bo Prøve", "bo@example.dk", version=1)
    hosts.change_host(session, COMMUNICATIONS, host_id, other, today=TODAY, now=NOW)
    assert tell(session, letters, 2) == 1
    assert [subject for _, subject in factories.mails(session)] == ["asked", "named"]  # Bo, not Mette
    takeovers.cancel_takeover(session, COMMUNICATIONS, takeover_id, now=NOW)
    assert [subject for _, subject in factories.mails(session)] == ["asked"]
    takeovers.reopen_takeover(session, COMMUNICATIONS, takeover_id, today=TODAY, now=NOW)
    assert tell(session, letters, 3) == 1


def test_a_tentative_slot_waits_until_it_is_fixed_or_its_days_are_planned(
    session: Session, world: World, letters: LeaderLetters
) -> None:
    for status, version in ((SlotStatus.TENTATIVE, 1), (SlotStatus.CONFIRMED, 2), (SlotStatus.TENTATIVE, 3)):
        request = SlotFacts(world.slot, version, None, "", "", "", status)
        rotation.edit_slot(session, COMMUNICATIONS, request, now=NOW)
        trial = session.begin_nested()
        assert ask(session, letters) == (status == SlotStatus.CONFIRMED)
        trial.rollback()
    factories.takeover(session, world, NOW)
    assert ask(session, letters) == 1


def test_cancelled_slots_and_plans_that_are_put_away_are_not_asked_about(
    session: Session, world: World, letters: LeaderLetters
) -> None:
    before = rotation.remove_slot(session, COMMUNICATIONS, world.slot, now=NOW)
    assert ask(session, letters) == 0
    rotation.restore_slot(session, COMMUNICATIONS, world.slot, before, now=NOW)
    rotation.archive_plan(session, COMMUNICATIONS, world.plan, now=NOW)
    assert ask(session, letters) == 0


def new_leader(session: Session, world: World, person: str, email: str) -> None:
    unit = organisation_queries.unit_by_id(session, world.area)
    request = UnitRequest(unit.name, unit.short_name, leader=(person, email))
    organisation.change_unit(session, COMMUNICATIONS, world.area, request, unit.version, now=NOW)


def test_a_new_leader_is_asked_and_the_one_before_hears_and_sees_nothing_more(
    session: Session, world: World, letters: LeaderLetters
) -> None:
    takeover_id = factories.takeover(session, world, NOW)
    ask(session, letters)
    factories.delivered(session)
    new_leader(session, world, "Nina Prøve", "nina@example.dk")
    assert not leader_pages.is_their_leader(session, the_ask(session))
    name(session, takeover_id)
    move(session, world.slot, "2026-W47")
    assert [tell(session, letters, minute) for minute in (1, 12, 30)] == [0, 0, 0]
    assert ask(session, letters) == 1
    assert ask(session, letters) == 0
    assert factories.mails(session) == [("lone@example.dk", "asked"), ("nina@example.dk", "asked")]
    first, second = (queries.find_leader_link(session, token) for token in letters.tokens)
    assert first is not None and first[0].revoked_at == NOW
    assert second is not None and second[0].revoked_at is None
    assert leader_pages.is_their_leader(session, the_ask(session))


def test_following_many_slots_asks_the_database_no_more_than_following_one(
    session: Session, world: World, letters: LeaderLetters
) -> None:
    sent: list[str] = []
    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", lambda *facts: sent.append(facts[2]))
    counts = []
    for week in (48, 49, 50):
        rotation.add_slot(session, SYSTEM, NewSlot(world.plan, world.area, Block(Week(2026, week))), now=NOW)
        ask(session, letters, date(2026, 10, 20))
        session.flush()
        sent.clear()
        assert not telling_leaders.anything_to_do(session, today=TODAY, now=NOW)
        counts.append(len(sent))
    assert len(set(counts)) == 1


def test_what_is_moved_into_the_past_is_no_news(
    session: Session, world: World, letters: LeaderLetters
) -> None:
    ask(session, letters)
    before = rotation.remove_slot(session, COMMUNICATIONS, world.slot, now=NOW)
    tell(session, letters, 0)
    assert tell(session, letters, 10) == 1
    rotation.restore_slot(session, COMMUNICATIONS, world.slot, before, now=NOW)
    later = datetime(2026, 11, 20, 9, tzinfo=UTC)
    for minutes in (0, 20):
        now = later + timedelta(minutes=minutes)
        assert telling_leaders.tell_leaders(session, letters.wording(), today=later.date(), now=now) == 0


def test_a_question_that_has_been_answered_is_not_asked(
    session: Session, world: World, letters: LeaderLetters
) -> None:
    takeover_id = factories.takeover(session, world, NOW)
    ask(session, letters)
    host_id = name(session, takeover_id)
    tell(session, letters, 1)
    acting = leaders.leader_actor(the_ask(session))
    leaders.answer(session, acting, Answer(host_id, LeaderAnswer.OK), today=TODAY, now=NOW)
    assert factories.mails(session) == [("lone@example.dk", "asked")]
    assert tell(session, letters, 20) == 0


def test_a_leader_who_knows_the_days_is_named_before_a_move(
    session: Session, world: World, letters: LeaderLetters
) -> None:
    steps = rotation.plan_move(session, COMMUNICATIONS, world.slot, Week(2026, 46)).steps
    assert moves.leaders_told(session, steps, TODAY) == []
    ask(session, letters)
    assert [one.name for one in moves.leaders_told(session, steps, TODAY)] == ["Lone Prøve"]
    assert str(moves.freed(steps).params["weeks"]) == "45"  # type: ignore[union-attr]


def _told(request: SignUp, unit_id: int, token: str) -> Mail:
    return Mail(request.email, "På listen", token)


def test_who_hosts_already_is_not_on_the_leaders_list(
    session: Session, world: World, letters: LeaderLetters
) -> None:
    ask(session, letters)
    for person in ("Mette", "Bo"):
        request = SignUp(f"{person} Prøve", f"{person.lower()}@example.dk")
        acting = leaders.leader_actor(the_ask(session))
        volunteers.suggest(session, acting, world.area, request, _told, now=NOW)
    name(session, factories.takeover(session, world, NOW))
    page = leader_pages.leader_page(session, the_ask(session), TODAY)
    assert [one.name for one in page.volunteers] == ["Bo Prøve"]
