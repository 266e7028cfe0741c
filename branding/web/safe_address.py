"""What came from outside in an address: only our own are opened, and numbers fit into the database."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import request
from werkzeug.routing import BaseConverter, IntegerConverter, Map

#: The largest number that every database here can keep or skip to.
_LARGEST = 2**31 - 1


class RowId(IntegerConverter):
    """``<int:…>`` in a route; a number that no row can have is an address that does not exist."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=_LARGEST)


class RandomId(BaseConverter):
    """``<id:…>`` in a route: the 32 hex digits of ``core.ids``."""

    regex = "[0-9a-f]{32}"


def page_number() -> int:
    """Which page of a long list is asked for: from 1, and never one that no database can count to."""
    return min(max(1, request.args.get("page", 1, type=int)), _LARGEST // 100)


def row_asked_for(name: str) -> int | None:
    """The id behind ``?name=``; one that no row can have is 0, which is no row's either."""
    asked = request.args.get(name, type=int)
    return asked if asked is None or 0 < asked <= _LARGEST else 0


def own_address(wanted: str, otherwise: str = "/") -> str:
    """The path when it is one of ours, else ``otherwise``.

    Browsers read ``//host`` and ``/\\host`` as another site, and drop control
    characters before they read, so all of those are refused.
    """
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return otherwise  # "//[": no address at all
    unsafe = parts.scheme or parts.netloc or not wanted.startswith("/") or wanted.startswith("//")
    if unsafe or "\\" in wanted or any(ord(letter) < 32 for letter in wanted):
        return otherwise
    return wanted
