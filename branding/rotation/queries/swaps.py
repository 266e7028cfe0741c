"""Reads of swaps and of the links by which they are answered."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, or_
from sqlmodel import Session, col, select

from branding.core.errors import Missing
from branding.rotation.models import Slot, SlotSwap, SwapLink
from branding.rotation.queries.slots import slot_views
from branding.rotation.rules.swap import swap_stamp, why_not
from branding.rotation.values.swaps import SwapStatus, SwapView

#: How many answered swaps the list shows.
_RECENT = 20


def swaps(session: Session, today: date, unit_ids: Collection[int] | None = None) -> list[SwapView]:
    """Open swaps and the latest answered ones, newest first; three queries.

    With ``unit_ids`` those that concern these units.
    """
    newest = col(SlotSwap.proposed_at).desc(), col(SlotSwap.id).desc()
    wanted = select(SlotSwap).order_by(*newest)
    if unit_ids is not None:
        own = select(Slot.id).where(col(Slot.unit_id).in_(unit_ids))
        wanted = wanted.where(or_(col(SlotSwap.slot_id).in_(own), col(SlotSwap.other_slot_id).in_(own)))
    waiting = session.exec(wanted.where(SlotSwap.status == SwapStatus.PROPOSED)).all()
    answered = session.exec(wanted.where(SlotSwap.status != SwapStatus.PROPOSED).limit(_RECENT)).all()
    return _views(session, [*waiting, *answered], today)


def open_swaps(session: Session, today: date) -> list[SwapView]:
    """Those that wait for an answer and can still be carried out."""
    found = session.exec(select(SlotSwap).where(SlotSwap.status == SwapStatus.PROPOSED)).all()
    return [swap for swap in _views(session, found, today) if swap.is_open]


def open_swap_query() -> Any:
    """How many wait at most, for those who count more at once."""
    return select(func.count()).select_from(SlotSwap).where(SlotSwap.status == SwapStatus.PROPOSED)


def open_swaps_of(session: Session, slot_id: int, today: date) -> list[SwapView]:
    """The open swaps that one slot takes part in."""
    found = session.exec(select(SlotSwap).where(SlotSwap.status == SwapStatus.PROPOSED, _has(slot_id))).all()
    return [swap for swap in _views(session, found, today) if swap.is_open]


def swap_view(session: Session, swap_id: int, today: date) -> SwapView:
    return _views(session, [swap_by_id(session, swap_id)], today)[0]


def swap_by_id(session: Session, swap_id: int) -> SlotSwap:
    found = session.get(SlotSwap, swap_id)
    if found is None:
        raise Missing("slot_swap", swap_id)
    return found


def swap_token_hash(token: str) -> str:
    """What is kept of a link's secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_swap_link(session: Session, token: str) -> tuple[int, int] | None:
    """The swap and the user of a link."""
    link = session.exec(select(SwapLink).where(SwapLink.token_hash == swap_token_hash(token))).first()
    return (link.swap_id, link.user_id) if link else None


def _has(slot_id: int) -> ColumnElement[bool]:
    return or_(col(SlotSwap.slot_id) == slot_id, col(SlotSwap.other_slot_id) == slot_id)


def _views(session: Session, rows: Collection[SlotSwap], today: date) -> list[SwapView]:
    ids = {key for row in rows for key in (row.slot_id, row.other_slot_id)}
    slots = slot_views(session, ids) if ids else {}
    found = []
    for row in rows:
        slot, other = slots[row.slot_id], slots[row.other_slot_id]
        found.append(
            SwapView(
                id=row.id or 0,
                slot=slot,
                other=other,
                message=row.message,
                status=SwapStatus(row.status),
                proposed_by=row.proposed_by,
                proposed_at=row.proposed_at,
                answered_by=row.answered_by,
                answered_at=row.answered_at,
                move_id=row.move_id,
                stale=why_not(slot, other, today),
                stamp=swap_stamp(slot, other),
            )
        )
    return found
