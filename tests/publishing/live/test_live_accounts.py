"""What no simulator can prove: that the real channels answer as their documents say."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta

import pytest
import requests

from branding.consent.values.records import Channel, Format, MediaKind
from branding.publishing.channels.protocol import ChannelClient
from branding.publishing.values.calls import Can, Made, Progress
from branding.publishing.values.posts import Outgoing, Post
from tests.publishing.outgoing import post


def test_live_the_connection_passes_its_test(live: ChannelClient) -> None:
    found = live.test()
    assert [(one.check.value, one.code, one.detail) for one in found if not one.is_ok] == []


def test_live_posts_followers_and_quota_can_be_read(live: ChannelClient) -> None:
    posts = live.posts_since(datetime.now(UTC) - timedelta(days=90))
    if Can.FOLLOWERS in live.can:
        assert live.followers() is not None
    quota = live.quota()
    assert quota is None or 0 <= quota.used <= quota.most
    for one in posts[:3]:
        assert one.external_id and live.is_live(one.external_id)
        live.measure(one.external_id, Format.FEED)


def test_live_a_picture_goes_out_and_down_again(live: ChannelClient) -> None:
    address = os.environ.get("STAFET_LIVE_PICTURE", "")
    if os.environ.get("STAFET_LIVE_PUBLISH") != "yes" or not address:
        pytest.skip("STAFET_LIVE_PUBLISH=yes and STAFET_LIVE_PICTURE let something be posted")
    wanted = _post(address)
    started = datetime.now(UTC)
    before = live.newest(wanted)
    made = _made(live, wanted)
    placed = live.publish(wanted, made)
    try:
        assert placed.external_id and placed.external_id not in before
        look = live.look(wanted, made, started)
        assert look.can_list is False or placed.external_id in {one.external_id for one in look.posts}
        assert live.is_live(placed.external_id) and live.permalink(placed.external_id)
    finally:
        if Can.DELETE in live.can:
            live.delete(placed.external_id)
    if Can.DELETE in live.can:
        assert not live.is_live(placed.external_id)


def _made(live: ChannelClient, wanted: Post) -> Made:
    """As the engine does it, with the pauses that the channel asks for."""
    progress = Progress({})
    for _ in range(30):
        progress = live.advance(wanted, progress.made)
        if progress.is_ready:
            break
        time.sleep(progress.wait.total_seconds() if progress.wait else 0)
    assert progress.is_ready
    return progress.made


def _post(address: str) -> Post:
    def read() -> bytes:
        return requests.get(address, timeout=30).content

    item = Outgoing("0" * 32, MediaKind.PHOTO, "En prøve", read, lambda start, end: b"", 0, lambda: address)
    words = f"Prøve {datetime.now(UTC):%H%M%S}"
    return post(item, channel=Channel.INSTAGRAM, caption=words)
