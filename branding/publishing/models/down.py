"""Tables of what must come down, what went wrong, and what nobody registered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from branding.core.db import UtcDateTime, values_in
from branding.publishing.values.down import Duty, FoundState, Proof


class Takedown(SQLModel, table=True):
    """A live post that must come down, or that somebody must look at, by a deadline."""

    __tablename__ = "takedown"
    __table_args__ = (
        CheckConstraint(values_in("duty", Duty), name="duty"),
        CheckConstraint(f"proof = '' OR {values_in('proof', Proof)}", name="proof"),
        Index("ix_takedown_open", "done_at", "due_at"),
        Index("ix_takedown_of", "publication_id", "done_at"),
    )

    #: Random.
    id: str = Field(primary_key=True, max_length=32)
    #: Which post on which channel.
    publication_id: str = Field(foreign_key="publication.id")
    #: takedown, review or ask.
    duty: str = Field(max_length=10)
    #: Why: the gate's reason code, or one of ours.
    code: str = Field(max_length=40)
    #: The gate's answer that it rests on.
    decision_id: str = Field(default="", max_length=32)
    #: Since when.
    made_at: datetime = Field(sa_type=UtcDateTime)
    #: Who asked for it; the system when it found it.
    made_by: str = Field(max_length=24)
    #: By when.
    due_at: datetime = Field(sa_type=UtcDateTime)
    #: When it was found to be late, and said.
    late_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: When it was done, or needed no longer.
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: By whom.
    done_by: str = Field(default="", max_length=24)
    #: How we know: deleted by the channel's interface, seen gone there, somebody's word, or that it may stay.
    proof: str = Field(default="", max_length=10)
    #: When deleting is tried next.
    next_attempt_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: How often deleting was tried.
    attempts: int = Field(default=0)
    #: Whom and what it is about, ``code:subject:channel``, each with the moment it was first seen.
    grounds: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    #: Why it may stay, sealed.
    because_sealed: str = Field(default="")
    #: Who says that it is gone, until the channel has been asked whether that is so.
    said_by: str = Field(default="", max_length=24)


class Incident(SQLModel, table=True):
    """Something went wrong with a live post (decisions.md 21)."""

    __tablename__ = "incident"

    #: Random.
    id: str = Field(primary_key=True, max_length=32)
    #: Which post.
    publication_id: str = Field(foreign_key="publication.id", index=True)
    #: Whose post it was.
    unit_id: int = Field(foreign_key="unit.id")
    #: Since when we know: the 72 hours run from here (GDPR art. 33).
    known_at: datetime = Field(sa_type=UtcDateTime)
    #: Who said it.
    made_by: str = Field(max_length=24)
    #: The gate's inputs and answer at that moment: the consents as they stood.
    decision_id: str = Field(default="", max_length=32)
    #: What happened, sealed.
    what_sealed: str = Field(default="")
    #: Who was told, sealed.
    told_sealed: str = Field(default="")
    #: Whether the authority is told: empty until somebody has decided.
    is_reported: bool | None = Field(default=None)
    #: Why, sealed.
    because_sealed: str = Field(default="")
    #: The case number there.
    case_number: str = Field(default="", max_length=60)
    #: Who decided that.
    decided_by: str = Field(default="", max_length=24)
    #: When.
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: When there is nothing left to do.
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    #: Counts up at every change.
    version: int = Field(default=1)


class FoundPost(SQLModel, table=True):
    """A post on a profile that Stafet did not publish."""

    __tablename__ = "found_post"
    __table_args__ = (
        UniqueConstraint("profile_id", "external_id"),
        CheckConstraint(values_in("state", FoundState), name="state"),
        Index("ix_found_post_open", "state", "found_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    #: Whose profile.
    profile_id: int = Field(foreign_key="profile.id")
    #: What the channel calls it.
    external_id: str = Field(max_length=120)
    #: Its address.
    permalink: str = Field(default="", max_length=300)
    #: feed, reel or story, as far as the channel says.
    kind: str = Field(default="", max_length=10)
    #: When it was posted.
    posted_at: datetime = Field(sa_type=UtcDateTime)
    #: When we found it.
    found_at: datetime = Field(sa_type=UtcDateTime)
    #: old, new, fine, bound or gone.
    state: str = Field(max_length=10)
    #: Who looked at it.
    decided_by: str = Field(default="", max_length=24)
    #: When.
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: The publication that it turned out to be.
    publication_id: str | None = Field(default=None, foreign_key="publication.id")
