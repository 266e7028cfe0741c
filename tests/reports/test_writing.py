"""A report in every form: whatever people wrote stays text, reads back, and says when there is nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import html5lib
import pdfua
import pikepdf
import pytest
from flask import Flask
from python_calamine import CalamineWorkbook

from branding.core.text import say
from branding.reports.values.orders import Form
from branding.reports.values.report import Chart, Column, Figure, Report, Series, Table, Type, Value
from branding.reports.writing import inside, written

NOW = datetime(2026, 10, 1, 9, tzinfo=UTC)
NASTY = (
    "=1+1",
    "@x",
    "-2",
    "+45 12",
    "Messe 😀 👩\u200d👩\u200d👧",
    "中文标题",
    "עברית العربية",
    "x" * 3000,
    "ord " * 750,
    "<script>alert(1)</script></main><main>",
    "lyd\x07 og \x00 null",
    '#panic("x")',
)
DAY, NEXT = date(2022, 8, 16), date(2022, 8, 18)
COLUMNS = (
    Column("=Overskrift"),
    Column("Antal", Type.WHOLE),
    Column("Snit", Type.DECIMAL),
    Column("Andel", Type.SHARE),
    Column("Uge", Type.WEEK),
    Column("Første dag", Type.DAY),
    Column("Sidste dag", Type.LAST_DAY),
    Column("Link", Type.LINK),
)


def row(text: str) -> tuple[Value, ...]:
    return text, -2, 1234.5, 0.25, "2022-W33", DAY, NEXT, "https://example.dk/en?x=<y>"


def nasty() -> Report:
    numbers = tuple(float(at) for at in range(len(NASTY)))
    return Report(
        title="@Rapport",
        first=date(2022, 8, 15),
        last=date(2022, 12, 18),
        scope=("=SOH",),
        figures=(Figure("=figur", 3), Figure("ukendt", None)),
        tables=(Table("=Tabel [/]", COLUMNS, tuple(row(text) for text in NASTY), "tom"),),
        chart=Chart(
            "Diagram", "😀 =sætning", NASTY, (Series("=a", numbers), Series("-b", (None,) * len(NASTY)))
        ),
        notes=("=note 中",),
    )


@pytest.fixture(autouse=True)
def _in_app(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def made(form: Form, report: Report | None = None) -> bytes:
    return written(report or nasty(), form, "Prøveområdet", now=NOW)


def sheets(content: bytes) -> dict[str, Sequence[Sequence[object]]]:
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_a_workbook_reads_back_the_same_and_no_cell_is_a_formula() -> None:
    content = made(Form.XLSX)
    front, table = sheets(content).values()
    assert table[0][0] == "'=Overskrift" and front[0][0] == "'@Rapport"
    assert [line[0] for line in table[1:5]] == ["'=1+1", "'@x", "'-2", "'+45 12"]
    assert table[1][1:4] == [-2.0, 1234.5, 0.25] and table[1][5:7] == [DAY, NEXT]
    assert [line[0] for line in front if line[0] in ("'=1+1", "'=figur")] == ["'=figur", "'=1+1"]
    assert front[3][1] == 3.0 and front[4][1] == ""
    with ZipFile(BytesIO(content)) as parts:
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist() if "worksheets/" in name)


def test_csv_is_guarded_and_its_numbers_are_numbers() -> None:
    lines = made(Form.CSV).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("'=Overskrift;Antal")
    assert lines[1] == "'=1+1;-2;1234,5;0,25;2022-W33;2022-08-16;2022-08-18;https://example.dk/en?x=<y>"
    assert lines[3].startswith("'-2;-2;")


def test_a_pdf_holds_any_script_and_passes_the_accessibility_check(tmp_path: Path) -> None:
    content = made(Form.PDF)
    (tmp_path / "report.pdf").write_bytes(content)
    found = pdfua.validate(str(tmp_path / "report.pdf"))
    assert not [one for one in found.findings if one.severity is not pdfua.Severity.INFO]
    with pikepdf.open(BytesIO(content)) as pdf:
        assert str(pdf.Root.Lang) == "da" and pdf.Root.MarkInfo.Marked
        assert str(pdf.docinfo.Title).startswith("@Rapport uge 33-50")


def test_a_page_of_its_own_escapes_everything_and_can_be_put_into_another() -> None:
    page = made(Form.HTML)
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    root = parser.parse(page.decode())
    assert not parser.errors and not root.findall(".//script")
    assert len(root.findall(".//main")) == 1 and len(root.findall(".//h1")) == 1
    piece = inside(page)
    assert "&lt;script&gt;alert(1)" in piece and "<h1" not in piece and "<main" not in piece
    assert piece.rstrip().endswith("=note 中</p>")


def test_on_a_page_two_days_are_one_period_and_weeks_have_their_name() -> None:
    page = made(Form.HTML).decode()
    assert "16.-18. aug." in page and "uge 33, 2022" in page and "Sidste dag" not in page


def test_an_address_that_is_none_never_becomes_a_link() -> None:
    line = (*row("x")[:7], "javascript:alert(1)")
    page = made(Form.HTML, replace(nasty(), tables=(Table("T", COLUMNS, (line,), "tom"),))).decode()
    assert 'href="javascript' not in page


@pytest.mark.parametrize("form", [Form.HTML, Form.CSV, Form.XLSX])
def test_an_empty_period_says_so(form: Form) -> None:
    empty = replace(
        nasty(),
        figures=(),
        chart=None,
        tables=(Table("T", COLUMNS, (), say("Nothing is planned in this period.")),),
    )
    content = made(form, empty)
    text = str(sheets(content)) if form is Form.XLSX else content.decode()
    assert empty.is_empty and "Der er ikke planlagt noget i perioden" in text
    made(Form.PDF, empty)


def test_english_is_english_in_every_form(app: Flask) -> None:
    from flask_babel import force_locale

    with force_locale("en"):
        assert "16-18 Aug" in made(Form.HTML).decode() and made(Form.PDF).startswith(b"%PDF")


def test_a_sheets_name_is_cut_between_words_and_stays_the_only_one() -> None:
    long = "Samtykker efter formularens version, i hele organisationen"
    tables = tuple(
        Table(title, COLUMNS, (), "tom") for title in (long, long, "Specialområde for specialområde")
    )
    found = sheets(made(Form.XLSX, replace(nasty(), tables=tables)))
    names = list(found)[1:]
    assert names == [
        "Samtykker efter formularens", "Samtykker efter formularens 2", "Specialområde for specialområde",
    ]  # fmt: skip
