"""After an unclear answer: is it out?  (publishing-apis.md section 1.9; the order matters.)"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from branding.publishing.rules.times import STILL_READY, UNCLEAR_FOR
from branding.publishing.values.calls import Container, Look, RemotePost
from branding.publishing.values.states import State

#: The channel's clock and ours differ by less than this.
EARLIER = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Verdict:
    """``state`` is None while it must be looked at again; ``post`` is the one that is ours."""

    state: State | None
    post: RemotePost | None = None


def conclude(
    look: Look,
    *,
    caption: str,
    before: Collection[str],
    taken: Collection[str],
    started_at: datetime,
    now: datetime,
) -> Verdict:
    """What is known after one look.

    ``before``: ids that stood there just before the call; ``taken``: ids that belong to other
    publications.  Only one post that can be ours is ours; of several, a person chooses.
    """
    late = now - started_at >= UNCLEAR_FOR
    ours = candidates(look.posts, caption, before, taken, started_at)
    if len(ours) > 1:
        return Verdict(State.NEEDS_REVIEW)
    if look.container in (None, Container.PUBLISHED) and len(ours) == 1:
        return Verdict(State.PUBLISHED, ours[0])
    if look.container is Container.PUBLISHED:
        return Verdict(State.PUBLISHED_NO_ID)
    if ours and _plain(caption):
        # It is in the list, whatever the container says: a list lies less than a status.
        return Verdict(State.PUBLISHED, ours[0])
    if ours:
        # A story of somebody's with a phone has no words either.
        return Verdict(State.NEEDS_REVIEW if now - started_at >= STILL_READY else None)
    if look.container in (Container.ERROR, Container.EXPIRED):
        return Verdict(State.NOT_PUBLISHED)
    if look.container is Container.FINISHED and now - started_at >= STILL_READY and look.can_list:
        return Verdict(State.NOT_PUBLISHED)
    # Without a container nothing proves that it is not out: a person looks.
    return Verdict(State.NEEDS_REVIEW if late else None)


def candidates(
    posts: Collection[RemotePost],
    caption: str,
    before: Collection[str],
    taken: Collection[str],
    started_at: datetime,
) -> list[RemotePost]:
    """Posts that can be ours: new since the call, with our words, and nobody else's."""
    return [
        post
        for post in posts
        if post.external_id not in before
        and post.external_id not in taken
        and post.posted_at >= started_at - EARLIER
        and same_words(post.caption, caption)
    ]


def same_words(one: str, other: str) -> bool:
    """Channels take away spaces at the ends and between lines."""
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return " ".join(text.split())
