"""Sets of hashtags that are used again."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NewSet:
    """A set as it is written in the form; without profile, unit and profession it is offered to all."""

    name: str
    tags: str
    profile_id: int | None = None
    unit_id: int | None = None
    profession_id: int | None = None


@dataclass(frozen=True, slots=True)
class SetView:
    """A set as pages show it; ``tags`` are without the #."""

    id: int
    name: str
    tags: tuple[str, ...]
    profile_id: int | None
    unit_id: int | None
    profession_id: int | None
    is_archived: bool
    version: int

    @property
    def text(self) -> str:
        """As it is written under a post."""
        return " ".join(f"#{tag}" for tag in self.tags)
