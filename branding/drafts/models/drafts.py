"""Tables of a draft: whose turn it is, each version of what it says, and the media it shows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from branding.core.db import UtcDateTime, values_in
from branding.drafts.values.drafts import DraftState
from branding.drafts.values.kinds import PostKind


class Draft(SQLModel, table=True):
    """A post that is being made; without a takeover an idea that can be used again."""

    __tablename__ = "draft"
    __table_args__ = (
        CheckConstraint(values_in("state", DraftState), name="state"),
        CheckConstraint(values_in("kind", PostKind), name="kind"),
        Index("ix_draft_queue", "state", "due_at", "id"),
        Index("ix_draft_unit", "unit_id", "state", "due_at"),
    )

    #: Random.
    id: str = Field(primary_key=True, max_length=32)
    #: The takeover that it belongs to; empty for an idea.
    takeover_id: int | None = Field(default=None, foreign_key="takeover.id", index=True)
    #: Whose it is.
    unit_id: int = Field(foreign_key="unit.id")
    #: Where it goes; empty for an idea.
    profile_id: int | None = Field(default=None, foreign_key="profile.id")
    #: here_i_am, daily, goodbye, story, carousel or reel.
    kind: str = Field(max_length=12)
    #: Whose turn it is.
    state: str = Field(default=DraftState.WRITING, max_length=12)
    #: Since when.
    state_since: datetime = Field(sa_type=UtcDateTime)
    #: Who made it: ``host:5`` or ``user:3``.
    author: str = Field(max_length=24)
    #: When it should go out; empty when nobody has said.
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: Which version of the content is the present one.
    number: int = Field(default=1)
    #: Its first words, for lists.
    title: str = Field(default="", max_length=80)
    #: When it was begun.
    made_at: datetime = Field(sa_type=UtcDateTime)
    #: When it was last changed.
    changed_at: datetime = Field(sa_type=UtcDateTime)
    #: When it was last sent for approval.
    submitted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: The people's hash that somebody stands by, in hex.
    declared_hash: str = Field(default="", max_length=64)
    #: Who said who is in it.
    declared_by: str = Field(default="", max_length=24)
    #: When.
    declared_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: The second person who agreed.
    confirmed_by: str = Field(default="", max_length=24)
    #: When.
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: The version's hash that was approved, in hex; it stays when the content changes.
    approved_hash: str = Field(default="", max_length=64)
    #: Who approved.
    approved_by: str = Field(default="", max_length=24)
    #: When.
    approved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: When it was last put in the plan of what goes out; an approval after that asks for it again.
    planned_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: Since when it is, or may be, out: nothing about it can be changed any more.
    out_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: Counts up at every change: the second of two editors is told.
    version: int = Field(default=1)


class DraftVersion(SQLModel, table=True):
    """What a draft said at some time.  The newest one grows while one person writes; older ones stand."""

    __tablename__ = "draft_version"
    __table_args__ = (UniqueConstraint("draft_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    #: Which draft.
    draft_id: str = Field(foreign_key="draft.id", ondelete="CASCADE")
    #: Counts up.
    number: int
    #: The content, as values.content writes it.
    content: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    #: Who wrote it.
    made_by: str = Field(max_length=24)
    #: When it was begun.
    made_at: datetime = Field(sa_type=UtcDateTime)
    #: When it was last added to.
    changed_at: datetime = Field(sa_type=UtcDateTime)
    #: Sent, approved or shown to somebody: it stands as it is.
    is_closed: bool = Field(default=False)
    #: The number that it was brought back from.
    restored_from: int | None = Field(default=None)


class DraftMedia(SQLModel, table=True):
    """Which media the present version shows, so that media knows what is still needed."""

    __tablename__ = "draft_media"

    #: Which draft.
    draft_id: str = Field(foreign_key="draft.id", primary_key=True, ondelete="CASCADE")
    #: Which picture or film.
    item_id: str = Field(foreign_key="media_item.id", primary_key=True, index=True)
    #: Its place in the post, from 0.
    position: int
