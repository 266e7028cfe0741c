"""Reports that are made by themselves: rows that people edit, ordered on their day, sent when made."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from branding.audit.service import record
from branding.core import policy
from branding.core.actor import SYSTEM, Actor
from branding.core.errors import Conflict, RuleBroken
from branding.core.text import Text, say
from branding.outbox.service import enqueue
from branding.outbox.values import Mail
from branding.reports.models import ReportFile, ReportSchedule
from branding.reports.queries import archive as queries
from branding.reports.rules import periods
from branding.reports.service import archive
from branding.reports.values.orders import KEPT_FORMS, NAMING, TITLES
from branding.reports.values.schedules import Rhythm, Scheduled, Span

EDIT = "reports:schedule:edit"
RHYTHMS, SPANS, next_run = periods.RHYTHMS, periods.SPANS, periods.next_run
#: A report that could not be sent for so long is yesterday's news; it stays in the archive.
_STALE = timedelta(days=3)
#: A mail list belongs in the mail system.
MOST_MAILS = 30
#: How the caller turns a made report into a mail: to whom, and the secret of its link if it is one.
WriteMail = Callable[[ReportFile, str, str], Mail]


def add_schedule(session: Session, actor: Actor, asked: Scheduled, *, today: date, now: datetime) -> int:
    policy.check(actor, EDIT)
    _check(asked)
    row = ReportSchedule(mails=[], on_since=today, made_by=actor.id or 0, **_plain(asked))
    row.mails = list(asked.mails)
    session.add(row)
    session.flush()
    record(session, actor, "reports:schedule:added", "report_schedule", row.id, now=now)
    return row.id or 0


def change_schedule(
    session: Session, actor: Actor, schedule_id: int, asked: Scheduled, *, today: date, now: datetime
) -> None:
    """Whoever changes it answers for it from now on: their rights decide what stands in it."""
    policy.check(actor, EDIT)
    _check(asked)
    row = queries.schedule_by_id(session, schedule_id)
    if row.version != asked.version:
        raise Conflict(
            "changed",
            say("Somebody else has changed this report meanwhile."),
            mine=_told(asked),
            theirs=_told(queries.schedule_view(row).asked),
        )
    before = _plain(queries.schedule_view(row).asked)
    after = _plain(asked)
    for name, value in after.items():
        setattr(row, name, value)
    row.mails, row.made_by, row.version = list(asked.mails), actor.id or 0, row.version + 1
    changes = {name: (str(before[name]), str(after[name])) for name in after if before[name] != after[name]}
    record(
        session, actor, "reports:schedule:changed", "report_schedule", schedule_id, changes=changes, now=now
    )


def switch(
    session: Session, actor: Actor, schedule_id: int, is_on: bool, *, today: date, now: datetime
) -> None:
    """Off, or on again from today."""
    policy.check(actor, EDIT)
    row = queries.schedule_by_id(session, schedule_id)
    if is_on and not row.is_on:
        row.on_since = today
    row.is_on = is_on
    verb = "put-on" if is_on else "put-off"
    record(session, actor, f"reports:schedule:{verb}", "report_schedule", schedule_id, now=now)


def _plain(asked: Scheduled) -> dict[str, Any]:
    return {
        "kind": str(asked.kind),
        "form": str(asked.form),
        "rhythm": str(asked.rhythm),
        "span": str(asked.span),
        "unit_id": asked.unit_id,
        "for_leaders": asked.for_leaders,
        "as_link": asked.as_link,
    }


def _told(asked: Scheduled) -> list[tuple[Text, Any]]:
    return [
        (say("Which report?"), TITLES[asked.kind]),
        (say("When"), periods.RHYTHMS[asked.rhythm]),
        (say("About"), periods.SPANS[asked.span]),
        (say("In which form?"), asked.form.word),
        (say("To"), ", ".join(asked.mails)),
    ]


def _check(asked: Scheduled) -> None:
    if asked.form not in KEPT_FORMS:
        raise RuleBroken("no_such_form", say("This report cannot be had in that form."), "form")
    if not asked.mails:
        raise RuleBroken("nobody", say("Write at least one mail address."), "mails")
    if len(asked.mails) > MOST_MAILS:
        text = say("Write %(n)s addresses at most, or the address of a list.", n=MOST_MAILS)
        raise RuleBroken("too_many", text, "mails")
    if asked.as_link and not (asked.for_leaders or asked.kind not in NAMING):
        text = say("Only the version for leaders, which names nobody, goes out as a link.")
        raise RuleBroken("names", text, "for_leaders")


def run_now(session: Session, actor: Actor, schedule_id: int, *, today: date, now: datetime) -> int:
    """Order the report of today, beside those of its days; returns the file's id."""
    policy.check(actor, EDIT)
    row = queries.schedule_by_id(session, schedule_id)
    made = archive.order_scheduled(session, row, periods.days_of(Span(row.span), today), None, now=now)
    return made.id or 0


def any_due(session: Session, today: date) -> bool:
    """Looked at without the write lock: most ticks find nothing."""
    return any(_run(row, today) is not None for row in queries.schedules_on(session))


def order_due(session: Session, *, today: date, now: datetime) -> int:
    """Order the reports of schedules whose day has come, once each; returns how many."""
    count = 0
    for row in queries.schedules_on(session, lock=True):
        run_on = _run(row, today)
        if run_on is not None:
            archive.order_scheduled(session, row, periods.days_of(Span(row.span), run_on), run_on, now=now)
            row.last_run_on = run_on
            count += 1
    session.flush()
    return count


def _run(row: ReportSchedule, today: date) -> date | None:
    run_on = periods.due_run(Rhythm(row.rhythm), row.on_since, today)
    is_new = run_on is not None and (row.last_run_on is None or row.last_run_on < run_on)
    return run_on if is_new else None


def send(session: Session, file_id: int, write: WriteMail, *, now: datetime) -> int:
    """Mail a made report to its schedule's list, once to each address; returns how many were planned.

    Nothing goes out when the schedule was turned off meanwhile, or was changed to a link that this file
    may not have: the file stays in the archive.
    """
    row = queries.file_by_id(session, file_id)
    if row.schedule_id is None:
        return 0
    schedule, count = queries.schedule_by_id(session, row.schedule_id), 0
    is_off = not schedule.is_on and row.run_on is not None
    if is_off or (schedule.as_link and not queries.order_of(row).names_nobody):
        return 0
    for address in schedule.mails:
        mark = hashlib.sha256(address.casefold().encode()).hexdigest()[:16]
        token = archive.add_link(session, SYSTEM, row, now=now) if schedule.as_link else ""
        mail, key = write(row, address, token), f"report:{file_id}:{mark}"
        count += enqueue(session, mail, dedupe_key=key, due_at=now, now=now, drop_after=now + _STALE)
    return count
