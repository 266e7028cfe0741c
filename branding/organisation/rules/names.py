"""Names of units and handles of profiles: what may stand there, and what is taken."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.organisation.values import COLOURS, Channel, UnitKind, UnitView

LONGEST_NAME = 120
LONGEST_SHORT = 24

# Instagram's own rule: letters, digits, underscores and full stops, at most 30.
_INSTAGRAM = re.compile(r"[a-z0-9_](?:[a-z0-9_.]{0,28}[a-z0-9_])?")
# Facebook's and LinkedIn's page names have hyphens too.
_OTHER = re.compile(r"[a-z0-9æøå._-]{1,80}")
_ADDRESSES = {
    Channel.INSTAGRAM: "https://www.instagram.com/%s/",
    Channel.FACEBOOK: "https://www.facebook.com/%s",
    Channel.LINKEDIN: "https://www.linkedin.com/company/%s/",
}


def clean(name: str) -> str:
    """Spaces made single: names come out of tables with all kinds of them."""
    return " ".join(name.split())


def clean_handle(channel: Channel, text: str) -> str:
    """The name after the @ in lower case; also taken out of a whole address."""
    handle = text.strip().casefold()
    handle = re.sub(r"^(https?://)?((www|m)\.)?(instagram|facebook|linkedin)\.com/(company/)?", "", handle)
    handle = handle.split("?")[0].strip("/").removeprefix("@")
    allowed = _INSTAGRAM if channel == Channel.INSTAGRAM else _OTHER
    if not allowed.fullmatch(handle) or ".." in handle:
        raise RuleBroken(
            "bad_handle",
            say("Write the name after the @: letters, digits, full stops and underscores, at most 30."),
            "handle",
        )
    return handle


def address_of(channel: Channel, handle: str) -> str:
    return _ADDRESSES[channel] % handle


def choose_colour(worn: Iterable[int]) -> int:
    """The hue that fewest areas wear."""
    counts = Counter(worn)
    return min(range(1, COLOURS + 1), key=lambda colour: (counts[colour], colour))


def check_free(
    name: str, short_name: str, area_id: int | None, others: Iterable[UnitView], *, unit_id: int | None = None
) -> None:
    """Two areas may not answer to one name or short name, nor two departments of one area."""
    for other in others:
        is_beside = other.kind == UnitKind.AREA if area_id is None else other.area_id == area_id
        if not is_beside or other.id == unit_id or (area_id is not None and other.kind == UnitKind.AREA):
            continue
        taken = {other.name.casefold(), other.short_name.casefold()} - {""}
        if name.casefold() in taken:
            raise RuleBroken("name_taken", say("There is a unit with this name already."), "name")
        if short_name and short_name.casefold() in taken:
            raise RuleBroken(
                "short_name_taken", say("There is a unit with this short name already."), "short_name"
            )


def short_name_from(name: str) -> str:
    """``SOH`` is its own short name; a name in words has none until somebody gives it one."""
    return name if len(name) <= 6 and name.isupper() else ""
