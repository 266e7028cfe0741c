"""What went out in the example: the engine itself sends it, at the minute it was due."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import cast

from sqlmodel import Session

from branding.core.actor import Actor
from branding.core.db import Database
from branding.organisation import service as organisation
from branding.organisation.values import Channel, ProfileRequest
from branding.publishing import letters
from branding.publishing.service import connections, following, planning, running, telling
from branding.publishing.service.outlets import Outlets
from branding.publishing.values.states import Way
from branding.web.stafet import stafet


class _Here:
    """A database whose every transaction is the one that the example is made in."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        yield self._session
        self._session.flush()

    reader = transaction


def connect(session: Session, karen: Actor, profile_id: int, now: datetime) -> None:
    """Instagram is the practice profile; on the Facebook Page somebody posts by hand."""
    connections.set_way(session, karen, profile_id, Way.PRACTICE, 0, now=now)
    page = ProfileRequest(Channel.FACEBOOK, "socialomraadet.side", "Socialområdet")
    page_id = organisation.add_profile(session, karen, page, now=now)
    connections.hand_by(session, karen, page_id, karen.id, 0, now=now)


def plan(session: Session, at: datetime) -> None:
    """What has been approved gets its place in the plan."""
    planning.plan_approved(session, now=at)


def send(session: Session, at: datetime) -> None:
    """Everything that is due at this minute goes out, and people are told."""
    later = at + timedelta(seconds=2)
    outlets = Outlets(cast(Database, _Here(session)), stafet().settings, lambda: later)
    running.publish_due(outlets)
    following.follow_due(outlets)
    telling.tell(session, letters.alert, now=later)
