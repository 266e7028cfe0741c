"""Whether what somebody pastes can be the address of a post on a channel."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from branding.consent.values.records import Channel

_LONGEST = 300
#: Where each channel's posts are, with the short addresses that its app copies.
_HOSTS: Mapping[Channel, tuple[str, ...]] = {
    Channel.INSTAGRAM: ("instagram.com", "instagr.am", "ig.me"),
    Channel.FACEBOOK: ("facebook.com", "fb.com", "fb.me", "fb.watch"),
    Channel.LINKEDIN: ("linkedin.com", "lnkd.in"),
}


def is_address(text: str) -> bool:
    """An https address of some page, without anything that hides where it leads."""
    if not text.startswith("https://") or len(text) > _LONGEST or any(c.isspace() for c in text):
        return False
    return bool(_host(text))


def is_of(channel: Channel, address: str) -> bool:
    """A page on the channel, and not its front page."""
    host = _host(address)
    known = any(host == one or host.endswith(f".{one}") for one in _HOSTS.get(channel, (host,)))
    return known and bool(urlsplit(address).path.strip("/"))


def _host(text: str) -> str:
    try:
        parts = urlsplit(text)
        return "" if "@" in parts.netloc else (parts.hostname or "")
    except ValueError:
        return ""
