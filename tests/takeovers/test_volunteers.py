"""Employees volunteer on a list, are chosen, leave it again and are forgotten; on a real database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session, select

from branding.core.actor import Actor, Role
from branding.core.errors import Missing, NotAllowed, RuleBroken
from branding.organisation import service as organisation
from branding.outbox.models import OutboxMessage
from branding.outbox.values import Mail
from branding.takeovers import queries
from branding.takeovers.models import Volunteer, VolunteerLink
from branding.takeovers.service import hosts, leaders, volunteers
from branding.takeovers.values import PlanTakeover, SignUp, VolunteerView
from tests.takeovers import factories
from tests.takeovers.factories import COMMUNICATIONS, LeaderLetters, World

NOW = datetime(2026, 10, 1, 9, tzinfo=UTC)
TODAY = NOW.date()
METTE = SignUp("Mette Prøve", "Mette@example.dk", None, "Ikke i juli")


@pytest.fixture
def world(session: Session) -> World:
    return factories.world(session, NOW)


class Letters:
    def __init__(self) -> None:
        self.tokens: list[str] = []

    def write(self, request: SignUp, unit_id: int, token: str) -> Mail:
        self.tokens.append(token)
        return Mail(request.email.lower(), "På listen", token)


@pytest.fixture
def letters() -> Letters:
    return Letters()


def link(session: Session, unit_id: int) -> VolunteerLink:
    token = volunteers.make_link(session, COMMUNICATIONS, unit_id, now=NOW)
    found = queries.find_volunteer_link(session, token)
    assert found is not None and token not in found.token_hash
    return found


def sign_up(
    session: Session, unit_id: int, letters: Letters, request: SignUp = METTE, now: datetime = NOW
) -> VolunteerView:
    volunteers.sign_up(session, link(session, unit_id).id or 0, request, letters.write, now=now)
    return queries.volunteers_of(session, [unit_id])[0]


def test_a_name_on_the_list_gets_a_mail_with_the_way_off_it(
    session: Session, world: World, letters: Letters
) -> None:
    found = sign_up(session, world.area, letters)
    assert (found.name, found.email, found.wish) == ("Mette Prøve", "mette@example.dk", "Ikke i juli")
    assert factories.mails(session) == [("mette@example.dk", "På listen")]
    row = session.exec(select(Volunteer)).one()
    assert letters.tokens[0] not in row.off_token_hash
    assert factories.tags(session)[-2:] == ["takeovers:volunteer-link:made", "takeovers:volunteer:added"]


def test_the_same_address_twice_is_one_row_with_the_latest_answers_and_one_mail(
    session: Session, world: World, letters: Letters
) -> None:
    sign_up(session, world.area, letters)
    found = sign_up(session, world.area, letters, SignUp("Mette P.", "METTE@example.dk", None, "Gerne nat"))
    assert (found.name, found.wish) == ("Mette P.", "Gerne nat")
    assert len(queries.volunteers_of(session, [world.area])) == 1
    assert len(factories.mails(session)) == 1


def test_a_leader_suggests_and_never_writes_over_what_people_wrote_themselves(
    session: Session, world: World, letters: Letters
) -> None:
    factories.with_leaders(session, world, NOW)
    asked = LeaderLetters()
    leaders.ask_leaders(session, asked.asked, today=TODAY, now=NOW)
    found = queries.find_leader_link(session, asked.tokens[0])
    assert found is not None
    actor = leaders.leader_actor(found[1])
    sign_up(session, world.area, letters)
    for request in (SignUp("En anden", "mette@example.dk"), SignUp("Bo Prøve", "bo@example.dk")):
        volunteers.suggest(session, actor, world.area, request, letters.write, now=NOW)
    assert {one.name for one in queries.volunteers_of(session, [world.area])} == {"Mette Prøve", "Bo Prøve"}
    assert volunteers.make_link(session, actor, world.area, now=NOW)


def test_a_stopped_link_is_stopped_for_good(session: Session, world: World) -> None:
    made = link(session, world.area)
    assert [one.unit_id for one in queries.volunteer_links(session, [world.area])] == [world.area]
    volunteers.stop_link(session, COMMUNICATIONS, made.id or 0, now=NOW)
    assert made.revoked_at == NOW
    assert queries.volunteer_links(session, [world.area]) == []
    assert factories.tags(session)[-1] == "takeovers:volunteer-link:stopped"


def test_choosing_a_volunteer_names_the_host_and_removing_the_host_frees_the_volunteer(
    session: Session, world: World, letters: Letters
) -> None:
    takeover_id = factories.takeover(session, world, NOW)
    found = sign_up(session, world.department, letters)
    assert [one.id for one in queries.coming_takeovers(session, TODAY)] == [takeover_id]
    volunteers.choose(session, COMMUNICATIONS, found.id, takeover_id, today=TODAY, now=NOW)
    (host,) = queries.hosts_of(session, [takeover_id])[takeover_id]
    assert (host.name, host.email, host.invited_at) == ("Mette Prøve", "mette@example.dk", None)
    chosen = queries.volunteer_view(session, found.id)
    assert (chosen.takeover_id, chosen.hosts_on) == (takeover_id, date(2026, 11, 2))
    hosts.remove_host(session, COMMUNICATIONS, host.id, today=TODAY, now=NOW)
    assert queries.volunteer_view(session, found.id).takeover_id is None
    assert "takeovers:volunteer:chosen" in factories.tags(session)


def test_a_volunteer_hosts_in_the_own_area_only(session: Session, world: World, letters: Letters) -> None:
    takeover_id = factories.takeover(session, world, NOW)
    found = sign_up(session, world.other_area, letters)
    with pytest.raises(RuleBroken):
        volunteers.choose(session, COMMUNICATIONS, found.id, takeover_id, today=TODAY, now=NOW)


def test_a_name_taken_off_can_be_put_back_but_not_one_that_left(
    session: Session, world: World, letters: Letters
) -> None:
    found = sign_up(session, world.area, letters)
    volunteers.remove(session, COMMUNICATIONS, found.id, now=NOW)
    assert factories.mails(session) == []  # what had not left does not leave
    assert queries.volunteers_of(session, [world.area]) == []
    volunteers.restore(session, COMMUNICATIONS, found.id, now=NOW)
    assert len(queries.volunteers_of(session, [world.area])) == 1
    volunteers.take_off(session, letters.tokens[0], now=NOW)
    volunteers.take_off(session, letters.tokens[0], now=NOW)
    row = session.exec(select(Volunteer)).one()
    assert (row.name, row.wish, row.removed_at) == ("", "", NOW) and "mette" not in row.email
    with pytest.raises(Missing):
        volunteers.restore(session, COMMUNICATIONS, found.id, now=NOW)
    assert factories.tags(session)[-3:] == [
        "takeovers:volunteer:removed", "takeovers:volunteer:restored", "takeovers:volunteer:left",
    ]  # fmt: skip
    assert sign_up(session, world.area, letters).name == "Mette Prøve"


@pytest.mark.parametrize(
    ("age", "removed", "is_kept"), [(364, None, True), (365, None, False), (60, 29, True), (60, 30, False)]
)
def test_names_are_deleted_after_a_year_and_a_month_after_they_were_taken_off(
    session: Session, world: World, letters: Letters, age: int, removed: int | None, is_kept: bool
) -> None:
    found = sign_up(session, world.area, letters, now=NOW - timedelta(days=age))
    if removed is not None:
        volunteers.remove(session, COMMUNICATIONS, found.id, now=NOW - timedelta(days=removed))
    assert volunteers.delete_old(session, now=NOW) == (0 if is_kept else 1)
    assert volunteers.delete_old(session, now=NOW) == 0
    assert bool(session.exec(select(Volunteer)).all()) == is_kept


def test_a_host_stays_when_the_volunteers_row_is_deleted(
    session: Session, world: World, letters: Letters
) -> None:
    takeover_id = factories.takeover(session, world, NOW)
    found = sign_up(session, world.area, letters)
    volunteers.choose(session, COMMUNICATIONS, found.id, takeover_id, today=TODAY, now=NOW)
    assert volunteers.delete_old(session, now=NOW + timedelta(days=365)) == 1
    assert len(queries.hosts_of(session, [takeover_id])[takeover_id]) == 1


def test_other_units_lists_are_not_there_and_readers_have_none(
    session: Session, world: World, letters: Letters
) -> None:
    found, made = sign_up(session, world.area, letters), link(session, world.area)
    request = PlanTakeover(world.slot, world.area, date(2026, 11, 2), date(2026, 11, 8))
    takeover_id = factories.takeovers.plan_takeover(session, COMMUNICATIONS, request, now=NOW)
    stranger = Actor("user", 2, roles=frozenset({Role.COORDINATOR}), units=frozenset({world.other_area}))
    reader = Actor("user", 3, roles=frozenset({Role.READER}))
    for actor, error in ((stranger, Missing), (reader, NotAllowed)):
        with pytest.raises(error):
            volunteers.make_link(session, actor, world.area, now=NOW)
        with pytest.raises(error):
            volunteers.stop_link(session, actor, made.id or 0, now=NOW)
        with pytest.raises(error):
            volunteers.choose(session, actor, found.id, takeover_id, today=TODAY, now=NOW)
        with pytest.raises(error):
            volunteers.remove(session, actor, found.id, now=NOW)
        with pytest.raises(error):
            volunteers.restore(session, actor, found.id, now=NOW)


def addresses(session: Session) -> set[str]:
    return set(session.exec(select(OutboxMessage.to_address)))


def test_who_leaves_is_in_the_list_of_mails_no_more(session: Session, world: World, letters: Letters) -> None:
    found = sign_up(session, world.area, letters)
    factories.delivered(session)
    volunteers.remove(session, COMMUNICATIONS, found.id, now=NOW)
    sign_up(session, world.area, letters)
    factories.delivered(session)
    sign_up(session, world.area, letters, SignUp("Bo Prøve", "bo@example.dk"))
    factories.delivered(session)
    volunteers.take_off(session, letters.tokens[1], now=NOW)
    assert addresses(session) == {"", "bo@example.dk"}
    volunteers.delete_old(session, now=NOW + timedelta(days=365))
    assert addresses(session) == {""}


def test_a_link_of_a_unit_that_was_put_away_is_closed(session: Session, world: World) -> None:
    token = volunteers.make_link(session, COMMUNICATIONS, world.department, now=NOW)
    assert queries.find_open_volunteer_link(session, token) is not None
    organisation.archive_unit(session, COMMUNICATIONS, world.department, now=NOW)
    assert queries.find_open_volunteer_link(session, token) is None
    assert queries.find_volunteer_link(session, token) is not None


def test_signing_up_again_without_a_wish_keeps_the_one_before(
    session: Session, world: World, letters: Letters
) -> None:
    sign_up(session, world.area, letters)
    again = sign_up(session, world.area, letters, SignUp("Mette P. Prøve", METTE.email))
    assert (again.name, again.wish) == ("Mette P. Prøve", "Ikke i juli")
