"""Reads of shoots: lists, one, and by the secret in its QR code."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlmodel import Session, col, select

from branding.consent.models import Shoot
from branding.consent.queries.requests import token_hash
from branding.consent.values.requests import Offered, ShootView
from branding.core import sealed
from branding.core.errors import Missing


def shoot_row(session: Session, shoot_id: str) -> Shoot:
    found = session.get(Shoot, shoot_id)
    if found is None:
        raise Missing("shoot", shoot_id)
    return found


def shoot_by_id(session: Session, shoot_id: str) -> ShootView:
    return _view(shoot_row(session, shoot_id))


def shoots_of_units(session: Session, unit_ids: Collection[int], limit: int = 100) -> list[ShootView]:
    """Newest first."""
    rows = session.exec(
        select(Shoot)
        .where(col(Shoot.unit_id).in_(unit_ids))
        .order_by(col(Shoot.held_on).desc(), col(Shoot.id))
        .limit(limit)
    )
    return [_view(row) for row in rows]


def open_shoots(session: Session, unit_ids: Collection[int], today: date) -> list[ShootView]:
    """Those that somebody can still be asked for: not closed, and not over for a month."""
    return [
        one
        for one in shoots_of_units(session, unit_ids)
        if one.closed_at is None and (today - one.held_on).days <= 31 and one.lasts_until >= today
    ]


def find_shoot(session: Session, token: str) -> ShootView | None:
    row = session.exec(select(Shoot).where(Shoot.token_hash == token_hash(token))).first()
    return None if row is None else _view(row)


def takes_answers(shoot: ShootView, now: datetime) -> bool:
    """Whether its code still lets people in."""
    return shoot.closed_at is None and shoot.open_until is not None and now < shoot.open_until


def token_of(session: Session, shoot_id: str) -> str:
    """The secret in the code, opened again so that the sheet can be printed twice."""
    row = shoot_row(session, shoot_id)
    return sealed.unseal(session, row.token_sealed, about=_about(row.id)) if row.token_sealed else ""


def _about(shoot_id: str) -> str:
    return f"shoot:{shoot_id}:token"


def _view(row: Shoot) -> ShootView:
    return ShootView(
        row.id,
        row.unit_id,
        row.title,
        row.place,
        row.held_on,
        row.reference,
        Offered.from_json(row.offered),
        row.lasts_until,
        row.open_until,
        row.closed_at,
        row.made_at,
        row.token_hash is not None,
    )
