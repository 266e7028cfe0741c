"""What publishing writes into a post: its time, and that it is out."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from branding.audit.service import record
from branding.core.actor import SYSTEM, Actor
from branding.drafts.queries.drafts import draft_row
from branding.drafts.service.access import draft_for
from branding.drafts.service.drafts import check_days

_PLAN = "publishing:publication:plan"


def check_slot(session: Session, draft_id: str, due_at: datetime) -> None:
    """Refuse a time that is not on one of the takeover's days, or of a takeover that has ended."""
    check_days(session, draft_row(session, draft_id), due_at)


def retime(session: Session, actor: Actor, draft_id: str, due_at: datetime, *, now: datetime) -> None:
    """Another time for an approved post, which stays approved: the caller asks the gate for that time."""
    row = draft_for(session, actor, draft_id, _PLAN)
    check_days(session, row, due_at)
    if row.due_at != due_at:
        changes = {"due_at": (row.due_at.isoformat() if row.due_at else None, due_at.isoformat())}
        row.due_at, row.version = due_at, row.version + 1
        record(session, actor, "drafts:draft:timed", "draft", row.id, changes=changes, now=now)


def mark_planned(session: Session, draft_id: str, *, now: datetime) -> None:
    """It is in the plan as it is approved now."""
    draft_row(session, draft_id).planned_at = now


def mark_out(session: Session, draft_id: str, *, now: datetime) -> None:
    """It is on its way out and cannot be called back: from now on it stands as it is."""
    row = draft_row(session, draft_id)
    if row.out_at is None:
        row.out_at, row.version = now, row.version + 1
        record(session, SYSTEM, "drafts:draft:out", "draft", row.id, now=now)


def mark_back(session: Session, draft_id: str, *, now: datetime) -> None:
    """It turned out not to be out on any channel: it can be changed again."""
    row = draft_row(session, draft_id)
    if row.out_at is not None:
        row.out_at, row.version = None, row.version + 1
        record(session, SYSTEM, "drafts:draft:back", "draft", row.id, now=now)
