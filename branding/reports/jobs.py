"""The jobs of reports: order what a schedule says, make what was ordered, delete what is old."""

from __future__ import annotations

import logging
from datetime import datetime
from functools import partial

from flask_babel import force_locale
from sqlalchemy.exc import SQLAlchemyError

from branding.core import clock, log
from branding.core.errors import StafetError
from branding.core.jobs import Job
from branding.organisation import queries as organisation
from branding.reports import letters
from branding.reports.models import ReportFile
from branding.reports.queries.archive import find_waiting, order_of
from branding.reports.service import archive, building, scheduling
from branding.reports.values.orders import Form
from branding.reports.writing import written


def order_due(job: Job) -> None:
    """Reports whose day has come are ordered in the morning, once each."""
    today = clock.local(job.now).date()
    with job.database.reader() as session:
        if not scheduling.any_due(session, today):
            return
    with job.database.transaction() as session:
        scheduling.order_due(session, today=today, now=job.now)


def make(job: Job) -> None:
    """Claim, make outside any transaction, keep and send: one report at a time until none waits."""
    while True:
        with job.database.reader() as session:
            if find_waiting(session, clock.now()) is None:
                return
        with job.database.transaction() as session:
            row = archive.claim(session, now=clock.now())
            claimed = None if row is None else (row.id or 0, row.lease_until)
        if claimed is not None:
            _make(job, *claimed)


def purge(job: Job) -> None:
    """Reports are deleted after two years."""
    with job.database.transaction() as session:
        count = archive.purge(session, now=job.now)
    log.event("reports.purged", rows=count)


def _make(job: Job, file_id: int, lease: datetime | None) -> None:
    try:
        content = _written(job, file_id)
    except StafetError as error:  # the order cannot be met, now or later
        with job.database.transaction() as session:
            archive.give_up(session, file_id, lease, error.code)
        log.event("reports.not_made", level=logging.WARNING, file=file_id, code=error.code)
        return
    except SQLAlchemyError:
        raise  # the database is away: the lease runs out, and it is made then
    with job.database.transaction() as session:
        if archive.keep(session, file_id, lease, content, now=clock.now()):
            write = partial(letters.report, session)
            scheduling.send(session, file_id, write, now=clock.now())


def _written(job: Job, file_id: int) -> bytes:
    with job.database.reader() as session:
        row = session.get_one(ReportFile, file_id)
        actor, order, now = archive.reader_of(session, row), order_of(row), clock.now()
        found = organisation.find_organisation(session)
        with force_locale(row.language):
            report = building.report(session, actor, order, now=now)
            return written(report, Form(row.form), found.name if found else "", now=now)
