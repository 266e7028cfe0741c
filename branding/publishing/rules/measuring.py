"""When numbers are read, and what may be said about them: nothing from fewer than three posts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
#: After a post went out.
POST_POINTS = (_HOUR, _DAY, 3 * _DAY, 7 * _DAY, 30 * _DAY)
#: Nothing is left of a story after 24 hours.
STORY_POINTS = (20 * _HOUR, 23 * _HOUR)
#: Fewer say nothing about the next one.
LEAST = 3
#: A point that was missed by more than this is over.
_WORTH = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Group:
    """Posts that have something in common; ``middle`` is the median, None from fewer than three."""

    label: str
    count: int
    middle: float | None

    @property
    def shown(self) -> str:
        if self.middle is None:
            return ""
        return f"{self.middle:.0f}"


def is_due(published_at: datetime, measured_at: datetime | None, now: datetime, *, is_story: bool) -> bool:
    """Whether a point has passed that nothing was read for."""
    points = [published_at + one for one in (STORY_POINTS if is_story else POST_POINTS)]
    if is_story and now >= published_at + _DAY:
        return False
    passed = [point for point in points if point <= now and now - point < _WORTH]
    return bool(passed) and (measured_at is None or measured_at < passed[-1])


def grouped(values: Iterable[tuple[str, int]]) -> list[Group]:
    """The highest middle first; groups that are too small last, by name."""
    found: dict[str, list[int]] = {}
    for label, value in values:
        found.setdefault(label, []).append(value)
    groups = [
        Group(label, len(numbers), float(median(numbers)) if len(numbers) >= LEAST else None)
        for label, numbers in found.items()
    ]
    return sorted(groups, key=lambda one: (one.middle is None, -(one.middle or 0), one.label))


def shares(groups: Sequence[Group], width: int) -> list[int]:
    """How long each bar is, of this width."""
    most = max((one.middle or 0 for one in groups), default=0)
    return [round(width * (one.middle or 0) / most) if most else 0 for one in groups]
