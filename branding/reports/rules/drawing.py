"""A chart as lying bars, as plain geometry: long Danish names fit beside them, and any number of them below.

Widths are units of a drawing that is 640 wide; colours and letters are the template's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 640
#: Room for what a bar says after its end.
_SAYS = 70
_LABEL, _BAR, _GAP, _BETWEEN = 20, 18, 4, 14
#: More rows than these are not a drawing any more; the table has them all.
MOST_ROWS = 24


@dataclass(frozen=True, slots=True)
class Bar:
    """``number`` is which series it belongs to, from 0; a value that nobody knows has no width."""

    y: int
    width: float
    number: int
    value: float | None


@dataclass(frozen=True, slots=True)
class Row:
    """A name with its bars; the name's line of writing stands at ``y``."""

    label: str
    y: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    height: int
    rows: tuple[Row, ...]
    left_out: int = 0


def drawn(labels: Sequence[str], series: Sequence[Sequence[float | None]]) -> Drawing:
    """Bars of all series on one scale that begins at 0."""
    shown = labels[:MOST_ROWS]
    most = max((value or 0 for values in series for value in values[:MOST_ROWS]), default=0)
    rows, y = [], 0
    for at, label in enumerate(shown):
        top = y + _LABEL
        bars = tuple(
            Bar(top + number * (_BAR + _GAP), _width(values[at], most), number, values[at])
            for number, values in enumerate(series)
        )
        rows.append(Row(label, y + 14, bars))
        y = top + len(series) * (_BAR + _GAP) + _BETWEEN
    return Drawing(y, tuple(rows), len(labels) - len(shown))


def _width(value: float | None, most: float) -> float:
    if value is None or most <= 0:
        return 0
    return round(max(value, 0) / most * (WIDTH - _SAYS), 1)
