"""The jobs of plan."""

from __future__ import annotations

from branding.core.jobs import Job
from branding.plan.service import ambassadors


def delete_ambassadors(job: Job) -> None:
    """Names that have been kept for as long as people were told are deleted."""
    with job.database.transaction() as session:
        ambassadors.delete_old(session, now=job.now)
