"""Reports that are made by themselves, and those that are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from branding.reports.values.orders import Form, Kind, Order


class Rhythm(StrEnum):
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


class Span(StrEnum):
    """Which days, counted from the day the report is made."""

    THIS_AND_NEXT_WEEK = "this_and_next_week"
    LAST_WEEK = "last_week"
    NEXT_EIGHT_WEEKS = "next_eight_weeks"
    LAST_MONTH = "last_month"
    LAST_QUARTER = "last_quarter"
    THIS_QUARTER = "this_quarter"
    THIS_YEAR = "this_year"
    LAST_YEAR = "last_year"


class Stage(StrEnum):
    """How far a report in the archive has come."""

    WAITING = "waiting"
    MAKING = "making"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Scheduled:
    """What the form of a schedule gives; ``as_link`` sends a link instead of the file to ``mails``."""

    kind: Kind
    form: Form
    rhythm: Rhythm
    span: Span
    unit_id: int | None
    for_leaders: bool
    mails: tuple[str, ...]
    as_link: bool
    version: int = 0


@dataclass(frozen=True, slots=True)
class ScheduleView:
    id: int
    asked: Scheduled
    is_on: bool
    on_since: date
    last_run_on: date | None
    made_by: str


@dataclass(frozen=True, slots=True)
class FileView:
    """A report in the archive; ``size`` in bytes, None before it is made."""

    id: int
    order: Order
    form: Form
    stage: Stage
    ordered_at: datetime
    made_at: datetime | None
    size: int | None
    ordered_by: str
    schedule_id: int | None = None

    @property
    def is_under_way(self) -> bool:
        return self.stage in (Stage.WAITING, Stage.MAKING)
