"""Making and stopping the secret addresses that calendar programs fetch."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlmodel import Session

from branding.audit.service import record
from branding.core import policy
from branding.core.actor import Actor
from branding.core.errors import Missing, RuleBroken
from branding.core.text import say
from branding.organisation import queries as organisation
from branding.takeovers.models import CalendarFeed
from branding.takeovers.queries import feeds as queries
from branding.takeovers.queries import token_hash
from branding.takeovers.rules.feeds import MOST_FEEDS
from branding.takeovers.values import FeedKind

_MANAGE = "takeovers:feed:manage"


def make_feed(session: Session, actor: Actor, unit_id: int | None, *, now: datetime) -> str:
    """Everything, or one unit with its afdelinger; returns the secret, which is kept nowhere."""
    policy.check(actor, _MANAGE)
    assert actor.id is not None
    if unit_id is not None:
        organisation.unit_by_id(session, unit_id)
    if len(queries.feeds_of(session, actor.id)) >= MOST_FEEDS:
        text = say("You have %(most)s calendars already. Stop one that you do not use.", most=MOST_FEEDS)
        raise RuleBroken("too_many_feeds", text)
    kind = FeedKind.ALL if unit_id is None else FeedKind.UNIT
    return _make(session, actor, kind, user_id=actor.id, unit_id=unit_id, now=now)


def make_host_feed(session: Session, actor: Actor, *, now: datetime) -> str:
    """The host's own days.  A new address replaces the one before."""
    policy.check(actor, "takeovers:host:week")
    assert actor.id is not None
    stop_host_feeds(session, actor, actor.id, now=now)
    return _make(session, actor, FeedKind.HOST, host_id=actor.id, now=now)


def stop_host_feeds(session: Session, actor: Actor, host_id: int, *, now: datetime) -> None:
    """A host's addresses close when a new one is made, and when the link is taken back."""
    for feed in queries.feeds_of_host(session, host_id):
        _stop(session, actor, feed, now=now)


def stop_feed(session: Session, actor: Actor, feed_id: int, *, now: datetime) -> None:
    """For good: whoever had the address cannot fetch it any more.  Only one's own."""
    policy.check(actor, _MANAGE)
    feed = queries.feed_by_id(session, feed_id)
    if feed.user_id is None or feed.user_id != actor.id:
        raise Missing("calendar_feed", feed_id)
    if feed.revoked_at is None:
        _stop(session, actor, feed, now=now)


def _make(
    session: Session,
    actor: Actor,
    kind: FeedKind,
    *,
    user_id: int | None = None,
    host_id: int | None = None,
    unit_id: int | None = None,
    now: datetime,
) -> str:
    token = secrets.token_urlsafe(32)
    feed = CalendarFeed(
        kind=kind,
        user_id=user_id,
        host_id=host_id,
        unit_id=unit_id,
        token_hash=token_hash(token),
        made_at=now,
    )
    session.add(feed)
    session.flush()
    changes = {"kind": (None, feed.kind), "unit_id": (None, feed.unit_id)}
    record(session, actor, "takeovers:feed:made", "calendar_feed", feed.id, changes=changes, now=now)
    return token


def _stop(session: Session, actor: Actor, feed: CalendarFeed, *, now: datetime) -> None:
    feed.revoked_at = now
    session.flush()
    record(session, actor, "takeovers:feed:revoked", "calendar_feed", feed.id, now=now)
