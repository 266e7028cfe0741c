"""Which addresses a plan and a tracked link may lead to.

A tracked link leads only to what was checked here when it was written down, never to
what somebody puts into an address: so it cannot be used to send people anywhere else.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from branding.core.errors import RuleBroken
from branding.core.text import say

LONGEST = 500
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{2,59})")
#: Programs that fetch an address to show what is behind it, not people who open it.
_PROGRAM = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|preview|facebookexternalhit|whatsapp|monitor|scan|fetch|embedly|iframely"
    r"|headless|curl|wget|python|http-?client|libwww|okhttp|googleother|mediapartners",
    re.IGNORECASE,
)
#: What a browser says that opens an address before anybody has asked for it.
_AHEAD = re.compile(r"prefetch|prerender|preview", re.IGNORECASE)


def check_address(address: str, field: str = "link") -> str:
    """The address, when it is one of the open web that begins with https; else RuleBroken."""
    address = address.strip()
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = parts.port
    except (ValueError, UnicodeError):
        raise _refused(field) from None
    has_strange = any(ord(letter) <= 32 or ord(letter) == 127 or letter in '\\"<>' for letter in address)
    if parts.scheme != "https" or has_strange or parts.username is not None or port not in (None, 443):
        raise _refused(field)
    if not _HOST.fullmatch(host) or len(address) > LONGEST:
        raise _refused(field)
    return address


def is_person(method: str, program: str, purpose: str = "") -> bool:
    """Whether an opened link counts: HEAD, programs that look behind addresses, and browsers that open one
    ahead of its reader do not."""
    is_program = not program or _PROGRAM.search(program)
    return method == "GET" and not is_program and not _AHEAD.search(purpose)


def _refused(field: str) -> RuleBroken:
    return RuleBroken("bad_link", say("Write a whole address that begins with https://."), field)
