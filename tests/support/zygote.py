"""Workers that can be killed at an exact place: real processes, forked from one that has imported everything.

Started as ``python -m tests.support.zygote`` it reads one order a line and forks a process for each: a
worker that goes through the jobs of publishing at given moments, and may kill itself without warning
before or after its nth commit or its nth call to a channel.  One answer a line: how each process ended.

An order to warm up it follows itself, and forks nobody: what SQLAlchemy has prepared for its statements
then, which takes longer than the work of most workers does, every worker after that finds done.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import requests
from sqlmodel import Session

from branding.core import clock, db, log
from branding.core.db import Database
from branding.core.jobs import Job
from branding.core.settings import Settings
from branding.publishing import jobs

#: Those that touch posts on their way, and live ones.
_JOBS = (jobs.publish, jobs.follow, jobs.sweep, jobs.sweep_live)
_commit, _send = Session.commit, requests.Session.send
#: One an address, for it holds the statements that are prepared.
_engine = cache(db._engine)


@dataclass(frozen=True)
class Kill:
    """``what`` is commit or call."""

    what: str
    nth: int
    is_before: bool

    def __str__(self) -> str:
        return f"{'before' if self.is_before else 'after'} {self.what} {self.nth}"


@dataclass(frozen=True)
class Order:
    """A worker that looks at ``at``, and again after each of ``later`` seconds; its log goes to a file."""

    at: str
    log: str
    later: tuple[float, ...] = (0.0,)
    kill: Kill | None = None
    is_warming: bool = False
    #: Real seconds that it goes on at one moment, when the database is away.
    patience: float = 0.0


class Zygote:
    """The other side, in the test's process."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.zygote"],
            env=dict(environment), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            cwd=Path(__file__).parents[2],
        )  # fmt: skip

    def begin(self, *orders: Order) -> None:
        """Start a worker for each order, all at once."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([asdict(order) for order in orders]) + "\n")
        self._process.stdin.flush()

    def ended(self) -> list[int]:
        """Wait for them: 0, or minus the signal that ended one."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the zygote is gone"
        found: list[int] = json.loads(line)
        return found

    def run(self, *orders: Order) -> list[int]:
        self.begin(*orders)
        return self.ended()

    def stop(self) -> None:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(20)
        self._process.stdout.close()


@dataclass
class Doom:
    """Counts, and ends the process without warning when the number is reached."""

    kill: Kill | None
    seen: dict[str, int] = field(default_factory=dict)

    def around(self, what: str, act: Any) -> Any:
        self.seen[what] = self.seen.get(what, 0) + 1
        is_now = self.kill is not None and (self.kill.what, self.kill.nth) == (what, self.seen[what])
        if is_now and self.kill is not None and self.kill.is_before:
            os.kill(os.getpid(), signal.SIGKILL)
        result = act()
        if is_now:
            os.kill(os.getpid(), signal.SIGKILL)
        return result


def main() -> None:
    db._engine = _engine
    for line in sys.stdin:
        children = []
        for raw in json.loads(line):
            kill = Kill(**raw.pop("kill")) if raw.get("kill") else raw.pop("kill")
            order = Order(**raw, kill=kill)
            if order.is_warming:
                _work(order)  # no connection is left open: nothing is shared with the workers
                gc.freeze()
                continue
            child = os.fork()
            if child == 0:
                _live(order)
            children.append(child)
        codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
        sys.stdout.write(json.dumps(codes) + "\n")
        sys.stdout.flush()


def _live(order: Order) -> None:
    """The child: it never returns."""
    code = 1
    try:
        with Path(order.log).open("a") as file:
            os.dup2(file.fileno(), 2)
        log.configure()
        _work(order)
        code = 0
    finally:
        os._exit(code)


def _work(order: Order) -> None:
    doom = Doom(order.kill)
    Session.commit = lambda self: doom.around("commit", lambda: _commit(self))  # type: ignore[method-assign]
    requests.Session.send = (  # type: ignore[method-assign]
        lambda self, request, **more: doom.around("call", lambda: _send(self, request, **more))
    )
    start, real = datetime.fromisoformat(order.at), time.monotonic()
    moment = timedelta()
    clock.read_from(lambda: start + moment + timedelta(seconds=time.monotonic() - real))
    settings = Settings.from_environment()
    database = Database.of(settings)
    for seconds in order.later:
        moment = timedelta(seconds=seconds)
        until = time.monotonic() + order.patience
        while True:
            is_well = not [job for job in _JOBS if not _run(job, database, settings)]
            if time.monotonic() >= until and (is_well or not order.patience):
                break
            time.sleep(0.2)
    database.close()


def _run(job: Any, database: Database, settings: Settings) -> bool:
    """As the worker's clock does: whatever a job does, the next one runs."""
    try:
        job(Job(job.__name__, database, settings, clock.now()))
    except Exception as error:  # noqa: BLE001
        log.failure("worker.job_failed", error, job=job.__name__)
        return False
    return True


if __name__ == "__main__":
    main()
