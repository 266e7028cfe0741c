"""Tables of a post on one channel: where it stands, every call that was made, pauses, and packages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from branding.consent.values.records import Channel
from branding.core.db import UtcDateTime, values_in
from branding.publishing.values.states import State, Way


class Publication(SQLModel, table=True):
    """One draft on one channel; there is never a second row, so nothing goes out by two ways at once."""

    __tablename__ = "publication"
    __table_args__ = (
        UniqueConstraint("draft_id", "channel"),
        CheckConstraint(values_in("state", State), name="state"),
        CheckConstraint(values_in("channel", Channel), name="channel"),
        CheckConstraint(f"way = '' OR {values_in('way', Way)}", name="way"),
        Index("ix_publication_due", "state", "next_attempt_at"),
        Index("ix_publication_follow", "is_followed_up", "state"),
        Index("ix_publication_profile", "profile_id", "due_at"),
        Index("ix_publication_when", "due_at"),
        Index("ix_publication_unit", "unit_id", "state"),
        Index("ix_publication_lease", "lease_until"),
    )

    #: Random.
    id: str = Field(primary_key=True, max_length=32)
    #: Which draft.
    draft_id: str = Field(foreign_key="draft.id")
    #: instagram, facebook or linkedin.
    channel: str = Field(max_length=12)
    #: The profile that it goes out on.
    profile_id: int = Field(foreign_key="profile.id")
    #: Whose post it is.
    unit_id: int = Field(foreign_key="unit.id")
    #: The takeover that it belongs to.
    takeover_id: int | None = Field(default=None, foreign_key="takeover.id", index=True)
    #: The post's first words when it was planned, for lists.
    title: str = Field(default="", max_length=80)
    #: here_i_am, daily, goodbye, story, carousel or reel.
    kind: str = Field(max_length=12)
    #: Who made the post: ``host:5`` or ``user:3``.
    author: str = Field(max_length=24)
    #: The approved version that was planned, in hex.
    version_hash: str = Field(max_length=64)
    #: SHA-256 of the words on this channel, to warn of the same text twice.
    text_hash: str = Field(default="", max_length=64)
    #: Where it stands.
    state: str = Field(default=State.SCHEDULED, max_length=16)
    #: Since when.
    state_since: datetime = Field(sa_type=UtcDateTime)
    #: Why it stands there: a reason code of the gate's, or one of ours.
    code: str = Field(default="", max_length=40)
    #: When it should be out.
    due_at: datetime = Field(sa_type=UtcDateTime)
    #: When a worker should look at it next; back-off moves it forward.
    next_attempt_at: datetime = Field(sa_type=UtcDateTime)
    #: Who planned it.
    planned_by: str = Field(max_length=24)
    #: When.
    planned_at: datetime = Field(sa_type=UtcDateTime)
    #: The claim that works on it now; another worker's late answer does not fit.
    claim: str = Field(default="", max_length=32)
    #: Until when that claim holds.
    lease_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: How often something went wrong before publishing.
    failures: int = Field(default=0)
    #: How often the one call was made, or may have been.
    calls: int = Field(default=0)
    #: How it goes out: practice, hand or api; empty until it is claimed.
    way: str = Field(default="", max_length=10)
    #: What has been made at the channel: ids by our names for them.
    made: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    #: The newest posts' ids just before the call: none of them is ours.
    before: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    #: The marker: written before the call, and never taken away.
    publish_started_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: The gate's yes that it went out by.
    decision_id: str = Field(default="", max_length=32)
    #: The consents that this yes rests on.
    consents: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    #: When the first of them ends.
    holds_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: Whom it shows: nobody, colleagues or citizens; empty until the gate was asked.
    shows: str = Field(default="", max_length=10)
    #: What the channel calls it.
    external_id: str = Field(default="", max_length=120)
    #: Its address.
    permalink: str = Field(default="", max_length=300)
    #: Since when people can see it.
    published_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: What is left to do after publishing: permalink and first comment; empty when all is done.
    left: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    #: Nothing of it is left, or it was given up.
    is_followed_up: bool = Field(default=False)
    #: When the channel was last asked whether it is still there.
    seen_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: Since when the channel says that it is not there; asked a second time before it is believed.
    missing_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: The day on which it must be down at the latest.
    remove_by: date | None = Field(default=None)
    #: When it was taken down, or found to be gone.
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: Counts up at every change that people make: the second of two is told.
    version: int = Field(default=1)


class Attempt(SQLModel, table=True):
    """One call to a channel: added, never changed.  No token, no words of a post, no answer's text."""

    __tablename__ = "publication_attempt"

    id: int | None = Field(default=None, primary_key=True)
    #: Which publication.
    publication_id: str = Field(foreign_key="publication.id", index=True)
    #: prepare, poll, publish, read, comment or delete.
    step: str = Field(max_length=10)
    #: Method and path, without host, query or token.
    request: str = Field(max_length=200)
    #: SHA-256 of what was sent, in hex.
    digest: str = Field(max_length=64)
    #: When it was asked.
    started_at: datetime = Field(sa_type=UtcDateTime)
    #: When the answer was there, or none came.
    ended_at: datetime = Field(sa_type=UtcDateTime)
    #: The answer's number.
    http_status: int | None = Field(default=None)
    #: The channel's error code.
    error_code: int | None = Field(default=None)
    #: And its finer one.
    error_subcode: int | None = Field(default=None)
    #: What the channel's own support asks for.
    trace_id: str = Field(default="", max_length=80)
    #: What we made of it: ok, retry, rebuild, wait, not_ready, reconnect, permanent or unknown.
    answer: str = Field(max_length=10)


class HandPackage(SQLModel, table=True):
    """That somebody was given a post to put up by hand (decisions.md 7)."""

    __tablename__ = "hand_package"
    __table_args__ = (UniqueConstraint("token_hash"), Index("ix_hand_package_of", "publication_id"))

    id: int | None = Field(default=None, primary_key=True)
    #: Which publication.
    publication_id: str = Field(foreign_key="publication.id")
    #: Who is to do it: ``user:3`` or ``host:5``.
    holder: str = Field(max_length=24)
    #: SHA-256 of the link's secret, in hex.
    token_hash: str = Field(max_length=64)
    #: When it was given.
    made_at: datetime = Field(sa_type=UtcDateTime)
    #: When it was last opened, after a yes of the gate's.
    opened_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: Until when the pictures are shown.
    open_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: The yes that it was opened by.
    decision_id: str = Field(default="", max_length=32)
    #: When the holder said that it is up, or that it will not be.
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: Taken back: the post is not to go out.
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Pause(SQLModel, table=True):
    """Nothing goes out on a profile, or on any, until somebody lets it go on (decisions.md 20)."""

    __tablename__ = "pause"

    id: int | None = Field(default=None, primary_key=True)
    #: Which profile; empty: all of them.
    profile_id: int | None = Field(default=None, foreign_key="profile.id")
    #: Why, in the words of whoever stopped it.
    reason: str = Field(default="", max_length=200)
    #: Who stopped it.
    made_by: str = Field(max_length=24)
    #: When.
    made_at: datetime = Field(sa_type=UtcDateTime)
    #: Who let it go on.
    ended_by: str = Field(default="", max_length=24)
    #: When; empty while it holds.
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
