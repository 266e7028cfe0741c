"""Tables of those who see a draft without an account: the citizen it shows, and a named reviewer."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from branding.core.db import UtcDateTime


class Preview(SQLModel, table=True):
    """That a person is shown exactly one version of a post, and what the person said (decisions.md 5)."""

    __tablename__ = "preview"
    __table_args__ = (UniqueConstraint("token_hash"), Index("ix_preview_draft", "draft_id", "subject_id"))

    #: Random.
    id: str = Field(primary_key=True, max_length=32)
    #: Which draft.
    draft_id: str = Field(foreign_key="draft.id", ondelete="CASCADE")
    #: Who is shown it, or for whom somebody else looks.
    subject_id: str = Field(foreign_key="subject.id", index=True)
    #: Which version, by its hash in hex.
    version_hash: str = Field(max_length=64)
    #: Its number, so that it can be shown as it was.
    number: int
    #: Staff sat beside; otherwise by link.
    is_in_person: bool = Field(default=False)
    #: SHA-256 of the link's secret, in hex.
    token_hash: str | None = Field(default=None, max_length=64)
    #: Who showed it, or sent the link.
    made_by: str = Field(max_length=24)
    #: When.
    made_at: datetime = Field(sa_type=UtcDateTime)
    #: Until when the link opens.
    expires_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: When it was answered: seen and fine, or no to exactly this.
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: No to exactly this one.
    is_refused: bool = Field(default=False)
    #: Set when the link was taken back.
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ReviewLink(SQLModel, table=True):
    """A named person without an account who may approve one draft by a secret link."""

    __tablename__ = "review_link"
    __table_args__ = (UniqueConstraint("token_hash"),)

    id: int | None = Field(default=None, primary_key=True)
    #: Which draft.
    draft_id: str = Field(foreign_key="draft.id", index=True, ondelete="CASCADE")
    #: Who it is.
    name: str = Field(max_length=120)
    #: Where the link went.
    email: str = Field(max_length=254)
    #: SHA-256 of the secret, in hex.
    token_hash: str = Field(max_length=64)
    #: Who asked.
    made_by: str = Field(max_length=24)
    #: When.
    made_at: datetime = Field(sa_type=UtcDateTime)
    #: Until when it opens.
    expires_at: datetime = Field(sa_type=UtcDateTime)
    #: Set when it was taken back.
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
