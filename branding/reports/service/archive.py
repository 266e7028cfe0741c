"""Ordering a report, making it outside any transaction, keeping it, and links for those without sign-in."""

from __future__ import annotations

import logging
import secrets
from datetime import date, datetime, timedelta

from sqlmodel import Session

from branding.accounts import queries as accounts
from branding.audit.service import record
from branding.core import log, policy
from branding.core.actor import SYSTEM, Actor
from branding.core.errors import NotAllowed, RuleBroken
from branding.core.text import say
from branding.organisation import queries as organisation
from branding.reports.models import ReportFile, ReportLink, ReportSchedule
from branding.reports.queries import archive as queries
from branding.reports.queries.reach import VIEW, reach
from branding.reports.rules.periods import check_period
from branding.reports.values.orders import KEPT_FORMS, Form, Order
from branding.reports.values.schedules import Stage

LINK = "reports:link:make"
SCHEDULE = "reports:schedule:edit"
#: A link is for reading now, the archive is for later.
LINK_LASTS = timedelta(days=30)
#: Reports can be made again at any time; what was sent is kept for two years.
KEPT = timedelta(days=730)
_LEASE = timedelta(minutes=5)
_MOST_TRIES = 3


def order(session: Session, actor: Actor, asked: Order, form: Form, language: str, *, now: datetime) -> int:
    """Put a report into the archive's queue; returns its id."""
    check_period(asked.first, asked.last)
    reach(session, actor, asked)
    if form not in KEPT_FORMS:
        raise RuleBroken("no_such_form", say("This report cannot be had in that form."), "form")
    row = _row(asked, form, actor.id or 0, language, now)
    session.add(row)
    session.flush()
    record(session, actor, "reports:file:ordered", "report_file", row.id, now=now)
    return row.id or 0


def order_scheduled(
    session: Session, schedule: ReportSchedule, days: tuple[date, date], run_on: date | None, *, now: datetime
) -> ReportFile:
    """The report of a schedule's day, of which the table lets each have one; or one in between."""
    view = queries.schedule_view(schedule).asked
    asked = Order(view.kind, *days, view.unit_id, None, view.for_leaders)
    row = _row(asked, view.form, schedule.made_by, "da", now)
    row.schedule_id, row.run_on = schedule.id, run_on
    session.add(row)
    session.flush()
    record(session, SYSTEM, "reports:file:ordered", "report_file", row.id, now=now)
    return row


def _row(asked: Order, form: Form, user_id: int, language: str, now: datetime) -> ReportFile:
    return ReportFile(
        kind=asked.kind,
        form=form,
        first_on=asked.first,
        last_on=asked.last,
        unit_id=asked.unit_id,
        channel_id=asked.channel_id,
        for_leaders=asked.for_leaders,
        ordered_at=now,
        ordered_by=user_id,
        language=language,
    )


def claim(session: Session, *, now: datetime) -> ReportFile | None:
    """Take the oldest that waits; one that failed three times is given up loudly."""
    row = queries.find_waiting(session, now, lock=True)
    if row is None:
        return None
    row.tries += 1
    if row.tries > _MOST_TRIES:
        row.stage, row.lease_until, row.error = Stage.FAILED, None, row.error or "gave_up"
        session.flush()
        log.event("reports.gave_up", level=logging.ERROR, file=row.id)
        return None
    row.stage, row.lease_until = Stage.MAKING, now + _LEASE
    session.flush()
    return row


def reader_of(session: Session, row: ReportFile) -> Actor:
    """Who ordered it, with the roles of today: rights that are gone do not come back by an old order."""
    needed = VIEW if row.schedule_id is None else SCHEDULE
    person = accounts.person(session, row.ordered_by)
    units = organisation.ids_under(session, person.area_ids) if person.area_ids else frozenset()
    actor = Actor("user", person.id, person.name, person.email, person.roles, units)
    if person.deactivated_at is not None or not policy.may(actor, needed):
        raise NotAllowed(needed)
    return actor


def keep(session: Session, file_id: int, lease: datetime | None, content: bytes, *, now: datetime) -> bool:
    """Keep what was made; False when another worker has it by now."""
    row = queries.claimed_file(session, file_id)
    if row.stage != Stage.MAKING or row.lease_until != lease:
        return False
    row.stage, row.lease_until, row.content, row.size = Stage.DONE, None, content, len(content)
    row.made_at, row.error = now, ""
    return True


def give_up(session: Session, file_id: int, lease: datetime | None, error: str) -> None:
    """It cannot be made, and trying again would not help; unless another worker has it by now."""
    row = queries.claimed_file(session, file_id)
    if row.stage != Stage.MAKING or row.lease_until != lease:
        return
    row.stage, row.lease_until, row.error = Stage.FAILED, None, error[:80]


def try_again(session: Session, actor: Actor, file_id: int, *, now: datetime) -> None:
    """Somebody has mended what stopped it."""
    row = file_for(session, actor, file_id)
    if row.stage != Stage.FAILED:
        raise RuleBroken("not_failed", say("This report did not fail."))
    row.stage, row.tries, row.error = Stage.WAITING, 0, ""
    record(session, actor, "reports:file:retried", "report_file", file_id, now=now)


def file_for(session: Session, actor: Actor, file_id: int) -> ReportFile:
    """Somebody's own order, or one about units that are theirs."""
    row = queries.file_by_id(session, file_id)
    if actor.kind != "user" or row.ordered_by != actor.id:
        policy.check(actor, VIEW, row.unit_id, thing="report_file", key=file_id)
    return row


def make_link(session: Session, actor: Actor, file_id: int, *, now: datetime) -> str:
    """A secret that opens this report without sign-in for 30 days; only what names nobody."""
    row = file_for(session, actor, file_id)
    policy.check(actor, LINK)
    return add_link(session, actor, row, now=now)


def add_link(session: Session, actor: Actor, row: ReportFile, *, now: datetime) -> str:
    if not queries.order_of(row).names_nobody:
        raise RuleBroken(
            "names", say("Only the version for leaders, which names nobody, goes out as a link.")
        )
    token = secrets.token_urlsafe(32)
    link = ReportLink(
        file_id=row.id or 0,
        token_hash=queries.token_hash(token),
        made_at=now,
        expires_at=now + LINK_LASTS,
    )
    session.add(link)
    session.flush()
    record(session, actor, "reports:link:made", "report_file", row.id, now=now)
    return token


def revoke_links(session: Session, actor: Actor, file_id: int, *, now: datetime) -> int:
    """Close every link of a report; returns how many were open."""
    file_for(session, actor, file_id)
    policy.check(actor, LINK)
    links = queries.links_of(session, file_id)
    open_ones = [one for one in links if one.revoked_at is None and one.expires_at > now]
    for one in open_ones:
        one.revoked_at = now
    record(session, actor, "reports:link:revoked", "report_file", file_id, now=now)
    return len(open_ones)


def opened_by_link(session: Session, token: str, *, now: datetime) -> ReportFile | None:
    """The report of a link that is open; None for any other, whatever the reason."""
    link = queries.find_link(session, token)
    if link is None or link.revoked_at is not None or link.expires_at <= now:
        return None
    row = queries.file_by_id(session, link.file_id)
    return row if row.stage == Stage.DONE else None


def purge(session: Session, *, now: datetime) -> int:
    """Delete reports after two years, with their links."""
    old = queries.old_files(session, now - KEPT)
    for row in old:
        for link in queries.links_of(session, row.id or 0):
            session.delete(link)
        session.flush()
        session.delete(row)
    session.flush()
    return len(old)
