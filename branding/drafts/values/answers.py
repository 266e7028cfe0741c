"""What stands in a post's way, as people read it."""

from __future__ import annotations

from dataclasses import dataclass

from branding.consent.values.reasons import Remedy
from branding.core.text import Text


@dataclass(frozen=True, slots=True)
class Line:
    """One thing and what to do about it; ``step`` is where that is done, empty when it is done elsewhere."""

    text: Text
    code: str
    step: str = ""
    item_id: str = ""
    subject_id: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Everything that is put right in the same way."""

    remedy: Remedy
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """The gate's answer and what the author lacks, closed things first."""

    groups: tuple[Group, ...]
    #: They stop nothing.
    warnings: tuple[Line, ...] = ()

    @property
    def is_clear(self) -> bool:
        return not self.groups

    @property
    def only_waits(self) -> bool:
        """The author has done what there is to do."""
        return all(group.remedy is Remedy.WAITING for group in self.groups)
