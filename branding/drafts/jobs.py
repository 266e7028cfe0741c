"""The jobs of drafts."""

from __future__ import annotations

from branding.core.jobs import Job
from branding.drafts.service import clearing


def clear(job: Job) -> None:
    """Posts that were thrown away or never sent go, with their pictures."""
    with job.database.reader() as session:
        if not clearing.anything_to_clear(session, now=job.now):
            return
    with job.database.transaction() as session:
        clearing.clear(session, now=job.now)
