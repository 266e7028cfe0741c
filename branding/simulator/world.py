"""What the played channels hold: accounts, tokens, containers and posts, under a clock of its own."""

from __future__ import annotations

import itertools
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from branding.core import clock

IG_ACCOUNT = "17841400000000001"
PAGE = "100000000000001"
ORGANISATION = "5000001"

FACEBOOK_TOKEN = "EAASTAFETSIMULATORFACEBOOK"  # noqa: S105 - opens nothing but this play
INSTAGRAM_TOKEN = "IGAASTAFETSIMULATORINSTAGRAM"  # noqa: S105
LINKEDIN_TOKEN = "AQSTAFETSIMULATORLINKEDIN"  # noqa: S105

#: What each kind of sign-in may be allowed, by the names that the channels use.
SCOPES = {
    "facebook": (
        "instagram_basic", "instagram_content_publish", "pages_read_engagement", "pages_show_list",
        "instagram_manage_comments", "instagram_manage_insights", "instagram_manage_contents",
        "pages_manage_posts", "pages_manage_engagement", "read_insights",
    ),
    "instagram": (
        "instagram_business_basic", "instagram_business_content_publish",
        "instagram_business_manage_comments", "instagram_business_manage_insights",
    ),
    "linkedin": ("w_organization_social", "r_organization_social", "rw_organization_admin"),
}  # fmt: skip
Flavour = Literal["facebook", "instagram", "linkedin"]


@dataclass
class Options:
    """How the channels are played; every one can be set by ``/__sim__/options``."""

    #: Nothing is fetched and nothing takes time: for measuring our own speed.
    instant: bool = False
    #: How often a container says that it is not ready yet.
    polls: int = 0
    #: A container that ends in this error instead of being ready.
    container_error: int | None = None
    #: What a second ``media_publish`` of one container does; nobody has written down what really happens.
    second_publish: str = "error"
    #: Seconds before a new post is listed.
    listing_lag: int = 0
    #: Posts allowed in 24 hours.
    quota: int = 50
    #: Seconds before numbers are there; before that they are empty.
    insights_delay: int = 0
    #: A story with fewer viewers has no numbers.
    viewers: int = 12
    #: A created LinkedIn post's answer lacks its id.
    is_id_missing: bool = False
    #: How often an object is said not to exist before it is found.
    flapping_reads: int = 0


@dataclass
class Token:
    value: str
    flavour: Flavour
    scopes: frozenset[str]
    issued_at: datetime
    expires_at: datetime | None = None


@dataclass
class Fetched:
    """A file that the channel got: by which address, and what it was."""

    #: SHA-256 of the random part of the address, so that it can be told whose picture it is.
    token_hash: str = ""
    digest: str = ""
    size: int = 0


@dataclass
class Container:
    id: str
    account: str
    kind: str
    made_at: datetime
    caption: str = ""
    alt: str = ""
    is_child: bool = False
    children: list[str] = field(default_factory=list)
    files: list[Fetched] = field(default_factory=list)
    collaborators: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    polls_left: int = 0
    error: int | None = None
    #: Bytes that are expected by resumable upload, and how many have come.
    awaits_upload: bool = False
    published: str = ""


@dataclass
class LivePost:
    id: str
    channel: str
    account: str
    caption: str
    kind: str
    posted_at: datetime
    container: str = ""
    alts: list[str] = field(default_factory=list)
    files: list[Fetched] = field(default_factory=list)
    collaborators: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    #: Posted by somebody else, with the phone.
    is_foreign: bool = False
    deleted_at: datetime | None = None
    comments: list[dict[str, Any]] = field(default_factory=list)


class World:
    """Everything, behind one lock; requests come in several threads."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.reset()

    def reset(self, **options: Any) -> None:
        with self.lock:
            self.options = Options(**options)
            self.ahead = timedelta()
            self._numbers = itertools.count(17900000000000001)
            self.containers: dict[str, Container] = {}
            self.posts: dict[str, LivePost] = {}
            self.calls: list[dict[str, Any]] = []
            self.accounts = {IG_ACCOUNT: "instagram", PAGE: "page", ORGANISATION: "organisation"}
            self.followers = 1234
            #: Facebook photos that are staged, and LinkedIn pictures; by id.
            self.staged: dict[str, dict[str, Any]] = {}
            #: Reads that are still to fail, by path.
            self.flapped: dict[str, int] = {}
            now = self.now()
            self.tokens: dict[str, Token] = {}
            for value, flavour, days in (
                (FACEBOOK_TOKEN, "facebook", None),
                (INSTAGRAM_TOKEN, "instagram", 60),
                (LINKEDIN_TOKEN, "linkedin", 60),
            ):
                until = now + timedelta(days=days) if days else None
                self.add_token(value, flavour, expires_at=until)  # type: ignore[arg-type]

    def now(self) -> datetime:
        """The machine's time, and whatever it was set ahead."""
        return clock.now() + self.ahead

    def new_id(self) -> str:
        return str(next(self._numbers))

    def add_token(
        self,
        value: str,
        flavour: Flavour,
        scopes: tuple[str, ...] | None = None,
        *,
        expires_at: datetime | None = None,
    ) -> None:
        allowed = frozenset(SCOPES[flavour] if scopes is None else scopes)
        self.tokens[value] = Token(value, flavour, allowed, self.now(), expires_at)

    def post(self, channel: str, account: str, caption: str, kind: str, **more: Any) -> LivePost:
        """Something becomes visible."""
        with self.lock:
            number = more.pop("id", "") or self.new_id()
            made = LivePost(number, channel, account, caption, kind, self.now(), **more)
            self.posts[made.id] = made
            return made

    def listed(self, account: str, *, stories: bool = False) -> list[LivePost]:
        """The account's posts as the channel lists them, the newest first."""
        now = self.now()
        seen = now - timedelta(seconds=self.options.listing_lag)
        found = [
            post
            for post in self.posts.values()
            if post.account == account
            and post.deleted_at is None
            and post.posted_at <= seen
            and (post.kind == "STORY") == stories
            and (not stories or post.posted_at > now - timedelta(hours=24))
        ]
        return sorted(found, key=lambda post: (post.posted_at, post.id), reverse=True)

    def used_quota(self, account: str) -> int:
        day = self.now() - timedelta(hours=24)
        mine = (p for p in self.posts.values() if p.account == account and not p.is_foreign)
        return sum(post.posted_at > day for post in mine)
