"""What a letter is written from: everything is there but the words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from branding.core.isoweek import Week
from branding.core.text import Text
from branding.reminders.values.reminding import Person, Reminder


@dataclass(frozen=True, slots=True)
class LetterLine:
    """One thing to say; ``count`` is how many where they are counted."""

    first: Reminder
    count: int = 1
    #: The row of the log that "later" and "not me" are about; 0 where nothing can be put off.
    sent_id: int = 0
    #: When it is really told, where that is not when it should have been.
    told_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to one person; ``token`` is the secret of a host's further link."""

    to: Person
    lines: tuple[LetterLine, ...]
    token: str = ""


@dataclass(frozen=True, slots=True)
class WeekLine:
    """Somebody's days in a week, for Monday's letter."""

    unit: str
    area_id: int
    starts_on: date
    ends_on: date
    #: A TakeoverStatus; empty for weeks where nobody has planned a takeover.
    status: str
    path: str


@dataclass(frozen=True, slots=True)
class WeekLetter:
    """Monday's letter: this week and the next, and what waits."""

    to: Person
    line: LetterLine
    weeks: tuple[tuple[Week, tuple[WeekLine, ...]], ...]
    waiting: tuple[LetterLine, ...]
    coming: tuple[LetterLine, ...]

    @property
    def is_empty(self) -> bool:
        return not self.waiting and not self.coming and not any(lines for _, lines in self.weeks)


@dataclass(frozen=True, slots=True)
class Passed:
    """That somebody said "not me", for communications."""

    to: Person
    who: str
    #: What it was about.
    reminder: Text
    unit: str
    instead: str
    path: str
