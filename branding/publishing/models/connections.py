"""Tables of how profiles are reached, and of the addresses that pictures are fetched at."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from branding.core.db import UtcDateTime, values_in
from branding.publishing.values.states import Flavour, Way


class Connection(SQLModel, table=True):
    """How a profile's posts go out; a profile without a row is posted to by hand."""

    __tablename__ = "connection"
    __table_args__ = (
        CheckConstraint(values_in("way", Way), name="way"),
        CheckConstraint(f"flavour = '' OR {values_in('flavour', Flavour)}", name="flavour"),
    )

    #: Which profile.
    profile_id: int = Field(primary_key=True, foreign_key="profile.id")
    #: practice, hand or api.
    way: str = Field(max_length=10)
    #: Instagram's kind of sign-in.
    flavour: str = Field(default="", max_length=20)
    #: What the channel calls the account.
    account_id: str = Field(default="", max_length=80)
    #: The token, sealed.
    token_sealed: str = Field(default="")
    #: When it was given.
    token_issued_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: When it ends; empty: the channel has not said so.
    token_expires_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: Since when the channel refuses us.
    broken_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: Why.
    broken_code: str = Field(default="", max_length=40)
    #: When the connection was last tried.
    tested_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: What was found then.
    test: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    #: Who posts by hand; empty: the one who planned the post.
    hand_user_id: int | None = Field(default=None, foreign_key="user_account.id")
    #: Since when we look for posts that nobody registered.
    baseline_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: When we last looked.
    scanned_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: Counts up at every change.
    version: int = Field(default=1)


class MediaLink(SQLModel, table=True):
    """An address at which a channel may fetch one picture for a short while."""

    __tablename__ = "media_link"
    __table_args__ = (UniqueConstraint("token_hash"), Index("ix_media_link_of", "publication_id"))

    id: int | None = Field(default=None, primary_key=True)
    #: SHA-256 of the random part of the address, in hex.
    token_hash: str = Field(max_length=64)
    #: Which publication.
    publication_id: str = Field(foreign_key="publication.id")
    #: Which picture or film.
    item_id: str = Field(foreign_key="media_item.id")
    #: Which edition of it.
    edition: int
    #: The shape, and where it is cut: ratio, x, y and zoom; empty for the whole.
    cut: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    #: When it was made.
    made_at: datetime = Field(sa_type=UtcDateTime)
    #: Until when it opens.
    open_until: datetime = Field(sa_type=UtcDateTime)
    #: Shut before that.
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
