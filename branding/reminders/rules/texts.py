"""Words with names in braces: which ones a text holds, which it may hold, and what they become."""

from __future__ import annotations

import re
from collections.abc import Mapping

from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.reminders.values.triggers import Trigger, placeholders_of

_NAMED = re.compile(r"\{([^{}\n]*)\}")
_LOOSE = re.compile(r"[{}]")


def filled(text: str, words: Mapping[str, str]) -> str:
    """The text with its placeholders filled; one that nothing is known of disappears."""
    return _NAMED.sub(lambda found: words.get(found[1].strip(), ""), text)


def check_text(text: str, trigger: Trigger, field: str) -> None:
    """Refuse a placeholder that a text about this cannot fill, naming it and listing the known ones."""
    known = placeholders_of(trigger)
    for name in _NAMED.findall(text):
        if name.strip() not in known:
            listed = ", ".join(f"{{{one}}}" for one in known)
            raise RuleBroken(
                "unknown_placeholder",
                say("{%(name)s} is unknown here. You can write %(known)s.", name=name, known=listed),
                field,
            )
    if _LOOSE.search(_NAMED.sub("", text)):
        raise RuleBroken("loose_brace", say("A { or } is missing its other half."), field)
