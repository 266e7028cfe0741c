"""Marking activities done, calling them off, taking that back, and copying one."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session

from branding.audit.service import record
from branding.core import clock
from branding.core.actor import Actor
from branding.core.db import taken
from branding.core.errors import Conflict, RuleBroken
from branding.core.text import say
from branding.plan.models import Activity
from branding.plan.queries.activities import activity_by_id
from branding.plan.rules.activities import again
from branding.plan.rules.addresses import check_address
from branding.plan.service.activities import FILLED, add_activity, done_on, editable
from branding.plan.values import ActivityView, Status


def mark_done(
    session: Session, actor: Actor, activity_id: int, link: str, *, today: date, now: datetime
) -> ActivityView:
    """It is done today, or was on its last day; with the address where it can be seen, when there is one."""
    row = editable(session, actor, activity_id)
    if row.status == Status.CANCELLED:
        raise RuleBroken("is_cancelled", say("It has been called off. Put it back in the plan first."))
    link = check_address(link) if link.strip() else row.link
    if row.status != Status.DONE:
        row.link = link
        _set(session, actor, row, Status.DONE, "plan:activity:done", now)
        row.done_on = done_on(row, today)
    elif row.link != link:
        row.link, row.changed_at, row.version = link, now, row.version + 1
        record(session, actor, "plan:activity:seen", "plan_activity", row.id, now=now)
    session.flush()
    return activity_by_id(session, activity_id)


def cancel_activity(session: Session, actor: Actor, activity_id: int, *, now: datetime) -> ActivityView:
    """Call it off; a slot that it filled is open again."""
    row = editable(session, actor, activity_id)
    if row.status != Status.CANCELLED:
        _set(session, actor, row, Status.CANCELLED, "plan:activity:cancelled", now)
        row.done_on = None
    session.flush()
    return activity_by_id(session, activity_id)


def take_back(
    session: Session, actor: Actor, activity_id: int, version: int, *, now: datetime
) -> ActivityView:
    """Undo what was marked last; refused when somebody has changed it or filled its slot since."""
    row = editable(session, actor, activity_id)
    if row.version != version or not row.status_before:
        text = say("It has been changed again since, so it cannot be undone from here.")
        raise Conflict("changed_since", text)
    with taken(session, FILLED):
        _set(session, actor, row, Status(row.status_before), "plan:activity:taken-back", now)
        row.status_before, row.done_on = "", done_on(row, clock.local(now).date())
    return activity_by_id(session, activity_id)


def copy_activity(
    session: Session, actor: Actor, activity_id: int, to: date, *, today: date, now: datetime
) -> int:
    """The same once more on another day: planned, without what came of the first."""
    editable(session, actor, activity_id)
    request = again(activity_by_id(session, activity_id), to)
    return add_activity(session, actor, request, today=today, now=now)


def _set(session: Session, actor: Actor, row: Activity, status: Status, tag: str, now: datetime) -> None:
    before = row.status
    row.status, row.status_before = status, before
    row.changed_at, row.version = now, row.version + 1
    record(session, actor, tag, "plan_activity", row.id, changes={"status": (before, status)}, now=now)
