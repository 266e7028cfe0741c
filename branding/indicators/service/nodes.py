"""The boxes of the map: made, changed, put in order, put away and brought back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from branding.audit.service import record
from branding.core import policy
from branding.core.actor import Actor
from branding.core.errors import RuleBroken
from branding.core.text import Text, say
from branding.indicators.models import MapNode
from branding.indicators.queries.rows import last_node, node_facts, node_row, node_rows, siblings
from branding.indicators.rules.checks import check_node
from branding.indicators.rules.tree import check_parent, placed, stepped
from branding.indicators.service.access import EDIT, check_version
from branding.indicators.values.tree import STATUS_LABELS, NodeKind, NodeRequest, NodeStatus


def add_node(
    session: Session, actor: Actor, kind: NodeKind, parent_id: int | None, new: NodeRequest, *, now: datetime
) -> int:
    """Last among its siblings."""
    policy.check(actor, EDIT)
    check_node(new)
    parent = node_facts(node_row(session, parent_id)) if parent_id else None
    check_parent(kind, parent)
    row = MapNode(
        kind=kind,
        parent_id=parent_id,
        text=new.text,
        responsible=new.responsible,
        note=new.note,
        status=new.status,
    )
    row.place = last_node(session, parent_id, kind) + 1
    session.add(row)
    session.flush()
    changes = {"kind": (None, kind.value), "text": (None, new.text)}
    record(session, actor, "indicators:node:added", "map_node", row.id, changes=changes, now=now)
    return row.id or 0


def change_node(
    session: Session, actor: Actor, node_id: int, new: NodeRequest, version: int, *, now: datetime
) -> None:
    policy.check(actor, EDIT)
    row = node_row(session, node_id)
    old = NodeRequest(row.text, row.responsible, row.note, NodeStatus(row.status))
    check_version(row.version, version, _told(new), _told(old))
    check_node(new)
    row.text, row.responsible, row.note, row.status = new.text, new.responsible, new.note, new.status
    row.version += 1
    # Who is responsible may be somebody's name, and a note may hold one: neither goes into the log.
    changes = {"text": (old.text, new.text), "status": (old.status.value, new.status.value)}
    record(session, actor, "indicators:node:changed", "map_node", node_id, changes=changes, now=now)


def step_node(session: Session, actor: Actor, node_id: int, *, up: bool, now: datetime) -> None:
    """One place up or down among its siblings."""
    policy.check(actor, EDIT)
    row = node_row(session, node_id)
    others = siblings(session, row)
    if row.archived_at is None:
        _lay(session, actor, others, stepped([one.id or 0 for one in others], node_id, up=up), node_id, now)


def place_node(session: Session, actor: Actor, node_id: int, before_id: int | None, *, now: datetime) -> None:
    """Directly before one of its siblings, or last; what dragging sends."""
    policy.check(actor, EDIT)
    row = node_row(session, node_id)
    others = siblings(session, row)
    ids = [one.id or 0 for one in others]
    if node_id not in ids or (before_id is not None and before_id not in ids):
        raise RuleBroken("wrong_place", say("It cannot stand there in the strategy map."))
    _lay(session, actor, others, placed(ids, node_id, before_id), node_id, now)


def follower_of(session: Session, node_id: int) -> int | None:
    """Before which sibling it stands now: where an undo puts it back."""
    ids = [one.id or 0 for one in siblings(session, node_row(session, node_id))]
    at = ids.index(node_id) + 1 if node_id in ids else len(ids)
    return ids[at] if at < len(ids) else None


def move_node(session: Session, actor: Actor, node_id: int, parent_id: int | None, *, now: datetime) -> None:
    """Below another parent, last; everything below it comes along."""
    policy.check(actor, EDIT)
    row = node_row(session, node_id)
    parent = node_facts(node_row(session, parent_id)) if parent_id else None
    check_parent(NodeKind(row.kind), parent)
    if row.parent_id != parent_id:
        row.place = last_node(session, parent_id, NodeKind(row.kind)) + 1
        before, row.parent_id, row.version = row.parent_id, parent_id, row.version + 1
        changes = {"parent_id": (before, parent_id)}
        record(session, actor, "indicators:node:moved", "map_node", node_id, changes=changes, now=now)


def put_node_away(session: Session, actor: Actor, node_id: int, *, now: datetime) -> None:
    """Out of the map with everything below it; nothing is deleted."""
    policy.check(actor, EDIT)
    row = node_row(session, node_id)
    is_top = row.kind in (NodeKind.VISION, NodeKind.STRATEGIC)
    if is_top and any(one.parent_id == node_id for one in node_rows(session)):
        raise RuleBroken("holds_more", say("Move what stands below it first."))
    if row.archived_at is None:
        row.archived_at, row.version = now, row.version + 1
        record(session, actor, "indicators:node:put_away", "map_node", node_id, now=now)


def bring_node_back(session: Session, actor: Actor, node_id: int, *, now: datetime) -> None:
    policy.check(actor, EDIT)
    row = node_row(session, node_id)
    if row.archived_at is not None:
        row.archived_at, row.version = None, row.version + 1
        record(session, actor, "indicators:node:brought_back", "map_node", node_id, now=now)


def _lay(
    session: Session,
    actor: Actor,
    others: Sequence[MapNode],
    order: Sequence[int],
    node_id: int,
    now: datetime,
) -> None:
    before = [one.id or 0 for one in others]
    rows = {one.id: one for one in others}
    for place, one_id in enumerate(order, 1):
        rows[one_id].place = place
    changes = {"place": (before.index(node_id) + 1, list(order).index(node_id) + 1)}
    if changes["place"][0] != changes["place"][1]:
        record(session, actor, "indicators:node:placed", "map_node", node_id, changes=changes, now=now)


def _told(one: NodeRequest) -> list[tuple[Text, object]]:
    return [
        (say("Text"), one.text), (say("Responsible"), one.responsible), (say("Note"), one.note),
        (say("Status"), STATUS_LABELS[one.status]),
    ]  # fmt: skip
