"""Week cells as people write them: ``33 + 34 (aug)``, ``Uge 33/34``, ``2022-W33``, ``52 + 1``.

Source of the shapes: the region's own tables, and what spreadsheets do to them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from branding.core.errors import RuleBroken
from branding.core.isoweek import Week, weeks_in
from branding.core.text import Text, say
from branding.rotation.values import MOST_WEEKS, Block, Cell, Formula

#: A fall of more than half a year from one row to the next is a New Year, not a mistake.
HALF_A_YEAR = 26

_MONTH = r"(?:jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec)[a-zæøå]*\.?"
_DATE = re.compile(
    r"\d{1,2}\s*[-./]\s*\d{1,2}\s*[-./]\s*\d{2,4}"
    r"|\d{4}-\d{1,2}-\d{1,2}(?:[ t].*)?"
    rf"|\d{{1,2}}[-./]?\s*{_MONTH}(?:\s*[-.]?\s*\d{{2,4}})?"
)
_NOTE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NOTED_YEAR = re.compile(r"[(\[]\s*(20\d\d)\s*[)\]]")
_WORDS = re.compile(r"\b(?:uge(?:r|rne|nr|nummer)?|weeks?|nr|no)\b\.?:?")
_TOKEN = re.compile(
    r"(?P<iso>20\d\d)\s*-?\s*w\s*(?P<iso_week>\d{1,2})(?!\d)"
    r"|[wu]?\s*(?P<week>\d{1,2})(?:\.0+)?(?!\d)\.?(?:\s*[-/,]?\s*(?P<year>20\d\d)(?!\d|\s*-?\s*w))?"
    r"|(?P<range>-|til|to)"
    r"|(?P<next>\+|/|,|&|og\b|and\b)",
)


@dataclass(frozen=True, slots=True)
class _Part:
    """A week number as written, what joins it to the one before, and its year when that is written."""

    joint: str
    number: int
    year: int | None


def read_weeks(cell: Cell, year: int, after: Week | None = None) -> Block:
    """The block that a cell means; RuleBroken says what would be right.

    ``year`` is the table's year.  ``after`` is the week of the row above: a small number
    after a large one lies in the next year.
    """
    plain = _plain(cell)
    noted = _NOTED_YEAR.search(plain)
    parts = _parts(_WORDS.sub(" ", _NOTE.sub(" ", plain)).strip(" .:"))
    written = int(noted[1]) if noted else _written_year(parts)
    if written is None:
        written = year if after is None else after.year
        if after is not None and after.number - parts[0].number > HALF_A_YEAR:
            written += 1
    weeks = [_week(written, parts[0].number)]
    for part in parts[1:]:
        weeks += _following(weeks[-1], part)
    if len(weeks) > MOST_WEEKS:
        raise _broken("too_many_weeks", say("A turn can be at most %(most)s weeks.", most=MOST_WEEKS))
    return Block(weeks[0], len(weeks))


def read_text(cell: Cell) -> str:
    """A cell as the text that a person sees in it."""
    if cell is None or isinstance(cell, bool):
        return ""
    if isinstance(cell, Formula):
        return cell.text
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{cell:g}".replace(".", ",")
    if isinstance(cell, date):
        return f"{cell.day}.{cell.month}.{cell.year}"
    return str(cell)


def _plain(cell: Cell) -> str:
    """The cell in lower case with one kind of dash; dates and decimals are refused here."""
    if isinstance(cell, date):
        raise _made_a_date()
    if isinstance(cell, float) and not cell.is_integer():
        text = say("This is a decimal number, not a week. Two weeks are written with a plus: 33 + 34.")
        raise _broken("week_is_decimal", text)
    plain = " ".join(re.sub("[–—‑−]", "-", read_text(cell).lower()).split())
    if _DATE.fullmatch(_NOTE.sub(" ", plain).strip()):
        raise _made_a_date()
    return plain


def _parts(text: str) -> list[_Part]:
    parts: list[_Part] = []
    joint, place = "start", 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        is_number = bool(match and (match["week"] or match["iso_week"]))
        if match is None or is_number == (joint == ""):
            raise _unreadable()
        if is_number:
            year = match["iso"] or match["year"]
            parts.append(_Part(joint, int(match["iso_week"] or match["week"]), int(year) if year else None))
            joint = ""
        else:
            joint = "range" if match["range"] else "next"
        place = match.end()
        while place < len(text) and text[place] == " ":
            place += 1
    if joint:
        raise _unreadable()
    return parts


def _written_year(parts: list[_Part]) -> int | None:
    """The year of the first week, counted back from whichever week has a year written."""
    falls = 0
    for before, part in zip([None, *parts], parts, strict=False):
        falls += before is not None and part.number < before.number
        if part.year is not None:
            return part.year - falls
    return None


def _following(before: Week, part: _Part) -> list[Week]:
    """The weeks that a further part adds after the week before it."""
    if part.year is not None and part.year > before.year:
        week = _week(part.year, part.number)
    elif 0 <= before.number - part.number <= HALF_A_YEAR:
        raise _backwards(before.number, part.number)
    else:
        week = _week(before.year + (part.number < before.number), part.number)
    if part.joint == "next" and week - before != 1:
        raise _gap(before, week)
    return [before + n for n in range(1, week - before + 1)]


def _week(year: int, number: int) -> Week:
    try:
        return Week(year, number)
    except ValueError:
        pass
    if number == 53:
        text = say(
            "%(year)s has only 52 weeks, so there is no week 53. "
            "Write 52, or 1 for the first week of %(next)s.",
            year=year,
            next=year + 1,
        )
    else:
        text = say(
            "There is no week %(number)s. Write a number from 1 to %(last)s, for example 33 or 33 + 34.",
            number=number,
            last=weeks_in(year),
        )
    raise _broken("no_such_week", text)


def _gap(before: Week, after: Week) -> RuleBroken:
    if after - before == 2 and (before + 1).number == 53:
        text = say("%(year)s has a week 53. Write 52 + 53 + 1, or make two rows.", year=before.year)
    else:
        text = say(
            "The weeks %(before)s and %(after)s do not follow each other. Make two rows, one for each.",
            before=before.number,
            after=after.number,
        )
    return _broken("weeks_apart", text)


def _backwards(first: int, last: int) -> RuleBroken:
    if first == last:
        return _broken("weeks_apart", say("Week %(week)s is written twice. Write it once.", week=first))
    text = say(
        "The weeks are in reverse order. Write the first week first: %(right)s.",
        right=f"{last} + {first}" if first - last == 1 else f"{last}-{first}",
    )
    return _broken("weeks_backwards", text)


def _made_a_date() -> RuleBroken:
    text = say(
        "This is a date, not a week. Spreadsheets make dates of cells such as 11-12: "
        "format the column as text and write 11 + 12."
    )
    return _broken("week_is_date", text)


def _unreadable() -> RuleBroken:
    text = say("This cannot be read as weeks. Write for example 33, 33 + 34 or uge 33-34.")
    return _broken("week_unreadable", text)


def _broken(code: str, text: Text) -> RuleBroken:
    return RuleBroken(code, text, "weeks")
