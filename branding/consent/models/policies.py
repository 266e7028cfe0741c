"""Tables of what the organisation has decided: policy, legal assessments, time limits."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from branding.consent.values.policies import Openness, PolicyKind
from branding.core.db import UtcDateTime, values_in

_NO_UNIT = text("unit_id IS NULL")


class PublicationPolicy(SQLModel, table=True):
    """Whether a kind of person may be shown at all: for one unit, or for all that have none of their own."""

    __tablename__ = "publication_policy"
    __table_args__ = (
        CheckConstraint(values_in("kind", PolicyKind), name="kind"),
        CheckConstraint(values_in("openness", Openness), name="openness"),
        UniqueConstraint("unit_id", "kind"),
        # A UNIQUE takes two empty unit_ids for different.
        Index(
            "uq_publication_policy_kind",
            "kind",
            unique=True,
            sqlite_where=_NO_UNIT,
            postgresql_where=_NO_UNIT,
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    #: Which unit and those under it; empty: the whole organisation.
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    #: citizen, minor, colleague or other.
    kind: str
    #: forbidden, needs_assessment or allowed.
    openness: str
    #: When it was decided here.
    changed_at: datetime = Field(sa_type=UtcDateTime)
    #: Counts up at every change.
    version: int = Field(default=1)


class Assessment(SQLModel, table=True):
    """A legal assessment that opens what needs one, for a year at most (R2, R3)."""

    __tablename__ = "assessment"
    __table_args__ = (CheckConstraint("review_on > decided_on", name="period"),)

    #: Random.
    id: str = Field(primary_key=True, max_length=32)
    #: The case number in the authority's own system.
    reference: str = Field(max_length=80)
    #: Who decided: a title and a name.
    decided_by: str = Field(max_length=120)
    #: When.
    decided_on: date
    #: The first day on which it no longer opens anything: twelve months later at most.
    review_on: date
    #: citizen, minor, other: whom it is about.
    kinds: list[str] = Field(sa_column=Column(JSON, nullable=False))
    #: recruiting, information.
    purposes: list[str] = Field(sa_column=Column(JSON, nullable=False))
    #: instagram, facebook ...
    channels: list[str] = Field(sa_column=Column(JSON, nullable=False))
    #: What the form asks for (R3): {"dependence": ..., "asker": ..., "necessity": ..., "dpia": ...}.
    answers: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    #: Whether a guardian may answer for a person who cannot, with the person's assent.
    guardian_alone: bool = Field(default=False)
    #: When it was written down.
    made_at: datetime = Field(sa_type=UtcDateTime)
    #: The user who did.
    made_by: int | None = Field(default=None)
    #: Set when it was ended before its time.
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class AssessmentUnit(SQLModel, table=True):
    """A unit, with those under it, that an assessment covers."""

    __tablename__ = "assessment_unit"
    __table_args__ = (UniqueConstraint("assessment_id", "unit_id"),)

    id: int | None = Field(default=None, primary_key=True)
    #: Which assessment.
    assessment_id: str = Field(foreign_key="assessment.id")
    #: Which unit.
    unit_id: int = Field(foreign_key="unit.id", index=True)


class ConsentRules(SQLModel, table=True):
    """The organisation's own time limits and choices; the defaults are those of the design."""

    __tablename__ = "consent_rules"
    __table_args__ = (
        CheckConstraint("reflection_hours >= 1", name="reflection"),
        CheckConstraint("citizen_months BETWEEN 1 AND 12", name="citizen_months"),
        CheckConstraint("colleague_months BETWEEN 1 AND 24", name="colleague_months"),
        CheckConstraint("evidence_days BETWEEN 1 AND 180", name="evidence_days"),
    )

    #: Always 1.
    id: int = Field(default=1, primary_key=True)
    #: Hours between a citizen's signature and the first use (R27).
    reflection_hours: int = Field(default=24)
    #: How long a citizen's yes lasts.
    citizen_months: int = Field(default=6)
    #: How long a colleague's yes lasts (decisions.md 6).
    colleague_months: int = Field(default=24)
    #: Colleagues must sign too.
    colleague_written: bool = Field(default=False)
    #: One custody holder's signature is enough.
    one_custody_holder: bool = Field(default=False)
    #: How long a post with a citizen stays up (R56).
    citizen_live_days: int = Field(default=60)
    #: How long evidence is kept after the last use ended (R59).
    evidence_days: int = Field(default=60)
    #: Proof goes to the authority's records system before it is purged (R60).
    journal_first: bool = Field(default=False)
    #: How long a no is remembered (R61).
    refusal_months: int = Field(default=12)
    #: How long the log of readings is kept.
    log_months: int = Field(default=12)
    #: Who is responsible for the data, as the forms name it.
    controller: str = Field(default="", max_length=160)
    #: How the data protection officer is reached.
    dpo_contact: str = Field(default="", max_length=200)
    #: The number a person can call to take a consent back.
    phone: str = Field(default="", max_length=40)
    #: Counts up at every change.
    version: int = Field(default=1)
