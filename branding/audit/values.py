"""What an audit entry says, as values that cross layers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Line:
    """Everything that the hash of one entry covers."""

    at: datetime
    actor_kind: str
    actor_id: int | None
    tag: str
    subject_kind: str
    subject_id: str
    #: Field name -> keyed hashes of the value before and after; never the values themselves.
    marks: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Link:
    """One stored entry as the verifier sees it."""

    id: int
    line: Line
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """``broken_at`` is the id of the first entry that does not fit; None when all do."""

    entries: int
    broken_at: int | None
    last_hash: str

    @property
    def holds(self) -> bool:
        return self.broken_at is None


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry as the page shows it; ``changes`` are (field, before, after)."""

    id: int
    at: datetime
    actor_kind: str
    actor_id: int | None
    tag: str
    subject_kind: str
    subject_id: str
    changes: list[tuple[str, Any, Any]]
