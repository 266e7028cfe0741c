"""Beginning the next post of a takeover: its kind and time are proposed, and can be changed."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from branding.core import clock
from branding.core.actor import Actor
from branding.drafts.queries.drafts import drafts_of_takeover
from branding.drafts.rules.next_post import Had, next_post, usual_time
from branding.drafts.rules.rhythm import rhythm
from branding.drafts.service import drafts
from branding.drafts.values.drafts import DraftView, Start
from branding.drafts.values.kinds import Day, PostKind
from branding.takeovers import queries as takeovers
from branding.takeovers.values import TakeoverView


def start_next(
    session: Session, actor: Actor, takeover_id: int, kind: PostKind | None = None, *, now: datetime
) -> str:
    """A new post of that kind, or of the one that fits; returns its id."""
    takeover = takeovers.takeover_view(session, takeover_id)
    day = following(takeover, drafts_of_takeover(session, takeover_id), now)
    due = due_on(takeover, day, now)
    return drafts.start(
        session, actor, Start(kind or day.kind or PostKind.DAILY, takeover_id, due_at=due), now=now
    )


def following(takeover: TakeoverView, posts: list[DraftView], now: datetime) -> Day:
    """The day that lacks a post, and what fits there."""
    return next_post(takeover.starts_on, takeover.ends_on, had(posts), clock.local(now).date())


def days_of(takeover: TakeoverView) -> tuple[Day, ...]:
    """Each day of the takeover with the kind of post that fits it."""
    return rhythm(takeover.starts_on, takeover.ends_on)


def due_on(takeover: TakeoverView, day: Day, now: datetime) -> datetime | None:
    """The usual time on that day; none when the takeover would be over by then."""
    on, hour = usual_time(day.day, clock.local(now))
    return clock.at_local(on, hour) if takeover.starts_on <= on <= takeover.ends_on else None


def had(posts: list[DraftView]) -> Had:
    """What each day has."""
    return [(clock.local(one.due_at).date(), one.kind) for one in posts if one.due_at is not None]
