"""Tables of rules, and of the hours at which nobody is told anything."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from branding.core.db import UtcDateTime, values_in
from branding.reminders.values.triggers import Counted, Trigger


class ReminderRule(SQLModel, table=True):
    """Who is told what, when and how: data that communications edits."""

    __tablename__ = "reminder_rule"
    __table_args__ = (
        UniqueConstraint("code"),
        CheckConstraint(values_in("trigger", Trigger), name="trigger"),
        CheckConstraint(values_in("counted", Counted), name="counted"),
        CheckConstraint("stale_hours > 0", name="stale_hours"),
    )

    id: int | None = Field(default=None, primary_key=True)
    #: Stafet's own name for a rule that it came with; empty for one that people made.
    code: str | None = Field(default=None, max_length=40)
    #: What it is about.
    trigger: str = Field(max_length=20)
    #: So many days or hours from the day; before is negative.
    offset: int
    #: days, hours or friday.
    counted: str = Field(max_length=10)
    #: At which time of day in Denmark.
    at: time
    #: Who is told.
    audiences: list[str] = Field(sa_column=Column(JSON, nullable=False))
    #: mail, teams, sms.
    channels: list[str] = Field(sa_column=Column(JSON, nullable=False))
    #: The subject of the mail, with names in braces.
    subject: str = Field(default="", max_length=200)
    #: Its words.
    text: str = Field(default="")
    #: Also on weekends and holidays.
    is_urgent: bool = Field(default=False)
    #: The working day before a day off, instead of the one after.
    is_before: bool = Field(default=False)
    #: So many hours later it helps nobody any more.
    stale_hours: int
    #: Whether it is used.
    is_on: bool = Field(default=True)
    #: What it was before the latest change, to undo that.
    before: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON, nullable=True))
    #: When it came; it does not reach back behind that.
    made_at: datetime = Field(sa_type=UtcDateTime)
    #: Who made it.
    made_by: str = Field(default="", max_length=24)
    #: When it was taken away.
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: Counts up at every change.
    version: int = Field(default=1)


class ReminderState(SQLModel, table=True):
    """One row: how far reminders have been looked at, and the quiet hours."""

    __tablename__ = "reminder_state"
    __table_args__ = (
        CheckConstraint("quiet_ends < quiet_begins", name="quiet"),
        CheckConstraint("quiet_begins BETWEEN 12 AND 23 AND quiet_ends BETWEEN 0 AND 11", name="hours"),
    )

    id: int | None = Field(default=None, primary_key=True)
    #: The latest quarter of an hour that was looked at.
    looked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: From this hour on nobody is told anything.
    quiet_begins: int = Field(default=18)
    #: Until this hour of the morning.
    quiet_ends: int = Field(default=7)
    #: Counts up when the quiet hours change.
    version: int = Field(default=1)
