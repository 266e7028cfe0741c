"""The table of what was sent, and of what was not."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from branding.core.db import UtcDateTime, values_in
from branding.reminders.values.choosing import Outcome


class ReminderSent(SQLModel, table=True):
    """One reminder to one person: written once, by whoever gets there first.  No names."""

    __tablename__ = "reminder_sent"
    __table_args__ = (
        UniqueConstraint("key"),
        CheckConstraint(values_in("outcome", Outcome), name="outcome"),
        Index("ix_reminder_sent_when", "decided_at"),
        Index("ix_reminder_sent_planned", "planned_at"),
        Index("ix_reminder_sent_to", "recipient", "outcome", "decided_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    #: The rule, what it is about, whom it tells, how, and which time: telling twice is refused here.
    key: str = Field(max_length=160)
    #: The same without which time.
    base_key: str = Field(max_length=160)
    #: The day that the rule means.
    for_on: date
    #: By which rule.
    rule_id: int = Field(foreign_key="reminder_rule.id")
    #: What it is about: ``takeover:5``.
    occasion: str = Field(max_length=80)
    #: The unit that it is about.
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    #: Who: ``user:3``, ``host:5``, ``leader:7`` or ``teams``.
    recipient: str = Field(max_length=24)
    #: mail, teams or sms.
    via: str = Field(max_length=8)
    #: When it should have been sent.
    planned_at: datetime = Field(sa_type=UtcDateTime)
    #: When it was, or when it was decided that it is not.
    decided_at: datetime = Field(sa_type=UtcDateTime)
    #: sent, for_digest, dropped or left_out.
    outcome: str = Field(max_length=12)
    #: Why it was not sent.
    reason: str = Field(default="", max_length=20)
    #: The message's key in the outbox.
    outbox_key: str = Field(default="", max_length=160)
