"""Bars in lanes: nothing is lost, nothing overlaps."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from branding.core.isoweek import weeks_in
from branding.home.rules import lanes, listed, month, year
from branding.home.values import Span
from tests.home.factories import holiday, turn, unit

COLUMNS = 53


@st.composite
def spans(draw: st.DrawFn) -> list[Span]:
    starts = draw(st.lists(st.tuples(st.integers(0, COLUMNS - 1), st.integers(1, 6)), max_size=25))
    return [Span(first, min(first + length - 1, COLUMNS - 1), n) for n, (first, length) in enumerate(starts)]


@given(spans())
def test_every_bar_lies_in_exactly_one_lane_and_no_lane_overlaps(found: list[Span]) -> None:
    placed = lanes.in_lanes(found)
    assert sorted(span.thing for lane in placed for span in lane) == list(range(len(found)))
    for lane in placed:
        assert all(left.last < right.first for left, right in itertools.pairwise(lane))


@given(spans())
def test_there_are_no_more_lanes_than_the_busiest_column_needs(found: list[Span]) -> None:
    busiest = max((sum(s.first <= n <= s.last for s in found) for n in range(COLUMNS)), default=0)
    assert len(lanes.in_lanes(found)) == busiest


@given(spans(), st.sets(st.integers(0, COLUMNS - 1), max_size=12))
def test_the_cells_of_a_lane_fill_the_row_and_split_where_the_columns_change(
    found: list[Span], holidays: set[int]
) -> None:
    marks = ["holiday" if n in holidays else "" for n in range(COLUMNS)]
    for lane in lanes.in_lanes(found):
        column = 0
        for cell in lanes.cells(lane, marks):
            if cell.thing is None:
                assert {marks[n] for n in range(column, column + cell.width)} == {cell.mark}
            column += cell.width
        assert column == COLUMNS


@given(spans(), st.sets(st.integers(0, COLUMNS - 1), max_size=12))
def test_gaps_are_the_free_columns_between_first_and_last_bar(found: list[Span], holidays: set[int]) -> None:
    missing = {n for first, last in lanes.gaps(found, holidays) for n in range(first, last + 1)}
    covered = {n for span in found for n in range(span.first, span.last + 1)}
    inside = set(range(min(covered), max(covered) + 1)) if covered else set()
    assert missing == inside - covered - holidays


turns_of_years = st.lists(
    st.tuples(
        st.sampled_from([2019, 2020, 2021, 2026, 2027]),
        st.integers(1, 52),
        st.integers(1, 5),
        st.integers(1, 4),
    ),
    max_size=20,
)


@given(turns_of_years, st.sampled_from([2020, 2021, 2026]))
def test_every_turn_with_a_week_in_the_year_is_once_in_the_grid_and_once_in_the_list(
    drawn: list[tuple[int, int, int, int]], shown: int
) -> None:
    from datetime import date

    turns = [turn(n, y, w, length, u) for n, (y, w, length, u) in enumerate(drawn)]
    seen = [t.slot.id for t in turns if any(week.year == shown for week in t.slot.block)]
    today = date(shown, 6, 1)
    grid = year.year_grid(shown, [unit(n) for n in range(1, 5)], turns, [holiday(shown)], [], today)
    in_grid = [c.thing.slot.id for row in grid.rows for lane in row.lanes for c in lane if c.thing]
    assert sorted(in_grid) == sorted(seen)
    for row in grid.rows:
        assert all(sum(cell.width for cell in lane) == weeks_in(shown) for lane in row.lanes)
    assert sum(cell.width for cell in grid.footer) == weeks_in(shown)
    assert sum(width for _, width in grid.months) == weeks_in(shown)
    listing = listed.lines(shown, turns, [holiday(shown)], today)
    assert sorted(line.turn.slot.id for line in listing if line.turn) == sorted(seen)


@given(turns_of_years, st.sampled_from([2020, 2026]), st.integers(1, 12))
def test_every_turn_is_once_in_each_of_its_weeks_of_the_month(
    drawn: list[tuple[int, int, int, int]], shown: int, in_month: int
) -> None:
    turns = [turn(n, y, w, length, u) for n, (y, w, length, u) in enumerate(drawn)]
    for week in month.weeks_of_month(shown, in_month):
        found = [span.thing.turn.slot.id for span in month.bars(week, turns)]
        assert sorted(found) == sorted(t.slot.id for t in turns if week in list(t.slot.block))
