"""Reads of ambassadors, the links that fill their list, and what they share."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from sqlalchemy import ColumnElement, func
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, or_, select

from branding.core.errors import Missing
from branding.organisation import queries as organisation
from branding.plan.models import Ambassador, AmbassadorLink, ShareClick, ShareKit, ShareLink
from branding.plan.values import AmbassadorLinkView, AmbassadorView, KitView, LinkView, ShareWay
from branding.takeovers.queries import token_hash
from branding.takeovers.rules.involvement import KEPT, KEPT_REMOVED


def _of_units(column: Mapped[int | None], units: Collection[int] | None) -> list[ColumnElement[bool]]:
    """``None``: everything, also what belongs to no unit."""
    return [] if units is None else [column.in_(units)]


def ambassadors(session: Session, units: Collection[int] | None) -> list[AmbassadorView]:
    """Those on the list, newest first."""
    query = select(Ambassador).where(
        col(Ambassador.removed_at).is_(None), *_of_units(col(Ambassador.unit_id), units)
    )
    rows = session.exec(query.order_by(col(Ambassador.made_at).desc(), col(Ambassador.id).desc()))
    return [AmbassadorView(row.id or 0, row.unit_id, row.name, row.email, row.made_at) for row in rows]


def ambassador_by_id(session: Session, ambassador_id: int) -> Ambassador:
    found = session.get(Ambassador, ambassador_id)
    if found is None:
        raise Missing("ambassador", ambassador_id)
    return found


def find_ambassador(session: Session, email: str) -> Ambassador | None:
    """By address, also one who was taken off."""
    return session.exec(select(Ambassador).where(Ambassador.email == email)).first()


def find_ambassador_by_token(session: Session, token: str) -> Ambassador | None:
    """Whom a mailed link takes off the list."""
    return session.exec(select(Ambassador).where(Ambassador.off_token_hash == token_hash(token))).first()


def ambassadors_to_delete(session: Session, now: datetime) -> list[Ambassador]:
    """Names that have been kept for as long as people were told: the same as volunteers'."""
    query = select(Ambassador).where(
        (col(Ambassador.made_at) <= now - KEPT) | (col(Ambassador.removed_at) <= now - KEPT_REMOVED)
    )
    return list(session.exec(query.order_by(col(Ambassador.id))))


def find_join_link(session: Session, token: str) -> AmbassadorLink | None:
    """A link by its secret, also one that was stopped."""
    return session.exec(select(AmbassadorLink).where(AmbassadorLink.token_hash == token_hash(token))).first()


def find_open_join_link(session: Session, token: str) -> AmbassadorLink | None:
    """The same while people can join by it."""
    link = find_join_link(session, token)
    if link is None or link.revoked_at is not None:
        return None
    if link.unit_id is not None and organisation.unit_by_id(session, link.unit_id).is_archived:
        return None
    return link


def join_link_by_id(session: Session, link_id: int) -> AmbassadorLink:
    found = session.get(AmbassadorLink, link_id)
    if found is None:
        raise Missing("ambassador_link", link_id)
    return found


def join_links(session: Session, units: Collection[int] | None) -> list[AmbassadorLinkView]:
    """The links in use, newest first."""
    query = select(AmbassadorLink).where(
        col(AmbassadorLink.revoked_at).is_(None), *_of_units(col(AmbassadorLink.unit_id), units)
    )
    rows = session.exec(query.order_by(col(AmbassadorLink.id).desc()))
    return [AmbassadorLinkView(row.id or 0, row.unit_id, row.made_at) for row in rows]


def kits(session: Session, units: Collection[int] | None, most: int = 50) -> list[KitView]:
    """What was made to share, newest first, with its links and their clicks; two queries."""
    query = select(ShareKit)
    if units is not None:
        query = query.where(or_(col(ShareKit.unit_id).in_(units), col(ShareKit.unit_id).is_(None)))
    return _views(session, session.exec(query.order_by(col(ShareKit.id).desc()).limit(most)))


