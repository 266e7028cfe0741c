"""Reads of leaders who were told of a slot, and of the hosts whom they have not been asked about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from branding.takeovers.models import Host, LeaderAsk, LeaderLink, Takeover
from branding.takeovers.queries.links import token_hash
from branding.takeovers.rules import OPEN
from branding.takeovers.values import AskView, LeaderAnswer, RefusedHost


def asks_of_slots(session: Session, slot_ids: Iterable[int]) -> list[AskView]:
    """The leaders who were told of some slots."""
    return [
        ask_view(row, bool(links))
        for row, links in session.exec(
            select(LeaderAsk, _open_links())
            .where(col(LeaderAsk.slot_id).in_(list(slot_ids)))
            .order_by(col(LeaderAsk.id))
        )
    ]


def _open_links() -> Any:
    return (
        select(func.count())
        .where(LeaderLink.ask_id == LeaderAsk.id, col(LeaderLink.revoked_at).is_(None))
        .correlate(LeaderAsk)
        .scalar_subquery()
    )


def ask_view(row: LeaderAsk, has_link: bool) -> AskView:
    return AskView(
        row.id or 0,
        row.slot_id,
        row.unit_id,
        row.name,
        row.email,
        row.asked_at,
        row.told_starts_on,
        row.told_ends_on,
        has_link,
    )


def find_ask(session: Session, slot_id: int, unit_id: int) -> LeaderAsk | None:
    """Whether this unit's leader has been told of this slot."""
    return session.exec(
        select(LeaderAsk).where(LeaderAsk.slot_id == slot_id, LeaderAsk.unit_id == unit_id)
    ).first()


def asks_to_follow(session: Session, today: date, asked_since: datetime) -> list[LeaderAsk]:
    """Those who were told of days that are not over, or lately that it is called off."""
    called_off = col(LeaderAsk.told_ends_on).is_(None) & (col(LeaderAsk.asked_at) >= asked_since)
    ahead = called_off | (col(LeaderAsk.told_ends_on) >= today)
    return list(session.exec(select(LeaderAsk).where(ahead).order_by(col(LeaderAsk.id))))


def find_leader_link(session: Session, token: str) -> tuple[LeaderLink, LeaderAsk] | None:
    """The link and whose it is, whether or not it still opens."""
    query = (
        select(LeaderLink, LeaderAsk)
        .join(LeaderAsk, col(LeaderAsk.id) == LeaderLink.ask_id)
        .where(LeaderLink.token_hash == token_hash(token))
    )
    found = session.exec(query).first()
    return (found[0], found[1]) if found else None


def hosts_without_question(session: Session, today: date) -> list[tuple[Host, Takeover]]:
    """Hosts of coming takeovers about whom no leader has been asked."""
    query = (
        select(Host, Takeover)
        .join(Takeover, col(Takeover.id) == Host.takeover_id)
        .where(
            col(Host.leader_asked_at).is_(None),
            Host.leader_answer == LeaderAnswer.NONE,
            col(Host.removed_at).is_(None),
            col(Host.declined_at).is_(None),
            col(Takeover.status).in_(OPEN),
            col(Takeover.starts_on) > today,
        )
        .order_by(col(Host.id))
    )
    return [(host, takeover) for host, takeover in session.exec(query)]


def hosts_refused_by_leader(session: Session, today: date) -> list[RefusedHost]:
    """Hosts of coming takeovers to whom the leader said no; nearest first."""
    query = select(Host, Takeover).where(*_refused(today)).order_by(col(Takeover.starts_on), col(Host.id))
    return [RefusedHost(t.id or 0, host.name, t.unit_id, t.starts_on) for host, t in session.exec(query)]


def refused_hosts_query(today: date) -> Any:
    """How many they are, for those who count more at once."""
    return select(func.count(col(Host.id))).where(*_refused(today))


def _refused(today: date) -> list[ColumnElement[bool]]:
    return [
        col(Takeover.id) == Host.takeover_id,
        col(Host.leader_answer) == LeaderAnswer.NO,
        col(Host.removed_at).is_(None),
        col(Host.declined_at).is_(None),
        col(Takeover.status).in_(OPEN),
        col(Takeover.starts_on) > today,
    ]
