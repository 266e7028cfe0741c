"""The jobs of consent."""

from __future__ import annotations

from datetime import timedelta

from branding.consent.service import erasing, requests, retention, verifying
from branding.core.jobs import Job

#: The sweep of each minute looks back this far; the daily one takes the rest.
_LATELY = timedelta(days=2)


def finish_erasures(job: Job) -> None:
    """Keys and files of people who were erased go, also where the machine went down in between."""
    with job.database.reader() as session:
        left = erasing.left_to_finish(session, since=job.now - _LATELY)
        returned = erasing.returned(session)
        erasing.finish(session, left)
    if returned:
        with job.database.transaction() as session:
            again = erasing.erase_again(session, returned, now=job.now)
        with job.database.reader() as session:
            erasing.finish(session, again)


def purge(job: Job) -> None:
    """Proof that has been kept long enough goes."""
    with job.database.transaction() as session:
        purged = retention.purge(session, now=job.now)
    with job.database.reader() as session:
        erasing.finish(session, purged)
        erasing.remove_orphans(session, now=job.now)


def lapse_requests(job: Job) -> None:
    """Questions that nobody answered in time are over, and half answers to them are forgotten."""
    with job.database.transaction() as session:
        requests.lapse_requests(session, now=job.now)


def check_evidence(job: Job) -> None:
    """Opens a sample of the sealed files: what is missing or changed closes the gate for its person."""
    with job.database.transaction() as session:
        verifying.check_evidence(session, now=job.now)
