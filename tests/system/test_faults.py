"""Real processes, killed without warning: nothing is lost, nothing is half-saved, the chain holds."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from aiosmtpd.controller import Controller
from sqlalchemy import func, update
from sqlmodel import col, select

from branding import demo
from branding.audit import service as audit
from branding.core.db import Database
from branding.core.settings import keys_in
from branding.outbox import service as outbox
from branding.outbox.models import OutboxMessage
from branding.outbox.values import Mail
from branding.takeovers.models import ChecklistItem
from tests.support.html import Page
from tests.support.running import command, environment, free_port, running

pytestmark = pytest.mark.faults

#: How often each fault is tried; ``./test --faults`` sets STAFET_FULL and tries it in earnest.
KILLS = 40 if os.environ.get("STAFET_FULL") else 3


def opened(folder: Path, more: dict[str, str]) -> Database:
    url = more.get("DATABASE_URL") or f"sqlite:///{folder / 'stafet.db'}"
    return Database(url, audit_key=keys_in(folder / "keys").audit_key)


def signed_in(address: str) -> tuple[requests.Session, str]:
    """A browser of Karen's, and the token that its forms need."""
    browser = requests.Session()
    form = Page(browser.get(f"{address}/sign-in", timeout=10).text).fields()
    form |= {"email": demo.PEOPLE[0].email, "password": demo.PASSWORD}
    browser.post(f"{address}/sign-in", data=form, timeout=10)
    page = Page(browser.get(f"{address}/takeovers/2", timeout=10).text)
    return browser, str(page.fields("/tasks")["csrf_token"])


def add_tasks(address: str, answered: list[str], stop: threading.Event) -> None:
    """Add lines to a checklist as fast as it goes, and remember those that were answered."""
    try:
        browser, token = signed_in(address)
    except requests.RequestException:
        return  # killed while signing in
    number = 0
    while not stop.is_set():
        label = f"linje {address[-5:]} {number}"
        data = {"csrf_token": token, "label": label, "due_on": "2026-11-30"}
        try:
            response = browser.post(
                f"{address}/takeovers/2/tasks", data=data, timeout=10, allow_redirects=False
            )
        except requests.RequestException:
            return
        if response.status_code == 303:
            answered.append(label)
        number += 1


def test_a_server_killed_in_the_middle_of_writing_has_kept_all_that_it_answered(
    tmp_path: Path, demo_loaded: dict[str, str]
) -> None:
    more = demo_loaded
    answered: list[str] = []
    chance = random.Random(7)
    for _ in range(KILLS):
        with running(tmp_path, **more) as site:
            stop = threading.Event()
            writer = threading.Thread(target=add_tasks, args=(site.address, answered, stop))
            writer.start()
            enough, until = len(answered) + 5, time.monotonic() + 20
            while len(answered) < enough and time.monotonic() < until:
                time.sleep(0.01)
            time.sleep(chance.random() / 2)
            site.process.send_signal(signal.SIGKILL)
            site.process.wait(20)
            stop.set()
            writer.join(20)
    assert answered, "nothing was written before the kill"
    database = opened(tmp_path, more)
    with database.reader() as session:
        saved = Counter(session.exec(select(ChecklistItem.label).where(ChecklistItem.label != "")))
        entries = session.exec(select(func.count()).select_from(ChecklistItem)).one()
        assert audit.verify(session).holds
    database.close()
    assert set(answered) <= set(saved), "an answered line was lost"
    assert max(saved.values()) == 1, "a line was saved twice"
    assert entries >= len(answered)


class Inbox:
    """A mail server that takes its time, so that a kill lands in the middle."""

    def __init__(self) -> None:
        self.ids: list[str] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        head = envelope.content.decode().split("\r\n\r\n")[0]
        self.ids.append(next(line for line in head.split("\r\n") if line.startswith("Message-ID")))
        time.sleep(0.05)
        return "250 OK"


@pytest.fixture
def inbox() -> Iterator[tuple[Inbox, int]]:
    handler, port = Inbox(), free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, port
    controller.stop()


def test_a_worker_killed_while_it_sends_loses_no_mail_and_repeats_only_the_one_in_its_hands(
    tmp_path: Path, demo_loaded: dict[str, str], inbox: tuple[Inbox, int]
) -> None:
    more, (handler, port) = demo_loaded, inbox
    database, count, now = opened(tmp_path, more), 20 + 12 * KILLS, datetime(2026, 1, 1, tzinfo=UTC)
    with database.transaction() as session:
        session.execute(update(OutboxMessage).values(status="shown"))
        for number in range(count):
            mail = Mail("anna@example.dk", f"Mail {number}", "Hej")
            outbox.enqueue(session, mail, dedupe_key=f"fault:{number}", due_at=now, now=now)
    settings = environment(
        tmp_path, SMTP_HOST="127.0.0.1", SMTP_PORT=str(port), SMTP_SECURITY="none",
        STAFET_MAIL_FROM="stafet@example.dk", STAFET_BASE_URL="http://127.0.0.1", **more,
    )  # fmt: skip
    for _ in range(KILLS):
        enough = len(set(handler.ids)) + 5
        _work(settings, tmp_path, lambda enough=enough: len(set(handler.ids)) >= enough, seconds=60)
        with database.transaction() as session:
            # Five minutes pass: what the dead worker held may be taken.
            held = update(OutboxMessage).where(col(OutboxMessage.status) == "sending")
            session.execute(held.values(lease_until=now - timedelta(days=1)))
    # The last one works until nothing is left: also what arrived and was never marked, which it sends again.
    _work(settings, tmp_path, lambda: _states(database)["sent"] >= count, seconds=300)
    states = _states(database)
    database.close()
    assert len(set(handler.ids)) == count
    # At least once, by the same Message-ID: each kill may repeat the one mail it interrupted.
    assert len(handler.ids) - count <= KILLS
    assert states["sent"] == count


def _states(database: Database) -> Counter[str]:
    with database.reader() as session:
        return Counter(session.exec(select(OutboxMessage.status)))


def _work(settings: dict[str, str], folder: Path, done: Callable[[], bool], *, seconds: float) -> None:
    """Run a worker until enough is done or its time is up, then kill it."""
    with (folder / "worker.log").open("wb") as log:
        process = subprocess.Popen(command("worker"), env=settings, stdout=log, stderr=log)
    deadline = time.monotonic() + seconds
    while not done() and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait(20)
