"""Tables of early involvement: leaders who are asked, and employees who volunteer."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from branding.core.db import UtcDateTime


class LeaderAsk(SQLModel, table=True):
    """That a leader has been told of a slot and asked about its hosts: once for each slot and unit."""

    __tablename__ = "leader_ask"
    __table_args__ = (UniqueConstraint("slot_id", "unit_id"),)

    id: int | None = Field(default=None, primary_key=True)
    #: The block of weeks.
    slot_id: int = Field(foreign_key="slot.id", index=True)
    #: The unit whose leader it is: an afdeling without a leader is answered for by its specialområde.
    unit_id: int = Field(foreign_key="unit.id", index=True)
    #: Who was asked, as the unit named the leader then.
    name: str = Field(max_length=120)
    #: Where the mails go.
    email: str = Field(max_length=254)
    #: When the latest mail with the whole story was sent.
    asked_at: datetime = Field(sa_type=UtcDateTime)
    #: The days that the latest mail told; empty after one that called it off.
    told_starts_on: date | None = Field(default=None)
    #: The last of those days.
    told_ends_on: date | None = Field(default=None)
    #: Since when the days are other than told: the leader hears of it a little later.
    differs_since: datetime | None = Field(default=None, sa_type=UtcDateTime)


class LeaderLink(SQLModel, table=True):
    """A secret link to a leader's page about one slot; only a hash of the secret is kept."""

    __tablename__ = "leader_link"
    __table_args__ = (UniqueConstraint("token_hash"),)

    id: int | None = Field(default=None, primary_key=True)
    #: Whose it is.
    ask_id: int = Field(foreign_key="leader_ask.id", index=True)
    #: SHA-256 of the secret, in hex.
    token_hash: str = Field(max_length=64)
    #: When it was made.
    made_at: datetime = Field(sa_type=UtcDateTime)
    #: Set when the link was taken back, or the mail was sent to another leader.
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class VolunteerLink(SQLModel, table=True):
    """A secret address where employees of a unit put themselves on its list."""

    __tablename__ = "volunteer_link"
    __table_args__ = (UniqueConstraint("token_hash"),)

    id: int | None = Field(default=None, primary_key=True)
    #: The unit whose list it fills.
    unit_id: int = Field(foreign_key="unit.id", index=True)
    #: SHA-256 of the secret, in hex.
    token_hash: str = Field(max_length=64)
    #: When it was made.
    made_at: datetime = Field(sa_type=UtcDateTime)
    #: Set when it was stopped: for good.
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Volunteer(SQLModel, table=True):
    """An employee who would like to host some day; deleted after a year."""

    __tablename__ = "volunteer"
    __table_args__ = (UniqueConstraint("unit_id", "email"), UniqueConstraint("off_token_hash"))

    id: int | None = Field(default=None, primary_key=True)
    #: The unit whose list it is.
    unit_id: int = Field(foreign_key="unit.id", index=True)
    #: What colleagues call the person.
    name: str = Field(max_length=120)
    #: Where an invitation would go, in lower case.
    email: str = Field(max_length=254)
    #: The person's faggruppe.
    profession_id: int | None = Field(default=None, foreign_key="profession.id", index=True)
    #: When it suits, in the person's own words.
    wish: str = Field(default="", max_length=200)
    #: When the name came onto the list, latest.
    made_at: datetime = Field(sa_type=UtcDateTime)
    #: The link it came by; empty when the leader wrote the name down.
    link_id: int | None = Field(default=None, foreign_key="volunteer_link.id", index=True)
    #: SHA-256 of the secret that takes the name off the list again.
    off_token_hash: str = Field(max_length=64)
    #: When the person was chosen as host.
    chosen_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: The host that became of it.
    host_id: int | None = Field(default=None, foreign_key="host.id", index=True, ondelete="SET NULL")
    #: Set when the name was taken off; deleted a month later.
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
