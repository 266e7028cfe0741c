"""Reading and writing the strategy map and key figures: every row of the real tables, and what is odd."""

from __future__ import annotations

import csv
from datetime import date, datetime
from decimal import Decimal
from io import StringIO

import pytest

from branding.core.errors import RuleBroken
from branding.indicators.rules.checks import check_indicator
from branding.indicators.rules.figures import read_figures, read_span
from branding.indicators.rules.table import read_table
from branding.indicators.values.measures import Kind, Measure, PeriodKind
from branding.indicators.values.numbers import number, read_number
from branding.indicators.values.tables import Line
from branding.rotation.values import Formula
from tests.indicators import factories as f

HEAD = [
    "Niveau",
    "Perspektiv",
    "Målgruppe",
    "Mål",
    "Indsats",
    "Indikator",
    "Type",
    "Måltal",
    "Periode",
    "Ansvarlig",
]


def rows(name: str = "strategy-map-2022.csv") -> list[list[str]]:
    return list(csv.reader(StringIO(f.table(name).decode()), delimiter=";"))


def line(*cells: object, head: list[str] = HEAD) -> Line:
    return read_table([head, [*cells]], f.BEGINS).lines[0]


def goal(*cells: object) -> Line:
    """A row from its indicator on."""
    return line("kommunikationsmål", "Målgrupper", "", "Mål", "Indsats", *cells)


def test_every_row_of_the_real_map_is_understood() -> None:
    lines = read_table(rows(), f.BEGINS).lines
    assert len(lines) == 22 and not [one for one in lines if one.fault]
    kinds = [one.indicator.aim.kind for one in lines if one.indicator]
    assert {kind: kinds.count(kind) for kind in Kind} == {
        Kind.COUNT: 5, Kind.AT_LEAST: 1, Kind.SHARE: 1, Kind.INCREASE: 1, Kind.MILESTONE: 5,
        Kind.UNDECIDED: 6,
    }  # fmt: skip
    assert [one.row for one in lines if one.questions] == [15, 20, 21]


def test_some_indicators_count_themselves_by_their_names() -> None:
    lines = read_table(rows(), f.BEGINS).lines
    found = {
        one.indicator.name: (one.indicator.aim.measure, one.indicator.aim.counts)
        for one in lines
        if one.indicator
    }
    assert found["Opslag på LinkedIn"] == (Measure.CHANNEL, "linkedin")
    assert found["Visninger pr. LinkedIn-opslag"] == (Measure.VIEWS, "linkedin")
    assert found["Værter, der følte sig rustet"] == (Measure.EQUIPPED, "")
    assert found["Indlæg bragt"] == (Measure.CHANNEL, "press")
    assert found["Cases optaget"] == (Measure.HAND, "")


def test_a_formula_is_kept_as_it_stands() -> None:
    found = goal("Noget", "antal", Formula("=2+1"), "uge", "Stab").indicator
    assert found is not None and found.target_text == "=2+1" and found.aim.is_undecided


@pytest.mark.parametrize(
    ("head", "cell"),
    [
        ("Periode", "9999"), ("Periode", "0001"), ("Periode", "0001-01-01 til 9999-12-31"),
        ("Frist", "0001-01-01"),
        ("Enhed", "x" * 41), ("Type", "x" * 201), ("Måltal", "x" * 201), ("Periode", "x" * 201),
        ("Ansvarlig", "x" * 121), ("Note", "x" * 1001), ("Måling", "channel:ukendt"), ("Måling", "activity:"),
        ("Måltal", "-1"),
    ],
)  # fmt: skip
def test_what_no_form_takes_no_table_brings(head: str, cell: str) -> None:
    row = dict.fromkeys([*HEAD, "Enhed", "Frist", "Note", "Måling"], "") | {
        "Niveau": "kommunikationsmål", "Perspektiv": "Målgrupper", "Mål": "Mål", "Indsats": "Indsats",
        "Indikator": "Noget", "Type": "antal", "Måltal": "3", "Periode": "uge", head: cell,
    }  # fmt: skip
    found = read_table([[*row], [*row.values()]], f.BEGINS).lines[0].indicator
    assert found is not None
    with pytest.raises(RuleBroken):
        check_indicator(found)


def test_undecided_stays_undecided() -> None:
    one = goal("ikke fastlagt", "", "", "", "Ekstern").indicator
    assert one is not None and one.name == "" and one.aim.is_undecided
    two = goal("Visninger", "mindst", "ikke fastlagt", "opslag", "Stab").indicator
    assert two is not None and two.aim.is_undecided and two.target_text == "ikke fastlagt"


