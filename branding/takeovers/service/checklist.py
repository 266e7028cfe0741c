"""The checklist of a takeover: standard lines, own lines, ticking and unticking."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from sqlmodel import Session, col, select

from branding.audit.service import record
from branding.core import policy
from branding.core.actor import Actor
from branding.takeovers import queries
from branding.takeovers.checklist import LINES, due_on
from branding.takeovers.models import ChecklistItem


def add_lines(session: Session, takeover_id: int, starts_on: date, ends_on: date) -> None:
    """Put the standard lines on a new takeover's list."""
    session.add_all(
        ChecklistItem(takeover_id=takeover_id, key=line.key, due_on=due_on(line, starts_on, ends_on))
        for line in LINES
    )
    session.flush()


def add_task(
    session: Session, actor: Actor, takeover_id: int, label: str, day: date, *, now: datetime
) -> int:
    """Add a line in one's own words."""
    _check(session, actor, takeover_id)
    task = ChecklistItem(takeover_id=takeover_id, key=f"own-{secrets.token_hex(4)}", label=label, due_on=day)
    session.add(task)
    session.flush()
    record(session, actor, "takeovers:task:added", "checklist_item", task.id, now=now)
    return task.id or 0


def remove_task(session: Session, actor: Actor, takeover_id: int, task_id: int, *, now: datetime) -> None:
    """Take a line off the list."""
    _check(session, actor, takeover_id)
    session.delete(queries.task_by_id(session, takeover_id, task_id))
    record(session, actor, "takeovers:task:removed", "checklist_item", task_id, now=now)


def tick(
    session: Session, actor: Actor, takeover_id: int, task_id: int, done: bool, *, now: datetime
) -> None:
    """Mark a line as done, or as not done after all."""
    _check(session, actor, takeover_id)
    task = queries.task_by_id(session, takeover_id, task_id)
    if (task.done_at is not None) == done:
        return
    task.done_at = now if done else None
    task.done_by_kind, task.done_by_id = (actor.kind, actor.id) if done else ("", None)
    tag = "takeovers:task:done" if done else "takeovers:task:reopened"
    record(session, actor, tag, "checklist_item", task_id, now=now)


def tick_by_key(session: Session, actor: Actor, takeover_id: int, key: str, *, now: datetime) -> None:
    """Tick the line that something else has just done, such as sending the invitation."""
    query = select(ChecklistItem).where(ChecklistItem.takeover_id == takeover_id, ChecklistItem.key == key)
    task = session.exec(query).first()
    if task is not None and task.done_at is None:
        task.done_at, task.done_by_kind, task.done_by_id = now, actor.kind, actor.id


def add_line(session: Session, takeover_id: int, key: str, day: date) -> None:
    """Put a line with a name of its own on the list, or open it again with a new day."""
    query = select(ChecklistItem).where(ChecklistItem.takeover_id == takeover_id, ChecklistItem.key == key)
    task = session.exec(query).first() or ChecklistItem(takeover_id=takeover_id, key=key, due_on=day)
    task.due_on, task.done_at, task.done_by_kind, task.done_by_id = day, None, "", None
    session.add(task)
    session.flush()


def move_lines(session: Session, takeover_id: int, starts_on: date, ends_on: date) -> None:
    """After a move: standard lines that are not done get the days that follow from the new period."""
    days = {line.key: due_on(line, starts_on, ends_on) for line in LINES}
    open_lines = select(ChecklistItem).where(
        ChecklistItem.takeover_id == takeover_id, col(ChecklistItem.done_at).is_(None)
    )
    for task in session.exec(open_lines):
        task.due_on = days.get(task.key, task.due_on)


def _check(session: Session, actor: Actor, takeover_id: int) -> None:
    unit_id = queries.takeover_by_id(session, takeover_id).unit_id
    policy.check(actor, "takeovers:takeover:edit", unit_id, thing="takeover", key=takeover_id)
