"""Reports of the example: two that are sent by themselves, and what they made the last time."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session

from branding.core import clock
from branding.core.actor import Actor
from branding.reports.queries import archive as queries
from branding.reports.rules.periods import days_of, latest_run
from branding.reports.service import archive, building, scheduling
from branding.reports.values.orders import Form, Kind
from branding.reports.values.schedules import Rhythm, Scheduled, Span
from branding.reports.writing import written

#: CSV and pages are made in an instant; a PDF or a workbook would be felt when the example is loaded.
_SENT = (
    Scheduled(
        Kind.CONTENT_PLAN,
        Form.CSV,
        Rhythm.WEEKLY,
        Span.THIS_AND_NEXT_WEEK,
        None,
        False,
        ("netvaerk@example.dk", "kommunikation@example.dk"),
        False,
    ),
    Scheduled(
        Kind.STRATEGY,
        Form.HTML,
        Rhythm.QUARTERLY,
        Span.LAST_QUARTER,
        None,
        True,
        ("ledelse@example.dk",),
        True,
    ),
)


def reports(session: Session, karen: Actor, now: datetime) -> None:
    """Both were made on their latest day; nothing is due until the next one."""
    today = clock.local(now).date()
    for asked in _SENT:
        run_on = latest_run(asked.rhythm, today)
        made_on = clock.at_local(run_on, 6, 30)
        began = run_on - timedelta(days=7)
        schedule_id = scheduling.add_schedule(session, karen, asked, today=began, now=min(now, made_on))
        row = queries.schedule_by_id(session, schedule_id)
        archive.order_scheduled(session, row, days_of(asked.span, run_on), run_on, now=min(now, made_on))
        row.last_run_on = run_on
        _make(session, karen, min(now, made_on))


def _make(session: Session, karen: Actor, now: datetime) -> None:
    file = archive.claim(session, now=now)
    if file is not None and file.id is not None:
        order = queries.order_of(file)
        content = written(building.report(session, karen, order, now=now), Form(file.form), "", now=now)
        archive.keep(session, file.id, file.lease_until, content, now=now)
