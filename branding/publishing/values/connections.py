"""How a profile is connected to its channel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from branding.core.text import Text
from branding.organisation.values import Channel as ProfileChannel
from branding.publishing.values.states import Flavour, Way


@dataclass(frozen=True, slots=True)
class Access:
    """What a channel's client needs; ``token`` is a secret and never written down anywhere else."""

    profile_id: int
    channel: ProfileChannel
    flavour: Flavour | None
    account_id: str
    token: str = field(repr=False)
    token_expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Apis:
    """``apis.toml``: hosts, versions and names of numbers, by channel and flavour."""

    hosts: Mapping[str, str]
    versions: Mapping[str, str]
    metrics: Mapping[str, Mapping[str, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class ConnectRequest:
    """What an administrator fills in; without a token the one that is there stays."""

    account_id: str
    token: str = field(repr=False)
    version: int
    flavour: Flavour | None = None
    expires_at: datetime | None = None

    @staticmethod
    def flavour_of(told: str) -> Flavour | None:
        return Flavour(told) if told else None


@dataclass(frozen=True, slots=True)
class ConnectionView:
    """A connection as pages show it; without a row a profile is posted to by hand."""

    profile_id: int
    way: Way
    flavour: Flavour | None = None
    account_id: str = ""
    token_expires_at: datetime | None = None
    #: Since when the channel refuses us.
    broken_at: datetime | None = None
    broken_code: str = ""
    tested_at: datetime | None = None
    test: tuple[Mapping[str, object], ...] = ()
    #: Who posts by hand: the account's id; empty: whoever planned the post.
    hand_user_id: int | None = None
    #: Since when the profile's own posts are looked through.
    baseline_at: datetime | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class Explained:
    """One line of a connection's test, for people."""

    label: Text
    is_ok: bool
    #: What is wrong, and what to do; a line that is fine may still have something to say.
    wrong: Text | None = None
    remedy: Text | None = None
    #: Names of permissions, or numbers for the channel's support.
    detail: str = ""
