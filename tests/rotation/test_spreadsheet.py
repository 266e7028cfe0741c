"""Files and pasted tables as rows: dialects, round trips, and files that mean harm."""

from __future__ import annotations

import base64
import zipfile
import zlib
from datetime import date, datetime
from io import BytesIO

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from branding.core.errors import RuleBroken
from branding.core.spreadsheet import write_csv, write_xlsx
from branding.rotation.rules.table import clean
from branding.rotation.spreadsheet import carried, carry, read_file, read_pasted
from branding.rotation.values import Formula

ROWS = [["Uge", "Afdeling"], ["33 + 34", "Høskoven AC"]]


def xlsx(rows: list[list[object]]) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return out.getvalue()


def changed(data: bytes, part: str, before: bytes, after: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content.replace(before, after) if name == part else content)
    return out.getvalue()


def ods(table: str) -> bytes:
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<manifest:file-entry manifest:full-path="/" '
            'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>',
        )
        book.writestr(
            "content.xml",
            f"<office:document-content {names}><office:body><office:spreadsheet>"
            f'<table:table table:name="Ark1">{table}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return out.getvalue()


def ods_cell(text: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p></table:table-cell>'


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_is_read_in_its_dialects(delimiter: str, encoding: str) -> None:
    text = "\r\n".join(delimiter.join(row) for row in [*ROWS, ["35", "Æblehaven Å"]])
    assert read_file(text.encode(encoding)) == [*ROWS, ["35", "Æblehaven Å"]]


def test_commas_inside_the_cells_of_a_semicolon_table_stay() -> None:
    assert read_file(b"Uge;Afdeling\n33, 34;A, B\n35, 36;C, D\n") == [
        ["Uge", "Afdeling"],
        ["33, 34", "A, B"],
        ["35, 36", "C, D"],
    ]


def test_a_title_above_the_table_does_not_hide_its_shape() -> None:
    assert read_file(b"Takeover 2022\n\nUge;Afdeling\n33;SAU\n34;SUA\n")[2:] == [
        ["Uge", "Afdeling"],
        ["33", "SAU"],
        ["34", "SUA"],
    ]


@pytest.mark.parametrize(
    "pasted",
    [
        "Uge\tAfdeling\n33 + 34\tHøskoven AC\n",
        "| Uge | Afdeling |\n|-----|:--------|\n| 33 + 34 | Høskoven AC |\n",
        "Uge      Afdeling\n33 + 34  Høskoven AC",
        "<table><tr><th>Uge</th><th>Afdeling</th></tr>"
        "<tr><td>33 + 34</td><td>H&oslash;skoven\nAC</td></tr></table>",
    ],
)
def test_a_pasted_table_is_read_as_it_looks(pasted: str) -> None:
    assert [row for row in read_pasted(pasted) if row] == ROWS


def test_a_pasted_cell_with_a_line_break_is_one_cell() -> None:
    assert read_pasted('Uge\tEmne\n33\t"Hverdag\ni huset"\n34\tFarvel')[1:] == [
        ["33", "Hverdag\ni huset"],
        ["34", "Farvel"],
    ]


def test_xlsx_gives_texts_numbers_and_dates() -> None:
    data = xlsx([["Uge", "Afdeling"], ["33 + 34", "SAU"], [35, "SUA"], [None, "SBU"]])
    assert read_file(data) == [["Uge", "Afdeling"], ["33 + 34", "SAU"], [35.0, "SUA"], ["", "SBU"]]


def test_rows_keep_their_numbers_when_the_table_starts_further_down() -> None:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write(4, 1, "Uge")
        sheet.write_datetime(
            5, 1, datetime.fromisoformat("2022-12-11"), book.add_format({"num_format": "d-mmm"})
        )
    rows = read_file(out.getvalue())
    assert rows[4][1] == "Uge"
    assert str(rows[5][1]).startswith("2022-12-11")


def test_the_first_sheet_with_anything_in_it_is_read() -> None:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet("Tom")
        hidden = book.add_worksheet("Skjult")
        hidden.write(0, 0, "hemmelig")
        hidden.hide()
        book.add_worksheet("Plan").write(0, 0, "Uge")
    assert read_file(out.getvalue()) == [["Uge"]]


def test_ods_is_read() -> None:
    number = (
        '<table:table-cell office:value-type="float" office:value="33"><text:p>33</text:p></table:table-cell>'
    )
    tail = '<table:table-cell table:number-columns-repeated="16382"/>'
    rows = f"<table:table-row>{ods_cell('Uge')}{ods_cell('Afdeling')}{tail}</table:table-row>"
    rows += f"<table:table-row>{number}{ods_cell('Høskoven')}{tail}</table:table-row>"
    rows += f'<table:table-row table:number-rows-repeated="1048574">{tail}</table:table-row>'
    assert read_file(ods(rows)) == [["Uge", "Afdeling"], [33.0, "Høskoven"]]


def test_a_formula_without_a_value_is_marked_in_every_kind_of_file() -> None:
    assert read_file(b"Uge;Afdeling\n=A1+1;SAU\n")[1][0] == Formula("=A1+1")
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Uge", "Afdeling"])
        sheet.write_formula(1, 0, "=20+13", None, "")
        sheet.write_formula(2, 0, "=20+14", None, 34)
        sheet.write(2, 1, "SAU")
    rows = read_file(out.getvalue())
    assert isinstance(rows[1][0], Formula)
    assert rows[2] == [34.0, "SAU"]
    empty = '<table:table-cell table:formula="of:=[.A1]"/>'
    assert isinstance(
        read_file(ods(f"<table:table-row>{empty}{ods_cell('SAU')}</table:table-row>"))[0][0], Formula
    )


texts = st.text(st.characters(codec="utf-8"), max_size=40).map(lambda text: clean(text, lines=True))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(texts, texts, texts), min_size=1, max_size=6))
def test_what_is_exported_is_read_back_exactly(rows: list[tuple[str, str, str]]) -> None:
    table = [["Uge", "Afdeling", "Emne"], *(["33 + 34", *row] for row in rows)]
    for data in (write_csv([row[:4] for row in table]), write_xlsx(table, "Plan: 2022/23")):
        found = [[str(cell) for cell in row] for row in read_file(data)]
        wide = max(len(row) for row in table)
        assert [row + [""] * (wide - len(row)) for row in found] == [
            row + [""] * (wide - len(row)) for row in table
        ]


