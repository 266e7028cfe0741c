"""Reads of plans."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Select, func
from sqlmodel import Session, col, select

from branding.core.errors import Missing
from branding.rotation.models import Plan, Slot
from branding.rotation.values import PlanStatus, PlanView, SlotStatus


def plans(session: Session, *, archived: bool = False) -> list[PlanView]:
    """The plans in use, or the archived ones, in Danish order, with their turns counted."""
    status = PlanStatus.ARCHIVED if archived else PlanStatus.ACTIVE
    return [_plan_view(row) for row in session.execute(_plans().where(col(Plan.status) == status))]


def plan_view(session: Session, plan_id: int) -> PlanView:
    row = session.execute(_plans().where(col(Plan.id) == plan_id)).first()
    if row is None:
        raise Missing("plan", plan_id)
    return _plan_view(row)


def plan_beginnings(session: Session) -> dict[int, datetime]:
    """When each plan was made, archived ones too: part of what names a slot for good."""
    return {key or 0: made_at for key, made_at in session.exec(select(Plan.id, Plan.created_at))}


def plan_by_id(session: Session, plan_id: int) -> Plan:
    plan = session.get(Plan, plan_id)
    if plan is None:
        raise Missing("plan", plan_id)
    return plan


def plan_for_update(session: Session, plan_id: int) -> Plan:
    """The plan, held until the transaction ends: two people must not give the same weeks away at once."""
    plan = session.exec(select(Plan).where(Plan.id == plan_id).with_for_update()).first()
    if plan is None:
        raise Missing("plan", plan_id)
    return plan


def find_plan_by_name(session: Session, name: str) -> Plan | None:
    return session.exec(select(Plan).where(Plan.name == name)).first()


def _plans() -> Select[Any]:
    of_plan = (col(Slot.plan_id) == col(Plan.id)) & (col(Slot.status) != SlotStatus.CANCELLED)
    counted = func.count(col(Slot.id)), func.min(Slot.starts_on), func.max(Slot.ends_on)
    plan = (Plan.id, Plan.name, Plan.area_id, Plan.profile_id, Plan.status, Plan.version)
    grouped = select(*plan, *counted).outerjoin(Slot, of_plan).group_by(*plan, Plan.sort_key)  # type: ignore[call-overload]
    return grouped.order_by(Plan.sort_key, Plan.id)  # type: ignore[no-any-return]


def _plan_view(row: Any) -> PlanView:
    key, name, area_id, profile_id, status, version, count, first, last = row
    return PlanView(key, name, area_id, profile_id, PlanStatus(status), version, count, first, last)
