"""Wishes and blocked weeks that units write down themselves, each with its way back."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from branding.audit.service import record
from branding.core import policy
from branding.core.actor import Actor
from branding.core.errors import RuleBroken
from branding.core.isoweek import Week
from branding.core.text import Text, say
from branding.organisation import queries as organisation
from branding.rotation import queries
from branding.rotation.models import WeekRequest
from branding.rotation.values import Block
from branding.rotation.values.planning import REASON_LENGTH, NewWeekRequest, RequestKind, WeekRequestView

_EDIT = "rotation:request:edit"


def add_request(session: Session, actor: Actor, request: NewWeekRequest, *, now: datetime) -> int:
    """Write down a wish or blocked weeks; another unit's is missing.  Returns its id."""
    policy.check(actor, _EDIT, request.unit_id, thing="unit", key=request.unit_id)
    organisation.unit_by_id(session, request.unit_id)
    if request.plan_id is not None:
        queries.plan_by_id(session, request.plan_id)
    reason = " ".join(request.reason.split())
    if len(reason) > REASON_LENGTH:
        raise RuleBroken("too_long", say("Write at most %(most)s characters.", most=REASON_LENGTH), "reason")
    _check_not_there(session, request)
    block = request.block
    row = WeekRequest(
        unit_id=request.unit_id,
        plan_id=request.plan_id,
        kind=request.kind,
        iso_year=block.first.year,
        iso_week=block.first.number,
        weeks=block.weeks,
        starts_on=block.starts_on,
        ends_on=block.ends_on,
        reason=reason,
        made_by=actor.id if actor.kind == "user" else None,
        made_at=now,
    )
    session.add(row)
    session.flush()
    changes = {
        "unit_id": (None, row.unit_id),
        "kind": (None, str(request.kind)),
        "first": (None, str(block.first)),
        "weeks": (None, block.weeks),
    }
    record(session, actor, "rotation:request:added", "week_request", row.id, changes=changes, now=now)
    return row.id or 0


def remove_request(session: Session, actor: Actor, request_id: int, *, now: datetime) -> None:
    """Take a request away; it can come back for 30 days."""
    row = _own(session, actor, request_id)
    if row.removed_at is None:
        row.removed_at = now
        row.version += 1
        session.flush()
        record(session, actor, "rotation:request:removed", "week_request", request_id, now=now)


def restore_request(session: Session, actor: Actor, request_id: int, *, now: datetime) -> None:
    """Bring a request back, unless it contradicts what has been written down since."""
    row = _own(session, actor, request_id)
    if row.removed_at is not None:
        block = Block(Week(row.iso_year, row.iso_week), row.weeks)
        _check_not_there(
            session, NewWeekRequest(row.unit_id, RequestKind(row.kind), block, plan_id=row.plan_id)
        )
        row.removed_at = None
        row.version += 1
        session.flush()
        record(session, actor, "rotation:request:restored", "week_request", request_id, now=now)


def blocked_told(session: Session, unit_id: int, plan_id: int, block: Block) -> list[Text]:
    """What the unit has blocked of these weeks in this plan, in words."""
    unit = organisation.unit_by_id(session, unit_id)
    name = unit.short_name or unit.name
    found = queries.blocked_weeks(session, block, {unit_id, unit.area_id}, plan_id)
    return [_told(name, one) for one in found]


def check_not_blocked(session: Session, unit_id: int, plan_id: int, block: Block) -> None:
    """Refuse a new turn in weeks that its unit has blocked."""
    told = blocked_told(session, unit_id, plan_id, block)
    if told:
        text = say("%(blocked)s Choose other weeks, or remove the blocked weeks first.", blocked=told[0])
        raise RuleBroken("weeks_blocked", text, "weeks")


def _told(name: str, one: WeekRequestView) -> Text:
    if one.reason:
        return say(
            "%(unit)s has blocked week %(weeks)s (%(reason)s).",
            unit=name,
            weeks=one.block.label,
            reason=one.reason,
        )
    return say("%(unit)s has blocked week %(weeks)s.", unit=name, weeks=one.block.label)


def _own(session: Session, actor: Actor, request_id: int) -> WeekRequest:
    row = queries.week_request_by_id(session, request_id)
    policy.check(actor, _EDIT, row.unit_id, thing="week_request", key=request_id)
    return row


def _check_not_there(session: Session, request: NewWeekRequest) -> None:
    """The same weeks twice would only be noise; a wish in blocked weeks contradicts itself."""
    block = request.block
    there = queries.week_requests(session, block.starts_on, block.ends_on, unit_ids=[request.unit_id])
    for one in there:
        if request.plan_id is not None and one.plan_id not in (None, request.plan_id):
            continue
        if one.kind is not request.kind and RequestKind.BLOCKED in (one.kind, request.kind):
            text = say(
                "Week %(weeks)s is both wished for and blocked. Remove one of them.", weeks=one.block.label
            )
            raise RuleBroken("contradiction", text, "weeks")
        if one.block == block:
            raise RuleBroken("there_already", say("These weeks are written down already."), "weeks")
