"""A sentence for people that is not yet in any language.

The kernel and the rules must say things to people without knowing which
language they read.  They say a :class:`Text`; ``branding.web.i18n`` turns it
into Danish or English when it is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Text:
    """An English msgid with its values; with ``plural`` the value ``num`` chooses."""

    msgid: str
    params: Mapping[str, Any] = field(default_factory=dict)
    plural: str | None = None

    def __str__(self) -> str:
        """English, for logs and tests; people get it from ``web.i18n.translate``."""
        chosen = self.plural if self.plural and self.params.get("num") != 1 else self.msgid
        values = {name: str(value) for name, value in self.params.items()}
        return chosen % values if values else chosen


def say(msgid: str, **params: Any) -> Text:
    """A text with named values: ``say("Week %(week)s is taken.", week=33)``."""
    return Text(msgid, params)


def say_n(singular: str, plural: str, num: int, **params: Any) -> Text:
    """A text that depends on a count, which is available as ``%(num)s``."""
    return Text(singular, {**params, "num": num}, plural)
