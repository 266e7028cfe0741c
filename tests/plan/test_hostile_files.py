"""Files that are no tables, or far too much of one, at the three imports of plan and goals."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import pytest
import xlsxwriter
from sqlmodel import Session

from tests.plan import factories as f
from tests.support.client import InspectingClient

ADDRESSES = ("/content-plan/import", "/strategy/import", "/key-figures/import")
HEADS = {
    "/content-plan/import": ["Titel", "Kanal", "Fra"],
    "/strategy/import": ["Niveau", "Mål", "Perspektiv"],
    "/key-figures/import": ["Nøgletal", "Periode", "Værdi"],
}


@pytest.fixture
def karen(
    session: Session,
    client: InspectingClient,
    sign_in: Callable[..., int],
    at: Callable[[str], datetime],
) -> InspectingClient:
    f.world(session, at("2022-08-15 09:00"))
    session.commit()
    sign_in("communications")
    return client


def sent(karen: InspectingClient, address: str, content: bytes) -> tuple[int, str]:
    data = {"file": (BytesIO(content), "tabel.xlsx"), "begins_on": "2022-01-01"}
    answer = karen.post(address, data=data)
    return answer.status_code, answer.get_data(as_text=True)


def bomb() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 90_000_000)
    return out.getvalue()


def book(head: list[str], write: Callable[[xlsxwriter.worksheet.Worksheet], object]) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, head)
        write(sheet)
    return out.getvalue()


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_is_no_table_is_refused_with_a_reason(karen: InspectingClient, address: str) -> None:
    head = HEADS[address]
    rows = "\n".join([";".join(head), *["x;y"] * 100_000])
    doctype = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    for content in (
        b"", b"PK\x03\x04", b"%PDF-1.7", b"\xd0\xcf\x11\xe0\xa1\xb1", b"\x00" * 100, b"\xff\xfe\x00", doctype,
        bomb(), rows.encode(), ";".join(head).encode(), b"Uge;Enhed\n33;SOH",
    ):  # fmt: skip
        status, page = sent(karen, address, content)
        assert status == 400 and 'role="alert"' in page, (address, content[:20])


@pytest.mark.parametrize("address", ADDRESSES)
def test_merged_cells_and_formulas_are_faults_of_their_rows(karen: InspectingClient, address: str) -> None:
    def merged(sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.merge_range(1, 0, 3, 0, "Ens for tre")
        sheet.write_formula(1, 2, '=HYPERLINK("https://evil.dk")', None, "")

    status, page = sent(karen, address, book(HEADS[address], merged))
    assert status == 400 and "kan ikke bruges" in page, page[:2000]