def test_what_is_not_understood_is_kept_as_text_and_asked_about() -> None:
    found = goal("Noget", "cirka", "en håndfuld", "når det passer", "Stab?")
    assert found.fault is None and len(found.questions) == 4
    assert found.indicator is not None
    assert (found.indicator.kind_text, found.indicator.target_text) == ("cirka", "en håndfuld")
    assert found.indicator.aim.rhythm.written == "når det passer"


def test_columns_that_nobody_knows_go_into_the_notes() -> None:
    head = [*HEAD, "Budget"]
    found = read_table([head, ["vision", "", "", "Drømme", "", "", "", "", "", "", "12.000"]], f.BEGINS)
    assert found.unused == ("Budget",) and found.lines[0].node_note == "Budget: 12.000"


@pytest.mark.parametrize(
    "cells",
    [
        ("måske", "", "", "Mål"),
        ("vision", "", "", ""),
        ("kommunikationsmål", "", "", "Mål"),
        ("kommunikationsmål", "Målgrupper", "", "", "Indsats"),
        ("vision", "", "", "x" * 201),
    ],
)
def test_a_row_that_has_no_place_is_refused_with_the_reason(cells: tuple[str, ...]) -> None:
    assert line(*cells).fault is not None


@pytest.mark.parametrize("table", [[], [["Uge", "Enhed"], ["33", "SOH"]], [HEAD]])
def test_what_is_no_strategy_map_is_refused(table: list[list[str]]) -> None:
    with pytest.raises(RuleBroken):
        read_table(table, f.BEGINS)


def test_cells_of_a_spreadsheet_are_read_like_text() -> None:
    cells: list[object] = [
        "kommunikationsmål",
        "Målgrupper",
        None,
        "Mål",
        "Indsats",
        "Cases",
        "antal",
        3.0,
        2022,
        "Stab",
    ]
    found = read_table([HEAD, cells], f.BEGINS).lines[0].indicator
    assert found is not None and found.aim.target == 3 and found.aim.rhythm.kind is PeriodKind.NAMED
    odd = read_table([HEAD, ["vision", "", "", datetime(2022, 3, 1)]], f.BEGINS).lines[0]  # noqa: DTZ001
    assert odd.path[0][1] == "2022-03-01"


@pytest.mark.parametrize(
    ("text", "value"),
    [("3", "3"), ("2,5", "2.5"), ("1.234,5", "1234.5"), ("12.5", "12.5"), ("75 %", "75"), ("-1", "-1"),
     ("tre", None), ("1e9", None), ("", None), ("NaN", None), ("٣", None), ("9" * 30, None)],
)  # fmt: skip
def test_numbers_are_read_as_danes_write_them(text: str, value: str | None) -> None:
    assert read_number(text) == (Decimal(value) if value else None)


def test_numbers_are_written_with_a_comma_and_no_idle_zeros() -> None:
    assert [number(Decimal(one)) for one in ("10.60", "100", "2213.4", "0")] == ["10,6", "100", "2213,4", "0"]


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("2022-02", date(2022, 2, 1), date(2022, 2, 28)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2022-K4", date(2022, 10, 1), date(2022, 12, 31)),
        ("2022-q1", date(2022, 1, 1), date(2022, 3, 31)),
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
    ],
)
def test_the_period_of_a_key_figure(code: str, first: date, last: date) -> None:
    found = read_span(code)
    assert found is not None and (found.first, found.last) == (first, last)


@pytest.mark.parametrize("code", ["", "22", "2022-13", "2022-00", "2022-K5", "1. kvartal", "0001", "2022-3"])
def test_no_period_of_a_key_figure(code: str) -> None:
    assert read_span(code) is None


def test_every_row_of_the_real_key_figures_is_understood() -> None:
    found = read_figures(rows("key-figures.csv"))
    assert len(found) == 53 and not [one for one in found if one.fault]
    assert len({one.point.series for one in found if one.point}) == 10


def test_key_figures_that_contradict_each_other_are_refused() -> None:
    head = ["Nøgletal", "Periode", "Værdi", "Enhed", "Note"]
    same = read_figures([head, ["A", "2022", "1", "%", ""], ["A", "2022", "2", "%", ""]])
    units = read_figures([head, ["A", "2022", "1", "%", ""], ["A", "2023", "2", "kr.", ""]])
    assert [bool(one.fault) for one in (*same, *units)] == [False, True, False, True]


def test_a_text_that_is_too_long_for_a_key_figure_is_refused_and_not_cut() -> None:
    head = ["Nøgletal", "Periode", "Værdi", "Enhed", "Note"]
    found = read_figures([head, ["A", "2022", "1", "x" * 41, ""], ["A", "2023", "1", "%", "x" * 1001]])
    assert all(one.fault for one in found)
