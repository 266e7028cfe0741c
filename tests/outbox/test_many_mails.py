"""A great many mails, two workers, and one of them killed in the middle: every mail arrives, under one id."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from branding.core import clock
from branding.core.db import Database
from branding.core.jobs import Job
from branding.core.settings import Settings
from branding.outbox import jobs, rules
from branding.outbox.models import OutboxMessage
from tests.outbox.conftest import Server

pytestmark = pytest.mark.faults
MAILS = 10_000 if os.environ.get("STAFET_FULL") else 200


def _work(settings: Settings) -> None:
    """A worker's tick, in a process of its own."""
    database = Database.of(settings)
    jobs.deliver(Job("outbox.deliver", database, settings, clock.now()))
    database.close()


def test_every_mail_arrives_although_one_of_two_workers_is_killed(
    database: Database, settings: Settings, server: Server, at: Callable[[str], datetime]
) -> None:
    now = datetime.now(UTC)
    rows = [
        OutboxMessage(
            dedupe_key=f"k{n}", to_address=f"p{n}@example.dk", subject="x", body="y", made_at=now,
            next_attempt_at=now - timedelta(minutes=1),
        )
        for n in range(MAILS)
    ]  # fmt: skip
    with database.transaction() as session:
        session.add_all(rows)
    sending = replace(
        settings,
        database_url=database.engine.url.render_as_string(hide_password=False),
        smtp_host="127.0.0.1", smtp_port=server.port, smtp_security="none",
    )  # fmt: skip
    spawn = multiprocessing.get_context("spawn")
    doomed, other = (spawn.Process(target=_work, args=(sending,)) for _ in "ab")
    doomed.start()
    other.start()
    until = time.monotonic() + 60
    while len(server.received) < MAILS // 3 and time.monotonic() < until:
        time.sleep(0.005)
    assert doomed.pid is not None
    os.kill(doomed.pid, signal.SIGKILL)
    doomed.join()
    other.join(MAILS / 10 + 60)
    assert (doomed.exitcode, other.exitcode) == (-signal.SIGKILL, 0)
    later = datetime.now(UTC) + rules.LEASE + timedelta(seconds=5)
    at(clock.local(later).replace(tzinfo=None).isoformat())
    jobs.deliver(Job("outbox.deliver", database, sending, later))
    with database.reader() as session:
        assert set(session.exec(select(OutboxMessage.status))) == {"sent"}
    ids = Counter(mail["Message-ID"] for mail in server.received)
    assert len(ids) == MAILS, "every mail has arrived"
    # Killed between the server's yes and our note of it: sent once more, under the same id.
    twice = {mail_id: count for mail_id, count in ids.items() if count > 1}
    assert len(twice) <= 1 and all(count == 2 for count in twice.values())
