"""The audit log's jobs."""

from __future__ import annotations

from branding.audit import service
from branding.core.jobs import Job


def seal_months(job: Job) -> None:
    """Seal the months that are over."""
    with job.database.transaction() as session:
        service.seal_past_months(session, now=job.now)
