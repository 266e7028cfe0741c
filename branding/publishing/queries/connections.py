"""Reads of how profiles are reached; no token ever leaves here."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, col, select

from branding.publishing.models import Connection
from branding.publishing.values.connections import ConnectionView
from branding.publishing.values.states import Flavour, Way


def connection_of(session: Session, profile_id: int) -> ConnectionView:
    """Without a row somebody posts by hand."""
    row = session.get(Connection, profile_id)
    return ConnectionView(profile_id, Way.HAND, version=0) if row is None else _view(row)


def connections(session: Session, way: Way | None = None) -> Sequence[ConnectionView]:
    """Those that were set up, by profile."""
    query = select(Connection).order_by(col(Connection.profile_id))
    rows = session.exec(query if way is None else query.where(Connection.way == way))
    return [_view(row) for row in rows]


def has_token(session: Session, profile_id: int) -> bool:
    """Whether the profile was connected and can go back to publishing by itself."""
    row = session.get(Connection, profile_id)
    return row is not None and bool(row.token_sealed)


def _view(row: Connection) -> ConnectionView:
    return ConnectionView(
        row.profile_id,
        Way(row.way),
        Flavour(row.flavour) if row.flavour else None,
        row.account_id,
        row.token_expires_at,
        row.broken_at,
        row.broken_code,
        row.tested_at,
        tuple(row.test),
        row.hand_user_id,
        row.baseline_at,
        row.version,
    )
