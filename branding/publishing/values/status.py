"""Whether everything runs: the worker's heartbeat, what is due, the jobs, and how long connections last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from branding.core.text import Text

#: The worker writes its heartbeat down once a minute.
STALE = timedelta(minutes=3)


@dataclass(frozen=True, slots=True)
class JobLine:
    """One job of the timetable."""

    name: str
    purpose: Text
    last_ok_at: datetime | None
    last_failed_at: datetime | None
    last_error: str
    is_well: bool


@dataclass(frozen=True, slots=True)
class TokenLine:
    """A profile that is connected to its channel."""

    profile_id: int
    handle: str
    days_left: int | None
    is_broken: bool


@dataclass(frozen=True, slots=True)
class Status:
    heartbeat_at: datetime | None
    is_alive: bool
    #: When what has waited longest was due; None when nothing waits.
    oldest_due_at: datetime | None
    overdue: int
    jobs: tuple[JobLine, ...]
    tokens: tuple[TokenLine, ...]

    @property
    def is_well(self) -> bool:
        return (
            self.is_alive
            and not self.overdue
            and all(one.is_well for one in self.jobs)
            and not any(
                one.is_broken or (one.days_left is not None and one.days_left <= 1) for one in self.tokens
            )
        )
