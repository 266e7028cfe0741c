"""Reads of channels."""

from __future__ import annotations

from sqlmodel import Session, col, select

from branding.core.db import read_once
from branding.core.errors import Missing
from branding.plan.models import PlanChannel
from branding.plan.values import ChannelKind, ChannelView


def channels(session: Session, archived: bool = False) -> list[ChannelView]:
    """Channels in Danish order; ``archived`` adds those that are no longer offered."""
    return [one for one in channels_by_id(session).values() if archived or not one.is_archived]


@read_once
def channels_by_id(session: Session) -> dict[int, ChannelView]:
    """All of them, in the same order; one query, however often a page asks."""
    rows = session.exec(select(PlanChannel).order_by(col(PlanChannel.sort_key), col(PlanChannel.id)))
    return {row.id or 0: channel_view(row) for row in rows}


def channel_by_id(session: Session, channel_id: int) -> ChannelView:
    return channel_view(channel_row(session, channel_id))


def channel_row(session: Session, channel_id: int) -> PlanChannel:
    found = session.get(PlanChannel, channel_id)
    if found is None:
        raise Missing("plan_channel", channel_id)
    return found


def channel_view(row: PlanChannel) -> ChannelView:
    return ChannelView(
        row.id or 0,
        ChannelKind(row.kind),
        row.name,
        row.audience,
        row.purpose,
        row.colour,
        row.profile_id,
        row.archived_at is not None,
        row.version,
    )
