"""Which row of a table holds the headings, and which column is which, in Danish and English."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.rotation.rules.week_cell import read_text
from branding.rotation.values import Cell, Formula, Rows


class Column(StrEnum):
    WEEKS = "weeks"
    YEAR = "year"
    AREA = "area"
    UNIT = "unit"
    RESPONSIBLE = "responsible"
    PROFESSION = "profession"
    TOPIC = "topic"
    NOTE = "note"
    STATUS = "status"


_WORDS: dict[Column, str] = {
    Column.WEEKS: "uge uger ugenr ugenumre ugenummer week weeks weekno weeknumber ugeuger",
    Column.YEAR: "år aar year",
    Column.AREA: "specialområde specialområder område area speciality forvaltning center",
    Column.UNIT: "afdeling afdelinger enhed enheder unit department arbejdsplads sted team institution hvem",
    Column.RESPONSIBLE: "ansvarlig ansvarlige responsible ansvar",
    Column.PROFESSION: "faggruppe faggrupper profession professions fag stilling",
    Column.TOPIC: "emne emner topic tema theme indhold",
    Column.NOTE: "note noter notes bemærkning bemærkninger remark remarks kommentar kommentarer",
    Column.STATUS: "status",
}
_COLUMN_OF = {word: column for column, words in _WORDS.items() for word in words.split()}

#: Titles and notes may stand above the headings, but not a whole page of them.
_DEEPEST_HEADING = 40


@dataclass(frozen=True, slots=True)
class Headings:
    """``at`` is the index of the heading row; ``columns`` say where each thing stands."""

    at: int
    columns: dict[Column, int]
    names: dict[Column, str]
    unused: tuple[str, ...]


def find_headings(rows: Rows) -> Headings:
    """The first row that names the weeks and who has them; RuleBroken when no row does."""
    for at, row in enumerate(rows[:_DEEPEST_HEADING]):
        columns, names, unused = _columns(row)
        if Column.WEEKS in columns and columns.keys() & {Column.UNIT, Column.AREA, Column.RESPONSIBLE}:
            return Headings(at, columns, names, tuple(unused))
    raise RuleBroken(
        "no_headings",
        say(
            "We found no row of headings. The table needs a column with the heading Uge and one with the "
            "heading Afdeling, Specialområde or Ansvarlig."
        ),
        "table",
    )


def _columns(row: list[Cell]) -> tuple[dict[Column, int], dict[Column, str], list[str]]:
    columns: dict[Column, int] = {}
    names: dict[Column, str] = {}
    unused: list[str] = []
    for place, cell in enumerate(row):
        shown = " ".join(read_text(cell).split())
        if not shown or isinstance(cell, Formula):
            continue
        column = _column(shown)
        if column is None or column in columns:
            unused.append(shown[:80])
        else:
            columns[column], names[column] = place, shown[:80]
    return columns, names, unused


def _column(heading: str) -> Column | None:
    """``Ugenr (måned)`` is ``ugenr``; ``Uge nr.`` too; ``Specialområde/afdeling`` goes by its first word."""
    plain = re.sub(r"\([^()]*\)", " ", heading.casefold())
    whole = re.sub(r"[\W_]+", "", plain)
    if whole in _COLUMN_OF:
        return _COLUMN_OF[whole]
    parts = re.split(r"\s*[/,&]\s*|\s+(?:og|and|eller|or)\s+", plain.strip())
    first = re.sub(r"[\W_]+", "", parts[0])
    return _COLUMN_OF.get(first) if len(parts) > 1 else None
