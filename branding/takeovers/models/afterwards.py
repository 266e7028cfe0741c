"""Tables of what a takeover leaves behind: the host's evaluation, and a password to change."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from branding.core.db import UtcDateTime, values_in
from branding.takeovers.values import Recommend


class Evaluation(SQLModel, table=True):
    """What one host says afterwards.  Written once, all of it or nothing."""

    __tablename__ = "evaluation"
    __table_args__ = (
        UniqueConstraint("host_id"),
        CheckConstraint("equipped BETWEEN 1 AND 5", name="equipped"),
        CheckConstraint(values_in("recommend", Recommend), name="recommend"),
    )

    id: int | None = Field(default=None, primary_key=True)
    #: Whose it is.
    host_id: int = Field(foreign_key="host.id")
    #: Whether the host felt equipped: 1 (not at all) to 5 (fully).
    equipped: int
    #: Whether the host would recommend it to a colleague.
    recommend: str = Field(max_length=10)
    #: What the next host should know; shown in the guide.
    advice: str = Field(default="", max_length=600)
    #: When.
    answered_at: datetime = Field(sa_type=UtcDateTime)
    #: Set when the advice is not to be passed on.
    hidden_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ProfileLogin(SQLModel, table=True):
    """The login of a profile, for organisations that still hand it over.  Off unless somebody turns it on."""

    __tablename__ = "profile_login"
    __table_args__ = (UniqueConstraint("profile_id"),)

    id: int | None = Field(default=None, primary_key=True)
    #: Which profile.
    profile_id: int = Field(foreign_key="profile.id")
    #: Whether hosts may see it in their days.
    is_on: bool = Field(default=False)
    #: The user name to sign in with.
    username: str = Field(default="", max_length=120)
    #: The password, sealed by core.sealed; empty when it is off.
    password: str = Field(default="", max_length=1200)
    #: When it was last entered here, or changed on the profile after it was turned off here.
    changed_at: datetime = Field(sa_type=UtcDateTime)
    #: Since when somebody knows it who need not: the days are over, or it was turned off.
    change_due_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
