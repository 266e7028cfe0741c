"""Week cells, in every shape that people and spreadsheets give them."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branding.core.errors import RuleBroken
from branding.core.isoweek import Week, weeks_in
from branding.rotation.rules.week_cell import read_weeks
from branding.rotation.values import Block, Cell

TWO = Block(Week(2022, 33), 2)
ONE = Block(Week(2022, 33), 1)


@pytest.mark.parametrize(
    ("cell", "block"),
    [
        ("33 + 34 (aug)", TWO),
        ("33+34", TWO),
        ("33-34", TWO),
        ("33–34", TWO),
        ("33 — 34", TWO),
        ("Uge 33/34", TWO),
        ("uge 33 og 34", TWO),
        ("uge 33 til uge 34", TWO),
        ("weeks 33 to 34", TWO),
        ("33 & 34", TWO),
        ("33, 34", TWO),
        ("33,34", TWO),
        ("33.-34.", TWO),
        ("33 + 34\n(aug-sep)", TWO),
        ("  33\u00a0+\u00a034 ", TWO),
        ("2022-W33 + 2022-W34", TWO),
        ("2022-W33 - 2022-W34", TWO),
        ("33-34 2022", TWO),
        ("33/34 (2022)", TWO),
        ("uge 33", ONE),
        ("Uge: 33", ONE),
        ("ugenr. 33", ONE),
        ("u33", ONE),
        ("W33", ONE),
        ("2022-W33", ONE),
        ("2022W33", ONE),
        ("33", ONE),
        ("33.", ONE),
        ("33.0", ONE),
        (33, ONE),
        (33.0, ONE),
        ("33/2022", ONE),
        ("uge 33, 2022", ONE),
        ("33-36", Block(Week(2022, 33), 4)),
        ("33 + 34 + 35", Block(Week(2022, 33), 3)),
        ("33-35 + 36", Block(Week(2022, 33), 4)),
        ("2023-W05", Block(Week(2023, 5))),
        ("uge 5 (2023)", Block(Week(2023, 5))),
    ],
)
def test_a_cell_is_read_as_its_writer_meant(cell: Cell, block: Block) -> None:
    assert read_weeks(cell, 2022) == block


@pytest.mark.parametrize(
    ("cell", "year", "block"),
    [
        ("52 + 1", 2022, Block(Week(2022, 52), 2)),
        ("52-2", 2022, Block(Week(2022, 52), 3)),
        ("53 + 1", 2020, Block(Week(2020, 53), 2)),
        ("52 + 53", 2026, Block(Week(2026, 52), 2)),
        ("52-1", 2026, Block(Week(2026, 52), 3)),
        ("51-2", 2020, Block(Week(2020, 51), 5)),
        ("2022-W52 + 2023-W01", 2030, Block(Week(2022, 52), 2)),
        ("52 + 1 2023", 2030, Block(Week(2022, 52), 2)),
    ],
)
def test_a_block_goes_over_new_year(cell: Cell, year: int, block: Block) -> None:
    assert read_weeks(cell, year) == block


@pytest.mark.parametrize(
    ("cell", "year", "code", "says"),
    [
        ("60", 2022, "no_such_week", "There is no week 60"),
        ("0", 2022, "no_such_week", "There is no week 0"),
        ("53", 2022, "no_such_week", "2022 has only 52 weeks"),
        ("52 + 53", 2022, "no_such_week", "2022 has only 52 weeks"),
        ("52 + 1", 2020, "weeks_apart", "Write 52 + 53 + 1"),
        ("33 + 36", 2022, "weeks_apart", "Make two rows"),
        ("33 + 33", 2022, "weeks_apart", "written twice"),
        ("34-33", 2022, "weeks_backwards", "33 + 34"),
        ("34 + 33", 2022, "weeks_backwards", "33 + 34"),
        ("38-33", 2022, "weeks_backwards", "33-38"),
        (date(2022, 12, 11), 2022, "week_is_date", "11 + 12"),
        (datetime.fromisoformat("2022-12-11"), 2022, "week_is_date", "11 + 12"),
        ("11-12-2022", 2022, "week_is_date", "date"),
        ("11.12.22", 2022, "week_is_date", "date"),
        ("2022-12-11", 2022, "week_is_date", "date"),
        ("2022-12-11 00:00:00", 2022, "week_is_date", "date"),
        ("11-dec", 2022, "week_is_date", "date"),
        ("11. dec", 2022, "week_is_date", "date"),
        (33.34, 2022, "week_is_decimal", "33 + 34"),
        ("", 2022, "week_unreadable", "for example"),
        (None, 2022, "week_unreadable", "for example"),
        ("efterårsferie", 2022, "week_unreadable", "for example"),
        ("33 34", 2022, "week_unreadable", "for example"),
        ("33 +", 2022, "week_unreadable", "for example"),
        ("+ 33", 2022, "week_unreadable", "for example"),
        ("3334", 2022, "week_unreadable", "for example"),
        ("33 og resten", 2022, "week_unreadable", "for example"),
        ("-33", 2022, "week_unreadable", "for example"),
    ],
)
def test_a_cell_that_is_no_block_of_weeks_says_what_would_be_right(
    cell: Cell, year: int, code: str, says: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        read_weeks(cell, year)
    assert refused.value.code == code
    assert says in str(refused.value.text)


def test_a_small_number_after_a_large_one_lies_in_the_next_year() -> None:
    assert read_weeks("2", 2022, after=Week(2022, 50)).first == Week(2023, 2)
    assert read_weeks("4", 2022, after=Week(2023, 2)).first == Week(2023, 4)


def test_rows_that_are_merely_out_of_order_stay_in_their_year() -> None:
    assert read_weeks("33", 2022, after=Week(2022, 35)).first == Week(2022, 33)


years = st.sampled_from([2020, 2021, 2022, 2023, 2026, 2027, 2032])


@given(years, st.integers(1, 53), st.integers(1, 8))
def test_what_a_block_writes_in_a_table_is_read_back(year: int, number: int, weeks: int) -> None:
    block = Block(Week(year, min(number, weeks_in(year))), weeks)
    assert read_weeks(block.cell, year) == block


@given(st.one_of(st.text(max_size=30), st.floats(allow_nan=True), st.integers()), years)
def test_no_cell_makes_the_reader_stumble(cell: Cell, year: int) -> None:
    try:
        block = read_weeks(cell, year)
    except RuleBroken:
        return
    assert 1 <= block.weeks <= 53
