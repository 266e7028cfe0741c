"""Reads of hashtag sets."""

from __future__ import annotations

from sqlmodel import Session, col, or_, select

from branding.core.errors import Missing
from branding.drafts.models import HashtagSet
from branding.drafts.rules.caption import hashtags
from branding.drafts.values.hashtags import SetView
from branding.organisation import queries as organisation


def all_sets(session: Session, *, archived: bool = False) -> list[SetView]:
    """Every set in Danish order; ``archived`` adds those no longer offered."""
    query = select(HashtagSet).order_by(col(HashtagSet.sort_key), col(HashtagSet.id))
    return [_view(row) for row in session.exec(query) if archived or row.archived_at is None]


def sets_for(
    session: Session, profile_id: int | None, unit_id: int, profession_id: int | None
) -> list[SetView]:
    """What is offered for a post: nothing in a set contradicts it; a specialområde's hold under it too."""
    areas = {unit.id: unit.area_id for unit in organisation.units(session, archived=True)}
    unit_ids = {unit_id, areas[unit_id]}
    query = select(HashtagSet).where(
        col(HashtagSet.archived_at).is_(None),
        or_(col(HashtagSet.profile_id).is_(None), col(HashtagSet.profile_id) == profile_id),
        or_(col(HashtagSet.unit_id).is_(None), col(HashtagSet.unit_id).in_(unit_ids)),
        or_(col(HashtagSet.profession_id).is_(None), col(HashtagSet.profession_id) == profession_id),
    )
    return [_view(row) for row in session.exec(query.order_by(col(HashtagSet.sort_key), col(HashtagSet.id)))]


def set_row(session: Session, set_id: int) -> HashtagSet:
    found = session.get(HashtagSet, set_id)
    if found is None:
        raise Missing("hashtag_set", set_id)
    return found


def set_by_id(session: Session, set_id: int) -> SetView:
    return _view(set_row(session, set_id))


def _view(row: HashtagSet) -> SetView:
    return SetView(
        row.id or 0,
        row.name,
        hashtags(row.tags),
        row.profile_id,
        row.unit_id,
        row.profession_id,
        row.archived_at is not None,
        row.version,
    )
