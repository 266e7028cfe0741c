"""The tree: built from its rows, walked upwards (why) and downwards (how), and put in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.indicators.values.standing import IndicatorView, MapView, NodeView
from branding.indicators.values.tree import PARENTS, NodeFacts, NodeKind


def built(nodes: Iterable[NodeFacts], indicators: Mapping[int, Sequence[IndicatorView]]) -> list[NodeView]:
    """The nodes at the top with everything below them; what stands below one that is put away is away too."""
    below: dict[int | None, list[NodeFacts]] = {}
    for node in sorted(nodes, key=lambda node: (node.place, node.id)):
        below.setdefault(node.parent_id, []).append(node)

    def view(node: NodeFacts) -> NodeView:
        children = tuple(view(child) for child in below.get(node.id, ()))
        return NodeView(node, children, tuple(indicators.get(node.id, ())))

    return [view(node) for node in below.get(None, ())]


def flat(nodes: Iterable[NodeView]) -> Iterable[NodeView]:
    for node in nodes:
        yield node
        yield from flat(node.children)


def visible(nodes: Iterable[NodeFacts]) -> set[int]:
    """The ids of those that are in the map."""
    return {node.id for node in flat(built(nodes, {}))}


def of_kind(nodes: Iterable[NodeView], kind: NodeKind) -> tuple[NodeView, ...]:
    return tuple(node for node in flat(nodes) if node.facts.kind is kind)


def why(found: MapView, node_id: int) -> tuple[tuple[NodeView, ...], ...]:
    """From the vision down to what stands directly above: each step is what answers the why.

    A perspective that belongs to the vision serves every strategic goal.
    """
    everything = {
        node.id: node for node in flat([*found.visions, *found.strategic, *found.perspectives])
    }  # fmt: skip
    steps: list[tuple[NodeView, ...]] = []
    at = everything[node_id]
    while (parent := everything.get(at.facts.parent_id or 0)) is not None:
        if at.facts.kind is NodeKind.PERSPECTIVE and parent.facts.kind is NodeKind.VISION:
            steps.extend([found.strategic] if found.strategic else [])
        steps.append((parent,))
        at = parent
    if at.facts.kind is NodeKind.PERSPECTIVE:
        steps.extend(step for step in (found.strategic, found.visions) if step)
    return tuple(reversed(steps))


def check_parent(kind: NodeKind, parent: NodeFacts | None) -> None:
    if (parent.kind if parent else None) not in PARENTS[kind]:
        raise RuleBroken("wrong_place", say("It cannot stand there in the strategy map."), "parent_id")


def stepped(order: Sequence[int], node_id: int, *, up: bool) -> list[int]:
    """One place up or down among its siblings; at the end it stays."""
    ids = list(order)
    at = ids.index(node_id)
    to = min(max(at + (-1 if up else 1), 0), len(ids) - 1)
    ids.insert(to, ids.pop(at))
    return ids


def placed(order: Sequence[int], node_id: int, before: int | None) -> list[int]:
    """Directly before another one, or last."""
    ids = [one for one in order if one != node_id]
    ids.insert(ids.index(before) if before in ids else len(ids), node_id)
    return ids
