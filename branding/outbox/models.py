"""The tables of messages waiting to leave."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from branding.core.db import UtcDateTime, values_in
from branding.outbox.values import MessageStatus, Via


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
    #: How it travels, see outbox.values.Via.
    via: str = Field(default=Via.MAIL, max_length=8, sa_column_kwargs={"server_default": Via.MAIL.value})
    #: The language it is written in, for screen readers.
    language: str = Field(default="da", max_length=8, sa_column_kwargs={"server_default": "da"})
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
    #: After this moment it helps nobody any more and is dropped.
    drop_after: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: Until when the claim of a sending process holds.
    lease_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: When the server took it.
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: The code of the latest failure, never the server's own text.
    last_error: str = Field(default="", max_length=80)


class OutboxAttachment(SQLModel, table=True):
    """A file that goes with a mail."""

    __tablename__ = "outbox_attachment"

    id: int | None = Field(default=None, primary_key=True)
    #: The mail.
    message_id: int = Field(foreign_key="outbox_message.id", index=True)
    #: The file's name.
    name: str = Field(max_length=120)
    #: For example application/pdf.
    media_type: str = Field(max_length=100)
    #: The bytes; the row goes when the mail has left.
    content: bytes
