"""Tables of the audit log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field, SQLModel

from branding.core.db import UtcDateTime


class AuditEntry(SQLModel, table=True):
    """One thing that was done or refused.  Rows are added and never changed."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_subject", "subject_kind", "subject_id"),
        Index("ix_audit_entry_tag_at", "tag", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    #: When it happened.
    at: datetime = Field(sa_type=UtcDateTime, index=True)
    #: user, host, system or anonymous.
    actor_kind: str = Field(max_length=10)
    #: The id of that row.
    actor_id: int | None = Field(default=None)
    #: feature:thing:what-happened.
    tag: str = Field(max_length=80)
    #: What it was done to: a table's name and the row's id.
    subject_kind: str = Field(max_length=40)
    #: The id of that row, or a keyed hash.
    subject_id: str = Field(max_length=64)
    #: Field name -> keyed hashes of before and after.
    marks: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    #: The hash of the entry before.
    previous_hash: str = Field(max_length=64)
    #: Covers everything above.
    hash: str = Field(max_length=64)


class AuditValue(SQLModel, table=True):
    """The readable before and after of one field.  Outside the chain, so that it can be erased."""

    __tablename__ = "audit_value"

    id: int | None = Field(default=None, primary_key=True)
    #: Which entry.
    entry_id: int = Field(foreign_key="audit_entry.id", index=True)
    #: The field's name.
    field: str = Field(max_length=40)
    #: What it was.
    before: Any = Field(default=None, sa_column=Column(JSON, nullable=True))
    #: What it became.
    after: Any = Field(default=None, sa_column=Column(JSON, nullable=True))


class AuditHead(SQLModel, table=True):
    """The end of the chain; locked by whoever adds to it."""

    __tablename__ = "audit_head"

    #: Always 1.
    id: int = Field(default=1, primary_key=True)
    #: The id of the last entry.
    last_id: int | None = Field(default=None)
    #: Its hash.
    last_hash: str = Field(max_length=64)


class AuditSeal(SQLModel, table=True):
    """The end of a month that is over.  Its entries may be dropped when their time is up."""

    __tablename__ = "audit_seal"

    #: ``2026-10``, as the Danish calendar has it.
    month: str = Field(primary_key=True, max_length=7)
    #: The last entry of the month, or of an earlier one when nothing happened.
    last_id: int
    #: Its hash.
    last_hash: str = Field(max_length=64)
    #: Covers the three above.
    hash: str = Field(max_length=64)
    #: When it was sealed.
    sealed_at: datetime = Field(sa_type=UtcDateTime)
    #: Set when the entries were dropped.
    dropped_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
