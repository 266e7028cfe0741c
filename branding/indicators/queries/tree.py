"""Reads of the strategy map: the tree on a day, who is behind, and initiatives to choose from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlmodel import Session

from branding.core.errors import Missing
from branding.indicators.models import Indicator
from branding.indicators.queries.facts import facts_for
from branding.indicators.queries.rows import (
    indicator_facts,
    indicator_row,
    indicator_rows,
    node_facts,
    node_rows,
)
from branding.indicators.rules.judging import judge
from branding.indicators.rules.naming import aim_text
from branding.indicators.rules.tree import built, of_kind
from branding.indicators.values.standing import IndicatorView, MapView, NodeView
from branding.indicators.values.tree import NodeFacts, NodeKind, NodeStatus


def strategy_map(session: Session, on: date) -> MapView:
    """The whole map, every indicator judged on this day; the queries are as many for 3 as for 300."""
    nodes = [node_facts(row) for row in node_rows(session)]
    indicators = _judged(session, indicator_rows(session), nodes, on)
    by_initiative: dict[int, list[IndicatorView]] = {}
    for one in indicators:
        by_initiative.setdefault(one.facts.initiative_id, []).append(one)
    tops = built(nodes, by_initiative)
    return MapView(
        on,
        of_kind(tops, NodeKind.VISION),
        of_kind(tops, NodeKind.STRATEGIC),
        of_kind(tops, NodeKind.PERSPECTIVE),
    )


def behind(session: Session, on: date) -> tuple[IndicatorView, ...]:
    """Behind or missed, in the order of the map; what belongs to a stopped initiative needs nobody."""
    return behind_in(strategy_map(session, on))


def behind_in(found: MapView) -> tuple[IndicatorView, ...]:
    """The same of a map that has been read."""
    return tuple(
        one
        for node in of_kind(found.perspectives, NodeKind.INITIATIVE)
        if node.facts.status is not NodeStatus.STOPPED
        for one in node.indicators
        if one.standing.needs_somebody
    )


def initiatives(session: Session) -> tuple[NodeView, ...]:
    """Every initiative in the order of the map, without its indicators' standings."""
    tops = built([node_facts(row) for row in node_rows(session)], {})
    return of_kind(tops, NodeKind.INITIATIVE)


def indicator_view(session: Session, indicator_id: int, on: date) -> IndicatorView:
    """One indicator, also one that was put away."""
    nodes = [node_facts(row) for row in node_rows(session, archived=True)]
    return _judged(session, [indicator_row(session, indicator_id)], nodes, on)[0]


def node_by_id(session: Session, node_id: int) -> NodeFacts:
    """One node, also one that was put away."""
    found = next((row for row in node_rows(session, archived=True) if row.id == node_id), None)
    if found is None:
        raise Missing("map_node", node_id)
    return node_facts(found)


def put_away(session: Session) -> tuple[list[NodeFacts], list[tuple[int, str]]]:
    """Nodes, and id and name of indicators, that are in the map no longer."""
    nodes = [node_facts(row) for row in node_rows(session, archived=True)]
    texts = {node.id: node.text for node in nodes}
    away = [one for one in indicator_rows(session, archived=True) if one.archived_at is not None]
    return (
        [node for node in nodes if node.is_archived],
        [(one.id or 0, one.name or texts.get(one.initiative_id, "")) for one in away],
    )


def _judged(
    session: Session, rows: Iterable[Indicator], nodes: list[NodeFacts], on: date
) -> list[IndicatorView]:
    texts = {node.id: node.text for node in nodes}
    found = [indicator_facts(row) for row in rows]
    facts = facts_for(session, found, on, on)
    return [
        IndicatorView(one, texts.get(one.initiative_id, ""), judge(one, facts, on), aim_text(one.aim))
        for one in found
    ]
