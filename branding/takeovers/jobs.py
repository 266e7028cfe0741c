"""The jobs of takeovers."""

from __future__ import annotations

from functools import partial

from branding.core import clock
from branding.core.jobs import Job
from branding.takeovers import letters
from branding.takeovers.service import takeovers, telling, telling_leaders, volunteers


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


def tell_leaders(job: Job) -> None:
    """Leaders hear ten minutes later of other weeks and of hosts who were named since."""
    today = clock.local(job.now).date()
    with job.database.reader() as session:
        if not telling_leaders.anything_to_do(session, today=today, now=job.now):
            return
    with job.database.transaction() as session:
        wording = telling_leaders.LeaderLetters(
            partial(letters.leader, session, "leader_host"),
            partial(letters.leader, session, "leader_moved"),
            partial(letters.leader, session, "leader_called_off"),
        )
        telling_leaders.tell_leaders(session, wording, today=today, now=job.now)


def delete_volunteers(job: Job) -> None:
    """Names that have been kept for as long as people were told are deleted."""
    with job.database.transaction() as session:
        volunteers.delete_old(session, now=job.now)
