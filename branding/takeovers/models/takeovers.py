"""Tables of a takeover: its days, hosts, links, accepted rules, checklist and history."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from branding.core.db import UtcDateTime, values_in
from branding.takeovers.values import LeaderAnswer, TakeoverStatus


class Takeover(SQLModel, table=True):
    """Some days in which an employee hosts a profile."""

    __tablename__ = "takeover"
    __table_args__ = (
        CheckConstraint(values_in("status", TakeoverStatus), name="status"),
        CheckConstraint("ends_on >= starts_on", name="period"),
        Index("ix_takeover_period", "profile_id", "starts_on", "ends_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    #: The block of weeks it lies in.
    slot_id: int = Field(foreign_key="slot.id", index=True)
    #: The unit of the hosts: the slot's unit or one of its afdelinger.
    unit_id: int = Field(foreign_key="unit.id", index=True)
    #: The profile that is lent out; two takeovers on it never overlap.
    profile_id: int = Field(foreign_key="profile.id")
    #: The first day; both ends are included.
    starts_on: date
    #: The last day.
    ends_on: date
    #: Where it stands; see takeovers.rules for what may follow what.
    status: str = Field(default=TakeoverStatus.PLANNED)
    #: When the days or the cancellation last changed; hosts hear of it a little later.
    changed_at: datetime = Field(sa_type=UtcDateTime)
    #: Counts up at every change.
    version: int = Field(default=1)


class Host(SQLModel, table=True):
    """An employee who hosts one takeover.  No account: a link opens this takeover only."""

    __tablename__ = "host"
    __table_args__ = (UniqueConstraint("takeover_id", "email"),)

    id: int | None = Field(default=None, primary_key=True)
    #: Which takeover.
    takeover_id: int = Field(foreign_key="takeover.id", index=True)
    #: What colleagues call the person.
    name: str = Field(max_length=120)
    #: Where the invitation goes.
    email: str = Field(max_length=254)
    #: Optional: for the day something is urgent.
    phone: str = Field(default="", max_length=30)
    #: The host's faggruppe.
    profession_id: int | None = Field(default=None, foreign_key="profession.id", index=True)
    #: When the latest invitation was sent.
    invited_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: When the host said yes, by accepting the rules.
    accepted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: When the host said no.
    declined_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: When the host had opened the guide to its end and said so.
    briefed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: Set when the host was taken off; can be undone until the row is deleted.
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: The days that the latest mail told; empty before the first, and after one that called it off.
    told_starts_on: date | None = Field(default=None)
    #: The last of those days.
    told_ends_on: date | None = Field(default=None)
    #: Counts up when the details change: the second of two editors sees both versions.
    version: int = Field(default=1)
    #: When the unit's leader was asked about this host by mail; once.
    leader_asked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: What the leader said: ``ok``, ``no`` or nothing yet.
    leader_answer: str = Field(
        default=LeaderAnswer.NONE, max_length=10, sa_column_kwargs={"server_default": ""}
    )
    #: When the leader said so.
    leader_answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: A word from the leader to the coordinator.
    leader_note: str = Field(default="", max_length=300, sa_column_kwargs={"server_default": ""})
    #: When the thank-you with the link to the evaluation was sent; once.
    thanked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: When the host latest saw the profile's password: somebody must change it afterwards.
    login_viewed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class HostLink(SQLModel, table=True):
    """A secret link to one takeover for one host; only a hash of the secret is kept."""

    __tablename__ = "host_link"
    __table_args__ = (UniqueConstraint("token_hash"),)

    id: int | None = Field(default=None, primary_key=True)
    #: Whose it is.
    host_id: int = Field(foreign_key="host.id", index=True)
    #: SHA-256 of the secret, in hex.
    token_hash: str = Field(max_length=64)
    #: When it was made.
    made_at: datetime = Field(sa_type=UtcDateTime)
    #: Set when the link was taken back, or replaced by a new one.
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class RuleAcceptance(SQLModel, table=True):
    """One line of the rules, accepted by one host."""

    __tablename__ = "rule_acceptance"
    __table_args__ = (UniqueConstraint("host_id", "rule_key", "rule_version"),)

    id: int | None = Field(default=None, primary_key=True)
    #: Whose it is.
    host_id: int = Field(foreign_key="host.id", index=True)
    #: The line's name in the rules (takeovers.guide).
    rule_key: str = Field(max_length=40)
    #: Which wording was accepted.
    rule_version: int
    #: When.
    accepted_at: datetime = Field(sa_type=UtcDateTime)


class ChecklistItem(SQLModel, table=True):
    """One thing to remember for one takeover."""

    __tablename__ = "checklist_item"
    __table_args__ = (UniqueConstraint("takeover_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    #: Which takeover.
    takeover_id: int = Field(foreign_key="takeover.id", index=True)
    #: The item's name in takeovers.checklist, or ``own-…`` for one that people wrote.
    key: str = Field(max_length=40)
    #: The text of an item that people wrote themselves.
    label: str = Field(default="", max_length=200)
    #: The day it should be done; moves with the takeover.
    due_on: date
    #: When it was ticked.
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: Who ticked it: ``user`` or ``host`` and that row's id.
    done_by_kind: str = Field(default="", max_length=10)
    #: The id of that row.
    done_by_id: int | None = Field(default=None)


class TakeoverEvent(SQLModel, table=True):
    """One step in the life of a takeover, for its timeline."""

    __tablename__ = "takeover_event"

    id: int | None = Field(default=None, primary_key=True)
    #: Which takeover.
    takeover_id: int = Field(foreign_key="takeover.id", index=True)
    #: When.
    at: datetime = Field(sa_type=UtcDateTime)
    #: What it was before; empty for the first.
    status_before: str = Field(default="", max_length=20)
    #: What it became.
    status_after: str = Field(max_length=20)
    #: Who did it: ``user``, ``host`` or ``system`` and that row's id.
    actor_kind: str = Field(max_length=10)
    #: The id of that row.
    actor_id: int | None = Field(default=None)
