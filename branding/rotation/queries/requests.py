"""Reads of wishes and blocked weeks."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlmodel import Session, col, select

from branding.core.errors import Missing
from branding.core.isoweek import Week
from branding.rotation.models import WeekRequest
from branding.rotation.values import Block
from branding.rotation.values.planning import RequestKind, WeekRequestView


def week_requests(
    session: Session,
    first: date,
    last: date,
    *,
    unit_ids: Collection[int] | None = None,
    plan_id: int | None = None,
) -> list[WeekRequestView]:
    """The requests with a day in the period, in order; with ``plan_id`` without those for other plans."""
    wanted = select(WeekRequest).where(
        col(WeekRequest.removed_at).is_(None), WeekRequest.starts_on <= last, WeekRequest.ends_on >= first
    )
    if unit_ids is not None:
        wanted = wanted.where(col(WeekRequest.unit_id).in_(unit_ids))
    if plan_id is not None:
        wanted = wanted.where(col(WeekRequest.plan_id).is_(None) | (col(WeekRequest.plan_id) == plan_id))
    ordered = wanted.order_by(col(WeekRequest.starts_on), col(WeekRequest.id))
    return [_view(row) for row in session.exec(ordered)]


def blocked_weeks(
    session: Session, block: Block, unit_ids: Collection[int], plan_id: int
) -> list[WeekRequestView]:
    """What these units have blocked of a block's weeks in this plan."""
    found = week_requests(session, block.starts_on, block.ends_on, unit_ids=unit_ids, plan_id=plan_id)
    return [one for one in found if one.kind is RequestKind.BLOCKED]


def week_request_by_id(session: Session, request_id: int) -> WeekRequest:
    found = session.get(WeekRequest, request_id)
    if found is None:
        raise Missing("week_request", request_id)
    return found


def removed_requests(session: Session, before: datetime) -> list[WeekRequest]:
    """Those that were taken away before this moment."""
    return list(session.exec(select(WeekRequest).where(col(WeekRequest.removed_at) < before)))


def _view(row: WeekRequest) -> WeekRequestView:
    return WeekRequestView(
        row.id or 0,
        row.unit_id,
        row.plan_id,
        RequestKind(row.kind),
        Block(Week(row.iso_year, row.iso_week), row.weeks),
        row.reason,
        row.version,
    )
