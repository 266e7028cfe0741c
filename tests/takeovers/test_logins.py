"""A lent login: sealed, shown to one host for some days, logged, and followed by a new password."""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from branding.audit.models import AuditValue
from branding.core.actor import Actor, Role
from branding.core.errors import NotAllowed, RuleBroken
from branding.migrations import schema
from branding.outbox.models import OutboxMessage
from branding.takeovers import queries
from branding.takeovers.service import checklist, hosts, logins, takeovers
from branding.takeovers.values import Login, LoginRefusal, NameHost, PlanTakeover
from tests.takeovers import factories
from tests.takeovers.factories import COMMUNICATIONS, World

NOW = datetime(2026, 10, 1, 9, tzinfo=UTC)
LIVE = datetime(2026, 11, 3, 9, tzinfo=UTC)
TUESDAY = LIVE.date()
SECRET = Login("proeve", "Kun-for-vaerten-77")


@pytest.fixture
def world(session: Session) -> World:
    return factories.world(session, NOW)


@pytest.fixture
def takeover_id(session: Session, world: World) -> int:
    return factories.takeover(session, world, NOW)


@pytest.fixture
def host_id(session: Session, takeover_id: int) -> int:
    """A host who said yes, on the second day of the takeover."""
    host_id, _ = factories.invited(session, takeover_id, NOW)
    factories.accepted(session, host_id, NOW)
    takeovers.advance(session, today=LIVE.date(), now=LIVE)
    return host_id


def lend(session: Session, world: World, login: Login = SECRET) -> None:
    logins.lend_login(session, COMMUNICATIONS, world.profile, login, now=NOW)


def look(session: Session, host_id: int, today: date = TUESDAY) -> Login | LoginRefusal:
    return logins.show_login(session, factories.as_host(host_id), today=today, now=LIVE)


def change_lines(session: Session, takeover_id: int) -> list[tuple[date, bool]]:
    tasks = queries.tasks_of(session, takeover_id)
    return [(task.due_on, bool(task.done_at)) for task in tasks if task.key == "login-change"]


def test_it_is_off_until_somebody_turns_it_on(session: Session, world: World, host_id: int) -> None:
    assert look(session, host_id) == LoginRefusal.OFF
    lend(session, world)
    assert look(session, host_id) == SECRET


def test_every_look_is_one_line_in_the_log(session: Session, world: World, host_id: int) -> None:
    lend(session, world)
    for _ in range(3):
        look(session, host_id)
    look(session, host_id, date(2026, 11, 9))  # refused
    assert factories.tags(session).count("takeovers:login:viewed") == 3


