"""Tables of what people decide for themselves."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from branding.core.db import UtcDateTime, values_in
from branding.reminders.values.choosing import Mode
from branding.reminders.values.triggers import Trigger


class ReminderChoice(SQLModel, table=True):
    """How one person wants to hear of what one rule is about; without a row by mail."""

    __tablename__ = "reminder_choice"
    __table_args__ = (
        UniqueConstraint("user_id", "rule_id"),
        CheckConstraint(values_in("mode", Mode), name="mode"),
    )

    id: int | None = Field(default=None, primary_key=True)
    #: Whose choice.
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE")
    #: About which rule.
    rule_id: int = Field(foreign_key="reminder_rule.id", index=True)
    #: mail, digest or off.
    mode: str = Field(max_length=8)


class ReminderPutOff(SQLModel, table=True):
    """Somebody wants to hear of it later."""

    __tablename__ = "reminder_put_off"
    __table_args__ = (UniqueConstraint("sent_id"),)

    id: int | None = Field(default=None, primary_key=True)
    #: The reminder that was put off.
    sent_id: int = Field(foreign_key="reminder_sent.id")
    #: By which rule it was sent.
    rule_id: int = Field(foreign_key="reminder_rule.id")
    #: What it is about.
    occasion: str = Field(max_length=80)
    #: Who.
    recipient: str = Field(max_length=24)
    #: Until when.
    until: datetime = Field(sa_type=UtcDateTime)
    #: When that was said.
    made_at: datetime = Field(sa_type=UtcDateTime)


class ReminderPassed(SQLModel, table=True):
    """Somebody said that it is not theirs."""

    __tablename__ = "reminder_passed"
    __table_args__ = (
        UniqueConstraint("trigger", "occasion", "recipient"),
        CheckConstraint(values_in("trigger", Trigger), name="trigger"),
    )

    id: int | None = Field(default=None, primary_key=True)
    #: What kind of thing.
    trigger: str = Field(max_length=20)
    #: Which one.
    occasion: str = Field(max_length=80)
    #: Who said so.
    recipient: str = Field(max_length=24)
    #: Who hears of it instead; empty: communications.
    instead: str = Field(default="", max_length=24)
    #: When that was said.
    made_at: datetime = Field(sa_type=UtcDateTime)
