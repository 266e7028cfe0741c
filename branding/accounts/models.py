"""Tables of people who sign in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from branding.accounts.values import LinkPurpose, Method
from branding.core.actor import Role
from branding.core.db import UtcDateTime, values_in

_EVERYWHERE = text("unit_id IS NULL")


class User(SQLModel, table=True):
    """A person with an account."""

    __tablename__ = "user_account"
    __table_args__ = (UniqueConstraint("email"), CheckConstraint("email = lower(email)", name="email"))

    id: int | None = Field(default=None, primary_key=True)
    #: As the person is called.
    name: str = Field(max_length=120)
    #: The mail address, in lower case: what people sign in with.
    email: str = Field(max_length=254)
    #: Argon2id; empty for those who only use links.
    password_hash: str | None = Field(default=None, max_length=255)
    #: The language of mails to this person.
    language: str = Field(default="da", max_length=5)
    #: When the account was made.
    created_at: datetime = Field(sa_type=UtcDateTime)
    #: When the person first came in; until then the account is an open invitation.
    joined_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: Set when the person no longer may sign in.
    deactivated_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: Danish alphabetical order; made by core.danish.
    sort_key: str = Field(index=True)
    #: Counts up at every change: the second of two editors is told.
    version: int = Field(default=1)


class RoleGrant(SQLModel, table=True):
    """A role that a person has been given."""

    __tablename__ = "role_grant"
    __table_args__ = (
        CheckConstraint(values_in("role", Role), name="role"),
        CheckConstraint("(role = 'coordinator') = (unit_id IS NOT NULL)", name="unit"),
        UniqueConstraint("user_id", "role", "unit_id"),
        # A UNIQUE takes two empty unit_ids for different.
        Index(
            "uq_role_grant_everywhere",
            "user_id",
            "role",
            unique=True,
            sqlite_where=_EVERYWHERE,
            postgresql_where=_EVERYWHERE,
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    #: Whose role it is.
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE")
    #: One of core.actor.Role.
    role: str = Field(max_length=20)
    #: The specialområde of a coordinator; empty for every other role.
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)


class SignIn(SQLModel, table=True):
    """One device that somebody has signed in on."""

    __tablename__ = "sign_in"
    __table_args__ = (
        UniqueConstraint("token_hash"),
        CheckConstraint(values_in("method", Method), name="method"),
    )

    id: int | None = Field(default=None, primary_key=True)
    #: Whose it is.
    user_id: int = Field(foreign_key="user_account.id", index=True, ondelete="CASCADE")
    #: SHA-256 of the secret in the cookie.
    token_hash: str = Field(max_length=64)
    #: password or link.
    method: str = Field(max_length=10)
    #: Families of browser and system, so that people recognise their devices; no versions, no addresses.
    device: str = Field(default="", max_length=60)
    #: When it was made.
    made_at: datetime = Field(sa_type=UtcDateTime)
    #: When it stops working.
    expires_at: datetime = Field(sa_type=UtcDateTime)
    #: Set when it was ended before its time.
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: When the second step was taken; without it a person who must take one is not in.
    second_step_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class MagicLink(SQLModel, table=True):
    """A secret in a mail that lets its reader in once."""

    __tablename__ = "magic_link"
    __table_args__ = (
        UniqueConstraint("token_hash"),
        CheckConstraint(values_in("purpose", LinkPurpose), name="purpose"),
    )

    id: int | None = Field(default=None, primary_key=True)
    #: Whose it is.
    user_id: int = Field(foreign_key="user_account.id", index=True, ondelete="CASCADE")
    #: SHA-256 of the secret in the mail.
    token_hash: str = Field(max_length=64)
    #: sign_in or invitation.
    purpose: str = Field(max_length=12)
    #: When it was made.
    made_at: datetime = Field(sa_type=UtcDateTime)
    #: When it stops working.
    expires_at: datetime = Field(sa_type=UtcDateTime)
    #: When it was used or withdrawn: it works once.
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SecondStep(SQLModel, table=True):
    """The second step of a person who has set one up: codes from an app (RFC 6238)."""

    __tablename__ = "second_step"
    __table_args__ = (UniqueConstraint("user_id"),)

    id: int | None = Field(default=None, primary_key=True)
    #: Whose it is.
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE")
    #: The secret that is shared with the app, sealed with the data key.
    secret: str = Field(max_length=200)
    #: When it was set up.
    made_at: datetime = Field(sa_type=UtcDateTime)
    #: The 30-second step of the latest code: no code works twice.
    last_step: int = Field(default=0)


class RecoveryCode(SQLModel, table=True):
    """A code on paper for the day the phone is lost.  It works once."""

    __tablename__ = "recovery_code"
    __table_args__ = (UniqueConstraint("code_hash"),)

    id: int | None = Field(default=None, primary_key=True)
    #: Whose it is.
    user_id: int = Field(foreign_key="user_account.id", index=True, ondelete="CASCADE")
    #: SHA-256 of the code without its dashes.
    code_hash: str = Field(max_length=64)
    #: When it was used.
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SecondStepRule(SQLModel, table=True):
    """A role whose people must take the second step."""

    __tablename__ = "second_step_rule"
    __table_args__ = (CheckConstraint(values_in("role", Role), name="role"),)

    #: One of core.actor.Role.
    role: str = Field(primary_key=True, max_length=20)
    #: Since when it is required.
    made_at: datetime = Field(sa_type=UtcDateTime)
