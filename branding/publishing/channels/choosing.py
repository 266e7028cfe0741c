"""Which client speaks to a profile's channel, and how its interface is reached (``apis.toml``)."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from branding.core.files import PACKAGE
from branding.core.settings import Settings
from branding.organisation.values import Channel
from branding.publishing.channels.facebook import FacebookClient
from branding.publishing.channels.http import Note
from branding.publishing.channels.instagram import InstagramClient
from branding.publishing.channels.linkedin import LinkedInClient
from branding.publishing.channels.protocol import ChannelClient
from branding.publishing.values.connections import Access, Apis

_SHIPPED = PACKAGE / "publishing" / "apis.toml"


def client_for(access: Access, apis: Apis, note: Note, *, probe: str = "") -> ChannelClient:
    """``probe`` is the address of a picture that the channel may fetch when the connection is tested."""
    if access.channel is Channel.INSTAGRAM:
        return InstagramClient(access, apis, note, probe=probe)
    if access.channel is Channel.FACEBOOK:
        return FacebookClient(access, apis, note)
    return LinkedInClient(access, apis, note)


def load_apis(settings: Settings) -> Apis:
    """What ships with Stafet, with the entries of the file that STAFET_APIS names in their place."""
    return _loaded(settings.apis)


@cache
def _loaded(own: Path | None) -> Apis:
    told = tomllib.loads(_SHIPPED.read_text("utf-8"))
    if own is not None:
        try:
            changes: dict[str, Any] = tomllib.loads(own.read_text("utf-8"))
        except (OSError, tomllib.TOMLDecodeError) as error:
            raise ValueError(f"STAFET_APIS: {own} cannot be read ({type(error).__name__}).") from None
        for section in ("hosts", "versions", "metrics"):
            told[section] |= changes.get(section, {})
    return Apis(
        hosts={name: str(host).rstrip("/") for name, host in told["hosts"].items()},
        versions={name: str(version) for name, version in told["versions"].items()},
        metrics={
            kind: {ours: tuple(theirs) for ours, theirs in names.items()}
            for kind, names in told["metrics"].items()
        },
    )
