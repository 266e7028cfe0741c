"""The job of reminders."""

from __future__ import annotations

from branding.core.jobs import Job
from branding.reminders import letters
from branding.reminders.service import reminding


def remind(job: Job) -> None:
    """Each quarter of an hour: what is due becomes messages."""
    with job.database.reader() as session:
        if not reminding.anything_to_look_at(session, now=job.now):
            return
        is_due = reminding.anything_due(session, now=job.now)
    with job.database.transaction() as session:
        if is_due:
            reminding.remind(session, letters.writers(session), now=job.now)
        else:
            reminding.looked(session, now=job.now)
