"""The table of what somebody must be told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from branding.core.db import UtcDateTime, values_in
from branding.publishing.values.alerts import Event


class Alert(SQLModel, table=True):
    """Something that happened once; it is told once, and stands on the front page until it has ended."""

    __tablename__ = "alert"
    __table_args__ = (
        UniqueConstraint("dedupe_key"),
        CheckConstraint(values_in("event", Event), name="event"),
        Index("ix_alert_untold", "told_at", "due_at"),
        Index("ix_alert_open", "ended_at", "unit_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    #: What happened; see values.alerts.
    event: str = Field(max_length=16)
    #: What makes it one of a kind: said twice it is told once.
    dedupe_key: str = Field(max_length=120)
    #: The publication that it is about.
    publication_id: str | None = Field(default=None, foreign_key="publication.id", index=True)
    #: The profile that it is about.
    profile_id: int | None = Field(default=None, foreign_key="profile.id")
    #: The unit whose people are told.
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    #: Why: a code that the mail and the page put into words.
    code: str = Field(default="", max_length=40)
    #: Another row that it is about: a takedown, a package, a found post.
    reference: str = Field(default="", max_length=60)
    #: When it happened.
    made_at: datetime = Field(sa_type=UtcDateTime)
    #: Not told before this moment.
    due_at: datetime = Field(sa_type=UtcDateTime)
    #: When the mails were planned.
    told_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: When there is nothing left to do about it.
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
