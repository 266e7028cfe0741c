"""After a lent login: the password must be changed before anybody else is shown one."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session

from branding.audit.service import record
from branding.core import clock
from branding.core.actor import SYSTEM, Actor
from branding.takeovers import queries
from branding.takeovers.checklist import CHANGE_LOGIN
from branding.takeovers.models import Takeover
from branding.takeovers.service.checklist import add_line


def require_change(session: Session, takeover: Takeover, *, now: datetime) -> None:
    """Somebody who need not know the password any more knows it: a line for the next day says so."""
    login = queries.find_login(session, takeover.profile_id)
    if login is None:
        return
    login.change_due_since = login.change_due_since or now
    last = min(takeover.ends_on, clock.local(now).date())
    add_line(session, takeover.id or 0, CHANGE_LOGIN, last + timedelta(days=1))
    record(session, SYSTEM, "takeovers:login:change-due", "profile_login", login.id, now=now)


def settle_change(session: Session, actor: Actor, profile_id: int, *, now: datetime) -> None:
    """The password is another one: the lines that asked for it are done."""
    login = queries.find_login(session, profile_id)
    assert login is not None
    login.change_due_since = None
    for task in queries.open_change_lines(session, profile_id):
        task.done_at, task.done_by_kind, task.done_by_id = now, actor.kind, actor.id
        record(session, actor, "takeovers:task:done", "checklist_item", task.id, now=now)
    session.flush()
