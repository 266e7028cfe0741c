"""Reads of the checklist."""

from __future__ import annotations

from sqlalchemy import case, func
from sqlmodel import Session, col, select

from branding.core.errors import Missing
from branding.takeovers.models import ChecklistItem
from branding.takeovers.values import TaskView


def task_counts(session: Session, takeover_ids: list[int]) -> dict[int, tuple[int, int]]:
    done = func.sum(case((col(ChecklistItem.done_at).is_not(None), 1), else_=0))
    query = select(ChecklistItem.takeover_id, done, func.count()).where(
        col(ChecklistItem.takeover_id).in_(takeover_ids)
    )
    return {
        row[0]: (int(row[1]), int(row[2]))
        for row in session.exec(query.group_by(col(ChecklistItem.takeover_id)))
    }


def tasks_of(session: Session, takeover_id: int) -> list[TaskView]:
    query = select(ChecklistItem).where(ChecklistItem.takeover_id == takeover_id)
    rows = session.exec(query.order_by(col(ChecklistItem.due_on), col(ChecklistItem.id)))
    return [TaskView(row.id or 0, row.key, row.label, row.due_on, row.done_at) for row in rows]


def task_by_id(session: Session, takeover_id: int, task_id: int) -> ChecklistItem:
    found = session.get(ChecklistItem, task_id)
    if found is None or found.takeover_id != takeover_id:
        raise Missing("checklist_item", task_id)
    return found
