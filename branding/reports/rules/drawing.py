"""A chart as lying bars, as plain geometry: colours and letters are the template's.

On a page the names stand above their bars, so that long Danish ones fit on a phone; on paper beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: Room for what a bar says after its end.
_SAYS = 60
#: More rows than these are not a drawing any more; the table has them all.
MOST_ROWS = 24


@dataclass(frozen=True, slots=True)
class Layout:
    """``label`` is the height of a name, ``left`` where the bars begin, ``most_bars`` what fits."""

    width: int
    label: int
    left: int
    bar: int
    gap: int
    between: int
    letters: int
    most_bars: int


PAGE = Layout(480, 20, 0, 18, 4, 14, 60, 2 * MOST_ROWS)
PAPER = Layout(640, 0, 210, 12, 2, 9, 32, MOST_ROWS)


@dataclass(frozen=True, slots=True)
class Bar:
    """``number`` is which series it belongs to, from 0; a value that nobody knows has no width."""

    x: int
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
    width: int
    height: int
    rows: tuple[Row, ...]
    left_out: int = 0


def drawn(labels: Sequence[str], series: Sequence[Sequence[float | None]], layout: Layout = PAGE) -> Drawing:
    """Bars of all series on one scale that begins at 0."""
    shown = labels[: min(MOST_ROWS, layout.most_bars // max(len(series), 1))]
    most = max((value or 0 for values in series for value in values[: len(shown)]), default=0)
    room = layout.width - layout.left - _SAYS
    rows, y = [], 0
    for at, label in enumerate(shown):
        top = y + layout.label
        bars = tuple(
            Bar(
                layout.left,
                top + number * (layout.bar + layout.gap),
                _width(values[at], most, room),
                number,
                values[at],
            )
            for number, values in enumerate(series)
        )
        rows.append(Row(_cut(label, layout.letters), y + (14 if layout.label else layout.bar - 2), bars))
        y = top + len(series) * (layout.bar + layout.gap) + layout.between
    return Drawing(layout.width, y, tuple(rows), len(labels) - len(shown))


def _cut(label: str, letters: int) -> str:
    return label if len(label) <= letters else f"{label[:letters].rstrip()} …"


def _width(value: float | None, most: float, room: int) -> float:
    if value is None or most <= 0:
        return 0
    return round(max(value, 0) / most * room, 1)
