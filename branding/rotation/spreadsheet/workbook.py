"""XLSX and ODS through calamine: measured first, then read, formulas without a value marked."""

from __future__ import annotations

import posixpath
from typing import Any
from xml.etree import ElementTree

from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.rotation.spreadsheet import guard
from branding.rotation.spreadsheet.text import unguarded
from branding.rotation.values import Cell, Formula, Rows

_BOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"


def read(data: bytes) -> Rows:
    """The first visible sheet that holds anything."""
    parts = guard.unpacked(data)
    found = guard.SheetGuard()
    if _BOOK in parts:
        sheets = _xlsx_sheets(parts)
        # Only the sheets that are read need to be small: others may hold anything.
        for name, path in sheets:
            found.walk(parts.get(path, b"<worksheet/>"), name)
            rows = _rows(parts, name, found)
            if any(any(cell not in (None, "") for cell in row) for row in rows):
                return rows
        return []
    if "content.xml" in parts:
        found.walk(parts["content.xml"])
        return _rows(parts, None, found)
    raise RuleBroken(
        "file_is_no_table", say("The file is no spreadsheet. Save the table as XLSX, ODS or CSV."), "file"
    )


def _xlsx_sheets(parts: dict[str, bytes]) -> list[tuple[str, str]]:
    """Name and part of each visible sheet, in the order of the tabs."""
    try:
        relations = _tree(parts.get(_RELATIONS, b"<none/>"))
        targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
        sheets = [element for element in _tree(parts[_BOOK]).iter() if element.tag.endswith("}sheet")]
    except ElementTree.ParseError:
        raise guard.broken() from None
    found = []
    for sheet in sheets:
        key = next((value for name, value in sheet.items() if name.endswith("}id")), None)
        target = targets.get(key, "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        if sheet.get("state", "visible") == "visible" and path in parts:
            found.append((sheet.get("name", ""), path))
    return found


def _tree(content: bytes) -> ElementTree.Element:
    """Parsed after a look for entities: they have no place in a spreadsheet, and only they are dangerous."""
    if b"\x00" in content or b"<!" in content.replace(b"<!--", b""):
        raise guard.broken("file_has_doctype")
    return ElementTree.fromstring(content)  # noqa: S314


def _rows(parts: dict[str, bytes], name: str | None, found: guard.SheetGuard) -> Rows:
    from python_calamine import CalamineWorkbook

    try:
        with CalamineWorkbook.from_filelike(guard.packed(parts)) as book:
            name = book.sheet_names[0] if name is None else name
            raw = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except RuleBroken:
        raise
    except BaseException as error:
        # A panic in the parser comes as a BaseException of its own; the rest is not ours to catch.
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise guard.broken() from None
        raise
    rows: Rows = [[_cell(value) for value in row] for row in raw]
    for row, column in found.formulas.get(name, ()):
        _mark(rows, row - 1, column - 1)
    return rows


def _cell(value: Any) -> Cell:
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, str):
        return unguarded(value)
    # Times and durations mean nothing here, but the message should show what was read.
    return value if isinstance(value, (int, float)) or hasattr(value, "year") else str(value)


def _mark(rows: Rows, row: int, column: int) -> None:
    while len(rows) <= row:
        rows.append([])
    rows[row] += [None] * (column + 1 - len(rows[row]))
    rows[row][column] = Formula("=")
