"""Tables of the gate: what it answered, and where consents are in use."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from branding.consent.values.records import Channel
from branding.core.db import UtcDateTime, values_in


class GateDecision(SQLModel, table=True):
    """One answer of the gate, with what it was based on.  Rows are added and never changed."""

    __tablename__ = "gate_decision"
    __table_args__ = (
        CheckConstraint(values_in("channel", Channel), name="channel"),
        CheckConstraint("stage IN ('submit', 'approve', 'schedule', 'publish')", name="stage"),
        Index("ix_gate_decision_reference", "reference", "asked_at"),
    )

    #: Random: whoever publishes must show it.
    id: str = Field(primary_key=True, max_length=32)
    #: What was judged, in the words of the room that knows: ``draft_version:12``.
    reference: str = Field(max_length=64)
    #: Where it was to go.
    channel: str
    #: submit, approve, schedule or publish.
    stage: str
    #: The instant it was judged for.
    judged_for: datetime = Field(sa_type=UtcDateTime)
    #: When it was asked.
    asked_at: datetime = Field(sa_type=UtcDateTime)
    #: user, host or system.
    asked_by_kind: str = Field(max_length=10)
    #: The id of that row.
    asked_by_id: int | None = Field(default=None)
    #: The answer.
    is_allowed: bool
    #: [{"code": ..., "subject": ..., "channel": ...}]: why not, and what was warned of.
    reasons: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    #: Ids and versions of everything that was looked at; no names.
    inputs: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    #: SHA-256 of the inputs, in hex.
    inputs_sha256: str = Field(max_length=64)


class ConsentUse(SQLModel, table=True):
    """Where a consent is in use: written by the rooms above, read by withdrawals, purges and the board."""

    __tablename__ = "consent_use"
    __table_args__ = (
        CheckConstraint(values_in("channel", Channel), name="channel"),
        UniqueConstraint("consent_id", "reference", "channel"),
        Index("ix_consent_use_reference", "reference"),
    )

    id: int | None = Field(default=None, primary_key=True)
    #: Which consent.
    consent_id: str = Field(foreign_key="consent.id")
    #: What uses it, in the words of the room that knows: ``publication:12``.
    reference: str = Field(max_length=64)
    #: Where.
    channel: str
    #: What people read for it: "Opslag 14. oktober".
    label: str = Field(default="", max_length=160)
    #: The address of the post, once it is out.
    url: str = Field(default="", max_length=300)
    #: From when it is seen, or is planned to be.
    live_from: datetime = Field(sa_type=UtcDateTime)
    #: When it was taken down; empty while it is out.
    live_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
