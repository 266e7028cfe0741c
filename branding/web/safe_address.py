"""Addresses that came from outside and are about to be opened: only our own are."""

from __future__ import annotations

from urllib.parse import urlsplit


def own_address(wanted: str, otherwise: str = "/") -> str:
    """The path when it is one of ours, else ``otherwise``.

    Browsers read ``//host`` and ``/\\host`` as another site, and drop control
    characters before they read, so all of those are refused.
    """
    parts = urlsplit(wanted)
    unsafe = parts.scheme or parts.netloc or not wanted.startswith("/") or wanted.startswith("//")
    if unsafe or "\\" in wanted or any(ord(letter) < 32 for letter in wanted):
        return otherwise
    return wanted
