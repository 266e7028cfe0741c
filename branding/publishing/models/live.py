"""Tables of live posts: the practice profile, numbers, followers and comments."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from branding.core.db import UtcDateTime, values_in
from branding.publishing.values.calls import Metric


class PracticePost(SQLModel, table=True):
    """A post on Stafet's own practice profile."""

    __tablename__ = "practice_post"
    __table_args__ = (
        UniqueConstraint("publication_id"),
        Index("ix_practice_post_feed", "profile_id", "posted_at"),
    )

    #: Random; what the practice channel calls it.
    id: str = Field(primary_key=True, max_length=32)
    #: Which publication.
    publication_id: str = Field(foreign_key="publication.id")
    #: On which profile.
    profile_id: int = Field(foreign_key="profile.id")
    #: The draft whose pictures it shows.
    draft_id: str = Field(foreign_key="draft.id")
    #: The version of the draft that went out.
    number: int
    #: feed, carousel, story or reel.
    form: str = Field(max_length=10)
    #: When it went out.
    posted_at: datetime = Field(sa_type=UtcDateTime)
    #: Written below it by the profile itself.
    first_comment: str = Field(default="", max_length=2200)
    #: When it was taken down.
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Measurement(SQLModel, table=True):
    """One number of a post on one day; what a channel does not say is empty, never 0."""

    __tablename__ = "measurement"
    __table_args__ = (
        UniqueConstraint("publication_id", "metric", "measured_on"),
        CheckConstraint(values_in("metric", Metric), name="metric"),
    )

    id: int | None = Field(default=None, primary_key=True)
    #: Which publication.
    publication_id: str = Field(foreign_key="publication.id")
    #: What was counted.
    metric: str = Field(max_length=10)
    #: On which day; a later count of the same day takes its place.
    measured_on: date
    #: When exactly.
    measured_at: datetime = Field(sa_type=UtcDateTime)
    #: The number; empty when the channel did not say.
    value: int | None = Field(default=None)
    #: Who wrote it down; empty: the channel itself.
    made_by: str = Field(default="", max_length=24)


class FollowerCount(SQLModel, table=True):
    """How many followed a profile on a day."""

    __tablename__ = "follower_count"

    #: Which profile.
    profile_id: int = Field(primary_key=True, foreign_key="profile.id")
    #: Which day.
    counted_on: date = Field(primary_key=True)
    #: How many; empty when the channel did not say.
    value: int | None = Field(default=None)
    #: Who wrote it down; empty: the channel itself.
    made_by: str = Field(default="", max_length=24)


class PostComment(SQLModel, table=True):
    """A comment below a live post, as long as somebody must look at it (decisions.md 23)."""

    __tablename__ = "post_comment"
    __table_args__ = (
        UniqueConstraint("publication_id", "external_id"),
        Index("ix_post_comment_open", "done_at", "publication_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    #: Below which post.
    publication_id: str = Field(foreign_key="publication.id")
    #: What the channel calls it.
    external_id: str = Field(max_length=120)
    #: What it says, sealed; emptied when it is dealt with.
    text_sealed: str = Field(default="")
    #: When it was written.
    made_at: datetime = Field(sa_type=UtcDateTime)
    #: When we read it.
    found_at: datetime = Field(sa_type=UtcDateTime)
    #: It names a citizen: it must be hidden.
    names_citizen: bool = Field(default=False)
    #: The people on the register whom it may name.
    subjects: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    #: When it was hidden, by the interface or by hand.
    hidden_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: When somebody dealt with it.
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: Who.
    done_by: str = Field(default="", max_length=24)


class Answerer(SQLModel, table=True):
    """Who answers comments on a takeover's posts; without a row its host does (decisions.md 23)."""

    __tablename__ = "answerer"

    #: Which takeover.
    takeover_id: int = Field(primary_key=True, foreign_key="takeover.id")
    #: ``user:3`` or ``host:5``.
    ref: str = Field(max_length=24)
