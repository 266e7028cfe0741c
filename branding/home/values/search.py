"""What a search has found, in groups, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from branding.core.text import Text
from branding.organisation.values import UnitView


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing and where it is.

    ``look``: the drawing and the word of its status; for a takeover and a post in the making ``state``
    instead, which the room's own words say.
    """

    title: Text | str
    endpoint: str
    values: Mapping[str, Any] = field(default_factory=dict)
    unit: UnitView | None = None
    look: tuple[str, Text] | None = None
    state: str = ""
    days: tuple[date, date] | None = None
    more: Text | str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Things of one kind; ``rest``: where all of them are, when they did not fit."""

    key: str
    name: Text
    hits: tuple[Hit, ...]
    rest: tuple[str, Mapping[str, Any]] | None = None


@dataclass(frozen=True, slots=True)
class Found:
    words: str
    groups: tuple[Group, ...] = ()
    is_too_short: bool = False

    @property
    def count(self) -> int:
        return sum(len(group.hits) for group in self.groups)
