"""The jobs of accounts."""

from __future__ import annotations

from branding.accounts import service
from branding.core import log
from branding.core.jobs import Job


def purge(job: Job) -> None:
    """Delete links and sign-ins that ended more than a month ago."""
    with job.database.transaction() as session:
        log.event("accounts.purged", rows=service.purge(session, now=job.now))
