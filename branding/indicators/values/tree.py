"""The strategy map as a tree: what kinds of nodes there are, and what may stand below what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from branding.core.text import Text, say


class NodeKind(StrEnum):
    VISION = "vision"
    STRATEGIC = "strategic"
    PERSPECTIVE = "perspective"
    AUDIENCE = "audience"
    GOAL = "goal"
    INITIATIVE = "initiative"


class NodeStatus(StrEnum):
    """Where an initiative stands; the other nodes are always running."""

    PLANNED = "planned"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"


#: What may stand directly above; ``None``: it may stand at the top.
PARENTS: Mapping[NodeKind, tuple[NodeKind | None, ...]] = {
    NodeKind.VISION: (None,),
    NodeKind.STRATEGIC: (NodeKind.VISION, None),
    NodeKind.PERSPECTIVE: (NodeKind.VISION, NodeKind.STRATEGIC, None),
    NodeKind.AUDIENCE: (NodeKind.PERSPECTIVE,),
    NodeKind.GOAL: (NodeKind.AUDIENCE, NodeKind.PERSPECTIVE),
    NodeKind.INITIATIVE: (NodeKind.GOAL,),
}

KIND_LABELS: Mapping[NodeKind, Text] = {
    NodeKind.VISION: say("Vision"),
    NodeKind.STRATEGIC: say("Strategic goal"),
    NodeKind.PERSPECTIVE: say("Perspective"),
    NodeKind.AUDIENCE: say("Audience"),
    NodeKind.GOAL: say("Communication goal"),
    NodeKind.INITIATIVE: say("Initiative"),
}

STATUS_LABELS: Mapping[NodeStatus, Text] = {
    NodeStatus.PLANNED: say("not begun"),
    NodeStatus.RUNNING: say("under way"),
    NodeStatus.DONE: say("done"),
    NodeStatus.STOPPED: say("stopped"),
}

LONGEST_TEXT, LONGEST_WHO, LONGEST_NOTE, LONGEST_UNIT = 200, 120, 1000, 40


@dataclass(frozen=True, slots=True)
class NodeRequest:
    """What a form says of a node."""

    text: str
    responsible: str = ""
    note: str = ""
    status: NodeStatus = NodeStatus.RUNNING


@dataclass(frozen=True, slots=True)
class NodeFacts:
    """One node without its place among the others' views."""

    id: int
    kind: NodeKind
    parent_id: int | None
    place: int
    text: str
    responsible: str
    note: str
    status: NodeStatus
    version: int
    is_archived: bool = False


def ref_of(initiative_id: int) -> str:
    """What the content plan keeps of an initiative that an activity belongs to."""
    return f"initiative:{initiative_id}"
