"""What an indicator has come to in a period, from plain facts; what nobody knows is never 0."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from statistics import median

from branding.indicators.values.facts import Facts
from branding.indicators.values.measures import COUNTED, Aim, Kind, Measure
from branding.indicators.values.standing import Measured, Period
from branding.indicators.values.tree import ref_of

#: A host felt equipped who answered one of the two best of five.
EQUIPPED = 4
_UNKNOWN = Measured(None)


def measured(
    aim: Aim, indicator_id: int, initiative_id: int, facts: Facts, period: Period, on: date
) -> Measured:
    """The result through ``on``: the future counts for nothing, whatever day it is asked for."""
    last = min(period.last, on)
    if last < period.first:
        return _UNKNOWN
    if aim.measure is Measure.HAND:
        return _written(facts, indicator_id, period, on)
    if aim.measure in COUNTED:
        counts = ref_of(initiative_id) if aim.measure is Measure.TIED else aim.counts
        count = _between(facts.days.get((aim.measure, counts), ()), period.first, last)
        return Measured(Decimal(count), count)
    if aim.measure is Measure.VIEWS:
        return _views(facts, aim.counts, period.first, last)
    if aim.measure is Measure.EQUIPPED:
        return _equipped(facts, period.first, last)
    return _followers(facts, aim, period.first, last)


def _between(days: Sequence[date], first: date, last: date) -> int:
    return bisect_right(days, last) - bisect_left(days, first)


def _cut(pairs: Sequence[tuple[date, int]], first: date, last: date) -> list[int]:
    start = bisect_left(pairs, (first, -1))
    return [value for day, value in pairs[start:] if day <= last]


def _written(facts: Facts, indicator_id: int, period: Period, on: date) -> Measured:
    """The latest result whose period begins in this one."""
    inside = [
        one for one in facts.readings.get(indicator_id, ())
        if period.first <= one.first <= period.last and one.first <= on
    ]  # fmt: skip
    return Measured(inside[-1].value, len(inside)) if inside else _UNKNOWN


def _views(facts: Facts, channel: str, first: date, last: date) -> Measured:
    found = _cut(facts.views.get(channel, ()), first, last)
    return Measured(Decimal(str(median(found))), len(found)) if found else _UNKNOWN


def _equipped(facts: Facts, first: date, last: date) -> Measured:
    """The share of those who answered; whoever did not answer is not counted."""
    found = _cut(facts.equipped, first, last)
    if not found:
        return _UNKNOWN
    good = sum(score >= EQUIPPED for score in found)
    return Measured((Decimal(100 * good) / len(found)).quantize(Decimal(1)), good, len(found))


def _followers(facts: Facts, aim: Aim, first: date, last: date) -> Measured:
    """How many there are for an increase, else how many came since the count before the period."""
    known, total, growth = 0, 0, 0
    for counts in facts.followers.get(aim.counts, ()):
        end = bisect_right(counts, (last, 10**12))
        start = bisect_left(counts, (first, -1))
        if end <= start:
            continue  # nobody counted in the period
        begin = counts[start - 1] if start else counts[start]
        known, total = known + 1, total + counts[end - 1][1]
        growth += counts[end - 1][1] - begin[1]
    if not known:
        return _UNKNOWN
    return Measured(Decimal(total if aim.kind is Kind.INCREASE else growth), known)
