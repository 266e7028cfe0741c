"""What a page shows at once: a node with its why and how, a history drawn, key figures drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from branding.core.errors import Missing
from branding.core.text import Text, say
from branding.indicators.queries.figures import activity_by_month, series_by_id
from branding.indicators.queries.tree import strategy_map
from branding.indicators.rules.drawing import band, line_chart, months_between, period_chart
from branding.indicators.rules.periods import month_of, period_of
from branding.indicators.rules.tree import flat, why
from branding.indicators.rules.writing import map_rows
from branding.indicators.values.charts import Chart, SeriesPicture
from branding.indicators.values.figures import SeriesView
from branding.indicators.values.measures import NEED_TARGET, Aim
from branding.indicators.values.numbers import number
from branding.indicators.values.standing import NodeView, Period, PeriodStanding
from branding.indicators.values.tree import PARENTS, NodeFacts, NodeKind


@dataclass(frozen=True, slots=True)
class NodePage:
    """``why``: from the vision down to what stands above it; ``parents``: where it could stand instead."""

    node: NodeView
    why: tuple[tuple[NodeView, ...], ...]
    parents: tuple[NodeFacts, ...]
    is_first: bool
    is_last: bool


def node_page(session: Session, node_id: int, on: date) -> NodePage:
    """One box of the map; Missing when it, or what stands above it, was put away."""
    found = strategy_map(session, on)
    nodes = {one.id: one for one in flat([*found.visions, *found.strategic, *found.perspectives])}
    node = nodes.get(node_id)
    if node is None:
        raise Missing("map_node", node_id)
    siblings = [
        one.id
        for one in nodes.values()
        if (one.facts.parent_id, one.facts.kind) == (node.facts.parent_id, node.facts.kind)
    ]
    parents = tuple(one.facts for one in nodes.values() if one.facts.kind in PARENTS[node.facts.kind])
    return NodePage(node, why(found, node_id), parents, node_id == siblings[0], node_id == siblings[-1])


def possible_parents(session: Session, kind: NodeKind, on: date) -> tuple[NodeFacts, ...]:
    """Below what a new node of this kind can stand, in the order of the map."""
    found = strategy_map(session, on)
    everything = {one.id: one.facts for one in flat([*found.visions, *found.strategic, *found.perspectives])}
    return tuple(one for one in everything.values() if one.kind in PARENTS[kind])


def exported_map(session: Session, on: date) -> list[list[str]]:
    """The map as rows that read back as the same map."""
    return map_rows(strategy_map(session, on))


def drawn_history(found: Sequence[PeriodStanding], aim: Aim) -> Chart:
    return period_chart(found, aim.target if aim.kind in NEED_TARGET else None)


def period_on(aim: Aim, on: date) -> Period:
    """Which period a result for this day is written down for."""
    return period_of(aim.rhythm, on)


def drawn_figures(
    session: Session, found: Sequence[SeriesView]
) -> tuple[list[tuple[SeriesView, SeriesPicture]], Mapping[date, int], Mapping[date, int]]:
    """Every key figure with the same line of time; takeovers held and activities done in it, by month."""
    spans = [point.span for one in found for point in one.points]
    if not spans:
        return [], {}, {}
    first, last = min(one.first for one in spans).replace(month=1, day=1), max(one.last for one in spans)
    held, done = activity_by_month(session, first, last)
    names = {month: month_of(month).name for month in months_between(first, last)}
    bands = band(held, names, first, last), band(done, names, first, last)
    drawn = [
        (one, SeriesPicture(line_chart(one.points, first, last + timedelta(days=1)), *bands, _sentence(one)))
        for one in found
        if one.points
    ]
    return drawn, held, done


def series_page(
    session: Session, series_id: int
) -> tuple[SeriesView, SeriesPicture, list[tuple[Text, int, int]]]:
    """One key figure drawn, and the months in which something happened."""
    found = series_by_id(session, series_id)
    ((_, picture),), held, done = drawn_figures(session, [found])
    months = [
        (month_of(month).name, held.get(month, 0), done.get(month, 0))
        for month in sorted(held.keys() | done.keys())
    ]
    return found, picture, months


def _sentence(one: SeriesView) -> Text:
    """What the drawing shows, in words: the first and the latest number, and nothing about why."""
    first, last = one.points[0], one.points[-1]
    if first is last:
        return say("%(value)s %(unit)s in %(period)s.", value=number(last.value), unit=one.unit,
                   period=last.span.name)  # fmt: skip
    return say(
        "From %(before)s %(unit)s in %(first)s to %(after)s %(unit)s in %(last)s.",
        before=number(first.value),
        after=number(last.value),
        unit=one.unit,
        first=first.span.name,
        last=last.span.name,
    )
