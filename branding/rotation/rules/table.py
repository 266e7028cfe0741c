"""From the cells of a table to rows understood: turns, holidays, and what is wrong with the rest."""

from __future__ import annotations

import re
from collections.abc import Sequence

from branding.core.errors import RuleBroken
from branding.core.isoweek import Week
from branding.core.text import Text, say
from branding.organisation.values import UnitView
from branding.rotation.rules.headings import Column, Headings, find_headings
from branding.rotation.rules.names import UnitNames, fold
from branding.rotation.rules.overlaps import overlaps
from branding.rotation.rules.week_cell import read_text, read_weeks
from branding.rotation.values import (
    LENGTHS,
    Block,
    Cell,
    Formula,
    HolidayRow,
    Problem,
    Rows,
    SlotRow,
    SlotStatus,
    Table,
)

_STATUS = {
    SlotStatus.CONFIRMED: "fast bekræftet confirmed aftalt fixed",
    SlotStatus.TENTATIVE: "foreløbig tentative usikker måske",
    SlotStatus.CANCELLED: "aflyst cancelled canceled",
}
_STATUS_OF = {word: status for status, words in _STATUS.items() for word in words.split()}
_PARENTHESES = re.compile(r"\((.*)\)", re.DOTALL)
_HOLIDAY_WORDS = re.compile(r"(?:\w*ferie\w*|lukke?t?|lukkeuger?|holiday|holidays|closed)", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u2028\u2029]")


def read_table(
    rows: Rows,
    *,
    year: int,
    units: Sequence[UnitView],
    area_id: int | None = None,
    accept_new_units: bool = False,
) -> Table:
    """Understand every row.  ``year`` is the plan's year; unknown units may be accepted as new ones."""
    headings = find_headings(rows)
    reader = _Reader(headings, UnitNames(units, area_id), year, accept_new_units)
    for at in range(headings.at + 1, len(rows)):
        reader.read(at + 1, rows[at])
    if not reader.rows and not reader.problems:
        raise RuleBroken("no_rows", say("There are no rows under the headings."), "table")
    problems = reader.problems + overlaps(reader.rows, headings.names[Column.WEEKS])
    return Table(
        tuple(reader.rows),
        tuple(sorted(problems, key=lambda problem: problem.row)),
        tuple(reader.unknown.values()),
        headings.unused,
        headings.names[Column.WEEKS],
    )


def clean(cell: Cell, *, lines: bool = False) -> str:
    """A cell's text without control characters and superfluous spaces; ``lines`` keeps line breaks."""
    text = read_text(cell).replace("\r\n", "\n").replace("\r", "\n")
    kept = [" ".join(_CONTROL.sub(" ", line).split()) for line in text.split("\n")]
    return "\n".join(kept).strip() if lines else " ".join(" ".join(kept).split())


def holiday_name(text: str) -> str | None:
    """The holiday that a unit or topic cell means: ``(efterårsferie)``, ``ferie``, ``lukket``; else None."""
    inside = _PARENTHESES.fullmatch(text)
    if inside:
        return " ".join(inside[1].split()) or None
    return text if _HOLIDAY_WORDS.fullmatch(text) else None


