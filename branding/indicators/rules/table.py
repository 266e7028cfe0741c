"""Reading a table of the strategy map: every row as understood, nothing thrown away.

The columns are those of the map that the region made in 2022; *ikke fastlagt* stays undecided.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from branding.core.errors import RuleBroken
from branding.core.text import Text, say
from branding.indicators.rules.cells import UNDECIDED, clean, fold
from branding.indicators.rules.naming import aim_text
from branding.indicators.rules.period_text import read_period
from branding.indicators.rules.suggesting import suggested
from branding.indicators.values.measures import NEED_TARGET, Aim, IndicatorRequest, Kind, Measure
from branding.indicators.values.numbers import read_number
from branding.indicators.values.tables import Line
from branding.indicators.values.tree import LONGEST_TEXT, NodeKind, NodeStatus

COLUMNS = (
    "Niveau", "Perspektiv", "Målgruppe", "Mål", "Indsats", "Indikator", "Type", "Måltal", "Periode",
    "Ansvarlig",
)  # fmt: skip
#: Columns that Stafet's own export adds when there is something to say in them.
MORE = ("Note", "Status", "Enhed", "Måling", "Frist", "Nået")
KIND_WORDS: Mapping[str, Kind] = {
    "antal": Kind.COUNT, "mindst": Kind.AT_LEAST, "andel": Kind.SHARE, "stigning": Kind.INCREASE,
    "milepæl": Kind.MILESTONE, "": Kind.UNDECIDED, UNDECIDED: Kind.UNDECIDED,
}  # fmt: skip
STATUS_WORDS: Mapping[str, NodeStatus] = {
    "ikke begyndt": NodeStatus.PLANNED, "i gang": NodeStatus.RUNNING, "": NodeStatus.RUNNING,
    "gennemført": NodeStatus.DONE, "stoppet": NodeStatus.STOPPED,
}  # fmt: skip
_LEVELS = {
    "vision": NodeKind.VISION, "strategisk mål": NodeKind.STRATEGIC, "kommunikationsmål": NodeKind.GOAL,
}  # fmt: skip
_NEEDED = ("niveau", "mål")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows as understood, and headings that nobody knows: what stands below them goes into the notes."""

    lines: tuple[Line, ...]
    unused: tuple[str, ...]


def read_table(rows: Sequence[Sequence[object]], begins_on: date) -> Table:
    """RuleBroken when the table is no strategy map at all."""
    at, columns = _headings(rows)
    known = {fold(name) for name in (*COLUMNS, *MORE)}
    names = {fold(clean(cell)): clean(cell) for cell in rows[at] if clean(cell)}
    unused = tuple(name for key, name in names.items() if key not in known)
    lines = []
    for number, row in enumerate(rows[at + 1 :], at + 2):
        cells = {key: clean(row[place]) if place < len(row) else "" for key, place in columns.items()}
        if any(cells.values()):
            lines.append(_line(number, cells, {names[key]: cells[key] for key in names if key not in known},
                               begins_on))  # fmt: skip
    if not lines:
        raise RuleBroken("no_rows", say("The table has headings, but no rows."), "file")
    return Table(tuple(lines), unused)


def _headings(rows: Sequence[Sequence[object]]) -> tuple[int, dict[str, int]]:
    for at, row in enumerate(rows[:20]):
        columns = {fold(clean(cell)): place for place, cell in enumerate(row) if clean(cell)}
        if all(name in columns for name in _NEEDED):
            return at, columns
    raise RuleBroken(
        "no_headings",
        say("The table needs headings such as %(names)s.", names=", ".join(COLUMNS)),
        "file",
    )


def _line(number: int, cells: Mapping[str, str], strange: Mapping[str, str], begins_on: date) -> Line:
    level = _LEVELS.get(fold(cells["niveau"]))
    who = cells.get("ansvarlig", "")
    note = "\n".join([cells.get("note", ""), *(f"{name}: {text}" for name, text in strange.items() if text)])
    questions: list[Text] = []
    if "?" in who:
        questions.append(say("Responsible is written with a question mark: %(name)s.", name=who))
    status = STATUS_WORDS.get(fold(cells.get("status", "")), NodeStatus.RUNNING)
    path = _path(level, cells)
    fault = _fault(level, cells, path)
    indicator = None
    if fault is None and level is NodeKind.GOAL and cells.get("indsats") and cells.get("indikator"):
        indicator = _indicator(cells, who, note.strip(), begins_on, questions)
        note = ""
    told = aim_text(indicator.aim) if indicator else None
    return Line(number, path, who, indicator, tuple(questions), fault, note.strip(), status, told)


def _path(level: NodeKind | None, cells: Mapping[str, str]) -> tuple[tuple[NodeKind, str], ...]:
    if level in (NodeKind.VISION, NodeKind.STRATEGIC):
        return ((level, cells["mål"]),)
    steps = (
        (NodeKind.PERSPECTIVE, "perspektiv"), (NodeKind.AUDIENCE, "målgruppe"),
        (NodeKind.GOAL, "mål"), (NodeKind.INITIATIVE, "indsats"),
    )  # fmt: skip
    return tuple((kind, cells[name]) for kind, name in steps if cells.get(name))


def _fault(
    level: NodeKind | None, cells: Mapping[str, str], path: Sequence[tuple[NodeKind, str]]
) -> Text | None:
    if level is None:
        return say(
            "The level “%(text)s” is none of %(names)s.", text=cells["niveau"], names=", ".join(_LEVELS)
        )
    if level is NodeKind.GOAL and not cells.get("perspektiv"):
        return say("A communication goal needs a perspective.")
    if not cells["mål"] and (level is not NodeKind.GOAL or cells.get("indsats")):
        return say("The goal is missing.")
    if any(len(text) > LONGEST_TEXT for text in [*(text for _, text in path), cells.get("indikator", "")]):
        return say("A text is longer than %(count)s characters.", count=LONGEST_TEXT)
    return None


def _indicator(
    cells: Mapping[str, str], who: str, note: str, begins_on: date, questions: list[Text]
) -> IndicatorRequest:
    name, told = cells["indikator"], cells.get("type", "")
    kind = KIND_WORDS.get(fold(told))
    kind_text = "" if kind else told
    if kind is None:
        questions.append(say("The kind “%(text)s” is not understood. It is kept as text.", text=told))
    kind = kind or Kind.UNDECIDED
    read = read_period(cells.get("periode", ""), begins_on)
    questions.extend([read.question] if read.question else [])
    aimed = cells.get("måltal", "")
    target = read_number(aimed)
    target_text = "" if target is not None else aimed
    if target_text and fold(target_text) != UNDECIDED:
        questions.append(say("The target “%(text)s” is no number. It is kept as text.", text=aimed))
    if kind in NEED_TARGET and target is None and not target_text:
        questions.append(say("There is no target."))
    if fold(name) == UNDECIDED:
        name = ""
    measure, counts = _measure(cells.get("måling", ""), name, kind)
    aim = Aim(
        kind, read.rhythm, target, cells.get("enhed", ""), measure, counts,
        due_on=_day(cells.get("frist", "")), done_on=_day(cells.get("nået", "")),
    )  # fmt: skip
    return IndicatorRequest(name, aim, who, note, kind_text, target_text)


def _measure(written: str, name: str, kind: Kind) -> tuple[Measure, str]:
    """``channel:press`` as the export writes it, else what the name suggests."""
    measure, _, counts = written.partition(":")
    return (Measure(measure), counts) if measure in set(Measure) else suggested(name, kind)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
