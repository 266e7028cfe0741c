"""The rules that Stafet comes with, put in the database once, and put back when somebody asks."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from branding.reminders.models import ReminderRule, ReminderState
from branding.reminders.queries.rules import codes, columns_of, state
from branding.reminders.shipped import shipped_rules


def seed_rules(session: Session, *, now: datetime) -> int:
    """Add those that are not there yet; what people changed or turned off stays so.  Returns how many."""
    known, count = codes(session), 0
    for code, asked in shipped_rules().items():
        if code not in known:
            session.add(ReminderRule(code=code, made_at=now, **columns_of(asked)))
            count += 1
    session.flush()
    return count


def state_row(session: Session) -> ReminderState:
    """The one row of state, made the first time."""
    found = state(session)
    if found is None:
        found = ReminderState(id=1)
        session.add(found)
        session.flush()
    return found
