"""Reads of the links that open a takeover for its host."""

from __future__ import annotations

import hashlib
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from branding.core.actor import Actor, Role
from branding.core.db import read_once
from branding.takeovers.models import Host, HostLink, Takeover
from branding.takeovers.rules import link_life
from branding.takeovers.values import LinkLife, TakeoverStatus


def link_count(session: Session, host_id: int) -> int:
    """How many links a host was ever given."""
    return session.exec(select(func.count()).where(HostLink.host_id == host_id)).one()


def token_hash(token: str) -> str:
    """What is kept of a link's secret."""
    return hashlib.sha256(token.encode()).hexdigest()


@read_once
def find_link(session: Session, token: str) -> tuple[HostLink, Host, Takeover] | None:
    """The link, its host and its takeover, whether or not it still opens."""
    query = (
        select(HostLink, Host, Takeover)
        .join(Host, col(Host.id) == HostLink.host_id)
        .join(Takeover, col(Takeover.id) == Host.takeover_id)
        .where(HostLink.token_hash == token_hash(token))
    )
    found = session.exec(query).first()
    return (found[0], found[1], found[2]) if found else None


def find_host_actor(session: Session, token: str, today: date) -> Actor | None:
    """The host who acts by a link that still opens."""
    found = find_link(session, token)
    if found is None or found[0].revoked_at is not None or found[1].removed_at is not None:
        return None
    _, host, takeover = found
    if life_of_link(host, takeover, today) == LinkLife.CLOSED:
        return None
    return Actor(
        "host", host.id, host.name, host.email, frozenset({Role.HOST}), frozenset({takeover.unit_id})
    )


def life_of_link(host: Host, takeover: Takeover, today: date) -> LinkLife:
    """What this host's links open today."""
    status, has_accepted = TakeoverStatus(takeover.status), host.accepted_at is not None
    return link_life(status, takeover.ends_on, today, has_accepted=has_accepted)


def host_link_life(session: Session, host_id: int, today: date) -> LinkLife:
    """The same, for the host who is here by one."""
    host = session.get_one(Host, host_id)
    takeover = session.get_one(Takeover, host.takeover_id)
    return life_of_link(host, takeover, today)
