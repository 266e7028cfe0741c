"""Mails whose reason went before they did: taken back, and what still holds is decided anew."""

from __future__ import annotations

from sqlmodel import Session, col, select

from branding.outbox.queries import waiting_keys
from branding.outbox.service import cancel
from branding.reminders.models import ReminderSent
from branding.reminders.queries.log import of_mails
from branding.reminders.rules.holding import holds
from branding.reminders.values.choosing import Outcome, Reason
from branding.reminders.values.reminding import Facts

_MAILS = "reminder:"


def key_of(sent_id: int | None) -> str:
    """What a mail is called in the outbox: by the first line that it holds."""
    return f"{_MAILS}{sent_id}:"


def outdated(session: Session, found: Facts) -> set[str]:
    """The mails that wait and say something that is not so any more."""
    keys = waiting_keys(session, _MAILS)
    return {one.outbox_key for one in of_mails(session, keys) if not holds(one, found)} if keys else set()


def take_back(session: Session, found: Facts) -> bool:
    """Whether there were any; all that they told is as if it had never been told."""
    keys = outdated(session, found)
    for key in keys:
        cancel(session, key)
    rows = session.exec(select(ReminderSent).where(col(ReminderSent.outbox_key).in_(keys))) if keys else ()
    for row in rows:
        row.key = f"{row.key}:back:{row.id}"
        row.outcome, row.reason = Outcome.LEFT_OUT, Reason.TAKEN_BACK
    session.flush()
    return bool(keys)