def test_exported_cells_cannot_become_formulas() -> None:
    rows = [
        ["Uge", "Emne"],
        ["33", '=HYPERLINK("http://example.dk")'],
        ["34", "+45"],
        ["35", "-1"],
        ["36", "@cmd"],
        ["37", "'=x"],
    ]
    text = write_csv(rows).decode("utf-8-sig")
    for cell in ("'+45", "'-1", "'@cmd", "''=x", "'=HYPERLINK"):
        assert cell in text
    assert read_file(write_csv(rows)) == rows
    assert read_file(write_xlsx(rows, "Plan")) == rows
    with zipfile.ZipFile(BytesIO(write_xlsx(rows, "Plan"))) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def refused(data: bytes) -> str:
    with pytest.raises(RuleBroken) as error:
        read_file(data)
    assert str(error.value.text)
    assert error.value.field == "file"
    return error.value.code


def test_a_file_of_50_mb_is_refused_before_it_is_read() -> None:
    assert refused(b"Uge;Afdeling\n" + b"33;SAU\n" * 8_000_000) == "file_too_large"


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04 not a zip at all", xlsx([["Uge"]])[:-200], xlsx([["Uge"]])[:300]]
)
def test_a_malformed_xlsx_is_refused(data: bytes) -> None:
    assert refused(data) == "file_broken"


def test_xlsx_with_broken_xml_inside_is_refused() -> None:
    data = xlsx([["Uge", "Afdeling"]])
    assert refused(changed(data, "xl/worksheets/sheet1.xml", b"</sheetData>", b"<")) == "file_broken"
    assert refused(changed(data, "xl/workbook.xml", b"</sheets>", b"<")) == "file_broken"
    assert refused(changed(data, "xl/sharedStrings.xml", b"</sst>", b"<")) == "file_broken"


def test_a_zip_bomb_is_refused() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/workbook.xml", b"<workbook/>")
        book.writestr("xl/worksheets/sheet1.xml", b" " * (200 * 1024 * 1024))
    assert len(out.getvalue()) < 1024 * 1024
    assert refused(out.getvalue()) == "file_unpacks_too_large"


