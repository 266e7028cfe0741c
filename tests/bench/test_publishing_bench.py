"""How quickly posts go out (issue 5: 200 posts in 5 s, on the way within 5 s, a tick of 20 ms at most)."""

from __future__ import annotations

import statistics
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import insert
from sqlmodel import Session, select

from branding import worker
from branding.core import clock, sealed
from branding.core.db import Database
from branding.core.ids import new_id
from branding.core.jobs import Job
from branding.core.settings import Settings
from branding.drafts.models import Draft, DraftVersion
from branding.drafts.values.content import Content
from branding.publishing import jobs
from branding.publishing.models import Publication
from branding.publishing.service import planning, running
from branding.publishing.values.states import Flavour, State, Way
from branding.simulator.world import FACEBOOK_TOKEN, IG_ACCOUNT, World
from tests.drafts import factories as drafts
from tests.publishing import factories as f
from tests.support import simulated
from tests.support.running import command, environment, free_port, wait_for

pytestmark = pytest.mark.bench

#: 09:00 and 10:00 in Denmark on the takeover's first day.
MORNING = "2026-11-02 09:00"
POSTS, ROWS = 200, 10_000


@pytest.fixture
def sim(tmp_path: Path) -> Iterator[simulated.Simulated]:
    """In a process of its own: what the channel does is not what we measure."""
    port = free_port()
    with (tmp_path / "simulator.log").open("wb") as log:
        process = subprocess.Popen(
            command("simulate", "--port", str(port)), env=environment(tmp_path), stdout=log, stderr=log
        )
    found = simulated.Simulated(f"http://127.0.0.1:{port}", World())
    wait_for(f"{found.address}/__sim__/state", process, tmp_path / "simulator.log")
    yield found
    process.terminate()
    process.wait(20)


def test_two_hundred_posts_that_are_due_at_once(
    session: Session, database: Database, settings: Settings, sim: simulated.Simulated, tmp_path: Path,
    at: Callable[[str], datetime],
) -> None:  # fmt: skip
    now = at(MORNING)
    sim.reset(instant=True, quota=1000)
    on = drafts.stage(session, now)
    token = sealed.seal(session, FACEBOOK_TOKEN, about=f"connection:{on.world.profile}")
    f.connect(session, on, Way.API, flavour=Flavour.FACEBOOK_LOGIN, account_id=IG_ACCOUNT, token_sealed=token)
    for number in range(POSTS):
        drafts.approved(session, on, now, due_at=now + timedelta(hours=1), caption=f"Opslag {number}")
    while planning.plan_approved(session, now=now):
        pass
    session.commit()
    settings = _pointed(settings, sim, tmp_path)
    at("2026-11-02 09:55")
    started = time.perf_counter()
    assert running.publish_due(f.outlets(database, settings)) == POSTS
    ahead = time.perf_counter() - started
    at("2026-11-02 10:00")
    started = time.perf_counter()
    assert running.publish_due(f.outlets(database, settings)) == POSTS
    seconds = time.perf_counter() - started
    assert len(sim.live()) == POSTS
    print(
        f"\n{POSTS} due posts out in {seconds:.1f} s ({1000 * seconds / POSTS:.0f} ms each, limit 5 s); "
        f"handed over five minutes before in {ahead:.1f} s"
    )


def test_a_post_is_on_its_way_soon_after_its_second(
    session: Session, database: Database, settings: Settings, app: Flask, at: Callable[[str], datetime]
) -> None:
    """APScheduler as ``./run`` has it; the clock runs on from the takeover's first morning."""
    morning, real = at(MORNING), time.monotonic()
    on = drafts.stage(session, morning)
    f.connect(session, on)
    clock.read_from(lambda: morning + timedelta(seconds=time.monotonic() - real))
    now = clock.now()
    row = f.planned(session, on, now, now + timedelta(seconds=4))
    session.commit()
    scheduler = worker.start(app)
    try:
        for _ in range(200):
            if f.state(database, row.id)[0] is State.PUBLISHED:
                break
            time.sleep(0.1)
    finally:
        scheduler.shutdown()
    out = f.row(database, row.id)
    assert out.published_at is not None
    late = (out.published_at - out.due_at).total_seconds()
    print(f"\na post went out {late:.1f} s after its second (limit 5 s)")


def test_a_tick_with_ten_thousand_posts_in_the_plan(
    session: Session, database: Database, settings: Settings, at: Callable[[str], datetime]
) -> None:
    now = at(MORNING)
    on = drafts.stage(session, now)
    f.connect(session, on)
    _fill(session, on, now)
    session.commit()
    job = Job("publishing.publish", database, settings, now)
    times = []
    for _ in range(21):
        started = time.perf_counter()
        jobs.publish(job)
        jobs.follow(job)
        times.append(1000 * (time.perf_counter() - started))
    print(f"\na tick with {ROWS} planned posts: {statistics.median(times):.1f} ms (limit 20 ms)")
    with database.reader() as reading:
        assert set(reading.exec(select(Publication.state))) == {State.SCHEDULED}


def _pointed(settings: Settings, sim: simulated.Simulated, folder: Path) -> Settings:
    return replace(settings, apis=sim.settings_file(folder))


def _fill(session: Session, on: drafts.Stage, now: datetime) -> None:
    """Rows as planning writes them, without their pictures: a tick must not even look at them."""
    ids = [new_id() for _ in range(ROWS)]
    due = [now + timedelta(hours=1, minutes=number) for number in range(ROWS)]
    common = {"unit_id": on.world.area, "profile_id": on.world.profile, "takeover_id": on.takeover}
    moments = {"state_since": now, "made_at": now, "changed_at": now, "approved_at": now, "planned_at": now}
    session.execute(
        insert(Draft),
        [
            {"id": one, "kind": "daily", "state": "approved", "author": "host:1", "due_at": at, **common,
             **moments, "approved_hash": "0" * 64}
            for one, at in zip(ids, due, strict=True)
        ],
    )  # fmt: skip
    session.execute(
        insert(DraftVersion),
        [
            {"draft_id": one, "number": 1, "content": Content().to_json(), "made_by": "host:1",
             "made_at": now, "changed_at": now}
            for one in ids
        ],
    )  # fmt: skip
    session.execute(
        insert(Publication),
        [
            {"id": new_id(), "draft_id": one, "channel": "instagram", "kind": "daily", "author": "host:1",
             "version_hash": "0" * 64, "state_since": now, "due_at": at, "next_attempt_at": at,
             "planned_by": "system:", "planned_at": now, "made": {}, "before": [], "left": [], "consents": [],
             "shows": "nobody", **common}
            for one, at in zip(ids, due, strict=True)
        ],
    )  # fmt: skip
