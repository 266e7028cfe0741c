"""The table of messages waiting to leave."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from branding.core.db import UtcDateTime, values_in
from branding.outbox.values import MessageStatus


class OutboxMessage(SQLModel, table=True):
    """One mail to one person."""

    __tablename__ = "outbox_message"
    __table_args__ = (
        UniqueConstraint("dedupe_key"),
        CheckConstraint(values_in("status", MessageStatus), name="status"),
        Index("ix_outbox_message_due", "status", "next_attempt_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    #: What makes the message one of a kind: planning it twice sends it once.
    dedupe_key: str = Field(max_length=160)
    #: One recipient.
    to_address: str = Field(max_length=254)
    #: One line.
    subject: str = Field(max_length=200)
    #: Emptied when the mail has left: links in it are secrets.
    body: str
    #: See outbox.values.
    status: str = Field(default=MessageStatus.WAITING)
    #: When it was planned.
    made_at: datetime = Field(sa_type=UtcDateTime)
    #: Not before this moment; pushed forward after a failure.
    next_attempt_at: datetime = Field(sa_type=UtcDateTime)
    #: How often it was tried.
    attempts: int = Field(default=0)
    #: Until when the claim of a sending process holds.
    lease_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: When the server took it.
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: The code of the latest failure, never the server's own text.
    last_error: str = Field(default="", max_length=80)
