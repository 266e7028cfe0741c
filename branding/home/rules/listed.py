"""A year as a list: turns, holiday weeks and weeks that nobody has, by date."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from branding.core.isoweek import weeks_of
from branding.home.rules import lanes, year
from branding.home.values import ListLine, Turn
from branding.rotation.values import HolidayView


def lines(number: int, turns: Iterable[Turn], holidays: Iterable[HolidayView], today: date) -> list[ListLine]:
    """Each turn once, in the year where it begins or, over New Year, where it is seen."""
    weeks = weeks_of(number)
    spans = [span for turn in turns if (span := year.span_in(number, turn))]
    heads = year.week_heads(number, holidays, (), today)
    found = [
        ListLine(
            "turn",
            span.thing.slot.starts_on,
            span.thing.slot.ends_on,
            span.thing,
            is_now=span.thing.slot.starts_on <= today <= span.thing.slot.ends_on,
        )
        for span in spans
    ]
    for first, last in lanes.gaps(spans, [n for n, head in enumerate(heads) if head.holiday]):
        found.append(ListLine("gap", weeks[first].monday, weeks[last].sunday))
    for first, last in year.holiday_runs(heads):
        found.append(ListLine("holiday", weeks[first].monday, weeks[last].sunday, name=heads[first].holiday))
    return sorted(found, key=lambda line: (line.first, line.kind != "holiday"))
