"""Tables of the organisation."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from branding.core.db import UtcDateTime, values_in
from branding.organisation.values import Channel, UnitKind

_NO_PARENT = text("parent_id IS NULL")


class Organisation(SQLModel, table=True):
    """The one organisation of this installation."""

    __tablename__ = "organisation"

    #: Always 1: there is one organisation in a database.
    id: int = Field(default=1, primary_key=True)
    #: Its name as shown in mails and on the front page.
    name: str
    #: True while the database holds the example data of the demo.
    is_demo: bool = Field(default=False)
    #: Whom a host calls or writes to: shown on the host's page.
    contact_name: str = Field(default="")
    #: The phone number of that person.
    contact_phone: str = Field(default="")
    #: The mail address of that person.
    contact_email: str = Field(default="")
    #: When the organisation was set up.
    created_at: datetime = Field(sa_type=UtcDateTime)
    #: Counts up at every change: the second of two editors is told.
    version: int = Field(default=1)


class Unit(SQLModel, table=True):
    """A specialområde or one of its afdelinger."""

    __tablename__ = "unit"
    __table_args__ = (
        CheckConstraint(values_in("kind", UnitKind), name="kind"),
        CheckConstraint("(kind = 'area') = (parent_id IS NULL)", name="parent"),
        CheckConstraint("colour BETWEEN 1 AND 8", name="colour"),
        UniqueConstraint("name", "parent_id"),
        # A UNIQUE takes two empty parent_ids for different.
        Index("uq_unit_area_name", "name", unique=True, sqlite_where=_NO_PARENT, postgresql_where=_NO_PARENT),
    )

    id: int | None = Field(default=None, primary_key=True)
    #: ``area`` (specialområde) or ``department`` (afdeling).
    kind: str
    #: The specialområde of an afdeling; empty for a specialområde.
    parent_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    #: The full name, as people say it.
    name: str = Field(max_length=120)
    #: The short name that goes with the colour (SOH); an afdeling may lack one.
    short_name: str = Field(default="", max_length=24)
    #: 1..8: the hue of an area.  Afdelinger wear the hue of their area.
    colour: int = Field(default=1)
    #: Danish alphabetical order; made by core.danish.
    sort_key: str = Field(index=True)
    #: The afdelingsleder, who hears of takeovers early; an afdeling without one falls back to its area's.
    leader_name: str = Field(default="", max_length=120, sa_column_kwargs={"server_default": ""})
    #: Where the leader's mails go.
    leader_email: str = Field(default="", max_length=254, sa_column_kwargs={"server_default": ""})
    #: Set when the unit is no longer used; it stays in old plans.
    archived_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: Counts up at every change: the second of two editors is told.
    version: int = Field(default=1)


class Profession(SQLModel, table=True):
    """A faggruppe: Pædagog, SOSU, Fysioterapeut."""

    __tablename__ = "profession"
    __table_args__ = (UniqueConstraint("name"),)

    id: int | None = Field(default=None, primary_key=True)
    #: As people write it.
    name: str = Field(max_length=80)
    #: Danish alphabetical order; made by core.danish.
    sort_key: str = Field(index=True)
    #: Set when it is no longer offered.
    archived_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: Counts up at every change.
    version: int = Field(default=1)


class Profile(SQLModel, table=True):
    """An account on a channel that can be lent out."""

    __tablename__ = "profile"
    __table_args__ = (
        CheckConstraint(values_in("channel", Channel), name="channel"),
        UniqueConstraint("channel", "handle"),
    )

    id: int | None = Field(default=None, primary_key=True)
    #: instagram, facebook or linkedin.
    channel: str
    #: The name after the @, in lower case.
    handle: str = Field(max_length=80)
    #: What people call it.
    name: str = Field(max_length=120)
    #: Its address on the channel.
    url: str = Field(default="", max_length=300)
    #: Danish alphabetical order; made by core.danish.
    sort_key: str = Field(index=True)
    #: Set when it is no longer lent out.
    archived_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: Whether it shares its posts to Facebook by itself, as somebody who looked has said.
    shares_to_facebook: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    #: When somebody last looked; empty: nobody has.
    shares_checked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: Counts up at every change.
    version: int = Field(default=1)
