"""The outbox's jobs."""

from __future__ import annotations

import logging

from branding.core import clock, log
from branding.core.errors import Outside
from branding.core.jobs import Job
from branding.outbox import gateways, queries, service, smtp
from branding.outbox.values import Claimed, Via

#: A temporary refusal that is about this message alone; after any other the server is away for all.
_ABOUT_ONE = ("smtp_4", "http_")


def deliver(job: Job) -> None:
    """Send what is due: claim, send, mark.  Goes on until nothing is due.

    One at a time: a lease is longer than the slowest mail, but not than ten of them.
    """
    _drop_stale(job)
    while True:
        with job.database.transaction() as session:
            claimed = service.claim_due(session, now=clock.now(), limit=1)
        if not claimed or not _deliver_one(job, claimed[0]):
            return


def _drop_stale(job: Job) -> None:
    with job.database.reader() as session:
        if not queries.any_stale(session, clock.now()):
            return
    with job.database.transaction() as session:
        count = service.drop_stale(session, now=clock.now())
    log.event("outbox.dropped", level=logging.WARNING, count=count, code=service.TOO_LATE)


def _deliver_one(job: Job, message: Claimed) -> bool:
    """Whether the next one may be tried now: a server that is away would let each wait for nothing."""
    refusal, can_send = None, gateways.is_set_up(job.settings, message.via)
    if can_send:
        try:
            (smtp if message.via is Via.MAIL else gateways).send(job.settings, message)
        except Outside as error:
            refusal = error
    with job.database.transaction() as session:
        if not can_send:
            service.mark_shown(session, message.id)
        elif refusal is None:
            service.mark_sent(session, message.id, now=clock.now())
        else:
            again = service.mark_failed(
                session, message, code=refusal.code, permanent=refusal.permanent, now=clock.now()
            )
            level = logging.WARNING if again else logging.ERROR
            log.event("outbox.not_sent", level=level, message=message.id, code=refusal.code, again=again)
    return refusal is None or refusal.permanent or refusal.code.startswith(_ABOUT_ONE)
