"""Reads of hosts: their answers, the rules they accepted, and what they have been told."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from branding.core.db import read_once
from branding.core.errors import Missing
from branding.takeovers.models import Host, HostLink, RuleAcceptance, Takeover
from branding.takeovers.values import HostView, LeaderAnswer, TakeoverStatus


def hosts_of(session: Session, takeover_ids: Iterable[int]) -> dict[int, list[HostView]]:
    """The hosts of some takeovers, those who said no included, in the order they were named."""
    here = col(Host.takeover_id).in_(list(takeover_ids)) & col(Host.removed_at).is_(None)
    query = select(Host, links_in_use()).where(here).order_by(col(Host.id))
    found: dict[int, list[HostView]] = {}
    for host, links in session.exec(query):
        found.setdefault(host.takeover_id, []).append(view_of_host(host, bool(links)))
    return found


def links_in_use() -> Any:
    """How many links a host holds that were not taken back, as a column beside the host."""
    return (
        select(func.count())
        .where(HostLink.host_id == Host.id, col(HostLink.revoked_at).is_(None))
        .correlate(Host)
        .scalar_subquery()
    )


def view_of_host(host: Host, has_link: bool) -> HostView:
    return HostView(
        host.id or 0,
        host.takeover_id,
        host.name,
        host.email,
        host.phone,
        host.profession_id,
        host.invited_at,
        host.accepted_at,
        host.declined_at,
        host.briefed_at,
        has_link,
        host.version,
        LeaderAnswer(host.leader_answer),
        host.leader_answered_at,
        host.leader_note,
        host.login_viewed_at,
    )


@read_once
def host_view(session: Session, host_id: int) -> HostView:
    """One host, also one who was taken off."""
    links = select(HostLink.id).where(HostLink.host_id == host_id, col(HostLink.revoked_at).is_(None))
    return view_of_host(host_by_id(session, host_id), session.exec(links).first() is not None)


def host_names(session: Session, host_ids: Collection[int]) -> dict[int, str]:
    """What these hosts are called, also those who were taken off; one query, none for nobody."""
    if not host_ids:
        return {}
    query = select(col(Host.id), Host.name).where(col(Host.id).in_(host_ids))
    return {host_id: name for host_id, name in session.exec(query) if host_id is not None}


def find_host(session: Session, takeover_id: int, email: str) -> Host | None:
    """A host of the takeover by mail address, also one who was taken off."""
    return session.exec(select(Host).where(Host.takeover_id == takeover_id, Host.email == email)).first()


def hosts_to_tell(session: Session, changed_before: datetime) -> list[tuple[Host, Takeover]]:
    """Hosts who know of a takeover and whose latest mail says something else than what is.

    Those who said no themselves, and takeovers that are closed, are left alone.
    """
    is_off = (col(Takeover.status) == TakeoverStatus.CANCELLED) | col(Host.removed_at).is_not(None)
    has_days = col(Host.told_starts_on).is_not(None)
    other_days = or_(
        col(Host.told_starts_on).is_(None),
        col(Host.told_starts_on) != Takeover.starts_on,
        col(Host.told_ends_on) != Takeover.ends_on,
    )
    query = (
        select(Host, Takeover)
        .join(Takeover, col(Takeover.id) == Host.takeover_id)
        .where(
            col(Host.invited_at).is_not(None),
            col(Host.declined_at).is_(None),
            Takeover.status != TakeoverStatus.CLOSED,
            func.coalesce(Host.removed_at, Takeover.changed_at) <= changed_before,
            (is_off & has_days) | (~is_off & other_days),
        )
    )
    return [(host, takeover) for host, takeover in session.exec(query)]


@read_once
def host_by_id(session: Session, host_id: int) -> Host:
    found = session.get(Host, host_id)
    if found is None:
        raise Missing("host", host_id)
    return found


def acceptances_of(session: Session, host_id: int) -> list[RuleAcceptance]:
    return list(session.exec(select(RuleAcceptance).where(RuleAcceptance.host_id == host_id)))
