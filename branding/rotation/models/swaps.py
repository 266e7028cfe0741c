"""Tables of swaps: two units that exchange their weeks, and the links by which they answer."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from branding.core.db import UtcDateTime, values_in
from branding.rotation.values.swaps import MESSAGE_LENGTH, SwapStatus


class SlotSwap(SQLModel, table=True):
    """A proposal that two slots exchange their weeks.

    It holds slots and no weeks: both may move before the answer.
    """

    __tablename__ = "slot_swap"
    __table_args__ = (
        CheckConstraint(values_in("status", SwapStatus), name="status"),
        CheckConstraint("slot_id <> other_slot_id", name="slots"),
    )

    id: int | None = Field(default=None, primary_key=True)
    #: The slot of the unit that asks.
    slot_id: int = Field(foreign_key="slot.id", index=True)
    #: The slot of the unit that is asked.
    other_slot_id: int = Field(foreign_key="slot.id", index=True)
    #: A word to the colleague.
    message: str = Field(default="", max_length=MESSAGE_LENGTH)
    #: proposed, accepted, declined or withdrawn.
    status: str = Field(default=SwapStatus.PROPOSED)
    #: The user who asked.
    proposed_by: int | None = Field(default=None)
    #: When.
    proposed_at: datetime = Field(sa_type=UtcDateTime)
    #: The user who answered, or who withdrew it.
    answered_by: int | None = Field(default=None)
    #: When.
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: The move that an acceptance made: what an undo takes back.
    move_id: int | None = Field(default=None, foreign_key="slot_move.id")


class SwapLink(SQLModel, table=True):
    """A secret link by which one coordinator answers one swap; only a hash of the secret is kept."""

    __tablename__ = "swap_link"
    __table_args__ = (UniqueConstraint("token_hash"),)

    id: int | None = Field(default=None, primary_key=True)
    #: Which swap.
    swap_id: int = Field(foreign_key="slot_swap.id", index=True)
    #: Who answers by it.
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE")
    #: SHA-256 of the secret, in hex.
    token_hash: str = Field(max_length=64)