def kits_of_activity(session: Session, activity_id: int) -> list[KitView]:
    query = select(ShareKit).where(ShareKit.activity_id == activity_id).order_by(col(ShareKit.id).desc())
    return _views(session, session.exec(query))


def kit_by_id(session: Session, kit_id: int) -> KitView:
    """One, with its clicks a day."""
    days = (
        select(col(ShareClick.clicked_on), func.sum(ShareClick.clicks))
        .join(ShareLink, col(ShareLink.id) == ShareClick.link_id)
        .where(ShareLink.kit_id == kit_id)
        .group_by(col(ShareClick.clicked_on))
        .order_by(col(ShareClick.clicked_on))
    )
    found = [(day, int(clicks)) for day, clicks in session.exec(days)]
    return _views(session, [kit_row(session, kit_id)], days={kit_id: tuple(found)})[0]


def kit_row(session: Session, kit_id: int) -> ShareKit:
    found = session.get(ShareKit, kit_id)
    if found is None:
        raise Missing("share_kit", kit_id)
    return found


def find_kit(session: Session, token: str) -> KitView | None:
    """By the address of its public page."""
    return next(iter(_views(session, session.exec(select(ShareKit).where(ShareKit.token == token)))), None)


def find_share_link(session: Session, token: str) -> tuple[int, KitView] | None:
    """The id of a tracked link, and its kit."""
    link = session.exec(select(ShareLink).where(ShareLink.token == token)).first()
    return (link.id or 0, _views(session, [kit_row(session, link.kit_id)])[0]) if link else None


def click_counts(session: Session, first: date, last: date) -> Mapping[int, int]:
    """How often tracked links were opened in a period, by the channel they count for; one query."""
    query = (
        select(col(ShareKit.channel_id), func.sum(ShareClick.clicks))
        .join(ShareLink, col(ShareLink.kit_id) == ShareKit.id)
        .join(ShareClick, col(ShareClick.link_id) == ShareLink.id)
        .where(col(ShareClick.clicked_on).between(first, last), col(ShareKit.channel_id).is_not(None))
        .group_by(col(ShareKit.channel_id))
        .order_by(col(ShareKit.channel_id))
    )
    return {channel_id: int(clicks) for channel_id, clicks in session.exec(query) if channel_id is not None}


def _views(
    session: Session,
    rows: Iterable[ShareKit],
    days: Mapping[int, tuple[tuple[date, int], ...]] | None = None,
) -> list[KitView]:
    rows = list(rows)
    links = _links(session, [row.id or 0 for row in rows])
    return [
        KitView(
            row.id or 0,
            row.token,
            row.title,
            row.text,
            row.address,
            row.activity_id,
            row.publication_id,
            row.channel_id,
            row.unit_id,
            row.made_at,
            row.sent_at,
            row.sent_to,
            tuple(links.get(row.id or 0, ())),
            row.stopped_at,
            row.version,
            (days or {}).get(row.id or 0, ()),
        )
        for row in rows
    ]


def _links(session: Session, kit_ids: Collection[int]) -> dict[int, list[LinkView]]:
    if not kit_ids:
        return {}
    query = (
        select(
            ShareLink.kit_id, ShareLink.token, ShareLink.way, func.coalesce(func.sum(ShareClick.clicks), 0)
        )
        .join(ShareClick, col(ShareClick.link_id) == ShareLink.id, isouter=True)
        .where(col(ShareLink.kit_id).in_(kit_ids))
        .group_by(col(ShareLink.id), col(ShareLink.kit_id), col(ShareLink.token), col(ShareLink.way))
        .order_by(col(ShareLink.id))
    )
    found: dict[int, list[LinkView]] = {}
    for kit_id, token, way, clicks in session.exec(query):
        found.setdefault(kit_id, []).append(LinkView(token, ShareWay(way), int(clicks)))
    return found
