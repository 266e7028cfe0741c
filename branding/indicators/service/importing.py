"""Importing a strategy map: every row is shown as understood, then all of it or nothing.

The same table twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session

from branding.core import policy
from branding.core.actor import Actor
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.indicators.models import MapNode
from branding.indicators.queries.rows import indicator_facts, indicator_rows, node_facts, node_rows
from branding.indicators.rules.cells import fold
from branding.indicators.rules.checks import check_indicator, check_node
from branding.indicators.rules.period_text import write_period
from branding.indicators.rules.table import Table, read_table
from branding.indicators.service.access import EDIT
from branding.indicators.service.indicators import add_indicator, change_indicator
from branding.indicators.service.nodes import add_node, change_node
from branding.indicators.values.measures import IndicatorRequest
from branding.indicators.values.standing import IndicatorFacts
from branding.indicators.values.tables import Judged, Line, Mark, Preview
from branding.indicators.values.tree import NodeFacts, NodeKind, NodeRequest

_Rows = Sequence[Sequence[object]]
_Step = tuple[NodeKind, str]
_Path = tuple[_Step, ...]


class _Known:
    """The map as it is, to be found by the words of a table."""

    def __init__(self, session: Session) -> None:
        nodes = [node_facts(row) for row in node_rows(session)]
        self.nodes = {node.id: node for node in nodes}
        self.by_path: dict[_Path, NodeFacts] = {self._path(node): node for node in nodes}
        self.indicators: dict[tuple[int, str], IndicatorFacts] = {}
        for row in indicator_rows(session):
            facts = indicator_facts(row)
            self.indicators.setdefault((facts.initiative_id, fold(facts.name)), facts)

    def node(self, path: Sequence[_Step]) -> NodeFacts | None:
        return self.by_path.get(tuple((kind, fold(text)) for kind, text in path))

    def indicator(self, node: NodeFacts | None, name: str) -> IndicatorFacts | None:
        return self.indicators.get((node.id, fold(name))) if node else None

    def add(self, path: Sequence[_Step], row: MapNode) -> None:
        node = node_facts(row)
        self.nodes[node.id] = node
        self.by_path[tuple((kind, fold(text)) for kind, text in path)] = node

    def _path(self, node: NodeFacts) -> _Path:
        """As a table names it: what stands above a perspective is not in its rows."""
        steps: list[_Step] = [(node.kind, fold(node.text))]
        at = node
        while at.kind not in (NodeKind.VISION, NodeKind.STRATEGIC, NodeKind.PERSPECTIVE):
            parent = self.nodes.get(at.parent_id or 0)
            if parent is None:
                break
            at = parent
            steps.append((at.kind, fold(at.text)))
        return tuple(reversed(steps))


def preview_map(session: Session, actor: Actor, rows: _Rows, begins_on: date) -> Preview:
    """Every row and what it would do.  Reads only."""
    policy.check(actor, EDIT)
    table = read_table(rows, begins_on)
    return _judged(table, _Known(session))


def import_map(session: Session, actor: Actor, rows: _Rows, begins_on: date, *, now: datetime) -> Preview:
    """Everything, or with a faulty row nothing; what is in the map and not in the table stays."""
    policy.check(actor, EDIT)
    table, known = read_table(rows, begins_on), _Known(session)
    found = _judged(table, known)
    if not found.is_faultless:
        raise RuleBroken("faulty", say("The table has rows that cannot be used."), "file")
    for judged in found.lines:
        line = judged.line
        node_id = _ensure(session, actor, known, line, now)
        if line.indicator is not None:
            _save_indicator(session, actor, known.indicator(known.nodes[node_id], line.indicator.name),
                            node_id, line.indicator, now)  # fmt: skip
    return found


def _judged(table: Table, known: _Known) -> Preview:
    lines: list[Judged] = []
    seen: set[tuple[_Path, str]] = set()
    for line in table.lines:
        key = (tuple((kind, fold(text)) for kind, text in line.path),
               fold(line.indicator.name) if line.indicator else "\n")  # fmt: skip
        line = _checked(line)
        if line.fault is None and key in seen:
            line = replace(line, fault=say("The table has this row twice."), indicator=None)
        seen.add(key)
        lines.append(Judged(line, Mark.FAULTY if line.fault else _mark(line, known)))
    return Preview(tuple(lines), table.unused)


def _checked(line: Line) -> Line:
    """What the form would refuse is refused here in the same words."""
    if line.fault is not None:
        return line
    try:
        check_node(NodeRequest(line.path[-1][1], line.responsible, line.node_note, line.status))
        if line.indicator is not None:
            check_indicator(line.indicator)
    except RuleBroken as error:
        return replace(line, fault=error.text, indicator=None)
    return line


def _mark(line: Line, known: _Known) -> Mark:
    node = known.node(line.path)
    if node is None:
        return Mark.NEW
    if line.indicator is None:
        same = (node.responsible, node.note, node.status) == (line.responsible, line.node_note, line.status)
        return Mark.SAME if same else Mark.CHANGED
    there = known.indicator(node, line.indicator.name)
    if there is None:
        return Mark.NEW
    is_same = node.status == line.status and _same(there, line.indicator)
    return Mark.SAME if is_same else Mark.CHANGED


def _same(there: IndicatorFacts, told: IndicatorRequest) -> bool:
    """The day that judging begins from belongs to the import, not to the row."""
    mine, theirs = there.aim.rhythm, told.aim.rhythm
    began = replace(
        told.aim,
        rhythm=replace(theirs, begins_on=mine.begins_on, written=mine.written),
    )
    if write_period(mine) != write_period(theirs):
        return False
    return (there.aim, there.responsible, there.note, there.kind_text, there.target_text) == (
        began, told.responsible, told.note, told.kind_text, told.target_text,
    )  # fmt: skip


def _ensure(session: Session, actor: Actor, known: _Known, line: Line, now: datetime) -> int:
    """The node that the row is about, made with everything above it where it is not there."""
    parent: int | None = _top_of(known, line.path[0][0])
    for depth, (kind, text) in enumerate(line.path, 1):
        path, is_last = line.path[:depth], depth == len(line.path)
        node = known.node(path)
        told = NodeRequest(text)
        if is_last:
            told = NodeRequest(text, line.responsible, line.node_note, line.status)
        if node is None:
            new_id = add_node(session, actor, kind, parent, told, now=now)
            known.add(path, session.get_one(MapNode, new_id))
            parent = new_id
            continue
        parent = node.id
        if is_last:
            _change(session, actor, known, path, node, told, line, now)
    assert parent is not None, "a row has a path"
    return parent


def _change(
    session: Session, actor: Actor, known: _Known, path: Sequence[_Step], node: NodeFacts, told: NodeRequest,
    line: Line, now: datetime,
) -> None:  # fmt: skip
    """A row with an indicator says of its initiative only where it stands."""
    if line.indicator is not None:
        told = NodeRequest(node.text, node.responsible, node.note, line.status)
    else:
        told = replace(told, text=node.text)
    if told != NodeRequest(node.text, node.responsible, node.note, node.status):
        change_node(session, actor, node.id, told, node.version, now=now)
        known.add(path, session.get_one(MapNode, node.id))


def _top_of(known: _Known, kind: NodeKind) -> int | None:
    """Below the vision, when there is one: every strategic goal is served then."""
    if kind is NodeKind.VISION:
        return None
    return next((node.id for node in known.nodes.values() if node.kind is NodeKind.VISION), None)


def _save_indicator(
    session: Session,
    actor: Actor,
    there: IndicatorFacts | None,
    node_id: int,
    told: IndicatorRequest,
    now: datetime,
) -> None:
    if there is None:
        add_indicator(session, actor, node_id, told, now=now)
    elif not _same(there, told):
        change_indicator(session, actor, there.id, told, there.version, now=now)
