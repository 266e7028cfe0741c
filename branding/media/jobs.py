"""The jobs of media."""

from __future__ import annotations

from branding.core import clock, log
from branding.core.errors import RuleBroken
from branding.core.jobs import Job
from branding.media import darkroom
from branding.media.service import counting, keeping, uploads
from branding.media.service.counting import Claimed


def count_faces(job: Job) -> None:
    """Claim, count in the child outside any transaction, write down: one picture at a time."""
    while True:
        with job.database.reader() as session:
            if not counting.any_due(session, now=clock.now()):
                return
        with job.database.transaction() as session:
            claimed = counting.claim(session, now=clock.now())
        if claimed is not None:
            _count(job, claimed)


def purge(job: Job) -> None:
    """Originals whose day is over go; pages still show what they showed."""
    with job.database.transaction() as session:
        ids = keeping.purge(session, today=clock.local(job.now).date(), now=job.now)
    with job.database.reader() as session:
        keeping.finish(session, ids)
        strays = keeping.remove_strays(session, now=job.now)
    log.event("media.purged", items=len(ids), strays=strays)


def drop_uploads(job: Job) -> None:
    """Uploads of yesterday go, and what those left behind that were never saved."""
    with job.database.transaction() as session:
        dropped = uploads.drop_old(session, now=job.now)
    with job.database.reader() as session:
        uploads.remove(session, dropped)
        uploads.remove_strays(session, now=job.now)


def drop_erased(job: Job) -> None:
    """Pictures of people who were erased go; and files and keys of whatever was dropped or finished."""
    with job.database.reader() as session:
        is_due = keeping.to_drop(session) or keeping.purged_before(session)
    if is_due:
        with job.database.transaction() as session:
            keeping.follow(session, now=job.now)
    with job.database.reader() as session:
        keeping.finish(session, keeping.left_to_finish(session))
        uploads.remove(session, uploads.finished_ids(session))


def _count(job: Job, claimed: Claimed) -> None:
    try:
        found = darkroom.count_faces(claimed.task)
    except RuleBroken as error:
        log.event("media.not_counted", item=claimed.item_id, code=error.code)
        with job.database.transaction() as session:
            counting.give_up(session, claimed)
        return
    with job.database.transaction() as session:
        counting.store(session, claimed, found, now=clock.now())
