"""Wishes and blocked weeks that units write down themselves, each with its way back."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from branding.audit.service import record
from branding.core import policy
from branding.core.actor import Actor
from branding.core.clock import local
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
    _check_ahead(request.block, Week.of(local(now).date()))
    _check_not_there(session, request)
    _check_no_holiday(session, request)
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


def turns_inside(session: Session, request: NewWeekRequest) -> list[str]:
    """The weeks of the unit's own turns that a request touches: blocking them moves nothing by itself."""
    plan_ids = None if request.plan_id is None else [request.plan_id]
    found = queries.slots_between(session, request.block.starts_on, request.block.ends_on, plan_ids)
    return [slot.block.label for slot in found if slot.unit_id == request.unit_id]


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


def _check_ahead(block: Block, this_week: Week) -> None:
    """Weeks that are over are never listed: mostly the year is wrong."""
    if block.last >= this_week:
        return
    year = this_week.year if block.first.number >= this_week.number else this_week.year + 1
    text = say(
        "Week %(week)s of %(year)s is over. Did you mean %(next)s?",
        week=block.label,
        year=block.first.year,
        next=year,
    )
    raise RuleBroken("weeks_over", text, "year")


def _check_no_holiday(session: Session, request: NewWeekRequest) -> None:
    """Nobody takes over in a holiday week, so nobody can wish for one."""
    if request.kind is not RequestKind.WISH:
        return
    block, plan_ids = request.block, [request.plan_id] if request.plan_id else []
    for one in queries.holiday_weeks_between(session, block.starts_on, block.ends_on, plan_ids):
        text = say(
            "Week %(week)s is %(name)s, so it cannot be wished for.", week=one.week.number, name=one.name
        )
        raise RuleBroken("weeks_are_holiday", text, "weeks")


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
