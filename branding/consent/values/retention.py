"""How long proof is kept, as facts and answers that cross layers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Ended(StrEnum):
    """Why an answer no longer counts."""

    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    INVALID = "invalid"


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer whose proof is still here, with everything that ends it; uses are (from, until)."""

    consent_id: str
    subject_id: str
    unit_id: int
    is_refusal: bool
    expires_at: datetime
    #: When it was taken back for all channels, if it was.
    withdrawn_at: datetime | None
    #: When a newer answer to the same question was given, if one was.
    replaced_at: datetime | None
    invalidated_at: datetime | None
    uses: Sequence[tuple[datetime, datetime | None]]
    #: The number in the records system, where it was handed over.
    journal_reference: str = ""


@dataclass(frozen=True, slots=True)
class Purge:
    """Proof whose time is up, or will be."""

    kept: Kept
    why: Ended
    due_at: datetime
    #: A post that rests on it is still up: it stays, and somebody must hear of it (H3).
    is_in_use: bool = False
    #: The organisation hands proof to its records system first, and has not done so.
    waits_for_journal: bool = False


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure left to do once it is saved: keys to destroy and files to remove."""

    subject_ids: tuple[str, ...] = ()
    file_names: tuple[str, ...] = ()
