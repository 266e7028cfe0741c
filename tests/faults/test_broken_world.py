"""The database goes away, the channel fails at every call, clocks jump, and people take back their yes."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import product

import pytest
from sqlalchemy import create_engine, text
from sqlmodel import select

from branding.consent.service.withdrawing import withdraw
from branding.consent.values.records import Via
from branding.consent.values.withdrawals import NewWithdrawal
from branding.core import clock
from branding.outbox.values import Mail
from branding.publishing.models import Publication, Takedown
from branding.publishing.values.states import State
from tests.consent import factories as consent
from tests.drafts.factories import COMMUNICATIONS
from tests.faults.conftest import DUE, Place
from tests.faults.test_killed_workers import CALLS, COMMITS
from tests.support.databases import IS_POSTGRES
from tests.support.zygote import Kill

pytestmark = pytest.mark.faults

#: Longer than a writer waits for the one before it.
AWAY = 30
ACTIONS = (
    {"action": "drop_before_commit"},
    {"action": "commit_then_drop"},
    {"action": "truncate"},
    {"action": "html_502"},
    {"action": "ok_but_text"},
    {"action": "redirect", "address": "http://127.0.0.1:9/"},
    {"action": "no_id"},
    {"action": "commit_then_error", "code": 4, "subcode": 2207051},
    {"action": "status", "status": 500, "body": "x"},
    {"action": "status", "status": 400, "body": {"error": {"code": 190, "error_subcode": 463}}},
    {"action": "status", "status": 400, "body": {"error": {"code": 613}}},
)


@contextmanager
def away(place: Place) -> Iterator[None]:
    """The database answers nobody."""
    if not IS_POSTGRES:
        lock = sqlite3.connect(place.folder / "stafet.db", isolation_level=None, timeout=20)
        lock.execute("BEGIN EXCLUSIVE")
        try:
            yield
        finally:
            lock.execute("ROLLBACK")
            lock.close()
        return
    url = place.database.engine.url
    server = create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f'ALTER DATABASE "{url.database}" ALLOW_CONNECTIONS false'))
        kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"
        connection.execute(text(kill), {"name": url.database})
        try:
            yield
        finally:
            connection.execute(text(f'ALTER DATABASE "{url.database}" ALLOW_CONNECTIONS true'))
    server.dispose()


def test_the_database_is_away_for_half_a_minute_while_a_post_goes_out(place: Place) -> None:
    """The post is out, and its worker cannot write that down: it is found, and not sent again."""
    post, earlier = place.post(), len(place.sim.calls())
    place.sim.faults({"action": "delay", "path": "media_publish", "seconds": 1})
    place.zygote.begin(place.order(patience=AWAY + 15))
    for _ in range(200):
        if any(call["path"].endswith("media_publish") for call in place.sim.calls()[earlier:]):
            break
        time.sleep(0.05)
    with away(place):
        threading.Event().wait(AWAY)
    assert place.zygote.ended() == [0]
    place.check_at_most_one(post)
    place.afterwards()
    assert place.row(post).state == State.PUBLISHED
    place.check(post)


def test_the_channel_fails_at_every_call_in_every_way(place: Place) -> None:
    posts = []
    for number, (call, fault) in enumerate(product(range(1, CALLS + 1), ACTIONS)):
        post = place.post(profile_id=place.profile(number))
        place.sim.faults({**fault, "path": "^/graph", "nth": call, "times": 1})
        assert place.zygote.run(place.order()) == [0]
        place.check_at_most_one(post)
        posts.append(post)
    place.sim.faults()
    place.mend_connections()
    place.afterwards()
    place.check(*posts)
    ends = {place.row(post).state for post in posts}
    assert ends <= {State.PUBLISHED, State.FAILED}, ends
    # Only what the channel blocks before anything is out is given up: everything else is out in the end.
    failed = {place.row(post).code for post in posts if place.row(post).state == State.FAILED}
    assert failed <= {"4/2207051"}, failed


@pytest.mark.parametrize("jump", [timedelta(days=1), timedelta(hours=-1), timedelta(minutes=90)], ids=str)
def test_a_clock_that_jumps_doubles_nothing(place: Place, jump: timedelta) -> None:
    """A worker dies in the middle, and the next one lives in another time."""
    for kill in (Kill("commit", 4, False), Kill("call", 4, False)):
        post = place.post()
        place.zygote.run(place.order(kill=kill))
        assert place.zygote.run(place.order(at=DUE + jump)) == [0]
        place.check_at_most_one(post)
        ahead = max(jump, timedelta())  # what a clock that was wrong wrote down is due then
        place.sim.advance(ahead.total_seconds())
        place.afterwards(at=DUE + ahead)
        place.sim.advance(-ahead.total_seconds())
        place.check(post)


def test_a_yes_that_is_taken_back_in_any_state_stops_the_post_or_takes_it_down(place: Place) -> None:
    """Before the last call it is stopped; after it there is a task to take it down (C2, C10, C14)."""
    told = []
    for number, (nth, before) in enumerate(product(range(1, COMMITS + 1), (True, False))):
        with place.database.transaction() as session:
            label = f"Kollega {number:02}"
            area = place.stage.world.area
            person = consent.colleague(session, area, now=clock.now(), label=label)
            consent.oral(session, person, target_ref=place.stage.place, now=clock.now())
        post = place.post(profile_id=place.profile(number), person=person)
        place.zygote.run(place.order(kill=Kill("commit", nth, before)))
        with place.database.transaction() as session:
            new = NewWithdrawal(person, clock.now(), None, None, Via.EMPLOYEE)
            withdraw(session, COMMUNICATIONS, new, lambda _: Mail("a@example.dk", "x", "x"), now=clock.now())
        told.append((post, bool(place.live_of(post))))
    place.afterwards(everything=True)
    with place.database.reader() as session:
        tasks = set(session.exec(select(Takedown.publication_id).where(Takedown.done_at == None)))  # noqa: E711
        ended = {row.id: row.state for row in session.exec(select(Publication))}
    assert {was_out for _, was_out in told} == {True, False}
    for post, was_out in told:
        assert bool(place.live_of(post)) == was_out, "it went out after the yes was taken back"
        if was_out:
            assert post in tasks and ended[post] == State.PUBLISHED
        else:
            assert ended[post] == State.CANCELLED, ended[post]
