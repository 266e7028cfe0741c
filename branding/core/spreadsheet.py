"""Rows as XLSX and CSV that no spreadsheet will take for formulas, and that import back as they were."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from io import BytesIO, StringIO

#: What a spreadsheet takes for a formula; and a cell that already looks guarded, so that reading is exact.
_RISKY = re.compile(r"'*[=+\-@\t\r]")
#: No keyboard types them, and PostgreSQL stores neither.
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")


def storable(cell: str) -> str:
    """A cell on its way in, without what no database keeps."""
    return _UNSTORABLE.sub("", cell)


def guarded(cell: str) -> str:
    """With an apostrophe before what would become a formula."""
    return f"'{cell}" if _RISKY.match(cell) else cell


def write_csv(rows: Sequence[Sequence[str | float]]) -> bytes:
    """UTF-8 with its mark and ``;``: what a Danish Excel opens with a double click.

    A number has a decimal comma and nothing between its thousands; only a text can be a formula.
    """
    out = StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(
        [
            [guarded(cell) if isinstance(cell, str) else str(cell).replace(".", ",") for cell in row]
            for row in rows
        ]
    )
    return out.getvalue().encode("utf-8-sig")


def write_xlsx(rows: Sequence[Sequence[str]], sheet: str) -> bytes:
    """One sheet, headings in bold and frozen, every cell a text."""
    import xlsxwriter

    out = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        page = book.add_worksheet(re.sub(r"[\[\]:*?/\\']", " ", sheet)[:31].strip() or "Stafet")
        bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@", "text_wrap": True})
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                page.write_string(at, column, guarded(cell), text if at else bold)
        for column in range(len(rows[0]) if rows else 0):
            page.set_column(column, column, min(48, max(8, *(len(row[column]) + 2 for row in rows))))
        page.freeze_panes(1, 0)
        page.ignore_errors({"number_stored_as_text": f"A1:Z{len(rows) + 1}"})
    return out.getvalue()
