"""Swaps as values that cross layers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from branding.core.text import Text
from branding.rotation.values.views import SlotView

#: The longest word to a colleague.
MESSAGE_LENGTH = 300


class SwapStatus(StrEnum):
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class SwapRequest:
    """``slot_id`` asks ``other_id`` for its weeks."""

    slot_id: int
    other_id: int
    message: str = ""


@dataclass(frozen=True, slots=True)
class SwapView:
    """A swap with both slots as they are now.

    ``stale`` says why it cannot be carried out any more; ``stamp`` goes into the form and comes back.
    """

    id: int
    slot: SlotView
    other: SlotView
    message: str
    status: SwapStatus
    proposed_by: int | None
    proposed_at: datetime
    answered_by: int | None
    answered_at: datetime | None
    move_id: int | None
    stale: Text | None
    stamp: str

    @property
    def is_open(self) -> bool:
        return self.status is SwapStatus.PROPOSED and self.stale is None
