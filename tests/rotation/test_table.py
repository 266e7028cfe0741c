"""Tables as understood: headings, rows, holidays, and a message for every faulty cell."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from branding.core.errors import RuleBroken
from branding.core.files import shipped
from branding.core.isoweek import Week
from branding.organisation.values import UnitKind, UnitView
from branding.rotation.rules.table import read_table
from branding.rotation.values import Block, Formula, Rows, SlotStatus, Table

AREAS = ["Holmstrupgård", "SAU", "SUA", "SBU", "SVO", "IKH", "DOK", "SOH"]


def area(key: int, name: str) -> UnitView:
    return UnitView(key, UnitKind.AREA, name, name, key, name, 1)


def department(key: int, name: str, home: UnitView) -> UnitView:
    return UnitView(key, UnitKind.DEPARTMENT, name, "", home.id, home.short_name, 1)


UNITS = [area(number, name) for number, name in enumerate(AREAS, start=1)]
SOH = UNITS[-1]
UNITS += [
    department(20, "Høskoven AC", SOH),
    department(21, "Engtoften", SOH),
    department(22, "Engtoften", UNITS[1]),
]


def read(rows: Rows, *, accept: bool = False, area_id: int | None = None) -> Table:
    return read_table(rows, year=2022, units=UNITS, accept_new_units=accept, area_id=area_id)


def told(table: Table) -> list[tuple[int, str, str, str]]:
    return [(p.row, p.column, p.read, str(p.text)) for p in table.problems]


def real(name: str) -> Rows:
    with (shipped("schedules") / "rotations" / name).open(encoding="utf-8-sig", newline="") as lines:
        return [list(row) for row in csv.reader(lines, delimiter=";")]


def test_the_pilot_of_2022_is_seven_turns_of_one_week() -> None:
    table = read(real("takeover-soh-2022.csv"), accept=True, area_id=SOH.id)
    assert not table.problems
    assert [row.block for row in table.slots] == [Block(Week(2022, n)) for n in range(16, 23)]
    assert (table.slots[2].unit, table.slots[2].unit_id) == ("Høskoven AC", 20)
    assert (table.slots[0].profession, table.slots[0].topic) == ("AC", "Introduktion til SOH")
    assert len(table.unknown) == 5
    assert not table.holidays


def test_the_roll_out_of_2022_is_eight_turns_of_two_weeks_around_the_autumn_holiday() -> None:
    table = read(real("takeover-specialomraader-2022.csv"))
    assert not table.problems
    starts = (33, 35, 37, 39, 43, 45, 47, 49)
    assert [row.block for row in table.slots] == [Block(Week(2022, n), 2) for n in starts]
    assert [row.unit_id for row in table.slots] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert [(row.block, row.name) for row in table.holidays] == [(Block(Week(2022, 41), 2), "efterårsferie")]
    assert all(row.responsible is None for row in table.slots)


def test_titles_empty_rows_and_repeated_headings_are_skipped() -> None:
    table = read(
        [
            ["Takeover 2022"],
            [],
            ["", None],
            ["Week", "Unit"],
            [],
            ["33", "SAU"],
            ["Week", "Unit"],
            [34.0, "SUA"],
        ]
    )
    assert not table.problems
    assert [(row.row, row.block.first.number) for row in table.slots] == [(6, 33), (8, 34)]


@pytest.mark.parametrize(
    "headings",
    [
        ["Uge", "Afdeling"],
        ["Ugenr (måned)", "Ansvarlig"],
        ["UGE NR.", "Specialområde/afdeling"],
        ["Weeks", "Department"],
        ["Ugenummer", "Enhed"],
        ["Week no.", "Area"],
    ],
)
def test_headings_are_known_in_danish_and_english(headings: list[str]) -> None:
    assert len(read([list(headings), ["33", "SAU"]]).slots) == 1


def test_a_table_without_headings_is_refused_with_what_is_needed() -> None:
    with pytest.raises(RuleBroken, match="no_headings"):
        read([["33", "SAU"], ["34", "SUA"]])


def test_a_table_with_headings_alone_is_refused() -> None:
    with pytest.raises(RuleBroken, match="no_rows"):
        read([["Uge", "Afdeling"], []])


def test_columns_that_are_not_used_are_named() -> None:
    assert read([["Uge", "Antal likes", "Afdeling"], ["33", "12", "SAU"]]).unused == ("Antal likes",)


def test_all_columns_are_read() -> None:
    head = ["År", "Uge", "Afdeling", "Ansvarlig", "Faggruppe", "Emne", "Bemærkning", "Status"]
    row = read(
        [head, ["2023", "5 + 6", "SAU", "Ledelsen", "SOSU", "Hverdag", "Ring først\ni god tid", "Foreløbig"]]
    ).slots[0]
    assert row.block == Block(Week(2023, 5), 2)
    assert (row.responsible, row.profession, row.topic) == ("Ledelsen", "SOSU", "Hverdag")
    assert (row.note, row.status) == ("Ring først\ni god tid", SlotStatus.TENTATIVE)


@pytest.mark.parametrize(
    "cell", ["(efterårsferie)", "ferie", "Vinterferie", "lukket", "( Lukket  hele ugen )", "Closed"]
)
def test_a_holiday_in_the_units_place_is_a_holiday_row(cell: str) -> None:
    table = read([["Uge", "Afdeling"], ["42", cell]])
    assert not table.problems
    assert len(table.holidays) == 1


def test_a_holiday_in_the_topics_place_counts_when_no_unit_stands_there() -> None:
    table = read(
        [["Uge", "Afdeling", "Emne"], ["42", "", "(efterårsferie)"], ["43", "SAU", "Ferie med borgerne"]]
    )
    assert [row.name for row in table.holidays] == ["efterårsferie"]
    assert [row.topic for row in table.slots] == ["Ferie med borgerne"]


def test_a_unit_that_has_its_turn_in_a_holiday_is_asked_about() -> None:
    table = read([["Uge", "Afdeling", "Emne"], ["42", "SAU", "(efterårsferie)"]])
    assert "both a unit and a holiday" in told(table)[0][3]


def test_an_unknown_unit_is_told_with_the_nearest_names() -> None:
    table = read([["Uge", "Afdeling"], ["33", "Høskven AC"], ["34", "Xyz"]])
    assert told(table)[0] == (
        2,
        "Afdeling",
        "Høskven AC",
        "We do not know this unit. Did you mean Høskoven AC?",
    )
    assert "create the unit" in told(table)[1][3]
    assert table.unknown == ("Høskven AC", "Xyz")


def test_ac_is_never_expanded() -> None:
    assert read([["Uge", "Afdeling"], ["33", "AC"]], accept=True).unknown == ("AC",)


def test_a_name_that_two_units_share_is_told_and_the_plans_area_settles_it() -> None:
    rows: Rows = [["Uge", "Afdeling"], ["33", "Engtoften"]]
    assert "2 units have this name" in told(read(rows))[0][3]
    assert read(rows, area_id=SOH.id).slots[0].unit_id == 21


def test_a_column_with_the_area_settles_a_shared_name_too() -> None:
    assert read([["Uge", "Specialområde", "Afdeling"], ["33", "SAU", "Engtoften"]]).slots[0].unit_id == 22


def test_an_afdeling_left_empty_falls_back_on_its_area() -> None:
    assert read([["Uge", "Specialområde", "Afdeling"], ["33", "SAU", ""]]).slots[0].unit_id == 2


def test_every_faulty_cell_gets_its_own_message() -> None:
    head: list[object] = ["Uge", "Afdeling", "Emne", "Status", "År"]
    rows = [head, ["60", "SAU"], ["33", ""], ["", "SAU"], [date(2022, 12, 11), "SAU"], ["34", Formula("=B2")]]
    rows += [["35", "SAU", "x" * 201], ["36", "SUA", "", "måske ikke"], ["37", "SBU", "", "", "22"]]
    table = read(rows)  # type: ignore[arg-type]
    assert [(row, column) for row, column, _read, _text in told(table)] == [
        (2, "Uge"), (3, "Afdeling"), (4, "Uge"), (5, "Uge"), (6, "Afdeling"),
        (7, "Emne"), (8, "Status"), (9, "År"),
    ]  # fmt: skip
    assert told(table)[0][2:] == (
        "60",
        "There is no week 60. Write a number from 1 to 52, for example 33 or 33 + 34.",
    )
    assert told(table)[3][2] == "11.12.2022"


def test_the_same_row_twice_is_told_on_the_second() -> None:
    table = read([["Uge", "Afdeling"], ["33", "SAU"], ["uge 33", " sau "]])
    assert told(table) == [(3, "Uge", "33", "This row says the same as row 2. Delete one of them.")]


def test_two_rows_with_a_week_in_common_are_told_on_the_second() -> None:
    table = read([["Uge", "Afdeling"], ["34", "SUA"], ["33 + 34", "SAU"], ["30-40", "(ferie)"]])
    assert [(p.row, p.read) for p in table.problems] == [(3, "33-34"), (4, "30-40")]
    assert "Row 2 (SUA, week 34)" in str(table.problems[0].text)


def test_a_cancelled_row_takes_no_weeks() -> None:
    assert not read([["Uge", "Afdeling", "Status"], ["33", "SAU", "aflyst"], ["33", "SUA", "fast"]]).problems


def test_weeks_go_on_into_the_next_year() -> None:
    table = read([["Uge", "Afdeling"], ["50 + 51", "SAU"], ["52 + 1", "SUA"], ["2", "SBU"], ["3 + 4", "SVO"]])
    assert [str(row.block.first) for row in table.slots] == ["2022-W50", "2022-W52", "2023-W02", "2023-W03"]


def test_control_characters_do_not_get_through() -> None:
    assert (
        read([["Uge", "Afdeling", "Emne"], ["33", "SA\x00U", "a\x07b\ud800c"]], accept=True).slots[0].topic
        == "a b c"
    )
