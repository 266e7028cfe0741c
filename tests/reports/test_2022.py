"""All reports in all forms for the data of 2022, and the strategy's counts against a table made by hand."""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pdfua
import pytest
from flask import Flask
from python_calamine import CalamineWorkbook
from sqlmodel import Session

from branding.core import clock
from branding.core.actor import SYSTEM
from branding.core.errors import RuleBroken
from branding.indicators.service import figures
from branding.plan.queries.channels import channels
from branding.plan.service.activities import add_activity
from branding.plan.service.channels import begin_with_usual
from branding.plan.values import ActivityKind, ActivityRequest, ChannelKind, Status
from branding.reports.ordering import ordered
from branding.reports.values.orders import Form, Kind
from branding.rotation import service as rotation
from branding.rotation.spreadsheet import read_file
from tests.indicators.factories import import_2022, table
from tests.rotation.factories import make_profile, real_table

At = Callable[[str], datetime]
#: Four weeks of the quarter had a post on LinkedIn (week 30 had two), and the press printed one piece.
LINKEDIN = ("2022-07-05", "2022-07-12", "2022-07-26", "2022-07-28", "2022-08-16")
PRESS = ("2022-09-20",)
FOUR = (Kind.CONTENT_PLAN, Kind.TAKEOVERS, Kind.CONSENT, Kind.STRATEGY)
QUARTER, AUTUMN = ("2022-07-01", "2022-09-30"), ("2022-W33", "2022-W50")
#: Made by hand from the table of 2022 and the days above: aim, periods met, periods that are over.
BY_HAND = {
    "Opslag på LinkedIn": ("mindst 1, hver uge", "4", "13"),
    "Indlæg bragt": ("mindst 1, hvert kvartal", "1", "1"),
    "Ny video på intranettet": ("mindst 1, hver 2. uge", "0", "7"),
    "Visninger pr. LinkedIn-opslag": ("måltal ikke fastlagt, pr. opslag", "", ""),
    "Kampagne i regionale tv-medier": ("ikke fastlagt", "", ""),
}


@pytest.fixture(autouse=True)
def _in_app(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.fixture
def of_2022(session: Session, at: At) -> Session:
    """The two real tables, the map, the key figures and six activities."""
    now = at("2022-10-03 09:00")
    make_profile(session)
    rotation.import_rotation(
        session, SYSTEM, real_table("takeover-specialomraader-2022.csv"), "2022", 2022, create_units=True,
        now=now,
    )  # fmt: skip
    begin_with_usual(session, SYSTEM, now=now)
    import_2022(session, now)
    figures.import_figures(session, SYSTEM, read_file(table("key-figures.csv")), now=now)
    by_kind = {one.kind: one.id for one in channels(session)}
    for kind, days in ((ChannelKind.LINKEDIN, LINKEDIN), (ChannelKind.PRESS, PRESS)):
        for day in map(date.fromisoformat, days):
            request = ActivityRequest("Opslag", by_kind[kind], ActivityKind.POST, day, day, Status.DONE)
            add_activity(session, SYSTEM, request, now=now, today=clock.today())
    session.flush()
    return session


def made(session: Session, kind: Kind, form: Form, days: tuple[str, str] = AUTUMN, unit: str = "") -> bytes:
    return ordered(session, kind, days, unit, form, False, now=clock.now())


def tables(content: bytes) -> dict[str, list[list[str]]]:
    """The tables of a CSV by their titles, without the headings."""
    found: dict[str, list[list[str]]] = {}
    for row in csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";"):
        if len(row) == 1:
            found[row[0]] = []
        elif row:
            found[list(found)[-1]].append(row)
    return {title: rows[1:] for title, rows in found.items()}


@pytest.mark.parametrize("kind", FOUR)
def test_each_report_exists_in_each_form_and_says_the_same(
    of_2022: Session, kind: Kind, tmp_path: Path
) -> None:
    (tmp_path / "x.pdf").write_bytes(made(of_2022, kind, Form.PDF))
    assert not list(pdfua.validate(str(tmp_path / "x.pdf")).findings)
    assert made(of_2022, kind, Form.HTML).startswith(b"<!DOCTYPE html>")
    told = [row for rows in tables(made(of_2022, kind, Form.CSV)).values() for row in rows]
    book = CalamineWorkbook.from_filelike(BytesIO(made(of_2022, kind, Form.XLSX)))
    sheets = [book.get_sheet_by_name(name).to_python()[1:] for name in book.sheet_names[1:]]
    read = [row for rows in sheets for row in rows if any(cell != "" for cell in row[1:])]
    assert [_numbers(row) for row in read] == [_numbers(row) for row in told]