def test_a_zip_bomb_that_lies_about_its_size_is_refused() -> None:
    data = bytearray()
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/workbook.xml", b" " * (70 * 1024 * 1024))
    data += out.getvalue()
    real = (70 * 1024 * 1024).to_bytes(4, "little")
    assert refused(bytes(data).replace(real, (100).to_bytes(4, "little"))) == "file_broken"


def test_an_archive_with_thousands_of_entries_is_refused() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        for number in range(2000):
            book.writestr(f"{number}.xml", b"")
    assert refused(out.getvalue()) == "file_unpacks_too_large"


def test_one_cell_far_out_cannot_take_all_memory() -> None:
    data = xlsx([["Uge", "Afdeling"]])
    far = changed(data, "xl/worksheets/sheet1.xml", b'r="B1"', b'r="XFD1048576"')
    assert refused(far) == "too_many_rows"
    wide = changed(data, "xl/worksheets/sheet1.xml", b'r="B1"', b'r="XFD1"')
    assert refused(wide) == "too_many_columns"
    repeated = ods_cell("x", 'table:number-columns-repeated="16000"')
    assert refused(ods(f"<table:table-row>{repeated}</table:table-row>")) == "too_many_columns"
    rows = f'<table:table-row table:number-rows-repeated="1000000">{ods_cell("x")}</table:table-row>'
    assert refused(ods(rows)) == "too_many_rows"


def test_entities_of_ones_own_are_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "lol">]>'
    data = xlsx([["Uge", "Afdeling"]])
    head = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    assert refused(changed(data, "xl/worksheets/sheet1.xml", head, bomb)) == "file_has_doctype"
    assert refused(changed(data, "xl/workbook.xml", head, bomb)) == "file_has_doctype"


def test_too_many_rows_and_columns_are_refused() -> None:
    assert refused(b"Uge;Afdeling\n" + b"33;SAU\n" * 6000) == "too_many_rows"
    assert refused(b";".join([b"a"] * 41) + b"\n" + b";".join([b"b"] * 41)) == "too_many_columns"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b"  \r\n ", "file_empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "file_is_old"),
        (b"%PDF-1.7", "file_is_pdf"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "file_is_binary"),
        (b"\xff\xfe\x00", "file_is_binary"),
    ],
)
def test_what_is_no_table_is_told_so(data: bytes, code: str) -> None:
    assert refused(data) == code


def test_a_zip_that_is_no_spreadsheet_is_told_so() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.writestr("word/document.xml", b"<document/>")
    assert refused(out.getvalue()) == "file_is_no_table"


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.integers(0, 3000))
def test_no_damage_to_a_file_makes_the_reader_stumble(noise: bytes, at: int) -> None:
    good = _GOOD[: at % len(_GOOD)] + noise + _GOOD[at % len(_GOOD) + len(noise) :]
    for data in (noise, b"PK" + noise, good):
        try:
            assert isinstance(read_file(data), list)
        except RuleBroken:
            continue


_GOOD = xlsx([["Uge", "Afdeling"], ["33", "SAU"]])


def test_a_table_is_carried_from_the_preview_to_the_confirmation_as_it_was() -> None:
    rows = [["Uge", "Emne"], ["33", 34.0, None, date(2022, 12, 11), Formula("=A1"), "æ\ud800", ""]]
    assert carried(carry(rows)) == [rows[0], rows[1][:-1]]


@given(st.one_of(st.text(max_size=60), st.binary(max_size=60).map(lambda data: data.hex())))
def test_a_carried_table_that_is_not_ours_is_refused(text: str) -> None:
    with pytest.raises(RuleBroken, match="carried_broken"):
        carried(text)


def test_a_carried_bomb_is_refused() -> None:
    bomb = base64.b64encode(zlib.compress(b"[" + b" " * (40 * 1024 * 1024) + b"]")).decode()
    with pytest.raises(RuleBroken, match="carried_broken"):
        carried(bomb)


@pytest.mark.parametrize(
    "text", ['Uge\tEmne\n33\t"Hverdag\n34\tFerie\n', 'Uge;Emne\n33;"Hverdag\n34;Ferie\n']
)
def test_a_quotation_mark_without_its_mate_swallows_no_rows(text: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        read_pasted(text)
    assert refused.value.code == "quote_not_closed"
