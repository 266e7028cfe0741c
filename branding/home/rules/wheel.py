"""The year as a wheel: week 1 at the top, clockwise, one ring of lanes with the months inside.

Pure geometry.  Points are rounded to a tenth of a unit, so that a whole year stays a
small drawing; the drawing is 660 units wide and has its middle at 0, 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import cos, radians, sin

from branding.core.isoweek import Week, weeks_of
from branding.home.rules import lanes, year
from branding.home.values import ListLine, Month, Sector, Segment, Span, Wheel

#: From the middle: the hub is free for words, then months, then the turns, then the weeks' numbers.
HUB, MONTHS, RING, NUMBERS = 158, (162, 188), (192, 300), 312
#: More lanes than these cannot be told apart; the table beside the wheel has every turn.
MOST_LANES = 4
#: The air between two lanes, and the strong edge of a turn.
_AIR, _RIM = 3, 6
#: About how wide a letter is at the size of the labels, and the room a lane keeps free.
_LETTER, _MARGIN = 6.9, 10
#: Labels longer than this are left out where the wheel is small and its letters are bigger.
_SMALL_LETTER = 12.5


def wheel(
    number: int, lines: Sequence[ListLine], today: date, chosen: tuple[int, int] | None = None
) -> Wheel:
    """The wheel of an ISO year from the lines of its list.  ``chosen``: a week's number and a lane."""
    weeks = weeks_of(number)
    step = 360 / len(weeks)
    found = lanes.in_lanes(_spans(number, lines))
    drawn = found[:MOST_LANES]
    bands = bands_of(len(drawn))
    segments = _segments(weeks, lines, drawn)
    return Wheel(
        lanes=len(bands),
        sectors=tuple(
            _sector(span, lines, bands[lane], step) for lane, spans in enumerate(drawn) for span in spans
        ),
        blanks=tuple(
            (line.kind, ring_path(*_angles(number, line, step), *RING)) for line in lines if not line.turn
        ),
        months=_months(weeks, step),
        numbers=tuple((week.number, *point(NUMBERS, (n + 0.5) * step)) for n, week in enumerate(weeks)),
        step=step,
        hits=tuple(ring_path(0, step, *band) for band in bands),
        whole=ring_path(0, step, *RING),
        segments=tuple(segments),
        chosen=choose(segments, today, chosen),
        hand=_hand(number, today, step),
        not_drawn=sum(len(spans) for spans in found[MOST_LANES:]),
    )


def choose(segments: Sequence[Segment], today: date, wanted: tuple[int, int] | None) -> Segment:
    """What the middle tells of: what was asked for, else this week, else the first turn."""
    if wanted:
        in_week = [one for one in segments if one.week.number == wanted[0]]
        if in_week:
            return next((one for one in in_week if one.lane == wanted[1]), in_week[0])
    this = [one for one in segments if one.week == Week.of(today)]
    turns = [one for one in segments if one.kind == "turn"]
    return (this or turns or list(segments))[0]


def bands_of(count: int) -> list[tuple[float, float]]:
    """The inner and outer radius of each lane; the first is outermost."""
    inner, outer = RING
    each = (outer - inner - _AIR * (max(count, 1) - 1)) / max(count, 1)
    tops = [outer - n * (each + _AIR) for n in range(max(count, 1))]
    return [(top - each, top) for top in tops]


def point(radius: float, angle: float) -> tuple[float, float]:
    """``angle`` in degrees, clockwise from the top."""
    return round(radius * sin(radians(angle)), 1), round(-radius * cos(radians(angle)), 1)


def ring_path(first: float, last: float, inner: float, outer: float) -> str:
    """A piece of a ring, as the ``d`` of a path."""
    last = min(last, first + 359.9)  # an arc that ends where it begins is no arc
    large = int(last - first > 180)
    corners = ((outer, first), (outer, last), (inner, last), (inner, first))
    a, b, c, d = (_text(point(radius, angle)) for radius, angle in corners)
    far, near = _number(outer), _number(inner)
    return f"M{a}A{far} {far} 0 {large} 1 {b}L{c}A{near} {near} 0 {large} 0 {d}Z"


def label_in(band: tuple[float, float], angle: float, name: str) -> tuple[str, float, float, bool]:
    """A name along the radius, never upside down: text, its turn, its distance, whether it is long."""
    room = band[1] - band[0] - _MARGIN
    most = int(room / _LETTER)
    short = name if len(name) <= most else name[: max(most - 1, 1)].rstrip() + "…"
    middle = (band[0] + band[1]) / 2
    turn, x = (angle - 90, middle) if angle <= 180 else (angle + 90, -middle)
    return short, round(turn % 360, 1), round(x, 1), len(short) * _SMALL_LETTER > room + _MARGIN / 2


def _spans(number: int, lines: Sequence[ListLine]) -> list[Span]:
    """The turns as columns; ``thing`` is the number of the line."""
    found = ((n, year.span_in(number, line.turn)) for n, line in enumerate(lines) if line.turn)
    return [Span(span.first, span.last, n) for n, span in found if span]


def _sector(span: Span, lines: Sequence[ListLine], band: tuple[float, float], step: float) -> Sector:
    turn = lines[span.thing].turn
    assert turn is not None
    first, last = span.first * step, (span.last + 1) * step
    name = turn.unit.short_name or turn.unit.name
    return Sector(
        turn,
        ring_path(first, last, *band),
        ring_path(first, last, band[1] - _RIM, band[1]),
        *label_in((band[0], band[1] - _RIM), (first + last) / 2, name),
    )


def _segments(
    weeks: Sequence[Week], lines: Sequence[ListLine], drawn: Sequence[Sequence[Span]]
) -> list[Segment]:
    """What can be chosen: each week of each turn, and each week that has none."""
    found = []
    for n, week in enumerate(weeks):
        here = [
            Segment(week, n, lane, "turn", span.thing)
            for lane, spans in enumerate(drawn)
            for span in spans
            if span.first <= n <= span.last
        ]
        found += here or [_empty(week, n, lines)]
    return found


def _empty(week: Week, n: int, lines: Sequence[ListLine]) -> Segment:
    for row, line in enumerate(lines):
        if not line.turn and line.first <= week.monday <= line.last:
            return Segment(week, n, 0, line.kind, row)
    return Segment(week, n, 0, "none", None)


def _angles(number: int, line: ListLine, step: float) -> tuple[float, float]:
    start = Week(number, 1).monday
    return (line.first - start).days / 7 * step, ((line.last - start).days + 1) / 7 * step


def _months(weeks: Sequence[Week], step: float) -> tuple[Month, ...]:
    """Months over their weeks: a week belongs to the month of its Thursday."""
    found, at = [], 0.0
    for first, width in year.month_heads(weeks):
        end = at + width * step
        middle = sum(MONTHS) / 2
        found.append(Month(first, ring_path(at, end, *MONTHS), *point(middle, (at + end) / 2)))
        at = end
    return tuple(found)


def _hand(number: int, today: date, step: float) -> float | None:
    """Where in the year today is, as an angle; None in other years."""
    if Week.of(today).year != number:
        return None
    return round(((today - Week(number, 1).monday).days + 0.5) / 7 * step, 1)


def _text(at: tuple[float, float]) -> str:
    return f"{_number(at[0])} {_number(at[1])}"


def _number(value: float) -> str:
    """As short as it can be written."""
    return f"{round(value, 1) + 0:g}"
