"""Rows of the map as values, and single ones for those who change them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import func
from sqlmodel import Session, col, select

from branding.core.errors import Missing
from branding.indicators.models import Indicator, IndicatorReading, MapNode
from branding.indicators.values.measures import Aim, Kind, Measure, PeriodKind, Rhythm
from branding.indicators.values.standing import IndicatorFacts, ReadingView
from branding.indicators.values.tree import NodeFacts, NodeKind, NodeStatus


def node_facts(row: MapNode) -> NodeFacts:
    return NodeFacts(
        row.id or 0, NodeKind(row.kind), row.parent_id, row.place, row.text, row.responsible, row.note,
        NodeStatus(row.status), row.version, row.archived_at is not None,
    )  # fmt: skip


def indicator_facts(row: Indicator) -> IndicatorFacts:
    rhythm = Rhythm(
        PeriodKind(row.period), row.begins_on, row.every, row.starts_on, row.ends_on, row.period_text
    )
    target = Decimal(row.target) if row.target is not None else None
    aim = Aim(
        Kind(row.kind), rhythm, target, row.unit, Measure(row.measure), row.counts, row.due_on, row.done_on
    )
    return IndicatorFacts(
        row.id or 0, row.initiative_id, row.place, row.name, aim, row.responsible, row.note, row.kind_text,
        row.target_text, row.version, row.archived_at is not None,
    )  # fmt: skip


def reading_view(row: IndicatorReading) -> ReadingView:
    return ReadingView(
        row.id or 0, row.indicator_id, row.starts_on, row.ends_on, Decimal(row.value), row.note, row.made_by,
        row.made_at, row.version,
    )  # fmt: skip


def node_row(session: Session, node_id: int, *, kind: NodeKind | None = None) -> MapNode:
    found = session.get(MapNode, node_id)
    if found is None or (kind is not None and found.kind != kind):
        raise Missing("map_node", node_id)
    return found


def node_rows(session: Session, *, archived: bool = False) -> Sequence[MapNode]:
    """Every node; without those put away, unless asked for."""
    query = select(MapNode).order_by(col(MapNode.place), col(MapNode.id))
    return session.exec(query if archived else query.where(col(MapNode.archived_at).is_(None))).all()


def siblings(session: Session, row: MapNode) -> list[MapNode]:
    """Those with the same parent and kind, in order, itself included."""
    query = select(MapNode).where(
        MapNode.parent_id == row.parent_id, MapNode.kind == row.kind, col(MapNode.archived_at).is_(None)
    )
    return list(session.exec(query.order_by(col(MapNode.place), col(MapNode.id))))


def last_node(session: Session, parent_id: int | None, kind: NodeKind) -> int:
    """The last place among those with the same parent and kind; 0: there is none."""
    query = select(func.max(MapNode.place)).where(MapNode.parent_id == parent_id, MapNode.kind == kind)
    return session.exec(query).one() or 0


def last_indicator(session: Session, initiative_id: int) -> int:
    """The last place among an initiative's indicators; 0: it has none."""
    query = select(func.max(Indicator.place)).where(Indicator.initiative_id == initiative_id)
    return session.exec(query).one() or 0


def indicator_row(session: Session, indicator_id: int) -> Indicator:
    found = session.get(Indicator, indicator_id)
    if found is None:
        raise Missing("indicator", indicator_id)
    return found


def indicator_rows(session: Session, *, archived: bool = False) -> Sequence[Indicator]:
    query = select(Indicator).order_by(col(Indicator.place), col(Indicator.id))
    return session.exec(query if archived else query.where(col(Indicator.archived_at).is_(None))).all()


def reading_rows(session: Session, indicator_id: int | None = None) -> Sequence[IndicatorReading]:
    """Results in the order of time, of one indicator or of all."""
    query = select(IndicatorReading).order_by(col(IndicatorReading.starts_on), col(IndicatorReading.id))
    if indicator_id is not None:
        query = query.where(IndicatorReading.indicator_id == indicator_id)
    return session.exec(query).all()


def reading_row(session: Session, reading_id: int) -> IndicatorReading:
    found = session.get(IndicatorReading, reading_id)
    if found is None:
        raise Missing("indicator_reading", reading_id)
    return found
