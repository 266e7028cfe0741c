"""The three rights of this room, and the version that a form was made from."""

from __future__ import annotations

from branding.core.actor import Actor
from branding.core.errors import Conflict
from branding.core.text import Text, say

VIEW = "indicators:map:view"
EDIT = "indicators:map:edit"
WRITE = "indicators:reading:edit"


def ref_of(actor: Actor) -> str:
    """Who it was, as rows keep it: never a name."""
    return f"{actor.kind}:{actor.id or ''}"


def check_version(
    found: int, told: int, mine: list[tuple[Text, object]], theirs: list[tuple[Text, object]]
) -> None:
    """The second of two editors sees both versions."""
    if found != told:
        text = say("Somebody else has changed this since you opened the page.")
        raise Conflict("map_changed", text, mine, theirs)
