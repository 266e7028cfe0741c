"""What a job is given, and the rows that make it run once per period.

A job is a function named in ``schedules/jobs.toml``; ``branding.worker`` calls it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from branding.core.db import Database, UtcDateTime
from branding.core.settings import Settings


@dataclass(frozen=True, slots=True)
class Job:
    """``now`` is the moment the job was scheduled for, so that a late run does the same work."""

    name: str
    database: Database
    settings: Settings
    now: datetime


class JobRun(SQLModel, table=True):
    """One period of one job: whoever inserts the row first runs it."""

    __tablename__ = "job_run"
    __table_args__ = (UniqueConstraint("name", "scheduled_for"),)

    id: int | None = Field(default=None, primary_key=True)
    #: The job's name in the timetable.
    name: str = Field(max_length=80)
    #: The period, in UTC.
    scheduled_for: datetime = Field(sa_type=UtcDateTime)
    #: When it began.
    started_at: datetime = Field(sa_type=UtcDateTime)


class JobState(SQLModel, table=True):
    """The latest success and failure of each job: what the status page and /health show."""

    __tablename__ = "job_state"

    #: The job's name in the timetable.
    name: str = Field(primary_key=True, max_length=80)
    #: The latest run that went well.
    last_ok_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: The latest run that did not.
    last_failed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: The kind of the latest error, without its message.
    last_error: str = Field(default="", max_length=80)
