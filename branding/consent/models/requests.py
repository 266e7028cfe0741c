"""Tables of asking: form versions, requests, shoots with their one QR code, and open messages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from branding.consent.values.records import ActorKind, Audience, ChangeClass, Outcome, Target
from branding.core.db import UtcDateTime, values_in


class FormVersion(SQLModel, table=True):
    """One version of one text; the text itself is a file that this program ships."""

    __tablename__ = "form_version"
    __table_args__ = (
        CheckConstraint(values_in("audience", Audience), name="audience"),
        CheckConstraint(values_in("change_class", ChangeClass), name="change_class"),
    )

    #: ``citizen_easy-1-da``: audience, number and language, as the file is called.
    id: str = Field(primary_key=True, max_length=40)
    #: Whom it is written for.
    audience: str
    #: Counts up with each version.
    number: int
    #: da or en.
    language: str = Field(max_length=2)
    #: SHA-256 of the file, in hex.
    sha256: str = Field(max_length=64)
    #: What it means for consents on the version before.
    change_class: str = Field(default=ChangeClass.EDITORIAL)
    #: From when it is used.
    published_at: datetime = Field(sa_type=UtcDateTime)
    #: From when nobody may sign it any more.
    accepted_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: Set when it was found defective: consents on it no longer count.
    recalled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Shoot(SQLModel, table=True):
    """An afternoon of pictures, with one QR code for everybody who is there."""

    __tablename__ = "shoot"
    __table_args__ = (UniqueConstraint("token_hash"),)

    #: Random.
    id: str = Field(primary_key=True, max_length=32)
    #: Whose it is.
    unit_id: int = Field(foreign_key="unit.id", index=True)
    #: What it is called: "Sommerfest i haven".
    title: str = Field(max_length=120)
    #: Where.
    place: str = Field(default="", max_length=120)
    #: When.
    held_on: date
    #: What a higher room knows it as, for example ``takeover:12``.
    reference: str = Field(default="", max_length=64, index=True)
    #: What people are asked for: {"channels": [...], "media": [...], "purposes": [...]}.
    offered: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    #: How long a yes lasts, as the last day.
    lasts_until: date
    #: SHA-256 of the secret in the QR code, in hex; empty until a sheet was made.
    token_hash: str | None = Field(default=None, max_length=64)
    #: The secret, sealed with the data key: the sheet is printed again.
    token_sealed: str = Field(default="")
    #: Until when the code takes answers.
    open_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: The user who made it.
    made_by: int
    #: When.
    made_at: datetime = Field(sa_type=UtcDateTime)
    #: Set when it was closed.
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ConsentRequest(SQLModel, table=True):
    """That one person is asked; the answer becomes a consent, a yes or a no."""

    __tablename__ = "consent_request"
    __table_args__ = (
        CheckConstraint(values_in("target", Target), name="target"),
        CheckConstraint(values_in("asked_by_kind", ActorKind), name="asked_by_kind"),
        CheckConstraint(values_in("outcome", Outcome), name="outcome"),
        UniqueConstraint("code"),
    )

    #: Random.
    id: str = Field(primary_key=True, max_length=32)
    #: Who is asked.
    subject_id: str = Field(foreign_key="subject.id", index=True)
    #: In which words.
    form_id: str = Field(foreign_key="form_version.id")
    #: post, takeover or shoot.
    target: str
    #: Which one, in the words of the room that knows: ``takeover:12``, or a shoot's id.
    target_ref: str = Field(max_length=64, index=True)
    #: What people read for it: "Takeover i uge 42".
    target_label: str = Field(max_length=160)
    #: What is asked for: {"channels": [...], "formats": [...], "media": [...], "purposes": [...],
    #: "name": bool, "voice": bool, "paid": bool}.
    offered: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    #: How long a yes would last, as the last day.
    lasts_until: date
    #: Who asks.
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
    #: Printed on the paper form, so that it is found again when it comes back; no secret.
    code: str = Field(max_length=8)
    #: Until when it can be answered.
    expires_at: datetime = Field(sa_type=UtcDateTime)
    #: JSON with the parts that are signed while others still wait, sealed with the person's key.
    partial_sealed: str = Field(default="")
    #: When somebody was last reminded.
    reminded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: yes, no, lapsed, cancelled, or empty while it waits.
    outcome: str = Field(default=Outcome.WAITING, max_length=10)
    #: When it ended.
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SigningLink(SQLModel, table=True):
    """A secret by which a request is answered; a request may have several, one for each signer."""

    __tablename__ = "signing_link"
    __table_args__ = (UniqueConstraint("token_hash"),)

    #: Random.
    id: str = Field(primary_key=True, max_length=32)
    #: What it answers.
    request_id: str = Field(foreign_key="consent_request.id", index=True)
    #: Which signer's part, as values.requests names it; empty: all of them, one after the other.
    part: str = Field(default="", max_length=60)
    #: Opened on the unit's own device, with staff beside: nothing about the device is noted.
    is_in_person: bool = Field(default=False)
    #: SHA-256 of the secret, in hex.
    token_hash: str = Field(max_length=64)
    #: When it was made.
    made_at: datetime = Field(sa_type=UtcDateTime)
    #: Set when it was taken back.
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class BlankForm(SQLModel, table=True):
    """A form that was printed for a shoot before anybody knew who would fill it in."""

    __tablename__ = "blank_form"

    #: Printed on it, and unlike every code of a request.
    code: str = Field(primary_key=True, max_length=8)
    #: For which shoot.
    shoot_id: str = Field(foreign_key="shoot.id", index=True)
    #: In which words.
    form_id: str = Field(foreign_key="form_version.id")
    #: When it was printed.
    made_at: datetime = Field(sa_type=UtcDateTime)
    #: What it became when it came back filled in.
    request_id: str | None = Field(default=None, foreign_key="consent_request.id", index=True)


class OpenMessage(SQLModel, table=True):
    """A withdrawal in somebody's own words, from the page that anybody may use (decisions.md 22)."""

    __tablename__ = "open_message"

    #: Random.
    id: str = Field(primary_key=True, max_length=32)
    #: What was written, sealed with the data key; emptied when it was resolved.
    text_sealed: str
    #: The unit that the writer named; empty when none was.
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    #: When it came.
    received_at: datetime = Field(sa_type=UtcDateTime)
    #: Set when somebody found out what it was about.
    resolved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: The user who did.
    resolved_by: int | None = Field(default=None)
    #: The person whose consent was withdrawn by it, if any was.
    subject_id: str | None = Field(default=None, foreign_key="subject.id", index=True)
