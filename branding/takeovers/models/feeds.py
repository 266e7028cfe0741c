"""Tables of calendar feeds."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from branding.core.db import UtcDateTime, values_in
from branding.takeovers.values import FeedKind


class CalendarFeed(SQLModel, table=True):
    """A secret address from which a calendar program fetches the plan; only a hash of it is kept."""

    __tablename__ = "calendar_feed"
    __table_args__ = (
        UniqueConstraint("token_hash"),
        CheckConstraint(values_in("kind", FeedKind), name="kind"),
        CheckConstraint(
            "(kind = 'host') = (host_id IS NOT NULL) AND (kind = 'host') = (user_id IS NULL)"
            " AND (kind = 'unit') = (unit_id IS NOT NULL)",
            name="whose",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    #: all (the whole rotation), unit (one unit's turns) or host (one host's days).
    kind: str
    #: The person who made it and reads it; empty for a host's.
    user_id: int | None = Field(default=None, foreign_key="user_account.id", index=True, ondelete="CASCADE")
    #: The host whose days it holds.
    host_id: int | None = Field(default=None, foreign_key="host.id", index=True, ondelete="CASCADE")
    #: The unit whose turns it holds; a specialområde includes its afdelinger.
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    #: SHA-256 of the secret in the address, in hex.
    token_hash: str = Field(max_length=64)
    #: When it was made.
    made_at: datetime = Field(sa_type=UtcDateTime)
    #: Set when it was stopped: for good.
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
