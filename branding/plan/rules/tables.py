"""Reading a table of activities: which column is which, and what its cells mean.  The headings are Danish,
as people write them and as our own export does; the export reads back as it was."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from branding.core.errors import RuleBroken
from branding.core.spreadsheet import storable
from branding.core.text import Text, say
from branding.plan.rules.activities import check_activity
from branding.plan.rules.times import read_day, read_time
from branding.plan.values import ActivityKind, ActivityRequest, ActivityView, Fault, Status, TableRow
from branding.rotation.values import Cell, Formula, Rows


class Column(StrEnum):
    """In the order in which they are exported; the values are the headings."""

    TITLE = "Titel"
    CHANNEL = "Kanal"
    KIND = "Slags"
    STARTS = "Fra"
    ENDS = "Til"
    AT = "Tid"
    STATUS = "Status"
    UNIT = "Enhed"
    AUDIENCE = "Målgruppe"
    GOAL = "Formål"
    RESPONSIBLE = "Ansvarlig"
    LINK = "Link"
    NOTE = "Note"
    INITIATIVE = "Indsats"
    FORMAT = "Fast format"
    SLOT = "Plads"


_ALSO = {
    "aktivitet": Column.TITLE, "emne": Column.TITLE, "title": Column.TITLE, "channel": Column.CHANNEL,
    "dato": Column.STARTS, "start": Column.STARTS, "første dag": Column.STARTS, "from": Column.STARTS,
    "slut": Column.ENDS, "sidste dag": Column.ENDS, "to": Column.ENDS, "klokken": Column.AT, "kl": Column.AT,
    "specialområde": Column.UNIT, "afdeling": Column.UNIT, "mål": Column.GOAL, "maalgruppe": Column.AUDIENCE,
    "type": Column.KIND, "bemærkning": Column.NOTE, "unit": Column.UNIT, "responsible": Column.RESPONSIBLE,
}  # fmt: skip
_NAMES = {column.value.casefold(): column for column in Column} | _ALSO
#: What the cells say, as the export writes them.
KIND_WORDS: Mapping[ActivityKind, str] = {
    ActivityKind.POST: "opslag",
    ActivityKind.VIDEO: "video",
    ActivityKind.PRESS: "presse",
    ActivityKind.FAIR: "messe",
    ActivityKind.VISIT: "besøg",
    ActivityKind.JOB_POST: "jobopslag",
    ActivityKind.CAMPAIGN: "kampagne",
    ActivityKind.AMBASSADOR_SHARE: "ambassadørdeling",
    ActivityKind.OTHER: "andet",
}
#: What the pages call them, for those who write what they see.
_ALSO_KINDS = {
    "presseindlæg": ActivityKind.PRESS,
    "ambassadører deler": ActivityKind.AMBASSADOR_SHARE,
    "noget andet": ActivityKind.OTHER,
}
STATUS_WORDS: Mapping[Status, str] = {
    Status.IDEA: "idé",
    Status.PLANNED: "planlagt",
    Status.IN_PROGRESS: "i gang",
    Status.DONE: "færdig",
    Status.CANCELLED: "aflyst",
}
#: The longest text of each column.
_MOST = {
    Column.TITLE: 160, Column.AUDIENCE: 200, Column.GOAL: 300, Column.RESPONSIBLE: 120, Column.NOTE: 2000,
    Column.INITIATIVE: 64,
}  # fmt: skip
_DEEPEST_HEADING = 20
_FORMULA = say("This is a formula. Write the value itself, or save the file again in your spreadsheet.")


def find_headings(rows: Rows) -> tuple[int, dict[Column, int], tuple[str, ...]]:
    """Where the headings stand, which column is which, and those that nobody knows."""
    for at, row in enumerate(rows[:_DEEPEST_HEADING]):
        columns: dict[Column, int] = {}
        unused = []
        for place, cell in enumerate(row):
            heading = " ".join(str(cell or "").split())
            column = _NAMES.get(heading.casefold().rstrip(".:"))
            if column is not None and column not in columns:
                columns[column] = place
            elif heading:
                unused.append(heading[:60])
        if {Column.TITLE, Column.CHANNEL, Column.STARTS} <= columns.keys():
            return at, columns, tuple(unused)
    text = say("We found no row of headings. The table needs the columns Titel, Kanal and Fra.")
    raise RuleBroken("no_headings", text, "file")


class Names:
    """What the words of the cells stand for here; small letters."""

    def __init__(
        self,
        channels: Mapping[str, int],
        units: Mapping[str, int],
        people: Mapping[str, int],
        formats: Mapping[str, int],
        usual_kinds: Mapping[int, ActivityKind],
    ) -> None:
        self.channels, self.units, self.people, self.formats = channels, units, people, formats
        self.usual_kinds = usual_kinds


def read_row(number: int, cells: Mapping[Column, Cell], names: Names) -> TableRow:
    """One row as it was understood."""
    return _Reading(cells, names).row(number)


class _Reading:
    """Collects what is wrong with a row instead of stopping at the first cell."""

    def __init__(self, cells: Mapping[Column, Cell], names: Names) -> None:
        self.cells, self.names = cells, names
        self.faults: list[Fault] = []
        self.notes: list[Text] = []

    def row(self, number: int) -> TableRow:
        for column, cell in self.cells.items():
            if isinstance(cell, Formula) and not cell.text.strip("= "):
                self._fault(column, _FORMULA)
        request = self._request()
        shown = tuple(self.text(column) for column in Column)
        if self.faults:
            return TableRow(number, shown, None, tuple(self.faults), tuple(self.notes))
        try:
            request = check_activity(request)
        except RuleBroken as error:
            at = {"link": Column.LINK, "title": Column.TITLE, "ends_on": Column.ENDS}.get(error.field or "")
            self._fault(at or Column.STARTS, error.text)
            return TableRow(number, shown, None, tuple(self.faults), tuple(self.notes))
        return TableRow(number, shown, request, (), tuple(self.notes))

    def text(self, column: Column) -> str:
        cell = self.cells.get(column)
        if isinstance(cell, Formula):
            cell = cell.text
        if isinstance(cell, float) and cell.is_integer():
            return str(int(cell))
        if isinstance(cell, date):
            return f"{cell:%d-%m-%Y}"
        return storable(str(cell or "")).strip()

    def _request(self) -> ActivityRequest:
        starts_on = self.day(Column.STARTS) or date(2000, 1, 1)
        responsible = self.limited(Column.RESPONSIBLE)
        person = self.names.people.get(responsible.casefold())
        format_id, slot_on = self._slot()
        channel_id = self.known(Column.CHANNEL, self.names.channels) or 0
        usual = self.names.usual_kinds.get(channel_id, ActivityKind.OTHER)
        return ActivityRequest(
            title=self.limited(Column.TITLE) or self._needed(Column.TITLE),
            channel_id=channel_id,
            kind=self.word(Column.KIND, KIND_WORDS, usual, _ALSO_KINDS),
            starts_on=starts_on,
            ends_on=(self.day(Column.ENDS) if self.text(Column.ENDS) else None) or starts_on,
            status=self.word(Column.STATUS, STATUS_WORDS, Status.PLANNED),
            at=self.time(),
            unit_id=self.known(Column.UNIT, self.names.units) if self.text(Column.UNIT) else None,
            audience=self.limited(Column.AUDIENCE),
            goal=self.limited(Column.GOAL),
            responsible_id=person,
            responsible_name="" if person else responsible,
            link=self.text(Column.LINK),
            note=self.limited(Column.NOTE),
            initiative_ref=self.limited(Column.INITIATIVE) or None,
            format_id=format_id,
            slot_on=slot_on,
        )

    def _slot(self) -> tuple[int | None, date | None]:
        """A format that is not here is no fault: the activity is planned without it."""
        name = self.text(Column.FORMAT)
        if not name or not self.text(Column.SLOT):
            return None, None
        format_id = self.names.formats.get(name.casefold())
        if format_id is None:
            self.notes.append(
                say("There is no format called “%(name)s” here: planned without it.", name=name)
            )
            return None, None
        day = self.day(Column.SLOT)
        return (format_id, day) if day else (None, None)

    def limited(self, column: Column) -> str:
        text, most = self.text(column), _MOST[column]
        if len(text) > most:
            self._fault(column, say("Write at most %(count)s characters.", count=most))
        return text

    def _needed(self, column: Column) -> str:
        self._fault(column, say("Fill in this field."))
        return ""

    def known(self, column: Column, names: Mapping[str, int]) -> int | None:
        text = self.text(column)
        found = names.get(" ".join(text.casefold().split()))
        if found is None:
            wrong = say("Nothing here has that name. Make it first, or put the name right.")
            self._fault(column, wrong if text else say("Fill in this field."))
        return found

    def word(
        self, column: Column, words: Mapping[Any, str], otherwise: Any, also: Mapping[str, Any] | None = None
    ) -> Any:
        text = self.text(column).casefold()
        if not text:
            return otherwise
        found = next((key for key, word in words.items() if text in (word, str(key))), (also or {}).get(text))
        if found is None:
            self._fault(column, say("Write one of these: %(words)s.", words=", ".join(words.values())))
            return otherwise
        return found

    def day(self, column: Column) -> date | None:
        cell, text = self.cells.get(column), self.text(column)
        if isinstance(cell, datetime):
            return cell.date()
        if isinstance(cell, date):
            return cell
        try:
            return read_day(text)
        except ValueError:
            self._fault(column, say("Write the day such as 17-10-2022."))
            return None

    def time(self) -> time | None:
        cell, text = self.cells.get(Column.AT), self.text(Column.AT)
        if not text:
            return None
        if isinstance(cell, float) and 0 <= cell < 1:  # a spreadsheet's time is a part of a day
            return (datetime(2000, 1, 1) + timedelta(minutes=round(cell * 1440))).time()  # noqa: DTZ001
        try:
            return read_time(re.sub(r"^(\d{1,2}:\d{2}):\d{2}$", r"\1", text))
        except ValueError:
            self._fault(Column.AT, say("Write the time such as 10.00."))
            return None

    def _fault(self, column: Column, text: Text) -> None:
        self.faults.append(Fault(say(column.value), self.text(column)[:80], text))


def written(one: ActivityView, unit: Callable[[int | None], str], formats: Mapping[int, str]) -> list[str]:
    """An activity as a row of the export."""
    return [
        one.title,
        one.channel.name,
        KIND_WORDS[one.kind],
        f"{one.starts_on:%d-%m-%Y}",
        f"{one.ends_on:%d-%m-%Y}",
        f"{one.at:%H.%M}" if one.at else "",
        STATUS_WORDS[one.status],
        unit(one.unit_id),
        one.audience,
        one.goal,
        one.responsible,
        one.link,
        one.note,
        one.initiative_ref or "",
        formats.get(one.format_id or 0, ""),
        f"{one.slot_on:%d-%m-%Y}" if one.slot_on else "",
    ]