@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is missing; ./test installs it as root"
)
def test_libreoffice_opens_each_workbook_with_its_charts_and_reads_the_same(
    of_2022: Session, tmp_path: Path
) -> None:
    books = [tmp_path / f"{kind}.xlsx" for kind in FOUR]
    for kind, book in zip(FOUR, books, strict=True):
        book.write_bytes(made(of_2022, kind, Form.XLSX))
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    asked = ["soffice", home, "--headless", "--convert-to", "ods", "--outdir", tmp_path, *books]
    subprocess.run(asked, check=True, timeout=120, capture_output=True)
    for book in books:
        ours, theirs = CalamineWorkbook.from_path(book), CalamineWorkbook.from_path(book.with_suffix(".ods"))
        assert theirs.sheet_names == ours.sheet_names
        for name in ours.sheet_names:
            assert _cells(theirs, name) == _cells(ours, name), f"{book.name}: {name}"
    drawn = [book for book in books if _has(book, "xl/charts/chart1.xml")]
    kept = [book for book in books if _has(book.with_suffix(".ods"), "Object 1/content.xml")]
    assert drawn == kept and drawn


def _cells(book: CalamineWorkbook, sheet: str) -> list[list[object]]:
    """Rows without the empty cells at their ends, which each program keeps as it likes."""
    rows = [[*row] for row in book.get_sheet_by_name(sheet).to_python()]
    for row in rows:
        while row and row[-1] == "":
            row.pop()
    return rows


def _has(file: Path, part: str) -> bool:
    with ZipFile(file) as parts:
        return part in parts.namelist()


def _numbers(row: Sequence[object]) -> list[float]:
    """What counts in a row, whichever form it was read from."""
    found = []
    for cell in row:
        try:
            found.append(float(str(cell).replace(",", ".")))
        except ValueError:
            continue
    return found


def test_the_strategy_counts_are_those_of_a_table_made_by_hand(of_2022: Session) -> None:
    there = tables(made(of_2022, Kind.STRATEGY, Form.CSV, QUARTER))
    rows = {row[1]: row for row in there["Indikator for indikator"]}
    assert {name: (rows[name][2], *rows[name][6:]) for name in BY_HAND} == BY_HAND
    states = [row[4] for row in there["Indikator for indikator"]]
    assert (len(states), states.count("ikke fastlagt")) == (19, 8)
    weeks = [row[6] for row in there["Periode for periode"] if row[0] == "Opslag på LinkedIn"]
    assert weeks.count("nået") == 4 and weeks.count("ikke nået") == 9
    staff = next(row for row in there["Nøgletal"] if row[0] == "Årsværk")
    assert staff[3:5] == ["2435,3", "2290,2"]


def test_the_content_plan_of_that_autumn_has_its_turns_and_is_narrowed_by_unit(of_2022: Session) -> None:
    whole = tables(made(of_2022, Kind.CONTENT_PLAN, Form.CSV))
    instagram = next(row for row in whole["Kanal for kanal"] if row[0] == "Instagram")
    assert instagram[1] == "8"
    of_sau = tables(made(of_2022, Kind.CONTENT_PLAN, Form.CSV, unit="SAU"))["Dag for dag"]
    assert [row[5] for row in of_sau] == ["SAU"]


def test_what_cannot_be_is_refused_with_a_reason(of_2022: Session) -> None:
    for kind, form, unit in ((Kind.CONSENT, Form.ICS, ""), (Kind.CONSENT, Form.PDF, "NEJ")):
        with pytest.raises(RuleBroken):
            made(of_2022, kind, form, unit=unit)
    assert b"BEGIN:VEVENT" in made(of_2022, Kind.CONTENT_PLAN, Form.ICS)
