"""The jobs of the rotation: the search for the best plan, and what nobody used goes away."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from branding.core import clock, log
from branding.core.jobs import Job
from branding.rotation.optimum import Progress, optimum
from branding.rotation.rules.planner.score import score
from branding.rotation.service import solving
from branding.rotation.values.planning import Claimed

#: How often those who wait are told how far the solver has come.
_TOLD_EVERY = timedelta(seconds=1)


def solve_proposals(job: Job) -> None:
    """Claim, solve outside any transaction, keep: one proposal at a time until none waits."""
    while True:
        with job.database.reader() as session:
            if not solving.any_due(session, now=clock.now()):
                return
        with job.database.transaction() as session:
            claimed = solving.claim(session, now=clock.now())
        if claimed is not None:
            _solve(job, claimed)


def purge_proposals(job: Job) -> None:
    """Unused proposals and requests that were taken away are deleted after 30 days."""
    with job.database.transaction() as session:
        count = solving.purge(session, now=job.now)
    log.event("rotation.purged", rows=count)


def _solve(job: Job, claimed: Claimed) -> None:
    try:
        with job.database.reader() as session:
            question, first = solving.question_of(session, claimed)
        progress = _telling(job, claimed)
        found = optimum(question.problem, first, score, seconds=solving.SECONDS, progress=progress)
    except Exception as error:  # noqa: BLE001 - whatever the solver does, the built-in answer stands
        log.failure("rotation.solver_failed", error, proposal=claimed.id)
        with job.database.transaction() as session:
            solving.give_up(session, claimed)
        return
    with job.database.transaction() as session:
        solving.store(session, claimed, question, found, now=clock.now())


def _telling(job: Job, claimed: Claimed) -> Progress:
    """Write the progress down now and then; a busy database must not stop the solver."""
    told_at: list[datetime] = []

    def tell(aim: str, best: float, bound: float) -> None:
        now = clock.now()
        if told_at and now - told_at[-1] < _TOLD_EVERY:
            return
        told_at.append(now)
        with suppress(SQLAlchemyError), job.database.transaction() as session:
            solving.note_progress(session, claimed, aim, best, bound, now=now)

    return tell
