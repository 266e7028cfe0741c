"""What the live suite needs to know; without it every test of it is skipped.

STAFET_LIVE_<CHANNEL>_ACCOUNT and STAFET_LIVE_<CHANNEL>_TOKEN, with INSTAGRAM_FACEBOOK, INSTAGRAM, FACEBOOK
or LINKEDIN for the channel.  STAFET_LIVE_PICTURE is the public address of a JPEG that may be posted, and only
with STAFET_LIVE_PUBLISH=yes something is really posted (and deleted again, where that can be done).
"""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from branding.core.settings import Settings
from branding.organisation.values import Channel
from branding.publishing.channels.choosing import client_for, load_apis
from branding.publishing.channels.protocol import ChannelClient
from branding.publishing.values.connections import Access
from branding.publishing.values.states import Flavour

_REAL_CONNECT = socket.socket.connect

KINDS = {
    "INSTAGRAM_FACEBOOK": (Channel.INSTAGRAM, Flavour.FACEBOOK_LOGIN),
    "INSTAGRAM": (Channel.INSTAGRAM, Flavour.INSTAGRAM_LOGIN),
    "FACEBOOK": (Channel.FACEBOOK, None),
    "LINKEDIN": (Channel.LINKEDIN, None),
}


@pytest.fixture(params=list(KINDS))
def live(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ChannelClient:
    """A client of a real account; this suite alone may leave the machine."""
    name = request.param
    account, token = (os.environ.get(f"STAFET_LIVE_{name}_{what}") for what in ("ACCOUNT", "TOKEN"))
    if not account or not token:
        pytest.skip(f"STAFET_LIVE_{name}_ACCOUNT and _TOKEN are not set")
    monkeypatch.setattr(socket.socket, "connect", _REAL_CONNECT)
    channel, flavour = KINDS[name]
    apis = load_apis(Settings.from_environment({"STAFET_DATA_DIR": str(tmp_path)}))
    picture = os.environ.get("STAFET_LIVE_PICTURE", "")
    return client_for(Access(1, channel, flavour, account, token), apis, lambda _call: None, probe=picture)
