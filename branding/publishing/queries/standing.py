"""Where publications stand, said with the pauses and connections that hold now."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from branding.consent.values.records import Channel
from branding.drafts.values.drafts import shortened
from branding.drafts.values.kinds import PostKind
from branding.publishing.models import Connection, Pause, Publication
from branding.publishing.rules.looks import look_of
from branding.publishing.values.plan import PauseView, PublicationView
from branding.publishing.values.states import State, Way

_TITLE = 64


class Around:
    """Pauses and connections, read once, to say where publications stand."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._know(now, pauses(session), session.exec(select(Connection)).all())

    @classmethod
    def known(cls, now: datetime, held: Iterable[PauseView], connections: Iterable[Connection]) -> Around:
        """From what has been read already."""
        around = cls.__new__(cls)
        around._know(now, held, connections)
        return around

    def _know(self, now: datetime, held: Iterable[PauseView], connections: Iterable[Connection]) -> None:
        self.now, self.pauses, connections = now, tuple(held), list(connections)
        self.ways = {row.profile_id: Way(row.way) for row in connections}
        self.broken = {
            row.profile_id for row in connections if row.way == Way.API and row.broken_at is not None
        }

    def is_paused(self, profile_id: int) -> bool:
        return any(one.profile_id in (None, profile_id) for one in self.pauses)

    def view(self, row: Publication) -> PublicationView:
        state = State(row.state)
        way = Way(row.way) if row.way else self.ways.get(row.profile_id, Way.HAND)
        look = look_of(
            state,
            max(row.due_at, row.next_attempt_at),
            self.now,
            is_paused=self.is_paused(row.profile_id),
            is_broken=row.profile_id in self.broken,
        )
        return PublicationView(
            id=row.id,
            draft_id=row.draft_id,
            channel=Channel(row.channel),
            profile_id=row.profile_id,
            unit_id=row.unit_id,
            takeover_id=row.takeover_id,
            title=_cut(row.title),
            kind=PostKind(row.kind),
            state=state,
            state_since=row.state_since,
            code=row.code,
            due_at=row.due_at,
            look=look,
            way=way,
            version=row.version,
            author=row.author,
            planned_by=row.planned_by,
            planned_at=row.planned_at,
            next_attempt_at=row.next_attempt_at,
            failures=row.failures,
            publish_started_at=row.publish_started_at,
            published_at=row.published_at,
            permalink=row.permalink,
            remove_by=row.remove_by,
            removed_at=row.removed_at,
        )


def _cut(title: str) -> str:
    """First words that end with a word."""
    return shortened(title, _TITLE)


def pause_query() -> Any:
    """How many pauses hold now, for those who count more at once."""
    return select(func.count()).select_from(Pause).where(col(Pause.ended_at).is_(None))


def pauses(session: Session) -> list[PauseView]:
    """Those that hold now, the oldest first."""
    query = select(Pause).where(col(Pause.ended_at).is_(None)).order_by(col(Pause.made_at))
    return [
        PauseView(row.id or 0, row.profile_id, row.reason, row.made_by, row.made_at)
        for row in session.exec(query)
    ]


def publication_view(session: Session, row: Publication, now: datetime) -> PublicationView:
    return Around(session, now).view(row)


def views_of_drafts(
    session: Session, draft_ids: Collection[str], now: datetime
) -> dict[str, list[PublicationView]]:
    """Every channel's publication of these posts, in three queries."""
    around, found = Around(session, now), dict[str, list[PublicationView]]()
    query = select(Publication).where(col(Publication.draft_id).in_(draft_ids))
    for row in session.exec(query.order_by(col(Publication.due_at), col(Publication.id))):
        found.setdefault(row.draft_id, []).append(around.view(row))
    return found
