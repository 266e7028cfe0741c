"""What a file may be at most.  Everything is measured before a parser gets to see it."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from xml.parsers import expat

from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.rotation.values import Cell, Rows

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 5_000
MOST_COLUMNS = 40
#: Titles, headings and empty rows between the data.
_ROWS_BESIDES = 1_000
_MOST_ENTRIES = 400
_MOST_UNPACKED = 60 * 1024 * 1024
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")


def broken(code: str = "file_broken") -> RuleBroken:
    text = say(
        "The file cannot be read as a table. Open it in a spreadsheet and save it again as XLSX or CSV."
    )
    return RuleBroken(code, text, "file")


def too_wide(field_name: str = "file") -> RuleBroken:
    text = say("The table has more than %(most)s columns. Keep the ones that matter.", most=MOST_COLUMNS)
    return RuleBroken("too_many_columns", text, field_name)


def too_long(field_name: str = "file") -> RuleBroken:
    text = say("The table has more than %(most)s rows. Split it in smaller ones.", most=MOST_ROWS)
    return RuleBroken("too_many_rows", text, field_name)


def limited(rows: Rows, field_name: str) -> Rows:
    """The rows without trailing empty cells and rows; RuleBroken when there are too many."""
    trimmed = [_trimmed(row) for row in rows]
    while trimmed and not trimmed[-1]:
        trimmed.pop()
    if sum(1 for row in trimmed if row) > MOST_ROWS + 50:
        raise too_long(field_name)
    if any(len(row) > MOST_COLUMNS for row in trimmed):
        raise too_wide(field_name)
    return trimmed


def _trimmed(row: list[Cell]) -> list[Cell]:
    end = len(row)
    while end and (row[end - 1] is None or row[end - 1] == ""):
        end -= 1
    return row[:end]


def unpacked(data: bytes) -> dict[str, bytes]:
    """The XML parts of a zipped spreadsheet, each really unpacked and counted while it is."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > _MOST_ENTRIES or sum(entry.file_size for entry in entries) > _MOST_UNPACKED:
                raise _bomb()
            return dict(_parts(archive, entries))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, ValueError, EOFError):
        raise broken() from None


def _parts(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> Iterator[tuple[str, bytes]]:
    seen, total = set(), 0
    for entry in entries:
        if entry.filename in seen or entry.flag_bits & 0x1:
            raise broken()
        seen.add(entry.filename)
        if not entry.filename.endswith((".xml", ".rels", "mimetype")):
            continue
        with archive.open(entry) as part:
            content = part.read(_MOST_UNPACKED - total + 1)
        total += len(content)
        if total > _MOST_UNPACKED:
            raise _bomb()
        yield entry.filename, content


def _bomb() -> RuleBroken:
    text = say("The file unpacks to far more than a rotation needs. Copy the table into a new file.")
    return RuleBroken("file_unpacks_too_large", text, "file")


def packed(parts: dict[str, bytes]) -> BytesIO:
    """The same parts as a plain archive, so that the parser sees exactly what was measured."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    file.seek(0)
    return file


@dataclass
class SheetGuard:
    """Walks through the XML of a sheet, refuses what is too large, finds formulas without a value.

    The parser behind allocates rows × columns: one cell in XFD1048576 would take all memory.
    """

    formulas: dict[str, set[tuple[int, int]]] = field(default_factory=dict)
    _sheet: str = ""
    _row: int = 0
    _column: int = 0
    _repeat_row: int = 1
    _repeat: int = 1
    _is_formula: bool = False
    _has_parts: bool = False
    _has_value: bool = False
    _in_cell: bool = False
    _in_formula: bool = False

    def walk(self, content: bytes, sheet: str = "") -> None:
        """``sheet`` names an XLSX sheet; the sheets of an ODS name themselves."""
        self._sheet, self._row = sheet, 0
        parser = expat.ParserCreate(namespace_separator=None)
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._refuse
        try:
            parser.Parse(content, True)
        except (expat.ExpatError, ValueError):
            raise broken() from None

    def _refuse(self, *_: Any) -> None:
        raise broken("file_has_doctype")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if self._in_cell:
            self._has_parts = True
            self._in_formula = name == "f"
            self._is_formula = self._is_formula or self._in_formula
        elif name == "table" and "table:name" in attributes:
            self._sheet, self._row = attributes["table:name"], 0
        elif name in ("row", "table-row"):
            self._begin_row(attributes)
        elif name in ("c", "table-cell", "covered-table-cell"):
            self._begin_cell(attributes)

    def _begin_row(self, attributes: dict[str, str]) -> None:
        self._repeat_row = _count(attributes.get("table:number-rows-repeated"))
        self._row = int(attributes["r"]) if "r" in attributes else self._row + 1
        self._column = 0

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self._in_cell = True
        self._repeat = _count(attributes.get("table:number-columns-repeated"))
        self._is_formula = "table:formula" in attributes
        self._has_value = bool(attributes.get("office:value") or attributes.get("office:date-value"))
        self._has_parts = "office:value-type" in attributes or self._is_formula
        self._column += 1
        if "r" in attributes:
            self._row, self._column = _place(attributes["r"])

    def _text(self, text: str) -> None:
        # The text of <f> is the formula itself; it stands before the value.
        if self._in_cell and text.strip() and not self._in_formula:
            self._has_value = True

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == "f":
            self._in_formula = False
        elif name in ("c", "table-cell", "covered-table-cell") and self._in_cell:
            self._end_cell()
        elif name == "table-row":
            self._row += self._repeat_row - 1
            if self._row > 1_100_000:
                raise broken()

    def _end_cell(self) -> None:
        self._in_cell = False
        last_column = self._column + self._repeat - 1
        if self._has_parts:
            if self._row + self._repeat_row - 1 > MOST_ROWS + _ROWS_BESIDES:
                raise too_long()
            if last_column > MOST_COLUMNS:
                raise too_wide()
            if self._is_formula and not self._has_value:
                self.formulas.setdefault(self._sheet, set()).add((self._row, self._column))
        self._column = last_column


def _count(written: str | None) -> int:
    count = int(written) if written else 1
    if not 1 <= count <= 1_100_000:
        raise broken()
    return count


def _place(reference: str) -> tuple[int, int]:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise broken()
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column