def test_the_password_is_nowhere_in_the_database_the_mails_or_the_logs(
    session: Session, world: World, host_id: int, takeover_id: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    lend(session, world)
    assert look(session, host_id) == SECRET
    lend(session, world, Login("proeve", "En-helt-ny-88"))
    takeovers.advance(session, today=date(2026, 11, 9), now=LIVE)
    logins.stop_lending(session, COMMUNICATIONS, world.profile, now=NOW)
    session.flush()
    dump = "\n".join(
        str(tuple(row))
        for table in schema.tables().sorted_tables
        for row in session.execute(text(f'SELECT * FROM "{table.name}"'))
    )
    mails = "\n".join(mail.body for mail in session.exec(select(OutboxMessage)))
    values = "\n".join(f"{row.before}{row.after}" for row in session.exec(select(AuditValue)))
    for secret in (SECRET.password, "En-helt-ny-88"):
        assert secret not in dump + mails + values + caplog.text


def test_turning_it_off_erases_the_password(session: Session, world: World, host_id: int) -> None:
    lend(session, world)
    logins.stop_lending(session, COMMUNICATIONS, world.profile, now=NOW)
    logins.stop_lending(session, COMMUNICATIONS, world.profile, now=NOW)
    row = queries.find_login(session, world.profile)
    assert row is not None and (row.password, row.username, row.is_on) == ("", "", False)
    assert look(session, host_id) == LoginRefusal.OFF
    found = [tag for tag in factories.tags(session) if tag.startswith("takeovers:login")]
    assert found == ["takeovers:login:turned-on", "takeovers:login:turned-off"]


def test_after_a_takeover_in_which_it_was_seen_the_next_host_waits_for_a_new_password(
    session: Session, world: World, host_id: int, takeover_id: int
) -> None:
    lend(session, world)
    look(session, host_id)
    takeovers.advance(session, today=date(2026, 11, 9), now=LIVE)
    assert change_lines(session, takeover_id) == [(date(2026, 11, 4), False)]
    assert [one.profile_id for one in queries.logins_to_change(session)] == [world.profile]
    following = _second_host(session, world)
    monday = date(2026, 11, 9)
    assert look(session, following, monday) == LoginRefusal.CHANGE_DUE
    with pytest.raises(RuleBroken) as refusal:
        lend(session, world)
    assert refusal.value.field == "password"
    fresh = Login("proeve", "En-helt-ny-88")
    lend(session, world, fresh)
    assert look(session, following, monday) == fresh
    assert change_lines(session, takeover_id) == [(date(2026, 11, 4), True)]
    assert queries.logins_to_change(session) == []
    assert "takeovers:login:change-due" in factories.tags(session)


def _second_host(session: Session, world: World) -> int:
    request = PlanTakeover(world.slot, world.area, date(2026, 11, 9), date(2026, 11, 15))
    takeover_id = takeovers.plan_takeover(session, COMMUNICATIONS, request, now=NOW)
    host_id, _ = factories.invited(session, takeover_id, NOW, email="bo@example.dk")
    factories.accepted(session, host_id, NOW)
    takeovers.advance(session, today=date(2026, 11, 9), now=LIVE)
    return host_id


def test_nothing_must_be_changed_when_nobody_looked(
    session: Session, world: World, host_id: int, takeover_id: int
) -> None:
    lend(session, world)
    takeovers.advance(session, today=date(2026, 11, 9), now=LIVE)
    assert change_lines(session, takeover_id) == []
    assert queries.logins_to_change(session) == []


@pytest.mark.parametrize("ends_by", ["removal", "cancellation"])
def test_a_host_who_is_taken_off_knows_it_too(
    session: Session, world: World, host_id: int, takeover_id: int, ends_by: str
) -> None:
    lend(session, world)
    look(session, host_id)
    if ends_by == "removal":
        hosts.remove_host(session, COMMUNICATIONS, host_id, today=LIVE.date(), now=LIVE)
    else:
        takeovers.cancel_takeover(session, COMMUNICATIONS, takeover_id, now=LIVE)
    assert change_lines(session, takeover_id) == [(date(2026, 11, 4), False)]


def test_after_it_was_turned_off_somebody_says_that_the_password_is_changed(
    session: Session, world: World, host_id: int, takeover_id: int
) -> None:
    lend(session, world)
    look(session, host_id)
    logins.stop_lending(session, COMMUNICATIONS, world.profile, now=LIVE)
    takeovers.advance(session, today=date(2026, 11, 9), now=LIVE)
    assert len(queries.logins_to_change(session)) == 1
    logins.note_changed(session, COMMUNICATIONS, world.profile, now=LIVE)
    assert queries.logins_to_change(session) == []
    assert change_lines(session, takeover_id)[0][1]


def test_ticking_the_line_by_hand_does_not_open_the_login(
    session: Session, world: World, host_id: int, takeover_id: int
) -> None:
    lend(session, world)
    look(session, host_id)
    takeovers.advance(session, today=date(2026, 11, 9), now=LIVE)
    (task,) = [t for t in queries.tasks_of(session, takeover_id) if t.key == "login-change"]
    checklist.tick(session, COMMUNICATIONS, takeover_id, task.id, True, now=LIVE)
    assert len(queries.logins_to_change(session)) == 1


def test_a_password_that_was_copied_to_another_profile_does_not_open(
    session: Session, world: World, host_id: int
) -> None:
    lend(session, world)
    row = queries.find_login(session, world.profile)
    assert row is not None
    row.password = row.password[:-4] + "AAAA"
    assert look(session, host_id) == LoginRefusal.OFF


def test_only_admin_and_communications_may_lend_it_out(session: Session, world: World) -> None:
    for role in (Role.COORDINATOR, Role.READER, Role.DPO):
        actor = Actor("user", 2, roles=frozenset({role}), units=frozenset({world.area}))
        with pytest.raises(NotAllowed):
            logins.lend_login(session, actor, world.profile, SECRET, now=NOW)
        with pytest.raises(NotAllowed):
            logins.stop_lending(session, actor, world.profile, now=NOW)
        with pytest.raises(NotAllowed):
            logins.note_changed(session, actor, world.profile, now=NOW)


def test_a_long_password_of_wide_letters_is_kept_whole(session: Session, world: World, host_id: int) -> None:
    long = Login("proeve", "😀" * 200)
    lend(session, world, long)
    session.flush()
    session.expire_all()
    assert look(session, host_id) == long
    row = queries.find_login(session, world.profile)
    assert row is not None and len(row.password) <= 1200


def test_another_person_does_not_inherit_the_yes_that_opens_the_login(
    session: Session, world: World, host_id: int
) -> None:
    lend(session, world)
    other = NameHost("Bo Prøve", "bo@example.dk", version=1)
    with pytest.raises(RuleBroken) as refusal:
        hosts.change_host(session, COMMUNICATIONS, host_id, other, today=TUESDAY, now=LIVE)
    assert refusal.value.code == "another_person"
    typo = NameHost("Anna Prøve", "anna.proeve@example.dk", version=1)
    hosts.change_host(session, COMMUNICATIONS, host_id, typo, today=TUESDAY, now=LIVE)
    assert look(session, host_id) == SECRET


def test_turning_it_off_does_not_lose_that_a_host_has_seen_it(
    session: Session, world: World, host_id: int, takeover_id: int
) -> None:
    lend(session, world)
    look(session, host_id)
    logins.stop_lending(session, COMMUNICATIONS, world.profile, now=LIVE)
    assert [one.profile_id for one in queries.logins_to_change(session)] == [world.profile]
    assert [(one.name, one.seen_at) for one in queries.login_looks(session, world.profile)] == [
        ("Anna Prøve", LIVE)
    ]
    later = LIVE + timedelta(minutes=5)
    logins.note_changed(session, COMMUNICATIONS, world.profile, now=later)
    assert queries.logins_to_change(session) == [] == queries.login_looks(session, world.profile)
    takeovers.advance(session, today=date(2026, 11, 9), now=later)
    assert queries.logins_to_change(session) == []  # what the host saw is of no use any more


def test_a_password_that_was_changed_in_the_days_need_not_be_changed_after_them(
    session: Session, world: World, host_id: int, takeover_id: int
) -> None:
    lend(session, world)
    look(session, host_id)
    later = LIVE + timedelta(minutes=5)
    logins.lend_login(session, COMMUNICATIONS, world.profile, Login("proeve", "En-helt-ny-88"), now=later)
    takeovers.advance(session, today=date(2026, 11, 9), now=later)
    assert queries.logins_to_change(session) == []
