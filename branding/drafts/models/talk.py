"""Tables of what people say about a draft, and of the hashtags they use again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from branding.core.db import UtcDateTime


class DraftComment(SQLModel, table=True):
    """A remark about a draft, or an answer to one."""

    __tablename__ = "draft_comment"

    #: Random.
    id: str = Field(primary_key=True, max_length=32)
    #: Which draft.
    draft_id: str = Field(foreign_key="draft.id", index=True, ondelete="CASCADE")
    #: The remark that it answers; empty for the first of a thread.
    parent_id: str | None = Field(default=None, foreign_key="draft_comment.id")
    #: Who wrote it: ``host:5``, ``user:3`` or ``reviewer:2``.
    made_by: str = Field(max_length=24)
    #: When.
    made_at: datetime = Field(sa_type=UtcDateTime)
    #: What it says.
    text: str = Field(max_length=2000)
    #: Only for colleagues at the desk, not for the host.
    is_internal: bool = Field(default=False)
    #: The note with which the post was sent back, or put on hold.
    is_note: bool = Field(default=False)
    #: Ids of the users who are mentioned.
    mentions: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    #: Set when the thread is done.
    resolved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: By whom.
    resolved_by: str = Field(default="", max_length=24)


class HashtagSet(SQLModel, table=True):
    """Hashtags that belong together: a profile's, a specialområde's or a faggruppe's own."""

    __tablename__ = "hashtag_set"
    __table_args__ = (UniqueConstraint("name"),)

    id: int | None = Field(default=None, primary_key=True)
    #: What people call it.
    name: str = Field(max_length=80)
    #: Danish alphabetical order; made by core.danish.
    sort_key: str = Field(index=True)
    #: The tags with their #, separated by spaces.
    tags: str = Field(max_length=600)
    #: Offered for posts on this profile only.
    profile_id: int | None = Field(default=None, foreign_key="profile.id")
    #: Offered for posts of this unit, and those under it, only.
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    #: Offered to hosts of this faggruppe only.
    profession_id: int | None = Field(default=None, foreign_key="profession.id")
    #: Set when it is no longer offered.
    archived_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: Counts up at every change.
    version: int = Field(default=1)
