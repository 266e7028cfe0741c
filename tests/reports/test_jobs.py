"""Reports are made once, by whoever lives, and sent once; what cannot be made is seen in the archive."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlmodel import Session, col, select

from branding.accounts import service as accounts
from branding.accounts.values import Grant, PersonRequest
from branding.core import clock
from branding.core.actor import SYSTEM, Actor, Role
from branding.core.db import Database
from branding.core.errors import Conflict, NotAllowed, RuleBroken
from branding.core.settings import Settings
from branding.outbox.models import OutboxMessage
from branding.reports.models import ReportFile, ReportSchedule
from branding.reports.queries import archive as queries
from branding.reports.service import archive, scheduling
from branding.reports.values.orders import Form, Kind, Order
from tests.outbox.conftest import Server, deliver, server
from tests.reports import factories as f

__all__ = ["deliver", "server"]
At = Callable[[str], datetime]
ORDER = Order(Kind.CONTENT_PLAN, date(2026, 9, 28), date(2026, 10, 11))


@pytest.fixture(autouse=True)
def _in_app(app: Flask, at: At) -> Iterator[None]:
    at("2026-09-15 09:00")
    with app.app_context():
        yield


@pytest.fixture
def karen(session: Session) -> Actor:
    found = f.person(session, Role.COMMUNICATIONS)
    session.commit()
    return found


def schedule(session: Session, karen: Actor, asked: object = f.SCHEDULED) -> int:
    number = scheduling.add_schedule(
        session, karen, asked, today=clock.today(), now=clock.now()  # type: ignore[arg-type]
    )  # fmt: skip
    session.commit()
    return number


def ordered(session: Session, actor: Actor, asked: Order = ORDER, form: Form = Form.CSV) -> int:
    number = archive.order(session, actor, asked, form, "da", now=clock.now())
    session.commit()
    return number


def outbox(database: Database) -> list[str]:
    with database.reader() as session:
        return list(session.exec(select(OutboxMessage.to_address).order_by(col(OutboxMessage.id))))


def test_a_scheduled_report_reaches_a_real_mail_server_with_its_file_once(
    session: Session,
    karen: Actor,
    database: Database,
    settings: Settings,
    server: Server,
    deliver: Callable[[], None],
    at: At,
) -> None:
    schedule(session, karen)
    at("2026-10-01 06:30")
    for _ in range(2):
        f.order_due(database, settings)
        f.make(database, settings)
        deliver()
    assert sorted(mail["to"] for mail in server.received) == ["leder@example.dk", "netvaerk@example.dk"]
    (mine, _) = server.received
    assert "Indholdsplan, uge 40-41" in mine["subject"]
    (file,) = mine.iter_attachments()
    assert file.get_filename() == "indholdsplan-2026-09-28-2026-10-11.csv"
    assert "Der er ikke planlagt noget" in file.get_content()
    at("2026-10-02 06:30")
    f.order_due(database, settings)
    assert len(f.stages(database)) == 1


def test_a_day_late_is_made_up_for_and_a_week_late_is_not(
    session: Session, karen: Actor, database: Database, settings: Settings, at: At
) -> None:
    schedule(session, karen)
    at("2026-10-02 06:30")
    f.order_due(database, settings)
    assert len(f.stages(database)) == 1
    at("2026-11-09 06:30")
    f.order_due(database, settings)
    assert len(f.stages(database)) == 1


def test_one_who_dies_leaves_it_to_the_next_and_never_gets_it_back(
    session: Session, karen: Actor, database: Database, settings: Settings, at: At
) -> None:
    number = ordered(session, karen)
    with database.transaction() as first:
        dead = archive.claim(first, now=clock.now())
        assert dead is not None
        lease = dead.lease_until
    f.make(database, settings)
    assert f.stages(database) == [("making", "")]
    at("2026-09-15 09:06")
    f.make(database, settings)
    assert f.stages(database) == [("done", "")]
    with database.transaction() as late:  # the first one was only slow
        assert not archive.keep(late, number, lease, b"late", now=clock.now())
        archive.give_up(late, number, lease, "late")
    assert f.stages(database) == [("done", "")]


def test_after_three_deaths_it_is_given_up_and_can_be_tried_again(
    session: Session, karen: Actor, database: Database, settings: Settings, at: At
) -> None:
    number = ordered(session, karen)
    for minute in (0, 10, 20, 30):
        at(f"2026-09-15 09:{minute:02}")
        with database.transaction() as dying:
            archive.claim(dying, now=clock.now())
    assert f.stages(database) == [("failed", "gave_up")]
    with database.transaction() as again:
        archive.try_again(again, karen, number, now=clock.now())
    f.make(database, settings)
    assert f.stages(database) == [("done", "")]
    with database.transaction() as twice, pytest.raises(RuleBroken):
        archive.try_again(twice, karen, number, now=clock.now())


def test_whoever_has_left_gets_nothing_made(
    session: Session, karen: Actor, database: Database, settings: Settings
) -> None:
    ordered(session, karen)
    accounts.deactivate(session, SYSTEM, karen.id or 0, now=clock.now())
    session.commit()
    f.make(database, settings)
    assert f.stages(database) == [("failed", "not_allowed")]


def test_a_schedule_whose_maker_only_reads_now_sends_nothing(
    session: Session, karen: Actor, database: Database, settings: Settings, at: At
) -> None:
    schedule(session, karen)
    request = PersonRequest(karen.name, karen.email, frozenset({Grant(Role.READER)}))
    accounts.change_person(session, SYSTEM, karen.id or 0, request, 1, now=clock.now())
    session.commit()
    at("2026-10-01 06:30")
    f.order_due(database, settings)
    f.make(database, settings)
    assert f.stages(database) == [("failed", "not_allowed")] and outbox(database) == []
    with database.reader() as reading:
        assert [one.stage for one in queries.last_files(reading).values()] == ["failed"]


def test_one_turned_off_meanwhile_stays_in_the_archive(
    session: Session, karen: Actor, database: Database, settings: Settings, at: At
) -> None:
    number = schedule(session, karen)
    at("2026-10-01 06:30")
    f.order_due(database, settings)
    scheduling.switch(session, karen, number, False, today=clock.today(), now=clock.now())
    session.commit()
    f.make(database, settings)
    assert f.stages(database) == [("done", "")] and outbox(database) == []


def test_a_link_is_only_made_for_what_names_nobody(
    session: Session, karen: Actor, database: Database
) -> None:
    with pytest.raises(RuleBroken) as refused:
        schedule(session, karen, replace(f.SCHEDULED, as_link=True))
    assert refused.value.code == "names"
    schedule(session, karen, replace(f.SCHEDULED, kind=Kind.STRATEGY, as_link=True))
    with pytest.raises(RuleBroken):
        archive.make_link(session, karen, ordered(session, karen), now=clock.now())
    strategy = ordered(session, karen, replace(ORDER, kind=Kind.STRATEGY))
    assert len(archive.make_link(session, karen, strategy, now=clock.now())) > 40


def test_each_address_gets_a_link_of_its_own(
    session: Session, karen: Actor, database: Database, settings: Settings, at: At
) -> None:
    schedule(session, karen, f.AS_LINK)
    at("2026-10-01 06:30")
    f.order_due(database, settings)
    f.make(database, settings)
    assert len(outbox(database)) == 2
    with database.reader() as reading:
        bodies = list(reading.exec(select(OutboxMessage.body)))
        assert len(set(bodies)) == 2 and all("/r/" in body for body in bodies)
        assert len(queries.links_of(reading, 1)) == 2


def test_two_who_change_a_schedule_are_told_apart(session: Session, karen: Actor) -> None:
    number = schedule(session, karen)
    changed = replace(f.SCHEDULED, form=Form.PDF, version=1)
    scheduling.change_schedule(session, karen, number, changed, today=clock.today(), now=clock.now())
    with pytest.raises(Conflict):
        scheduling.change_schedule(session, karen, number, changed, today=clock.today(), now=clock.now())


def test_nobody_else_may_schedule(session: Session) -> None:
    reader = f.person(session, Role.READER)
    with pytest.raises(NotAllowed):
        schedule(session, reader)


def test_the_table_lets_each_day_of_a_schedule_have_one_report(session: Session, karen: Actor) -> None:
    row = session.get_one(ReportSchedule, schedule(session, karen))
    days = (ORDER.first, ORDER.last)
    archive.order_scheduled(session, row, days, ORDER.first, now=clock.now())
    with pytest.raises(Exception, match=r"(?i)unique|duplicate"):
        archive.order_scheduled(session, row, days, ORDER.first, now=clock.now())
    session.rollback()


def test_old_reports_are_deleted_with_their_links(session: Session, karen: Actor, at: At) -> None:
    ordered(session, karen, replace(ORDER, kind=Kind.STRATEGY))
    archive.make_link(session, karen, 1, now=clock.now())
    assert archive.purge(session, now=clock.now() + timedelta(days=729)) == 0
    assert archive.purge(session, now=clock.now() + timedelta(days=731)) == 1
    assert not list(session.exec(select(ReportFile)))
