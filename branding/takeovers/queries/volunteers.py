"""Reads of the lists of volunteers and the links that fill them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from branding.core.errors import Missing
from branding.organisation import queries as organisation
from branding.takeovers.models import Host, Takeover, Volunteer, VolunteerLink
from branding.takeovers.queries.links import token_hash
from branding.takeovers.rules.involvement import KEPT, KEPT_REMOVED
from branding.takeovers.values import TakeoverStatus, VolunteerLinkView, VolunteerView


def volunteers_of(session: Session, unit_ids: Iterable[int]) -> list[VolunteerView]:
    """Those on the lists of some units, newest first; who is a host now says where."""
    query = (
        select(Volunteer, Host, Takeover)
        .join(Host, col(Host.id) == Volunteer.host_id, isouter=True)
        .join(Takeover, col(Takeover.id) == Host.takeover_id, isouter=True)
        .where(col(Volunteer.unit_id).in_(list(unit_ids)), col(Volunteer.removed_at).is_(None))
        .order_by(col(Volunteer.made_at).desc(), col(Volunteer.id).desc())
    )
    return [_view(*row) for row in session.exec(query)]


def _view(row: Volunteer, host: Host | None, takeover: Takeover | None) -> VolunteerView:
    is_host = (
        host is not None
        and takeover is not None
        and host.removed_at is None
        and host.declined_at is None
        and takeover.status != TakeoverStatus.CANCELLED
    )
    return VolunteerView(
        row.id or 0,
        row.unit_id,
        row.name,
        row.email,
        row.profession_id,
        row.wish,
        row.made_at,
        takeover.id if takeover and is_host else None,
        takeover.starts_on if takeover and is_host else None,
    )


def volunteer_by_id(session: Session, volunteer_id: int) -> Volunteer:
    found = session.get(Volunteer, volunteer_id)
    if found is None:
        raise Missing("volunteer", volunteer_id)
    return found


def volunteer_view(session: Session, volunteer_id: int) -> VolunteerView:
    """One name that is on a list."""
    row = volunteer_by_id(session, volunteer_id)
    found = [one for one in volunteers_of(session, [row.unit_id]) if one.id == volunteer_id]
    if not found:
        raise Missing("volunteer", volunteer_id)
    return found[0]


def find_volunteer(session: Session, unit_id: int, email: str) -> Volunteer | None:
    """A name by its address, also one that was taken off."""
    return session.exec(
        select(Volunteer).where(Volunteer.unit_id == unit_id, Volunteer.email == email)
    ).first()


def find_volunteer_by_token(session: Session, token: str) -> Volunteer | None:
    """The name that a mailed link takes off the list."""
    return session.exec(select(Volunteer).where(Volunteer.off_token_hash == token_hash(token))).first()


def find_volunteer_link(session: Session, token: str) -> VolunteerLink | None:
    """A link by its secret, also one that was stopped."""
    return session.exec(select(VolunteerLink).where(VolunteerLink.token_hash == token_hash(token))).first()


def find_open_volunteer_link(session: Session, token: str) -> VolunteerLink | None:
    """The same while people can volunteer by it: it is not stopped, and the unit is in use."""
    link = find_volunteer_link(session, token)
    if link is None or link.revoked_at is not None:
        return None
    return None if organisation.unit_by_id(session, link.unit_id).is_archived else link


def volunteer_link_by_id(session: Session, link_id: int) -> VolunteerLink:
    found = session.get(VolunteerLink, link_id)
    if found is None:
        raise Missing("volunteer_link", link_id)
    return found


def volunteer_links(session: Session, unit_ids: Iterable[int]) -> list[VolunteerLinkView]:
    """The links in use of some units, newest first."""
    query = (
        select(VolunteerLink)
        .where(col(VolunteerLink.unit_id).in_(list(unit_ids)), col(VolunteerLink.revoked_at).is_(None))
        .order_by(col(VolunteerLink.id).desc())
    )
    return [VolunteerLinkView(row.id or 0, row.unit_id, row.made_at) for row in session.exec(query)]


def volunteers_to_delete(session: Session, now: datetime) -> list[Volunteer]:
    """Names that have been kept for as long as people were told."""
    query = select(Volunteer).where(
        (col(Volunteer.made_at) <= now - KEPT) | (col(Volunteer.removed_at) <= now - KEPT_REMOVED)
    )
    return list(session.exec(query))