class _Reader:
    """Reads row by row, because a year and a duplicate depend on the rows above."""

    def __init__(self, headings: Headings, names: UnitNames, year: int, accept_new_units: bool) -> None:
        self._columns, self._headings, self._names = headings.columns, headings.names, names
        self._year, self._accept = year, accept_new_units
        self._before: Week | None = None
        # A table without units goes by who is responsible (the roll-out of 2022).
        self._unit = next(c for c in (Column.UNIT, Column.AREA, Column.RESPONSIBLE) if c in headings.columns)
        self.rows: list[SlotRow | HolidayRow] = []
        self.problems: list[Problem] = []
        self.unknown: dict[str, str] = {}

    def read(self, row: int, cells: list[Cell]) -> None:
        values = {column: cells[at] if at < len(cells) else None for column, at in self._columns.items()}
        texts = {column: clean(cell, lines=column is Column.NOTE) for column, cell in values.items()}
        if not any(texts.values()) or self._is_headings(texts):
            return
        before = len(self.problems)
        self._check_cells(row, values, texts)
        block = self._block(row, values, texts) if len(self.problems) == before else None
        if block is None:
            return
        who = texts[self._unit] or texts.get(Column.AREA, "")
        holiday = self._holiday(row, who, texts)
        if holiday and len(self.problems) == before:
            self.rows.append(HolidayRow(row, block, holiday[: LENGTHS["holiday"]]))
        elif not holiday:
            self._read_slot(row, block, who, texts)

    def _read_slot(self, row: int, block: Block, who: str, texts: dict[Column, str]) -> None:
        unit_id, status = self._unit_id(row, who, texts), self._status(row, texts)
        responsible = texts.get(Column.RESPONSIBLE) if self._unit is not Column.RESPONSIBLE else None
        profession, topic = texts.get(Column.PROFESSION), texts.get(Column.TOPIC)
        note = texts.get(Column.NOTE)
        self.rows.append(SlotRow(row, block, who, unit_id, profession, topic, responsible, note, status))

    def _is_headings(self, texts: dict[Column, str]) -> bool:
        """Long tables repeat their headings on each page."""
        return all(texts[column] == name for column, name in self._headings.items())

    def _problem(self, row: int, column: Column, read: str, text: Text) -> None:
        self.problems.append(Problem(row, self._headings[column], read[:120], text))

    def _check_cells(self, row: int, values: dict[Column, Cell], texts: dict[Column, str]) -> None:
        for column, cell in values.items():
            if isinstance(cell, Formula):
                text = say(
                    "This is a formula. Write the value itself, or save the file again in your spreadsheet."
                )
                self._problem(row, column, cell.text, text)
        for column in (
            Column.UNIT,
            Column.AREA,
            Column.RESPONSIBLE,
            Column.PROFESSION,
            Column.TOPIC,
            Column.NOTE,
        ):
            most = LENGTHS.get(column.value, LENGTHS["unit"])
            if len(texts.get(column, "")) > most:
                text = say(
                    "The text has %(length)s characters. At most %(most)s fit.",
                    length=len(texts[column]),
                    most=most,
                )
                self._problem(row, column, texts[column], text)

    def _block(self, row: int, values: dict[Column, Cell], texts: dict[Column, str]) -> Block | None:
        year, before = self._year, self._before
        if texts.get(Column.YEAR):
            if not re.fullmatch(r"20\d\d", texts[Column.YEAR]):
                self._problem(row, Column.YEAR, texts[Column.YEAR], say("Write a year, for example 2022."))
                return None
            year, before = int(texts[Column.YEAR]), None
        if not texts[Column.WEEKS]:
            text = say("The week is missing. Write it on every row, also where cells were merged.")
            self._problem(row, Column.WEEKS, "", text)
            return None
        try:
            block = read_weeks(values[Column.WEEKS], year, before)
        except RuleBroken as error:
            self._problem(row, Column.WEEKS, texts[Column.WEEKS], error.text)
            return None
        self._before = block.last
        return block

    def _holiday(self, row: int, who: str, texts: dict[Column, str]) -> str | None:
        topic = texts.get(Column.TOPIC, "")
        name = None if self._names.find(who) else holiday_name(who)
        if name:
            return name
        named = holiday_name(topic)
        if named and not who:
            return named
        if named and _HOLIDAY_WORDS.fullmatch(named) and named != topic:
            text = say("The row has both a unit and a holiday. Delete the one that is wrong.")
            self._problem(row, Column.TOPIC, topic, text)
        return None

    def _status(self, row: int, texts: dict[Column, str]) -> SlotStatus | None:
        if Column.STATUS not in texts:
            return None
        written = texts[Column.STATUS].casefold()
        if written and written not in _STATUS_OF:
            self._problem(row, Column.STATUS, texts[Column.STATUS], say("Write fast, foreløbig or aflyst."))
        return _STATUS_OF.get(written, SlotStatus.CONFIRMED)

    def _unit_id(self, row: int, who: str, texts: dict[Column, str]) -> int | None:
        if not who:
            text = say(
                "The unit is missing. Write whose turn it is, (ferie) when nobody has it, or delete the row."
            )
            self._problem(row, self._unit, "", text)
            return None
        found = self._names.find(who, texts.get(Column.AREA, ""))
        if len(found) == 1:
            return found[0].id
        if found:
            text = say(
                "%(count)s units have this name. Choose a specialområde for the plan.", count=len(found)
            )
            self._problem(row, self._unit, who, text)
            return None
        self.unknown.setdefault(fold(who), who)
        if not self._accept:
            self._problem(row, self._unit, who, self._unknown(who))
        return None

    def _unknown(self, who: str) -> Text:
        near = self._names.near(who)
        if near:
            return say("We do not know this unit. Did you mean %(names)s?", names=", ".join(near))
        return say(
            "We do not know this unit. Write the name as it is in the organisation, or create the unit."
        )
