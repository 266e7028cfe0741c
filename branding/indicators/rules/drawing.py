"""Drawings as numbers: a key figure over time, an indicator's periods, and activity month by month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from branding.core.text import Text
from branding.indicators.values.charts import Bar, Chart, Dot, Tick
from branding.indicators.values.figures import PointView
from branding.indicators.values.numbers import number
from branding.indicators.values.standing import PeriodStanding

WIDTH, HEIGHT, LEFT, RIGHT = 720, 240, 56, 16
_TOP, _FLOOR = 20, 200
_STEPS = (1, 2, 5, 10)
_DAY, _ZERO = timedelta(days=1), Decimal(0)


def months_between(first: date, last: date) -> list[date]:
    """The first day of every month with a day in this time."""
    found, at = [], first.replace(day=1)
    while at <= last:
        found.append(at)
        at = date(at.year + at.month // 12, at.month % 12 + 1, 1)
    return found


def line_chart(points: Sequence[PointView], first: date, last: date) -> Chart:
    """Each number in the middle of its period, on a scale that holds 0 and ends at round numbers."""
    values = [point.value for point in points]
    top, low = _round_top(values), _ZERO
    if min(values, default=low) < 0:
        top, low = top if max(values) > 0 else _ZERO, -_round_top([-value for value in values])
    dots = tuple(
        Dot(_x(point.span.first + (point.span.last - point.span.first) / 2, first, last),
            _y(point.value, top, low), point.span.name, number(point.value))
        for point in points
    )  # fmt: skip
    line = " ".join(f"{dot.x},{dot.y}" for dot in dots)
    return Chart(WIDTH, HEIGHT, line, dots, across=_across(top, low), below=_years(first, last))


def period_chart(found: Sequence[PeriodStanding], target: Decimal | None) -> Chart:
    """A column for each period; one that nobody knows anything of leaves its place empty."""
    values = [one.value for one in found if one.value is not None]
    top = _round_top([*values, *([target] if target is not None else [])])
    room = (WIDTH - LEFT - RIGHT) / max(len(found), 1)
    bars = []
    for at, one in enumerate(found):
        if one.value is not None:
            y = _y(max(one.value, Decimal(0)), top)
            bars.append(
                Bar(round(LEFT + at * room + room * 0.15), min(y, _FLOOR - 2), max(round(room * 0.7), 2),
                    max(_FLOOR - y, 2), one.label, number(one.value), one.standing.look)
            )  # fmt: skip
    line = _y(target, top) if target is not None else None
    return Chart(WIDTH, HEIGHT, bars=tuple(bars), across=_across(top), target=line)


def band(counts: Mapping[date, int], names: Mapping[date, Text], first: date, last: date) -> Chart:
    """How much happened each month, on the same line of time as the key figure above it."""
    most = max(counts.values(), default=0)
    bars = []
    for month in months_between(first, last):
        count, following = counts.get(month, 0), date(month.year + month.month // 12, month.month % 12 + 1, 1)
        x, end = _x(max(month, first), first, last), _x(min(following, last), first, last)
        height = round(52 * count / most) if most else 0
        if count:
            bars.append(Bar(x + 1, 60 - max(height, 2), max(end - x - 2, 2), max(height, 2), names[month],
                            str(count)))  # fmt: skip
    return Chart(WIDTH, 64, bars=tuple(bars))


def _x(day: date, first: date, last: date) -> int:
    days = max((last - first).days, 1)
    return round(LEFT + (WIDTH - LEFT - RIGHT) * (day - first).days / days)


def _y(value: Decimal, top: Decimal, low: Decimal = _ZERO) -> int:
    return round(_FLOOR - float((value - low) / (top - low)) * (_FLOOR - _TOP))


def _round_top(values: Sequence[Decimal]) -> Decimal:
    """The next of 1, 2, 5, 10 times a power of ten above the largest."""
    most = max([*values, Decimal(0)])
    if most <= 0:
        return Decimal(1)
    power = Decimal(10) ** most.adjusted()
    return next(step * power for step in map(Decimal, _STEPS) if step * power >= most)


def _across(top: Decimal, low: Decimal = _ZERO) -> tuple[Tick, ...]:
    return tuple(Tick(_y(part, top, low), number(part)) for part in (low, (low + top) / 2, top))


def _years(first: date, last: date) -> tuple[Tick, ...]:
    return tuple(
        Tick(_x(max(date(year, 1, 1), first), first, last), str(year))
        for year in range(first.year, (last - _DAY).year + 1)
    )
