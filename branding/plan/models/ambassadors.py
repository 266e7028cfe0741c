"""Tables of ambassadors and of what they share."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from branding.core.db import UtcDateTime, values_in
from branding.plan.values import ShareWay


class AmbassadorLink(SQLModel, table=True):
    """A secret address where people put themselves on the list of ambassadors."""

    __tablename__ = "ambassador_link"
    __table_args__ = (UniqueConstraint("token_hash"),)

    id: int | None = Field(default=None, primary_key=True)
    #: The unit whose list it fills; empty: the whole organisation's.
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    #: SHA-256 of the secret, in hex.
    token_hash: str = Field(max_length=64)
    #: When it was made.
    made_at: datetime = Field(sa_type=UtcDateTime)
    #: Set when it was stopped: for good.
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Ambassador(SQLModel, table=True):
    """Somebody who shares job posts and live posts; deleted after a year."""

    __tablename__ = "ambassador"
    __table_args__ = (UniqueConstraint("email"), UniqueConstraint("off_token_hash"))

    id: int | None = Field(default=None, primary_key=True)
    #: The unit whose list it is; empty: the whole organisation's.
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    #: What colleagues call the person.
    name: str = Field(max_length=120)
    #: Where something to share goes, in lower case.
    email: str = Field(max_length=254)
    #: When the person said yes to be on the list, latest.
    made_at: datetime = Field(sa_type=UtcDateTime)
    #: The link it came by.
    link_id: int | None = Field(default=None, foreign_key="ambassador_link.id", index=True)
    #: SHA-256 of the secret that takes the name off the list again.
    off_token_hash: str = Field(max_length=64)
    #: The secret itself, sealed: every mail with something to share has the same link to leave by.
    off_token_sealed: str = Field(default="", max_length=200)
    #: Set when the name was taken off; deleted a month later.
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ShareKit(SQLModel, table=True):
    """Something that ambassadors share: a text and an address that was checked when it was written."""

    __tablename__ = "share_kit"
    __table_args__ = (UniqueConstraint("token"),)

    id: int | None = Field(default=None, primary_key=True)
    #: The address of its public page; no secret, but not to be guessed.
    token: str = Field(max_length=32)
    #: What it is about.
    title: str = Field(max_length=160)
    #: A suggestion to write; ambassadors use their own words.
    text: str = Field(default="", max_length=1500)
    #: Where its links lead; https only.
    address: str = Field(max_length=500)
    #: The activity it is about.
    activity_id: int | None = Field(
        default=None, foreign_key="plan_activity.id", index=True, ondelete="SET NULL"
    )
    #: The live post it is about: the links stop when the post is down.
    publication_id: str | None = Field(default=None, foreign_key="publication.id", index=True)
    #: The channel that its clicks count for.
    channel_id: int | None = Field(default=None, foreign_key="plan_channel.id", index=True)
    #: Whose it is; empty: everybody's.
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    #: When it was made.
    made_at: datetime = Field(sa_type=UtcDateTime)
    #: When it was last sent.
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: To how many, all in all.
    sent_to: int = Field(default=0)
    #: Set when its links should lead nowhere any more.
    stopped_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: Counts up at every change.
    version: int = Field(default=1)


class ShareLink(SQLModel, table=True):
    """A short address of ours that leads to the kit's: one for each way of sharing."""

    __tablename__ = "share_link"
    __table_args__ = (
        UniqueConstraint("token"),
        UniqueConstraint("kit_id", "way"),
        CheckConstraint(values_in("way", ShareWay), name="way"),
    )

    id: int | None = Field(default=None, primary_key=True)
    #: Which kit.
    kit_id: int = Field(foreign_key="share_kit.id", ondelete="CASCADE")
    #: linkedin, facebook, mail or qr.
    way: str = Field(max_length=10)
    #: What stands in the address.
    token: str = Field(max_length=16)


class ShareClick(SQLModel, table=True):
    """How often a link was opened on a day: a number, and nothing about anybody."""

    __tablename__ = "share_click"
    __table_args__ = (UniqueConstraint("link_id", "clicked_on"),)

    id: int | None = Field(default=None, primary_key=True)
    #: Which link.
    link_id: int = Field(foreign_key="share_link.id", ondelete="CASCADE")
    #: The Danish day.
    clicked_on: date = Field(index=True)
    #: How often.
    clicks: int = Field(default=0)
