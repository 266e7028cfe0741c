"""The only reader of the clock.  Moments are aware and UTC; days are Danish days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def _system() -> datetime:
    return datetime.now(UTC)


_source: Callable[[], datetime] = _system


def now() -> datetime:
    """This moment, aware, in UTC."""
    return _source()


def today() -> date:
    """The date on a wall calendar in Denmark."""
    return local(now()).date()


def local(moment: datetime) -> datetime:
    """The same moment as Danish wall-clock time."""
    return moment.astimezone(COPENHAGEN)


def at_local(day: date, hour: int = 0, minute: int = 0) -> datetime:
    """The UTC moment of a Danish wall-clock time."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=COPENHAGEN).astimezone(UTC)


def read_from(source: Callable[[], datetime] | None) -> None:
    """Let tests decide what time it is; ``None`` returns to the machine's clock."""
    global _source
    _source = source or _system
