"""The outbox's jobs."""

from __future__ import annotations

import logging

from branding.core import clock, log
from branding.core.errors import Outside
from branding.core.jobs import Job
from branding.outbox import service, smtp
from branding.outbox.values import Claimed


def deliver(job: Job) -> None:
    """Send what is due: claim, send, mark.  Goes on until nothing is due.

    One at a time: a lease is longer than the slowest mail, but not than ten of them.
    """
    while True:
        with job.database.transaction() as session:
            claimed = service.claim_due(session, now=clock.now(), limit=1)
        if not claimed:
            return
        _deliver_one(job, claimed[0])


def _deliver_one(job: Job, message: Claimed) -> None:
    refusal = None
    if job.settings.sends_mail:
        try:
            smtp.send(job.settings, message)
        except Outside as error:
            refusal = error
    with job.database.transaction() as session:
        if not job.settings.sends_mail:
            service.mark_shown(session, message.id)
        elif refusal is None:
            service.mark_sent(session, message.id, now=clock.now())
        else:
            again = service.mark_failed(
                session, message, code=refusal.code, permanent=refusal.permanent, now=clock.now()
            )
            level = logging.WARNING if again else logging.ERROR
            log.event("outbox.not_sent", level=level, message=message.id, code=refusal.code, again=again)
