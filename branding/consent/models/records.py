"""Tables of answers: consents with their scopes and signatures, and withdrawals.

Rows are added, not changed: a correction invalidates and begins anew (R30).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from branding.consent.values.records import ActorKind, Channel, EvidenceKind, SignerRole, Target, Via
from branding.core.db import UtcDateTime, values_in


class Consent(SQLModel, table=True):
    """One answer of one person: a yes with its scopes, or a no.  Its state is computed at an instant."""

    __tablename__ = "consent"
    __table_args__ = (
        CheckConstraint(values_in("target", Target), name="target"),
        CheckConstraint(values_in("evidence", EvidenceKind), name="evidence"),
        CheckConstraint(values_in("asked_by_kind", ActorKind), name="asked_by_kind"),
        CheckConstraint(values_in("recorded_by_kind", ActorKind), name="recorded_by_kind"),
        CheckConstraint("expires_at > valid_from", name="period"),
        # Everything that the board looks at, so that it never opens the rows.
        Index(
            "ix_consent_standing",
            "subject_id",
            "id",
            "is_refusal",
            "evidence",
            "signed_at",
            "recorded_at",
            "valid_from",
            "expires_at",
            "verified_at",
            "invalidated_at",
            "form_id",
        ),
        # What waits for a second pair of eyes.
        Index(
            "ix_consent_unchecked",
            "expires_at",
            "subject_id",
            "evidence",
            "is_refusal",
            "invalidated_at",
            "id",
            "form_id",
            sqlite_where=text("verified_at IS NULL"),
            postgresql_where=text("verified_at IS NULL"),
        ),
        Index(
            "ix_consent_supersedes",
            "supersedes_id",
            sqlite_where=text("supersedes_id IS NOT NULL"),
            postgresql_where=text("supersedes_id IS NOT NULL"),
        ),
    )

    #: Random.
    id: str = Field(primary_key=True, max_length=32)
    #: Whose answer.
    subject_id: str = Field(foreign_key="subject.id")
    #: In which words it was asked.
    form_id: str = Field(foreign_key="form_version.id", index=True)
    #: What was answered; empty for an oral consent.
    request_id: str | None = Field(default=None, foreign_key="consent_request.id", index=True)
    #: True for "nej tak": blocks what was asked for until it lapses.
    is_refusal: bool = Field(default=False)
    #: post, takeover or shoot.
    target: str
    #: Which one, in the words of the room that knows.
    target_ref: str = Field(max_length=64, index=True)
    #: What people read for it.
    target_label: str = Field(max_length=160)
    #: oral, drawn, typed, paper or click_authenticated.
    evidence: str
    #: The person was told clearly that it goes on Instagram.
    told_instagram: bool = Field(default=False)
    #: The person answered clearly.
    clear_answer: bool = Field(default=False)
    #: Who asked.
    asked_by_kind: str
    #: The id of that row.
    asked_by_id: int | None = Field(default=None)
    #: When.
    asked_at: datetime = Field(sa_type=UtcDateTime)
    #: Where, or in which situation.
    place: str = Field(default="", max_length=120)
    #: Whether the asker decides on the person's help or is the person's manager (R28).
    asker_has_power: bool = Field(default=False)
    #: Why that person asked all the same.
    power_reason: str = Field(default="", max_length=300)
    #: When the last needed signature or word was given.
    signed_at: datetime = Field(sa_type=UtcDateTime)
    #: When it was written down here, by the server's clock.
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    #: Who wrote it down.
    recorded_by_kind: str
    #: The id of that row.
    recorded_by_id: int | None = Field(default=None)
    #: From when it holds.
    valid_from: datetime = Field(sa_type=UtcDateTime)
    #: From when it no longer does: midnight in Denmark after the last day (C8).
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)
    #: Another person than the recorder has seen the evidence.
    verified_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: Who: a user, or ``subject`` by the person's own tap.
    verified_by_kind: str = Field(default="", max_length=10)
    #: The id of that row.
    verified_by_id: int | None = Field(default=None)
    #: GDPR article 6, for example ``6(1)(a)``.
    art6: str = Field(default="6(1)(a)", max_length=20)
    #: GDPR article 9, for example ``9(2)(a)``; empty for colleagues.
    art9: str = Field(default="", max_length=20)
    #: SHA-256 of the text as it was shown, blanks filled in.
    text_sha256: str = Field(default="", max_length=64)
    #: What filled the blanks of the form, and how it was read: nothing about the person.
    shown: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    #: The earlier answer to the same question that this one replaces.
    supersedes_id: str | None = Field(default=None, foreign_key="consent.id")
    #: Set when a defect was found: it never counted.
    invalidated_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: wrong_signer, pressure, mistake, or bad_evidence.
    invalidated_why: str = Field(default="", max_length=20)
    #: The case number in the authority's records system, once it was exported there.
    journal_reference: str = Field(default="", max_length=80)
    #: Set when the evidence was purged; this row is then a tombstone.
    purged_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ConsentScope(SQLModel, table=True):
    """One channel of a consent: what may be shown there, and how."""

    __tablename__ = "consent_scope"
    __table_args__ = (
        CheckConstraint(values_in("channel", Channel), name="channel"),
        UniqueConstraint("consent_id", "channel"),
    )

    id: int | None = Field(default=None, primary_key=True)
    #: Which consent.
    consent_id: str = Field(foreign_key="consent.id")
    #: instagram, facebook, website ...
    channel: str
    #: feed, carousel, story, reel.
    formats: list[str] = Field(sa_column=Column(JSON, nullable=False))
    #: recruiting, information.
    purposes: list[str] = Field(sa_column=Column(JSON, nullable=False))
    #: photo, video.
    media: list[str] = Field(sa_column=Column(JSON, nullable=False))
    #: The first name may be written.
    may_name: bool = Field(default=False)
    #: The voice may be heard.
    may_voice: bool = Field(default=False)
    #: It may be used in an advertisement.
    may_be_paid: bool = Field(default=False)


class Signature(SQLModel, table=True):
    """One person's part of an answer."""

    __tablename__ = "consent_signature"
    __table_args__ = (
        CheckConstraint(values_in("role", SignerRole), name="role"),
        CheckConstraint(values_in("method", EvidenceKind), name="method"),
    )

    id: int | None = Field(default=None, primary_key=True)
    #: Which answer.
    consent_id: str = Field(foreign_key="consent.id", index=True)
    #: self, guardian, custody, assent or witness.
    role: str
    #: By which right, for guardian and custody.
    representation_id: str | None = Field(default=None, foreign_key="representation.id", index=True)
    #: drawn, typed, paper, oral or click_authenticated.
    method: str
    #: The name as it was signed, sealed with the person's key.
    name_sealed: str = Field(default="")
    #: When.
    signed_at: datetime = Field(sa_type=UtcDateTime)


class Withdrawal(SQLModel, table=True):
    """A consent taken back.  There is no field for a reason."""

    __tablename__ = "withdrawal"
    __table_args__ = (
        CheckConstraint(values_in("via", Via), name="via"),
        CheckConstraint(values_in("registered_by_kind", ActorKind), name="registered_by_kind"),
    )

    #: Random.
    id: str = Field(primary_key=True, max_length=32)
    #: Who took it back, or for whom it was.
    subject_id: str = Field(foreign_key="subject.id", index=True)
    #: Which consent; empty: all that were given before.
    consent_id: str | None = Field(default=None, foreign_key="consent.id", index=True)
    #: Which channels; empty: all.
    channels: list[str] | None = Field(default=None, sa_column=Column(JSON, nullable=True))
    #: When it was said: it counts from here.
    received_at: datetime = Field(sa_type=UtcDateTime)
    #: When it was written down.
    registered_at: datetime = Field(sa_type=UtcDateTime)
    #: link, card, employee or open_page.
    via: str
    #: Who wrote it down.
    registered_by_kind: str
    #: The id of that row.
    registered_by_id: int | None = Field(default=None)
