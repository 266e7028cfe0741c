"""Tables in text: CSV in its Danish dialects, and what the clipboard gives."""

from __future__ import annotations

import csv
import re
from collections import Counter
from html.parser import HTMLParser

from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.rotation.spreadsheet import guard
from branding.rotation.values import Cell, Formula, Rows

#: In this order: a tab never stands inside a cell, a comma often does.
_DELIMITERS = ("\t", ";", "|", ",")
#: A last line of our own: a quotation mark that is never closed swallows it.
_END = "\x1eend"
_RULER = re.compile(r"[\s|:+=-]*")
_GUARDED = re.compile(r"'+[=+\-@\t]")


def decode(data: bytes) -> str:
    """UTF-8, UTF-16 with its mark, or Windows-1252, which Danish Excel still writes."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\x00" in data:
        raise guard.broken("file_is_binary")
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise guard.broken("file_is_binary")


def read(text: str) -> Rows:
    """Rows of any table in text; the kind of table is judged by its content."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    if re.search(r"<t[rd][\s>]", text, re.IGNORECASE):
        return _from_html(text)
    delimiter = _delimiter(text)
    if delimiter is None:
        return [[_cell(cell) for cell in re.split(r" {2,}", line.strip())] for line in text.split("\n")]
    found = _split(f"{text}\n{_END}", delimiter)
    if found.pop() != [_END]:
        raise _unclosed()
    rows: Rows = [[_cell(cell) for cell in row] for row in found]
    return [_unframed(row) for row in rows] if delimiter == "|" else rows


def unguarded(cell: str) -> str:
    """Without the apostrophe that our own export puts before what a spreadsheet would take for a formula."""
    return cell[1:] if _GUARDED.match(cell) else cell


def _cell(cell: str) -> Cell:
    cell = cell.strip(" \u00a0")
    return Formula(cell) if cell.startswith("=") else unguarded(cell)


def _delimiter(text: str) -> str | None:
    """The one that gives most rows the same number of cells."""
    sample = "\n".join([line for line in text.split("\n") if line.strip()][:200])
    for delimiter in _DELIMITERS:
        widths = Counter(len(row) for row in _split(sample, delimiter) if row)
        width, rows = max(widths.items(), key=lambda pair: pair[1], default=(1, 0))
        if width > 1 and rows * 2 >= sum(widths.values()):
            return delimiter
    return None


def _split(text: str, delimiter: str) -> list[list[str]]:
    # Only a real line break ends a row: the reader must not be given pieces of its own making.
    lines = (f"{line}\n" for line in text.split("\n"))
    try:
        return list(csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        raise _unclosed() from None


def _unclosed() -> RuleBroken:
    message = say("A quotation mark in the table is never closed. Remove it, or write it twice.")
    return RuleBroken("quote_not_closed", message, "file")


def _unframed(row: list[Cell]) -> list[Cell]:
    """A table drawn with ``|`` has frames at its ends and a ruler under its headings."""
    if all(isinstance(cell, str) and _RULER.fullmatch(cell) for cell in row):
        return []
    if row and row[0] == "":
        row = row[1:]
    return row[:-1] if row and row[-1] == "" else row


def _from_html(text: str) -> Rows:
    reader = _Html()
    reader.feed(text)
    reader.close()
    return reader.rows


class _Html(HTMLParser):
    """The cells of the tables in a piece of HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: Rows = []
        self._text: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self._text = []
        elif tag in ("br", "p", "div") and self._text is not None:
            self._text.append("\n")

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(" ".join(data.split("\n")))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._text is not None:
            if not self.rows:
                self.rows.append([])
            self.rows[-1].append(_cell("".join(self._text).strip()))
            self._text = None
