"""What a post said before, and what was changed from one version to the next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from branding.core.text import Text
from branding.drafts.values.text import Piece


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs: words piece by piece, anything else as it was and as it is."""

    label: Text
    pieces: tuple[Piece, ...] = ()
    was: tuple[Text | str, ...] = ()
    becomes: tuple[Text | str, ...] = ()


@dataclass(frozen=True, slots=True)
class VersionView:
    """One version, with what it changed in the one before it."""

    number: int
    by: str
    at: datetime
    restored_from: int | None
    is_present: bool
    changes: tuple[Change, ...]
