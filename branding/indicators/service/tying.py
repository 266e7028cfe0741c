"""Tying activities of the content plan to an initiative: the plan keeps the reference, opaque to it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlmodel import Session

from branding.core import policy
from branding.core.actor import Actor
from branding.indicators.queries.rows import node_row
from branding.indicators.service.access import EDIT
from branding.indicators.values.tree import NodeKind, ref_of
from branding.plan import queries as plan
from branding.plan.service import activities
from branding.plan.values import ActivityRequest, ActivityView


def tie_activities(
    session: Session, actor: Actor, initiative_id: int, offered: Collection[int], chosen: Collection[int], *,
    today: date, now: datetime,
) -> int:  # fmt: skip
    """Of those that were offered the chosen ones belong to it; returns how many were changed."""
    policy.check(actor, EDIT)
    node_row(session, initiative_id, kind=NodeKind.INITIATIVE)
    ref, count = ref_of(initiative_id), 0
    for activity_id in sorted(offered):
        one = plan.activity_by_id(session, activity_id)
        is_tied = one.initiative_ref == ref
        if is_tied != (activity_id in chosen):
            told = _request(one, None if is_tied else ref)
            activities.change_activity(session, actor, activity_id, told, now=now, today=today)
            count += 1
    return count


def _request(one: ActivityView, ref: str | None) -> ActivityRequest:
    """The activity as it is, with another initiative."""
    return ActivityRequest(
        title=one.title, channel_id=one.channel.id, kind=one.kind, starts_on=one.starts_on,
        ends_on=one.ends_on, status=one.status, at=one.at, unit_id=one.unit_id, audience=one.audience,
        goal=one.goal, responsible_id=one.responsible_id,
        responsible_name="" if one.responsible_id else one.responsible, link=one.link, note=one.note,
        initiative_ref=ref, format_id=one.format_id, slot_on=one.slot_on, version=one.version,
    )  # fmt: skip
