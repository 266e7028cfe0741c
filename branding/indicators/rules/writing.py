"""The strategy map as rows that read back as the same map."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from branding.indicators.rules.cells import UNDECIDED
from branding.indicators.rules.period_text import write_period
from branding.indicators.rules.suggesting import suggested
from branding.indicators.rules.table import COLUMNS, KIND_WORDS, MORE, STATUS_WORDS
from branding.indicators.values.measures import NEED_TARGET, Kind
from branding.indicators.values.numbers import number
from branding.indicators.values.standing import IndicatorFacts, MapView, NodeView
from branding.indicators.values.tree import NodeKind, NodeStatus

_WORD_OF = {kind: word for word, kind in KIND_WORDS.items() if word}
_STATUS_OF = {status: word for word, status in STATUS_WORDS.items() if word}
_LEVEL = {NodeKind.VISION: "vision", NodeKind.STRATEGIC: "strategisk mål"}
_COLUMN = {
    NodeKind.PERSPECTIVE: "Perspektiv", NodeKind.AUDIENCE: "Målgruppe",
    NodeKind.GOAL: "Mål", NodeKind.INITIATIVE: "Indsats",
}  # fmt: skip
_Row = dict[str, str]


def map_rows(found: MapView) -> list[list[str]]:
    """With the columns of the region's own map, and those of Stafet's that hold something."""
    rows = [_top(node) for node in (*found.visions, *found.strategic)]
    for node in found.perspectives:
        rows.extend(_below(node, {"Niveau": "kommunikationsmål"}))
    more = [name for name in MORE if any(row.get(name) for row in rows)]
    names = [*COLUMNS, *more]
    return [names, *([row.get(name, "") for name in names] for row in rows)]


def _top(node: NodeView) -> _Row:
    facts = node.facts
    return {
        "Niveau": _LEVEL[facts.kind], "Mål": facts.text, "Ansvarlig": facts.responsible, "Note": facts.note,
    }  # fmt: skip


def _below(node: NodeView, above: _Row) -> Iterator[_Row]:
    row = above | {_COLUMN[node.facts.kind]: node.facts.text}
    if node.facts.kind is NodeKind.INITIATIVE:
        yield from _initiative(node, row)
        return
    if not node.children or node.facts.note or node.facts.responsible:
        yield row | {"Ansvarlig": node.facts.responsible, "Note": node.facts.note}
    for child in node.children:
        yield from _below(child, row)


def _initiative(node: NodeView, row: _Row) -> Iterator[_Row]:
    status = "" if node.facts.status is NodeStatus.RUNNING else _STATUS_OF[node.facts.status]
    own = row | {"Ansvarlig": node.facts.responsible, "Status": status, "Note": node.facts.note}
    indicators: Iterable[IndicatorFacts] = [one.facts for one in node.indicators]
    if not node.indicators or node.facts.note:
        yield own
    for one in indicators:
        yield row | {"Status": status} | _indicator(one)


def _indicator(one: IndicatorFacts) -> _Row:
    aim = one.aim
    kind = one.kind_text or ("" if aim.kind is Kind.UNDECIDED else _WORD_OF[aim.kind])
    target = one.target_text or (UNDECIDED if aim.kind in NEED_TARGET else "")
    is_suggested = (aim.measure, aim.counts) == suggested(one.name, aim.kind)
    return {
        "Indikator": one.name or UNDECIDED,
        "Type": kind,
        "Måltal": target if aim.target is None else number(aim.target),
        "Periode": write_period(aim.rhythm),
        "Ansvarlig": one.responsible,
        "Note": one.note,
        "Enhed": aim.unit,
        "Måling": "" if is_suggested else f"{aim.measure}:{aim.counts}".rstrip(":"),
        "Frist": str(aim.due_on or ""),
        "Nået": str(aim.done_on or ""),
    }
