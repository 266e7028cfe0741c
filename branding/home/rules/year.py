"""A year as a grid: units down, ISO weeks across."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from branding.core.isoweek import Week, weeks_in, weeks_of
from branding.home.rules import lanes
from branding.home.values import Cell, GridRow, Span, Turn, WeekHead, YearGrid
from branding.organisation.values import UnitView
from branding.rotation.values import HolidayView, PublicHoliday

HOLIDAY, TODAY, GAP = "holiday", "today", "gap"


def span_in(year: int, turn: Turn) -> Span | None:
    """The columns of a turn in an ISO year; a turn over New Year is cut at both years."""
    columns = weeks_in(year)
    first = turn.slot.block.first - Week(year, 1)
    last = first + turn.slot.block.weeks - 1
    if last < 0 or first >= columns:
        return None
    return Span(max(first, 0), min(last, columns - 1), turn)


def year_grid(
    year: int,
    units: Iterable[UnitView],
    turns: Iterable[Turn],
    holidays: Iterable[HolidayView],
    public: Iterable[PublicHoliday],
    today: date,
) -> YearGrid:
    heads = week_heads(year, holidays, public, today)
    marks = [head.mark for head in heads]
    spans = [span for turn in turns if (span := span_in(year, turn))]
    runs = lanes.gaps(spans, [n for n, head in enumerate(heads) if head.holiday])
    return YearGrid(
        months=month_heads([head.week for head in heads]),
        heads=heads,
        rows=_rows(units, spans, marks),
        footer=_footer(runs, heads),
        gaps=tuple((first + 1, last + 1) for first, last in runs),
    )


def week_heads(
    year: int, holidays: Iterable[HolidayView], public: Iterable[PublicHoliday], today: date
) -> tuple[WeekHead, ...]:
    names: Mapping[Week, str] = {one.week: one.name for one in holidays}
    days: dict[Week, list[PublicHoliday]] = {}
    for one in public:
        days.setdefault(Week.of(one.day), []).append(one)
    this = Week.of(today)
    return tuple(
        WeekHead(
            week,
            HOLIDAY if week in names else TODAY if week == this else "",
            names.get(week, ""),
            tuple(days.get(week, ())),
        )
        for week in weeks_of(year)
    )


def month_heads(weeks: Sequence[Week]) -> tuple[tuple[date, int], ...]:
    """Months over their weeks: a week belongs to the month of its Thursday, as the ISO year does."""
    heads: list[tuple[date, int]] = []
    for week in weeks:
        month = week.days[3].replace(day=1)
        if heads and heads[-1][0] == month:
            heads[-1] = (month, heads[-1][1] + 1)
        else:
            heads.append((month, 1))
    return tuple(heads)


def _rows(units: Iterable[UnitView], spans: Iterable[Span], marks: Sequence[str]) -> tuple[GridRow, ...]:
    by_unit: dict[int, list[Span]] = {}
    for span in spans:
        by_unit.setdefault(span.thing.unit.id, []).append(span)
    rows = []
    for unit in units:
        own = by_unit.get(unit.id, [])
        found = tuple(lanes.cells(lane, marks) for lane in lanes.in_lanes(own)) or (lanes.cells([], marks),)
        rows.append(GridRow(unit, found, len(own)))
    return tuple(rows)


def _footer(runs: Iterable[tuple[int, int]], heads: Sequence[WeekHead]) -> tuple[Cell, ...]:
    """The bottom row: weeks that nobody has, and holidays by name."""
    spans = [Span(first, last, GAP) for first, last in runs]
    spans += [Span(first, last, heads[first].holiday) for first, last in holiday_runs(heads)]
    spans.sort(key=lambda one: one.first)
    return lanes.cells(spans, [""] * len(heads))


def holiday_runs(heads: Sequence[WeekHead]) -> list[tuple[int, int]]:
    """Holiday weeks of one name in a row, as columns."""
    runs: list[tuple[int, int]] = []
    for n, head in enumerate(heads):
        if not head.holiday:
            continue
        if runs and runs[-1][1] == n - 1 and heads[n - 1].holiday == head.holiday:
            runs[-1] = (runs[-1][0], n)
        else:
            runs.append((n, n))
    return runs
