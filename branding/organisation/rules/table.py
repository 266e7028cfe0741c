"""A table of units as people keep it: from bytes to lines that are understood, or say why not."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from branding.core.errors import RuleBroken
from branding.core.text import Text, say
from branding.organisation.rules.names import LONGEST_NAME, LONGEST_SHORT, clean
from branding.organisation.values import Fault, LineKind, UnitKind, UnitLine, UnitTable, UnitView

LONGEST_TEXT = 500_000
MOST_LINES = 2_000

#: A last line of our own: a quotation mark that is never closed swallows it.
_END = "\x1eend"
_AREA, _SHORT, _DEPARTMENT = "area", "short_name", "department"
_IN_AREA = say("Area")
_HEADINGS = {
    "specialområde": _AREA,
    "specialomraade": _AREA,
    "område": _AREA,
    "forvaltning": _AREA,
    "center": _AREA,
    "area": _AREA,
    "kortnavn": _SHORT,
    "forkortelse": _SHORT,
    "short name": _SHORT,
    "short": _SHORT,
    "afdeling": _DEPARTMENT,
    "tilbud": _DEPARTMENT,
    "enhed": _DEPARTMENT,
    "department": _DEPARTMENT,
    "unit": _DEPARTMENT,
}


def decode(data: bytes) -> str:
    """UTF-8 as most programs write it, else Windows-1252 as Danish Excel does."""
    if data.startswith(b"PK\x03\x04") or b"\x00" in data:
        raise RuleBroken(
            "not_csv", say("This is not a CSV file. In Excel, choose Save as, and then CSV."), "file"
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def read(text: str, known: Iterable[UnitView]) -> UnitTable:
    """Every line as understood.  RuleBroken when there is no table to read at all."""
    if len(text) > LONGEST_TEXT:
        raise _no_table("table_long", say("The table is too long. Divide it into smaller ones."))
    rows = _rows(text)
    if len(rows) > MOST_LINES:
        raise _no_table(
            "table_long",
            say("The table has more than %(count)s lines. Divide it into smaller ones.", count=MOST_LINES),
        )
    head = next((number for number, row in enumerate(rows) if any(map(str.strip, row))), None)
    if head is None:
        raise _no_table("table_empty", say("There is nothing in the table."))
    columns = _columns(rows[head])
    return UnitTable(text, tuple(_lines(rows[head + 1 :], head + 2, columns, _Known(known))))


def _rows(text: str) -> list[list[str]]:
    lines = io.StringIO(f"{text}\n{_END}", newline="")
    try:
        rows = list(csv.reader(lines, delimiter=_delimiter(text), strict=False))
    except csv.Error:
        rows = []
    if not rows or rows.pop() != [_END]:
        raise _no_table(
            "quote_not_closed",
            say("A quotation mark in the table is never closed. Remove it, or write it twice."),
        )
    return rows


def _no_table(code: str, text: Text) -> RuleBroken:
    return RuleBroken(code, text, "file")


def _delimiter(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(";\t,", key=first.count)


def _columns(row: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        meaning = _HEADINGS.get(clean(cell).casefold())
        if meaning:
            found.setdefault(meaning, place)
    if _AREA not in found:
        raise _no_table(
            "no_headings",
            say("The first line must hold headings, and one of them must be Specialområde."),
        )
    return found


class _Known:
    """The units that are there, those of earlier lines included."""

    def __init__(self, units: Iterable[UnitView]) -> None:
        self.areas: dict[str, str] = {}
        self.short_names: dict[str, str] = {}
        self.departments: set[tuple[str, str]] = set()
        self.put_away: set[str] = set()
        units = list(units)
        for unit in units:
            if unit.kind == UnitKind.AREA:
                self.add_area(unit.name, unit.short_name)
                self.put_away |= {unit.name.casefold()} if unit.is_archived else set()
        names = {unit.area_id: unit.name for unit in units if unit.kind == UnitKind.AREA}
        for unit in units:
            if unit.kind == UnitKind.DEPARTMENT:
                self.departments.add((names.get(unit.area_id, "").casefold(), unit.name.casefold()))

    def add_area(self, name: str, short_name: str) -> None:
        self.areas[name.casefold()] = name
        if short_name:
            self.areas.setdefault(short_name.casefold(), name)
        self.short_names[name.casefold()] = short_name


def _lines(rows: list[list[str]], first: int, columns: dict[str, int], known: _Known) -> Iterator[UnitLine]:
    area_above = ""
    for number, row in enumerate(rows, first):
        cells = {name: clean(row[place]) if place < len(row) else "" for name, place in columns.items()}
        if not any(cells.values()):
            continue
        # Merged cells in Excel leave the area out on the lines below the first.
        area = cells.get(_AREA) or area_above
        area_above = area
        yield _line(number, area, cells.get(_SHORT, ""), cells.get(_DEPARTMENT, ""), known)


def _line(number: int, area: str, short: str, department: str, known: _Known) -> UnitLine:
    faults = tuple(_faults(area, short, department, known))
    if faults:
        return UnitLine(number, area, short, department, LineKind.FAULTY, faults)
    kind = LineKind.KNOWN
    if area.casefold() not in known.areas:
        known.add_area(area, short)
        kind = LineKind.NEW_AREA
    key = (known.areas[area.casefold()].casefold(), department.casefold())
    if department and key not in known.departments:
        known.departments.add(key)
        kind = LineKind.NEW_DEPARTMENT if kind == LineKind.KNOWN else kind
    return UnitLine(number, area, short, department, kind)


def _faults(area: str, short: str, department: str, known: _Known) -> Iterator[Fault]:
    too_long = say("Write at most %(count)s characters.", count=LONGEST_NAME)
    if not area:
        yield Fault(_IN_AREA, "", say("Write which area the department belongs to."))
        return
    if len(area) > LONGEST_NAME:
        yield Fault(_IN_AREA, area[:60], too_long)
    if len(department) > LONGEST_NAME:
        yield Fault(say("Department"), department[:60], too_long)
    if len(short) > LONGEST_SHORT:
        yield Fault(
            say("Short name"), short[:60], say("Write at most %(count)s characters.", count=LONGEST_SHORT)
        )
        return
    name = known.areas.get(area.casefold())
    key = (name or "").casefold()
    if key in known.put_away and department and (key, department.casefold()) not in known.departments:
        yield Fault(_IN_AREA, area, say("Its area has been put away. Take the area out again first."))
    has = known.short_names.get(key, "")
    if name and short and short.casefold() != has.casefold():
        text = say(
            "%(area)s has the short name “%(short)s” here. Change it on the area's own page.",
            area=name,
            short=has,
        )
        yield Fault(say("Short name"), short, text)
    if not name and short and short.casefold() in known.areas:
        owner = known.areas[short.casefold()]
        yield Fault(say("Short name"), short, say("%(area)s has this short name already.", area=owner))
