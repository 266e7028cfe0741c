"""The tables of reports: the archive, links to it, and what is made by itself."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, Column, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from branding.core.db import UtcDateTime, values_in
from branding.reports.values.orders import Form, Kind
from branding.reports.values.schedules import Rhythm, Span, Stage


class ReportSchedule(SQLModel, table=True):
    """A report that is made by itself."""

    __tablename__ = "report_schedule"
    __table_args__ = (
        CheckConstraint(values_in("kind", Kind), name="kind"),
        CheckConstraint(values_in("form", Form), name="form"),
        CheckConstraint(values_in("rhythm", Rhythm), name="rhythm"),
        CheckConstraint(values_in("span", Span), name="span"),
    )

    id: int | None = Field(default=None, primary_key=True)
    #: Which report.
    kind: str = Field(max_length=20)
    #: How it is written.
    form: str = Field(max_length=8)
    #: When it is made.
    rhythm: str = Field(max_length=12)
    #: Which days it is about.
    span: str = Field(max_length=24)
    #: A unit and what is under it; empty: all.
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    #: Whether nobody is named.
    for_leaders: bool
    #: The addresses that it is sent to.
    mails: list[str] = Field(sa_column=Column(JSON, nullable=False))
    #: Whether a link is sent instead of the file.
    as_link: bool
    #: Empty while it is off.
    is_on: bool = Field(default=True)
    #: Nothing is made for days before this one.
    on_since: date
    #: The latest day that a report was ordered for.
    last_run_on: date | None = Field(default=None)
    #: Whose rights decide what may stand in it: a user.
    made_by: int
    #: For optimistic locking.
    version: int = Field(default=1)


class ReportFile(SQLModel, table=True):
    """A report that was ordered, and its bytes when it is made."""

    __tablename__ = "report_file"
    __table_args__ = (
        UniqueConstraint("schedule_id", "run_on"),
        CheckConstraint(values_in("kind", Kind), name="kind"),
        CheckConstraint(values_in("form", Form), name="form"),
        CheckConstraint(values_in("stage", Stage), name="stage"),
        Index("ix_report_file_stage", "stage"),
    )

    id: int | None = Field(default=None, primary_key=True)
    #: Which report.
    kind: str = Field(max_length=20)
    #: How it is written.
    form: str = Field(max_length=8)
    #: Its first day.
    first_on: date
    #: Its last day.
    last_on: date
    #: A unit and what is under it; empty: all.
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    #: A channel of the content plan; empty: all.
    channel_id: int | None = Field(default=None)
    #: Whether nobody is named.
    for_leaders: bool
    #: See values.schedules.Stage.
    stage: str = Field(default=Stage.WAITING, max_length=8)
    #: When it was ordered.
    ordered_at: datetime = Field(sa_type=UtcDateTime)
    #: The user who ordered it or made the schedule: their rights decide what stands in it.
    ordered_by: int
    #: The language it is written in.
    language: str = Field(default="da", max_length=8)
    #: The schedule it was made by.
    schedule_id: int | None = Field(default=None, foreign_key="report_schedule.id")
    #: The day of the schedule it was made for.
    run_on: date | None = Field(default=None)
    #: Until when the claim of the process that makes it holds.
    lease_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: How often it was tried.
    tries: int = Field(default=0)
    #: When it was made.
    made_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: The report itself.
    content: bytes | None = Field(default=None)
    #: How long it is, so that lists need not read it.
    size: int | None = Field(default=None)
    #: The kind of error that stopped it, without its message.
    error: str = Field(default="", max_length=80)


class ReportLink(SQLModel, table=True):
    """A link that opens one report without sign-in."""

    __tablename__ = "report_link"
    __table_args__ = (UniqueConstraint("token_hash"),)

    id: int | None = Field(default=None, primary_key=True)
    #: The report.
    file_id: int = Field(foreign_key="report_file.id", index=True)
    #: The secret is only in the address that was handed out.
    token_hash: str = Field(max_length=64)
    #: When it was made.
    made_at: datetime = Field(sa_type=UtcDateTime)
    #: When it ends.
    expires_at: datetime = Field(sa_type=UtcDateTime)
    #: When somebody took it back.
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
