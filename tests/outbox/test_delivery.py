"""Mails leave once, wait when the server is away, and are taken back when they should not leave."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import text
from sqlmodel import Session, select

from branding.core import clock
from branding.core.actor import SYSTEM
from branding.core.db import Database
from branding.core.errors import Missing, RuleBroken
from branding.core.jobs import Job
from branding.core.settings import Settings
from branding.organisation import service as organisation
from branding.outbox import jobs, rules, service, smtp
from branding.outbox.models import OutboxMessage
from branding.outbox.values import Claimed, Mail
from tests.outbox.conftest import NOW, Server
from tests.support.client import InspectingClient
from tests.support.running import free_port

MAIL = Mail("anna@example.dk", "Din uge – æøå", "Hej Anna\n\nhttp://127.0.0.1:8000/host/secret\n")


def put(database: Database, key: str = "k", mail: Mail = MAIL, due_at: datetime = NOW) -> bool:
    with database.transaction() as session:
        return service.enqueue(session, mail, dedupe_key=key, due_at=due_at, now=NOW)


def stored(database: Database) -> OutboxMessage:
    with database.reader() as session:
        return session.exec(select(OutboxMessage)).one()


def test_a_mail_reaches_a_real_server_in_danish_once_and_its_text_is_erased(
    database: Database, deliver: Callable[[], None], server: Server, at: Callable[[str], datetime]
) -> None:
    at("2026-10-01 12:00")
    put(database)
    deliver()
    deliver()
    (mail,) = server.received
    assert (mail["Subject"], mail["To"]) == ("Din uge – æøå", "anna@example.dk")
    assert mail["Message-ID"].startswith("<stafet-1-") and mail["Auto-Submitted"] == "auto-generated"
    assert "/host/secret" in mail.get_body(("plain",)).get_content()
    assert (stored(database).status, stored(database).body) == ("sent", "")


def test_planning_a_mail_twice_sends_it_once(
    database: Database, deliver: Callable[[], None], server: Server
) -> None:
    assert put(database) is True
    assert put(database) is False
    deliver()
    assert len(server.received) == 1


def test_a_mail_does_not_leave_before_its_time(
    database: Database, deliver: Callable[[], None], server: Server, at: Callable[[str], datetime]
) -> None:
    at("2026-10-01 11:30")
    put(database, due_at=NOW + timedelta(hours=1))
    deliver()
    assert not server.received
    at("2026-10-01 12:00")
    deliver()
    assert len(server.received) == 1


def test_a_server_that_is_busy_is_asked_again_ever_later_and_then_given_up_loudly(
    database: Database, deliver: Callable[[], None], server: Server, at: Callable[[str], datetime]
) -> None:
    server.answer = "451 try later"
    put(database)
    for hours, attempts in ((12, 1), (13, 2), (14, 3), (15, 4)):
        at(f"2026-10-01 {hours}:00")
        deliver()
        assert (stored(database).status, stored(database).attempts) == ("waiting", attempts)
    with database.transaction() as session:
        session.execute(text("UPDATE outbox_message SET attempts = :n"), {"n": rules.MOST_ATTEMPTS - 1})
    at("2026-10-04 17:01")
    deliver()
    assert (stored(database).status, stored(database).last_error) == ("failed", "smtp_451")
    server.answer = "250 OK"
    with database.transaction() as session:
        service.try_again(session, SYSTEM, 1, now=NOW)
    deliver()
    assert len(server.received) == 1


def test_an_address_that_does_not_exist_is_given_up_at_once(
    database: Database, deliver: Callable[[], None], server: Server, at: Callable[[str], datetime]
) -> None:
    at("2026-10-01 12:00")
    server.answer = "550 no such person"
    put(database)
    deliver()
    assert (stored(database).status, stored(database).attempts) == ("failed", 1)


def test_a_server_that_is_not_there_leaves_the_mail_waiting(
    database: Database, settings: Settings, at: Callable[[str], datetime]
) -> None:
    at("2026-10-01 12:00")
    put(database)
    away = replace(settings, smtp_host="127.0.0.1", smtp_port=9, smtp_security="none")
    jobs.deliver(Job("outbox.deliver", database, away, NOW))
    assert (stored(database).status, stored(database).body) == ("waiting", MAIL.text)


def test_a_mail_that_cannot_be_written_is_given_up_and_the_others_leave(
    database: Database, deliver: Callable[[], None], server: Server, at: Callable[[str], datetime]
) -> None:
    at("2026-10-01 12:00")
    put(database, "broken", replace(MAIL, to="anna@example.dk\nBcc: alle@example.dk"))
    put(database, "whole")
    deliver()
    with database.reader() as session:
        found = {m.dedupe_key: (m.status, m.last_error) for m in session.exec(select(OutboxMessage))}
    assert found == {"broken": ("failed", "unwritable"), "whole": ("sent", "")}
    assert len(server.received) == 1


def test_an_address_that_the_server_has_no_letters_for_is_given_up_and_the_others_leave(
    database: Database, settings: Settings, at: Callable[[str], datetime]
) -> None:
    at("2026-10-01 12:00")
    put(database, "broken", replace(MAIL, to="søren@example.dk"))
    put(database, "whole")
    handler, port = Server(0), free_port()
    plain = Controller(handler, hostname="127.0.0.1", port=port, enable_SMTPUTF8=False)
    plain.start()
    try:
        sending = replace(settings, smtp_host="127.0.0.1", smtp_port=port, smtp_security="none")
        jobs.deliver(Job("outbox.deliver", database, sending, NOW))
    finally:
        plain.stop()
    with database.reader() as session:
        found = {m.dedupe_key: (m.status, m.last_error) for m in session.exec(select(OutboxMessage))}
    assert found == {"broken": ("failed", "unwritable"), "whole": ("sent", "")}
    assert len(handler.received) == 1


def test_a_slow_server_never_makes_a_claim_run_out_before_its_mail_is_sent(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch, at: Callable[[str], datetime]
) -> None:
    """Ten mails at 40 seconds each take longer than a lease: another worker must not send them too."""
    at("2026-10-01 12:00")
    for n in range(10):
        put(database, f"k{n}")
    moment, sent = [NOW + timedelta(hours=1)], []

    def slow(_settings: Settings, claimed: Claimed) -> None:
        sent.append(claimed.id)
        moment[0] += timedelta(seconds=40)
        with database.transaction() as session:
            also = service.claim_due(session, now=moment[0])
        sent.extend(one.id for one in also)
        with database.transaction() as session:
            for one in also:
                service.mark_sent(session, one.id, now=moment[0])

    clock.read_from(lambda: moment[0])
    monkeypatch.setattr(smtp, "send", slow)
    jobs.deliver(Job("outbox.deliver", database, replace(settings, smtp_host="x"), NOW))
    assert sorted(sent) == list(range(1, 11))


@pytest.mark.parametrize("security", ["starttls", "STARTTLS", "ssl", ""])
def test_only_none_sends_in_the_clear(
    database: Database,
    settings: Settings,
    server: Server,
    at: Callable[[str], datetime],
    security: str,
) -> None:
    """This server knows no TLS, so nothing may leave unless the setting says that this is fine."""
    at("2026-10-01 12:00")
    put(database)
    sending = replace(settings, smtp_host="127.0.0.1", smtp_port=server.port, smtp_security=security)
    jobs.deliver(Job("outbox.deliver", database, sending, NOW))
    assert not server.received
    assert (stored(database).status, stored(database).last_error) == ("waiting", "SMTPNotSupportedError")


def test_a_mail_that_failed_is_taken_back_too(session: Session) -> None:
    service.enqueue(session, MAIL, dedupe_key="a:1", due_at=NOW, now=NOW)
    (claimed,) = service.claim_due(session, now=NOW)
    service.mark_failed(session, claimed, code="smtp_550", permanent=True, now=NOW)
    assert service.cancel(session, "a:") == 1
    with pytest.raises(RuleBroken):
        service.try_again(session, SYSTEM, claimed.id, now=NOW)


def test_without_a_mail_server_the_mail_is_only_shown_and_never_sent_later(
    database: Database,
    settings: Settings,
    deliver: Callable[[], None],
    server: Server,
    at: Callable[[str], datetime],
) -> None:
    at("2026-10-01 12:00")
    put(database)
    jobs.deliver(Job("outbox.deliver", database, settings, NOW))
    assert (stored(database).status, stored(database).body) == ("shown", MAIL.text)
    deliver()
    assert not server.received


def test_a_claim_that_died_is_taken_over_after_its_lease_and_not_before(session: Session) -> None:
    service.enqueue(session, MAIL, dedupe_key="k", due_at=NOW, now=NOW)
    (first,) = service.claim_due(session, now=NOW)
    assert service.claim_due(session, now=NOW + rules.LEASE) == []
    (second,) = service.claim_due(session, now=NOW + rules.LEASE + timedelta(seconds=1))
    assert (second.id, second.attempt, second.message_id) == (first.id, 2, first.message_id)


def test_only_waiting_mails_are_taken_back(session: Session) -> None:
    for key in ("a:1", "a:2", "b:1"):
        service.enqueue(session, MAIL, dedupe_key=key, due_at=NOW, now=NOW)
    (claimed,) = service.claim_due(session, now=NOW, limit=1)
    assert service.cancel(session, "a:") == 1
    service.mark_sent(session, claimed.id, now=NOW)
    session.flush()
    session.expire_all()
    states = sorted(m.status for m in session.exec(select(OutboxMessage)))
    assert states == ["cancelled", "sent", "waiting"]


def test_a_line_break_in_a_subject_adds_no_header(session: Session) -> None:
    evil = Mail("a@example.dk", "Hej\r\nBcc: alle@example.dk", "x")
    service.enqueue(session, evil, dedupe_key="k", due_at=NOW, now=NOW)
    assert session.exec(select(OutboxMessage)).one().subject == "Hej Bcc: alle@example.dk"


def test_only_a_failed_mail_is_sent_again(session: Session) -> None:
    service.enqueue(session, MAIL, dedupe_key="k", due_at=NOW, now=NOW)
    with pytest.raises(RuleBroken):
        service.try_again(session, SYSTEM, 1, now=NOW)
    with pytest.raises(Missing):
        service.try_again(session, SYSTEM, 99, now=NOW)


def test_the_wait_grows_and_ends() -> None:
    waits = [rules.next_attempt_at(n, NOW) for n in range(1, rules.MOST_ATTEMPTS + 1)]
    minutes = [w and (w - NOW).total_seconds() / 60 for w in waits]
    assert minutes[:6] == [1, 5, 30, 120, 120, 120] and minutes[-1] is None
    assert 3 * 24 * 60 <= sum(wait for wait in minutes if wait) < 3.2 * 24 * 60, "three days"


def test_the_page_shows_links_in_the_demo_only(
    client: InspectingClient, sign_in: Callable[..., int], database: Database
) -> None:
    put(database)
    with database.transaction() as session:
        organisation.set_up_organisation(session, "Prøve", is_demo=False, now=NOW)
    sign_in("admin")
    assert "Din uge" in client.page("/outbox").text()
    assert "secret" not in client.page("/outbox/1").source
    with database.transaction() as session:
        session.execute(text("UPDATE organisation SET is_demo = true"))
    assert "/host/secret" in client.page("/outbox/1").source
    client.page("/outbox/99", status=404)
    assert client.post("/outbox/1/retry").status_code == 400


def claimed_by(url: str, key: str) -> list[int]:
    """Claim until nothing is left; runs in a process of its own."""
    database = Database(url, audit_key=key)
    mine: list[int] = []
    while True:
        with database.transaction() as session:
            found: list[Claimed] = service.claim_due(session, now=NOW)
        if not found:
            return mine
        mine += [one.id for one in found]


def test_four_processes_claim_two_thousand_mails_and_none_twice(database: Database) -> None:
    with database.transaction() as session:
        session.add_all(
            OutboxMessage(
                dedupe_key=f"k{n}",
                to_address="a@example.dk",
                subject="x",
                body="y",
                made_at=NOW,
                next_attempt_at=NOW,
            )
            for n in range(2000)
        )
    url = database.engine.url.render_as_string(hide_password=False)
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        shares = pool.starmap(claimed_by, [(url, "k")] * 4)
    everything = [one for share in shares for one in share]
    assert len(everything) == len(set(everything)) == 2000
