"""Which way a profile's posts go out, and the client that speaks to its channel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from branding.core.db import Database
from branding.core.settings import Settings
from branding.publishing.channels.choosing import client_for, load_apis
from branding.publishing.channels.protocol import ChannelClient
from branding.publishing.models import Connection, Pause
from branding.publishing.service.connections import access_of
from branding.publishing.service.practice import PracticeClient
from branding.publishing.values.calls import CallRecord
from branding.publishing.values.states import Way


@dataclass(frozen=True, slots=True)
class Outlets:
    """What the engine needs of the outside: the database, the settings and the clock."""

    database: Database
    settings: Settings
    now: Callable[[], datetime]

    def client(
        self, session: Session, profile_id: int, way: Way, note: Callable[[CallRecord], None]
    ) -> ChannelClient:
        """A new client; a profile that is posted to by hand has none (LookupError)."""
        if way is Way.PRACTICE:
            return PracticeClient(self.database, profile_id, self.now)
        if way is Way.HAND:
            raise LookupError("posted to by hand")
        return client_for(access_of(session, profile_id), load_apis(self.settings), note)


def way_of(session: Session, profile_id: int) -> Way:
    """Without a connection a person posts: nothing goes out that nobody has set up."""
    row = session.get(Connection, profile_id)
    return Way(row.way) if row is not None else Way.HAND


def token_ends_at(session: Session, profile_id: int) -> datetime | None:
    """When the channel stops letting us in; None when that is not known, or no token is needed."""
    row = session.get(Connection, profile_id)
    return row.token_expires_at if row is not None and row.way == Way.API else None


def pauses(session: Session) -> list[Pause]:
    """Those that hold now."""
    return list(session.exec(select(Pause).where(col(Pause.ended_at).is_(None)).order_by(col(Pause.made_at))))


def is_paused(session: Session, profile_id: int) -> bool:
    return any(one.profile_id in (None, profile_id) for one in pauses(session))
