"""Tables of channels, recurring formats and activities."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from branding.core.db import UtcDateTime, values_in
from branding.plan.values import ActivityKind, ChannelKind, Rhythm, Status

_IN_PLAN = text("status <> 'cancelled'")


class PlanChannel(SQLModel, table=True):
    """Where the organisation speaks: to whom, and why."""

    __tablename__ = "plan_channel"
    __table_args__ = (
        UniqueConstraint("name"),
        CheckConstraint(values_in("kind", ChannelKind), name="kind"),
        CheckConstraint("colour BETWEEN 1 AND 8", name="colour"),
    )

    id: int | None = Field(default=None, primary_key=True)
    #: linkedin, facebook, intranet, press ...: what indicators count by.
    kind: str = Field(max_length=12)
    #: What people here call it.
    name: str = Field(max_length=80)
    #: The Danish order of the name.
    sort_key: str = Field(max_length=200)
    #: Whom it reaches.
    audience: str = Field(default="", max_length=200)
    #: What it is for.
    purpose: str = Field(default="", max_length=300)
    #: One of eight hues.
    colour: int
    #: The organisation's profile that it is.
    profile_id: int | None = Field(default=None, foreign_key="profile.id", index=True, ondelete="SET NULL")
    #: Set when it is no longer offered.
    archived_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: Counts up at every change.
    version: int = Field(default=1)


class Format(SQLModel, table=True):
    """Something that comes back in a fixed rhythm and leaves slots to fill."""

    __tablename__ = "plan_format"
    __table_args__ = (CheckConstraint(values_in("kind", ActivityKind), name="kind"),)

    id: int | None = Field(default=None, primary_key=True)
    #: What it is called; the first title of what fills it.
    title: str = Field(max_length=120)
    #: Where it runs.
    channel_id: int = Field(foreign_key="plan_channel.id", index=True)
    #: post, video, press ...
    kind: str = Field(max_length=16)
    #: Whose it is; empty: everybody's.
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    #: Time of day in Denmark, on the wall.
    at: time | None = Field(default=None)
    #: Whom it is for.
    audience: str = Field(default="", max_length=200)
    #: What it should do.
    goal: str = Field(default="", max_length=300)
    #: The account that sees to it.
    responsible_id: int | None = Field(default=None, foreign_key="user_account.id", index=True)
    #: Or somebody without one.
    responsible_name: str = Field(default="", max_length=120)
    #: When it was made.
    made_at: datetime = Field(sa_type=UtcDateTime)
    #: Counts up at every change.
    version: int = Field(default=1)


class FormatRhythm(SQLModel, table=True):
    """A rhythm of a format and the days it counts on: a new one never changes the days behind us."""

    __tablename__ = "plan_rhythm"
    __table_args__ = (
        CheckConstraint(values_in("rhythm", Rhythm), name="rhythm"),
        CheckConstraint("every BETWEEN 1 AND 99", name="every"),
        CheckConstraint("weekday IS NULL OR weekday BETWEEN 0 AND 6", name="weekday"),
    )

    id: int | None = Field(default=None, primary_key=True)
    #: Whose it is.
    format_id: int = Field(foreign_key="plan_format.id", index=True, ondelete="CASCADE")
    #: days, weeks, months or quarters.
    rhythm: str = Field(max_length=8)
    #: Every so many of them.
    every: int
    #: Monday is 0; none when days are counted.
    weekday: int | None = Field(default=None)
    #: Where counting begins.
    anchor_on: date
    #: The first day it counts on.
    valid_from: date
    #: The last; empty: it goes on.
    valid_until: date | None = Field(default=None)


class Activity(SQLModel, table=True):
    """Something that is planned on a channel."""

    __tablename__ = "plan_activity"
    __table_args__ = (
        CheckConstraint(values_in("kind", ActivityKind), name="kind"),
        CheckConstraint(values_in("status", Status), name="status"),
        CheckConstraint("ends_on >= starts_on", name="days"),
        CheckConstraint("(format_id IS NULL) = (slot_on IS NULL)", name="slot"),
        Index(
            "uq_plan_activity_slot",
            "format_id",
            "slot_on",
            unique=True,
            sqlite_where=_IN_PLAN,
            postgresql_where=_IN_PLAN,
        ),
        Index("ix_plan_activity_days", "starts_on", "ends_on"),
        Index("ix_plan_activity_done", "done_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    #: What it is.
    title: str = Field(max_length=160)
    #: Where it goes.
    channel_id: int = Field(foreign_key="plan_channel.id", index=True)
    #: post, video, press, fair, visit ...
    kind: str = Field(max_length=16)
    #: The first day.
    starts_on: date
    #: The last day.
    ends_on: date
    #: Time of day in Denmark, on the wall.
    at: time | None = Field(default=None)
    #: Whose it is; empty: everybody's.
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    #: Whom it is for.
    audience: str = Field(default="", max_length=200)
    #: What it should do.
    goal: str = Field(default="", max_length=300)
    #: The strategy map's initiative; opaque here, the room of indicators knows it.
    initiative_ref: str | None = Field(default=None, max_length=64, index=True)
    #: The account that sees to it.
    responsible_id: int | None = Field(default=None, foreign_key="user_account.id", index=True)
    #: Or somebody without one.
    responsible_name: str = Field(default="", max_length=120)
    #: idea, planned, in_progress, done or cancelled.
    status: str = Field(max_length=12)
    #: What it was before it was called off or done, for those who undo it.
    status_before: str = Field(default="", max_length=12)
    #: The day it was done on.
    done_on: date | None = Field(default=None)
    #: Where it can be seen; https only.
    link: str = Field(default="", max_length=500)
    #: For colleagues.
    note: str = Field(default="", max_length=2000)
    #: The format whose slot it fills.
    format_id: int | None = Field(default=None, foreign_key="plan_format.id")
    #: The day of that slot.
    slot_on: date | None = Field(default=None)
    #: The import or the copy it came with, so that the whole of it can be undone.
    batch: str = Field(default="", max_length=32, index=True)
    #: When it was made.
    made_at: datetime = Field(sa_type=UtcDateTime)
    #: When it was last changed.
    changed_at: datetime = Field(sa_type=UtcDateTime)
    #: Counts up at every change: the second of two is told.
    version: int = Field(default=1)
