"""The jobs of takeovers."""

from __future__ import annotations

from functools import partial

from branding.core import clock
from branding.core.jobs import Job
from branding.takeovers import letters
from branding.takeovers.service import takeovers, telling


def advance(job: Job) -> None:
    """Takeovers go live on their first day and close after their last."""
    today = clock.local(job.now).date()
    with job.database.reader() as session:
        if not takeovers.any_due(session, today):
            return  # a tick each minute must not take the write lock for nothing
    with job.database.transaction() as session:
        takeovers.advance(session, today=today, now=job.now)


def tell_hosts(job: Job) -> None:
    """Hosts hear ten minutes later that their days have moved or are called off."""
    with job.database.reader() as session:
        if not telling.anybody_to_tell(session, now=job.now):
            return
    with job.database.transaction() as session:
        wording = telling.Letters(partial(letters.moved, session), partial(letters.called_off, session))
        telling.tell_hosts(session, wording, now=job.now)
