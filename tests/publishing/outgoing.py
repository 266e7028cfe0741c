"""Posts for channels that are tested without a database, and clients that speak to the simulator."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from PIL import Image

from branding.consent.values.records import Channel, Format, MediaKind
from branding.organisation.values import Channel as ProfileChannel
from branding.publishing.channels.choosing import client_for
from branding.publishing.channels.protocol import ChannelClient
from branding.publishing.values.calls import CallRecord, Made, Progress
from branding.publishing.values.posts import Outgoing, Post
from branding.publishing.values.states import Flavour
from tests.support import simulated as simulator
from tests.support.simulated import Simulated

FILM = bytes(range(256)) * 9000  # 2.3 MB: more than two pieces


@cache
def jpeg(width: int = 1080, height: int = 1350) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (width, height), "#7aa").save(made, "JPEG", quality=40)
    return made.getvalue()


def picture(number: int = 0, address: str = "http://127.0.0.1:9/m/none.jpg") -> Outgoing:
    return Outgoing(
        f"{number:032x}",
        MediaKind.PHOTO,
        f"Billede {number}",
        jpeg,
        lambda start, end: b"",
        0,
        lambda: address,
    )


def film() -> Outgoing:
    return Outgoing(
        "f" * 32,
        MediaKind.VIDEO,
        "",
        jpeg,
        lambda start, end: FILM[start:end],
        len(FILM),
        lambda: "http://127.0.0.1:9/m/none.mp4",
    )


def post(
    *media: Outgoing,
    form: Format = Format.FEED,
    channel: Channel = Channel.INSTAGRAM,
    caption: str = "Hej fra køkkenet #hverdag",
    collaborators: tuple[str, ...] = (),
    tags: tuple[str, ...] = (),
) -> Post:
    return Post("a" * 32, channel, form, caption, "", collaborators, tags, "", media, datetime.now(UTC))


def client(
    simulated: Simulated,
    folder: Path,
    channel: ProfileChannel = ProfileChannel.INSTAGRAM,
    flavour: Flavour | None = Flavour.FACEBOOK_LOGIN,
    notes: list[CallRecord] | None = None,
    probe: str = "",
) -> ChannelClient:
    access = simulator.access(channel, flavour)
    apis = simulator.apis(simulated, folder)
    return client_for(access, apis, (notes if notes is not None else []).append, probe=probe)


def prepared(found: ChannelClient, wanted: Post, made: Made | None = None, most: int = 40) -> Made:
    """Until only publishing is left; what it waits for passes at once."""
    progress = Progress(made or {})
    for _ in range(most):
        progress = found.advance(wanted, progress.made)
        if progress.is_ready:
            return progress.made
    raise AssertionError("never ready")
