"""What every channel can be asked: the engine knows no channel but by this."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from branding.consent.values.records import Format
from branding.publishing.values.calls import (
    Can,
    Look,
    Made,
    Measured,
    NewToken,
    Placed,
    Progress,
    Quota,
    RemoteComment,
    RemotePost,
    Tested,
)
from branding.publishing.values.posts import Post


class ChannelClient(Protocol):
    """One profile on one channel.  Every method may raise :class:`~values.calls.CallFailed`.

    Nothing but :meth:`publish` makes anything that people can see.  No method retries by itself.
    """

    @property
    def can(self) -> frozenset[Can]:
        """What this channel, with this kind of sign-in, lets us do."""

    def advance(self, post: Post, made: Made) -> Progress:
        """At most one change at the channel, from what is made already; called until it is ready.

        Everything in ``made`` is saved before the next call, so a worker that dies goes on from there.
        """

    def newest(self, post: Post) -> Sequence[str]:
        """Ids of the newest posts, read just before publishing: none of them can be ours."""

    def publish(self, post: Post, made: Made) -> Placed:
        """The one call that cannot be taken back; it is made once and never repeated here."""

    def look(self, post: Post, made: Made, since: datetime) -> Look:
        """After an unclear answer: what is handed over, and what was posted since.  Only reads."""

    def permalink(self, external_id: str) -> str:
        """The post's address; empty when the channel does not say."""

    def is_live(self, external_id: str) -> bool:
        """Whether the post can still be read."""

    def posts_since(self, since: datetime) -> Sequence[RemotePost]:
        """Every post on the profile since then, whoever made it; stories that are still shown too."""

    def comment(self, external_id: str, text: str) -> str:
        """The first comment; returns its id.  Ask :meth:`comments` before trying a second time."""

    def comments(self, external_id: str) -> Sequence[RemoteComment]:
        """The comments below a post."""

    def hide_comment(self, comment_id: str) -> None:
        """Nobody but its writer sees it any more."""

    def delete(self, external_id: str) -> None:
        """Take the post down."""

    def measure(self, external_id: str, form: Format) -> Measured:
        """Its numbers."""

    def followers(self) -> int | None:
        """How many follow the profile now."""

    def quota(self) -> Quota | None:
        """Room for posts; None where the channel does not say."""

    def refreshed(self) -> NewToken | None:
        """A new token; None where there is nothing to renew."""

    def test(self) -> Sequence[Tested]:
        """Everything that publishing needs, tried without posting anything."""
