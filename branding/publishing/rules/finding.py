"""Which posts on a profile are not ours, and which of ours are not there any more (R68)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from branding.publishing.values.calls import RemotePost
from branding.publishing.values.down import FoundState

#: The first time everything that a year holds is written down; after that what a day holds.
BASELINE, OVERLAP = timedelta(days=365), timedelta(days=1)
#: For so long, at most, what may be ours is remembered to be looked at.
_HELD_BACK = timedelta(days=60)
#: Asked a second time before it is believed that a post is gone.
ASKED_AGAIN = timedelta(minutes=30)


def look_since(scanned_at: datetime | None, now: datetime) -> datetime:
    return now - BASELINE if scanned_at is None else scanned_at - OVERLAP


def looked_until(now: datetime, unclear_since: datetime | None) -> datetime:
    """What was held back because it may be ours is looked at again, once it is known which ones are."""
    return now if unclear_since is None else max(min(now, unclear_since), now - _HELD_BACK)


def address(permalink: str) -> str:
    """The same address however it was copied."""
    return permalink.split("?")[0].rstrip("/").casefold()


def strangers(
    posts: Sequence[RemotePost],
    *,
    ids: Collection[str],
    addresses: Collection[str],
    unclear_since: datetime | None,
) -> list[RemotePost]:
    """Posts that belong to nobody here.

    While one of ours may be out and nobody knows which it is, what was posted since may be that one.
    """
    return [
        post
        for post in posts
        if post.external_id not in ids
        and (not post.permalink or address(post.permalink) not in addresses)
        and (unclear_since is None or post.posted_at < unclear_since)
    ]


def state_of(posted_at: datetime, baseline_at: datetime | None) -> FoundState:
    """Old when it was there before we began to look (decisions.md 24)."""
    return FoundState.OLD if baseline_at is None or posted_at < baseline_at else FoundState.NEW
