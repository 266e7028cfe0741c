"""Tying activities of the content plan to an initiative: the plan keeps the reference, opaque to it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session

from branding.core import policy
from branding.core.actor import Actor
from branding.indicators.queries.rows import node_row
from branding.indicators.service.access import EDIT
from branding.indicators.values.tree import NodeKind, ref_of
from branding.plan import queries as plan
from branding.plan.service import activities


def tie_activities(
    session: Session,
    actor: Actor,
    initiative_id: int,
    offered: Collection[int],
    chosen: Collection[int],
    *,
    now: datetime,
) -> int:
    """Of those that were offered the chosen ones belong to it; returns how many were changed."""
    policy.check(actor, EDIT)
    node_row(session, initiative_id, kind=NodeKind.INITIATIVE)
    ref, count = ref_of(initiative_id), 0
    for activity_id, told in sorted(plan.initiative_refs(session, offered).items()):
        if (told == ref) != (activity_id in chosen):
            wanted = None if told == ref else ref
            activities.set_initiative(session, actor, activity_id, wanted, now=now)
            count += 1
    return count
