"""Tables of people who may be seen, those who sign for them, and what they ask of us."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from branding.consent.values.people import Hold, Kind, Mandate, Route
from branding.core.db import UtcDateTime, values_in


class Subject(SQLModel, table=True):
    """A person who may be seen.  No CPR number, no diagnosis; what is sealed opens with the own key."""

    __tablename__ = "subject"
    __table_args__ = (
        CheckConstraint(values_in("kind", Kind), name="kind"),
        CheckConstraint(values_in("route", Route), name="route"),
        CheckConstraint(values_in("hold", Hold), name="hold"),
        UniqueConstraint("reference"),
        # What the board filters and sorts by, so that it never opens the rows.
        Index(
            "ix_subject_board",
            "id",
            "unit_id",
            "kind",
            "also_citizen",
            "erased_at",
            "search_key",
            "sort_key",
        ),
    )

    #: Random; also the name of the person's key in the key store.
    id: str = Field(primary_key=True, max_length=32)
    #: citizen, colleague or other.
    kind: str
    #: True for a colleague who is also a citizen of a service: the citizen's rules hold (B13).
    also_citizen: bool = Field(default=False)
    #: What lists show: a first name or a pseudonym.  Empty once erased.
    label: str = Field(max_length=80)
    #: The label in lower case, for searching.
    search_key: str = Field(max_length=80, index=True)
    #: Danish alphabetical order; made by core.danish.
    sort_key: str = Field(index=True)
    #: The unit whose coordinator looks after the consents.
    unit_id: int = Field(foreign_key="unit.id", index=True)
    #: JSON with email and phone, sealed; empty when there is none.
    contact_sealed: str = Field(default="")
    #: How the person signs.
    route: str = Field(default=Route.SELF)
    #: Set for those under 15: the birthday on which the own signature is needed too.
    turns_15_on: date | None = Field(default=None)
    #: Set for those under 18: the birthday from which only the own signature counts.
    turns_18_on: date | None = Field(default=None)
    #: The colleague's last day at work.
    left_on: date | None = Field(default=None)
    #: Whatever consents say, nothing goes out while this is not ``none``.
    hold: str = Field(default=Hold.NONE)
    #: Whom a higher room knows this person as, for example ``host:12``; it alone can read it.
    reference: str | None = Field(default=None, max_length=64)
    #: When the person came onto the register.
    made_at: datetime = Field(sa_type=UtcDateTime)
    #: Set when the person was erased; the key is destroyed right after.
    erased_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: Counts up at every change: the second of two editors is told.
    version: int = Field(default=1)


class Representation(SQLModel, table=True):
    """Somebody's right to sign for a person, as a document showed it."""

    __tablename__ = "representation"
    __table_args__ = (CheckConstraint(values_in("mandate", Mandate), name="mandate"),)

    #: Random.
    id: str = Field(primary_key=True, max_length=32)
    #: The person who is signed for.
    subject_id: str = Field(foreign_key="subject.id", index=True)
    #: What kind of right it is.
    mandate: str
    #: JSON with name, email and phone, sealed with the person's key.
    contact_sealed: str
    #: Whether the document covers being shown in public.
    covers_images: bool = Field(default=False)
    #: The user who saw the document.
    seen_by: int
    #: When.
    seen_on: date
    #: From when the right holds.
    valid_from: date
    #: The first day on which it no longer does.
    valid_until: date | None = Field(default=None)
    #: When somebody should look again.
    review_on: date | None = Field(default=None)
    #: When it was written down.
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    #: Counts up at every change.
    version: int = Field(default=1)


class SubjectLink(SQLModel, table=True):
    """A secret link or card of a person: sees what was said yes to, and takes it back."""

    __tablename__ = "subject_link"
    __table_args__ = (UniqueConstraint("token_hash"),)

    #: Random.
    id: str = Field(primary_key=True, max_length=32)
    #: Whose it is.
    subject_id: str = Field(foreign_key="subject.id", index=True)
    #: The one consent it is about; empty: all of them.
    consent_id: str | None = Field(default=None, foreign_key="consent.id", index=True)
    #: True for the QR card that is handed over, false for a mailed link.
    is_card: bool = Field(default=False)
    #: SHA-256 of the secret, in hex.
    token_hash: str = Field(max_length=64)
    #: When it was made.
    made_at: datetime = Field(sa_type=UtcDateTime)
    #: Set when it was taken back.
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class RightsRequest(SQLModel, table=True):
    """What a person asked for under GDPR articles 15 to 17, and when it was done."""

    __tablename__ = "rights_request"
    __table_args__ = (CheckConstraint("kind IN ('access', 'rectification', 'erasure')", name="kind"),)

    #: Random.
    id: str = Field(primary_key=True, max_length=32)
    #: Who asked.
    subject_id: str = Field(foreign_key="subject.id", index=True)
    #: access, rectification or erasure.
    kind: str
    #: When it reached us.
    received_on: date
    #: The last day for an answer: one month (article 12(3)).
    due_on: date
    #: When it was written down.
    registered_at: datetime = Field(sa_type=UtcDateTime)
    #: Set when it was answered.
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: The user who answered.
    done_by: int | None = Field(default=None)
