from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from branding.core import clock
from branding.core.actor import Actor, Role
from branding.core.errors import NotAllowed, RuleBroken
from branding.organisation import queries, service
from branding.organisation.rules import table
from branding.organisation.values import LineKind, UnitKind, UnitView
from tests.organisation.factories import COMMUNICATIONS, area, department

CSV = "Specialområde;Kortnavn;Afdeling\nSpecialområde Hjerneskade;SOH;Høskoven\n;;Boligerne Svalevej\nSVO;;\n"


def kinds(text: str, known: list[UnitView] | None = None) -> list[LineKind]:
    return [line.kind for line in table.read(text, known or []).lines]


def test_a_table_is_understood_line_by_line() -> None:
    understood = table.read(CSV, [])
    assert [line.kind for line in understood.lines] == ["new_area", "new_department", "new_area"]
    assert [line.number for line in understood.lines] == [2, 3, 4]
    assert understood.lines[1].area == "Specialområde Hjerneskade"
    assert (len(understood.new_areas), understood.new_department_count) == (2, 2)


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_delimiters_and_encodings_that_people_have(delimiter: str, encoding: str) -> None:
    data = CSV.replace(";", delimiter).encode(encoding)
    assert table.decode(data).startswith("Specialområde")
    assert kinds(table.decode(data)) == ["new_area", "new_department", "new_area"]


def test_headings_may_stand_in_any_order_and_in_english() -> None:
    understood = table.read("Department,Notes,Area\r\nHøskoven,x,SOH\r\n", [])
    assert (understood.lines[0].area, understood.lines[0].department) == ("SOH", "Høskoven")


def test_a_line_that_is_there_already_is_known_also_by_short_name() -> None:
    known = [
        UnitView(1, UnitKind.AREA, "Specialområde Hjerneskade", "SOH", 1, "SOH", 1),
        UnitView(2, UnitKind.DEPARTMENT, "Høskoven", "", 1, "SOH", 1),
    ]
    assert kinds("Område;Afdeling\nSOH;høskoven\nspecialområde hjerneskade;Ny\n", known) == [
        "known",
        "new_department",
    ]


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        (";;Høskoven", "Area", "which area"),
        ("Andet;SOH;", "Short name", "already"),
        ("SOH;HJERNE;", "Short name", "own page"),
        ("x" * 121 + ";;", "Area", "at most 120"),
        ("Nord;" + "y" * 25 + ";", "Short name", "at most 24"),
        ("Nord;N;" + "z" * 121, "Department", "at most 120"),
    ],
)
def test_a_faulty_cell_says_what_is_wrong(line: str, column: str, words: str) -> None:
    known = [UnitView(1, UnitKind.AREA, "SOH", "SOH", 1, "SOH", 1)]
    found = table.read(f"Specialområde;Kortnavn;Afdeling\n{line}\n", known).lines[0]
    assert found.kind == LineKind.FAULTY
    assert str(found.faults[0].column) == column
    assert words in str(found.faults[0].text)


@pytest.mark.parametrize("data", [b"PK\x03\x04rest", b"a\x00b"])
def test_a_spreadsheet_that_is_no_csv_is_refused(data: bytes) -> None:
    with pytest.raises(RuleBroken) as error:
        table.decode(data)
    assert error.value.code == "not_csv"


@pytest.mark.parametrize(
    "text", ["", "\n\n", "Navn;Uge\nx;33\n", "Specialområde\n" + "x\n" * 2001, "x" * 500_001]
)
def test_what_is_no_table_is_refused_with_a_message_for_the_file(text: str) -> None:
    with pytest.raises(RuleBroken) as error:
        table.read(text, [])
    assert error.value.field == "file"


@given(st.text(max_size=300))
def test_any_text_is_understood_or_refused_and_never_breaks(text: str) -> None:
    with suppress(RuleBroken):
        table.read("Specialområde;Kortnavn;Afdeling\n" + text, [])


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    with suppress(RuleBroken):
        assert isinstance(table.decode(data), str)


def test_a_table_is_saved_and_the_same_again_changes_nothing(session: Session) -> None:
    service.save_table(session, COMMUNICATIONS, CSV, now=clock.now())
    units = queries.units(session)
    assert [unit.name for unit in units] == [
        "Specialområde Hjerneskade",
        "Boligerne Svalevej",
        "Høskoven",
        "SVO",
    ]
    assert [unit.short_name for unit in units if unit.kind == UnitKind.AREA] == ["SOH", "SVO"]
    again = service.save_table(session, COMMUNICATIONS, CSV, now=clock.now())
    assert {line.kind for line in again.lines} == {LineKind.KNOWN}
    assert queries.units(session) == units


def test_a_faulty_table_saves_nothing(session: Session) -> None:
    with pytest.raises(RuleBroken):
        service.save_table(session, COMMUNICATIONS, "Område;Afdeling\n;Løs\nSOH;Høskoven\n", now=clock.now())
    assert queries.units(session) == []


def test_a_unit_that_was_put_away_is_known_and_stays_away(session: Session) -> None:
    soh = area(session)
    unit_id = department(session, soh)
    service.archive_unit(session, COMMUNICATIONS, unit_id, now=clock.now())
    understood = service.save_table(
        session, COMMUNICATIONS, "Område;Afdeling\nSOH;Høskoven\n", now=clock.now()
    )
    assert understood.lines[0].kind == LineKind.KNOWN
    assert queries.unit_by_id(session, unit_id).is_archived, "a known line changes nothing"


def test_a_reader_imports_nothing(session: Session) -> None:
    with pytest.raises(NotAllowed):
        service.read_table(session, Actor("user", 1, roles=frozenset({Role.READER})), CSV)


def test_a_cell_without_an_end_is_no_table() -> None:
    with pytest.raises(RuleBroken):
        table.read('Specialområde\n"' + "a" * 200_000, [])


def test_a_new_department_of_an_area_that_was_put_away_is_told(session: Session) -> None:
    soh = area(session)
    service.archive_unit(session, COMMUNICATIONS, soh, now=clock.now())
    session.commit()
    understood = service.read_table(session, COMMUNICATIONS, "Specialområde;Afdeling\nSOH;Høskoven\n")
    assert [line.kind for line in understood.lines] == [LineKind.FAULTY]


def test_a_quotation_mark_without_its_mate_swallows_no_lines() -> None:
    with pytest.raises(RuleBroken) as refused:
        table.read('Specialområde;Afdeling\nSOH;"Høskoven\nSVO;Svalevej\n', [])
    assert refused.value.code == "quote_not_closed"
